"""A typed answer must reach its button by any reasonable way of writing it."""

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from domain.choices import Choice, recognise, yes_or_no
from domain.text import fold, nfc

PLACES = (
    Choice(("Cháy, nổ", "Fire"), ("hỏa hoạn",)),
    Choice(("🚗 Chạy xe ẩu",)),
    Choice(("Trộm cắp",), ("mất trộm", "ăn trộm")),
    Choice(("Bà",)),
)


@pytest.mark.parametrize(
    ("typed", "index"),
    [
        ("2", 1),
        ("2.", 1),
        (" 2 ", 1),
        ("(2)", 1),
        ("số 2", 1),
        ("so 2", 1),
        ("②", 1),
        ("2️⃣", 1),
        ("２", 1),
        ("hai", 1),
        ("số hai ạ", 1),
        ("dạ 3 ạ", 2),
        ("vâng 2", 1),
        ("em chọn số 3 nhé", 2),
        ("two", 1),
        ("Cháy nổ", 0),
        ("chay no", 0),
        ("FIRE", 0),
        ("hỏa hoạn", 0),
        ("hoả hoạn", 0),
        ("hoa hoan!!!", 0),
        ("cháy", 0),
        ("chạy", 1),
        ("trom", 2),
        ("dạ trộm cắp ạ", 2),
        ("mat trom", 2),
        ("ba", 3),
        ("bà", 3),
    ],
)
def test_ways_to_answer(typed: str, index: int) -> None:
    assert recognise(typed, PLACES) == index


@pytest.mark.parametrize("typed", ["", "0", "5", "999999", "chay", "tro", "không biết", "12"])
def test_unclear_answers_are_not_guessed(typed: str) -> None:
    assert recognise(typed, PLACES) is None


def test_a_number_wins_over_a_label() -> None:
    assert recognise("2", (Choice(("2 người",)), Choice(("3 người",)), Choice(("2",)))) == 1
    assert recognise("2 nguoi", (Choice(("2 người",)), Choice(("3 người",)))) == 0


LABEL = st.text(alphabet="abcdđêôơưiuyáạảtrnghklm ", min_size=3, max_size=20).filter(
    lambda text: len(fold(text)) >= 3
)


@given(st.lists(LABEL, min_size=1, max_size=9, unique_by=fold), st.data())
def test_every_choice_is_reached_by_number_and_folded_label(
    labels: list[str], data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, len(labels) - 1))
    choices = [Choice((label,)) for label in labels]
    assert recognise(str(index + 1), choices) == index
    typed = fold(labels[index])
    # What reads as another label with its accents is that one.
    assume(not any(nfc(other) == typed for other in labels if other != labels[index]))
    assert recognise(typed, choices) == index
    assert recognise(f"{typed}!", choices) == index


@given(st.text(max_size=30), st.lists(LABEL, min_size=1, max_size=5))
def test_decomposed_answers_are_the_same_answers(typed: str, labels: list[str]) -> None:
    choices = [Choice((label,)) for label in labels]
    apart = unicodedata.normalize("NFD", typed)
    assert recognise(apart, choices) == recognise(unicodedata.normalize("NFC", typed), choices)
    assert yes_or_no(apart) is yes_or_no(unicodedata.normalize("NFC", typed))


@pytest.mark.parametrize(
    "typed",
    [
        "có",
        "co",
        "Vâng ạ",
        "dạ",
        "ừ",
        "uh",
        "um",
        "ok",
        "ok e",
        "oke",
        "okê",
        "đúng rồi",
        "dung",
        "phải",
        "chuẩn",
        "đồng ý",
        "dong y",
        "1",
        "👍",
        "yes",
        "dạ có ạ",
        "có, hai người ạ",
        "có, 2 người bị thương",
    ],
)
def test_yes(typed: str) -> None:
    assert yes_or_no(typed) is True


@pytest.mark.parametrize(
    "typed",
    [
        "không",
        "khong",
        "k",
        "ko",
        "k ạ",
        "Thôi",
        "hủy",
        "huỷ",
        "sai",
        "2",
        "dạ không ạ",
        "không phải",
        "không đồng ý",
        "👎",
        "no",
        "không, tôi ổn",
        "đừng",
        "không có ai",
    ],
)
def test_no(typed: str) -> None:
    assert yes_or_no(typed) is False


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "chưa",
        "dạ chưa",
        "chua",
        "có không?",
        "được không",
        "có chưa",
        "cô",
        "nhà tôi cháy",
        "không, có người bị thương",
        "có, chưa",
        "3",
        "ạ",
    ],
)
def test_neither(typed: str) -> None:
    assert yes_or_no(typed) is None
