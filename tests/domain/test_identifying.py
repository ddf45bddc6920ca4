"""What points at one person is found in words, and ordinary words hold none. Numbers invented."""

import pytest

from domain.identifying import Sign, signs_in


@pytest.mark.parametrize(
    ("words", "sign"),
    [
        ("xe 14A-123.45 màu trắng", Sign.PLATE), ("xe máy 14b1 234.56", Sign.PLATE),
        ("29H12345", Sign.PLATE), ("biển số đuôi 88", Sign.PLATE), ("BKS: 5678", Sign.PLATE),
        ("xe QA-12-34", Sign.PLATE), ("ô tô 80 123 NG 45", Sign.PLATE),
        ("gọi 0912 345 678 gặp nó", Sign.PHONE), ("số +84 912345678", Sign.PHONE),
        ("căn cước 022 099 001234", Sign.NUMBER), ("CMND 100123456", Sign.NUMBER),
        ("tài khoản 1903 4567 8901 23", Sign.NUMBER), ("fb.com/ke.lua.dao", Sign.ACCOUNT),
        ("nick @keluadao", Sign.ACCOUNT), ("zalo.me/0000", Sign.ACCOUNT),
    ],
)  # fmt: skip
def test_a_sign_is_found(words: str, sign: Sign) -> None:
    assert sign in signs_in(words)


@pytest.mark.parametrize(
    "words",
    [
        "", "Bà con khóa cửa, gọi 113", "lúc 19h30 ngày 20/02/2027", "mất 10.000.000 đồng",
        "mất 1.250.000.000 đồng", "đứng xa ít nhất 100 mét", "từ 21 giờ đến 5 giờ sáng",
        "khu 1, khu 3 và khu 12", "Nghị định 282/2025/NĐ-CP", "mã 4827 1936",
    ],
)  # fmt: skip
def test_ordinary_words_have_none(words: str) -> None:
    assert signs_in(words) == frozenset()


def test_numbers_of_offices_point_at_nobody() -> None:
    assert signs_in("gọi 0225 3759 508", ("02253759508",)) == frozenset()
    assert signs_in("gọi 0225 3759 508") == {Sign.PHONE}


@pytest.mark.parametrize(
    "words", ["CCCD 001.085.012.345", "CMND 101.234.567", "STK 0123.456.789.012"]
)
def test_a_paper_in_groups_of_three_is_no_sum_of_money(words: str) -> None:
    assert Sign.NUMBER in signs_in(words) or Sign.PHONE in signs_in(words)
