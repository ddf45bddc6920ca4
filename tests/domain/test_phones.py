"""Numbers to call back, as people really type them. All numbers here are invented."""

import pytest

from domain.phones import parse_phone, renewed_phone, spoken_phone


@pytest.mark.parametrize(
    "typed",
    [
        "0912345678",
        "84912345678",
        "+84912345678",
        "0084 912345678",
        "+84 (0)912 345 678",
        "(+84) 912.345.678",
        "0912 345 678",
        "0912.345.678",
        "091-234-5678",
        "0912 - 345 - 678",
        "số của tôi là 0912345678 ạ",
        "ĐT:0912345678.",
        "0912\u00a0345\u00a0678",
        "\uff10\uff19\uff11\uff12345678",
    ],
)
def test_a_mobile_number_is_read_however_it_is_written(typed: str) -> None:
    assert parse_phone(typed) == "0912345678"
    assert renewed_phone(typed) is None


@pytest.mark.parametrize("prefix", ["032", "039", "052", "056", "070", "079", "081", "089", "098"])
def test_every_present_network_is_known(prefix: str) -> None:
    assert parse_phone(f"{prefix}1234567") == f"{prefix}1234567"


@pytest.mark.parametrize("typed", ["0203 3123 456", "84 203 3123456", "(0203) 3.123.456"])
def test_a_landline_of_the_province_is_read(typed: str) -> None:
    assert parse_phone(typed) == "02033123456"


def test_the_first_of_two_numbers_is_taken() -> None:
    assert parse_phone("0912345678 hoặc 0987654321") == "0912345678"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "không có",
        "113",
        "1900 1234",
        "12345678",
        "091234567",
        "09123456789",
        "0312345678",
        "0712345678",
        "0012345678",
        "022201001234",
        "số 12 ngõ 5 khu 2",
        "912345678",
    ],
)
def test_what_is_no_number_of_a_person_is_not_taken(typed: str) -> None:
    assert parse_phone(typed) is None
    assert renewed_phone(typed) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("01621234567", "0321234567"),
        ("0169 123 4567", "0391234567"),
        ("+84 120 1234567", "0701234567"),
        ("0121.123.4567", "0791234567"),
        ("01271234567", "0811234567"),
        ("01291234567", "0821234567"),
        ("01861234567", "0561234567"),
        ("01991234567", "0591234567"),
    ],
)
def test_an_old_number_is_not_taken_but_its_new_form_is_known(old: str, new: str) -> None:
    assert parse_phone(old) is None
    assert renewed_phone(old) == new
    assert parse_phone(new) == new


def test_a_number_is_spoken_in_groups() -> None:
    assert spoken_phone("0912345678") == "0912 345 678"
    assert spoken_phone("02033123456") == "0203 3123 456"
