"""A genuine code under altered words is not called genuine: every letter and digit counts, and
white space and Unicode forms do not. All words are invented.
"""

import unicodedata

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from domain.codes import codes_in, new_code, spoken
from domain.proving import Frame, frame_in, is_unaltered, normalised, only_asks

CODE = new_code(lambda below: 3_827_193)
SPOKEN = spoken(CODE)
WORDS = (
    "Mời bà con họp khu lúc 19 giờ 30 ngày 20/02 tại nhà văn hóa.\n"
    "Mang theo giấy mời. Ai bận xin gọi 0203 3123 456."
)
HEAD = "THÔNG BÁO"
AUTHOR = "Người đăng: tổ trưởng Khu 2"
LAST = f"Mã xác minh: {SPOKEN}"
FRAME = Frame((HEAD,), (AUTHOR, LAST))
POST = "\n".join((HEAD, WORDS, AUTHOR, LAST))
LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấờớệỹ0123456789абвxzwfjАO0lI1"
SPACES = st.text(" \t\n\u00a0\u3000\u200b", min_size=1, max_size=3).filter(
    lambda gap: any(each.isspace() for each in gap)
)


def same(said: str, words: str = WORDS) -> bool:
    return is_unaltered(said, words, CODE, [FRAME])


@pytest.mark.parametrize(
    "said",
    [
        WORDS, POST, f"{WORDS}\n{AUTHOR}", f"{HEAD}\n{WORDS}", f"{CODE}\n{WORDS}",
        f"{SPOKEN} {WORDS}", f"{WORDS} {SPOKEN}", f"{HEAD}\n{WORDS}\n{AUTHOR}\n{SPOKEN}",
        POST.replace("\n", " "), f"  {POST}\n\n", POST.replace(" ", "\u00a0"),
    ],
)  # fmt: skip
def test_the_post_and_its_parts_are_unaltered(said: str) -> None:
    assert same(said)


@pytest.mark.parametrize(
    "said",
    [
        "", CODE, LAST, f"{POST}\nChuyển tiền vào 0102030405.", f"Gấp!\n{POST}",
        POST.replace("Ai bận", ""), POST.replace("19 giờ", "1 9 giờ"),
        POST.replace(WORDS, f"{WORDS}\nNộp 50.000 đồng."), POST.replace("họp", "hop"),
        POST.replace("Mời", "mời"), f"{POST}\n{WORDS}", f"{LAST}\n{WORDS}",
        POST.replace("tại", "\u202etại"), POST.replace("0203 3123", "\u200f0203 3123\u200f"),
    ],
)  # fmt: skip
def test_what_was_added_left_out_or_turned_is_noticed(said: str) -> None:
    assert said != POST
    assert not same(said)


@given(at=st.integers(0, len(POST) - 1), letter=st.sampled_from(LETTERS))
@example(at=POST.index("19 giờ"), letter="2")
@example(at=POST.index("họp") + 1, letter="ọ")
def test_any_other_letter_or_digit_is_noticed(at: int, letter: str) -> None:
    assume(POST[at].isalnum())
    changed = f"{POST[:at]}{letter}{POST[at + 1 :]}"
    assert same(changed) is (changed == POST)


@given(at=st.integers(0, len(WORDS) - 1), extra=st.sampled_from(LETTERS))
def test_a_letter_more_or_less_is_noticed(at: int, extra: str) -> None:
    assert not same(f"{WORDS[:at]}{extra}{WORDS[at:]}")
    assume(WORDS[at].isalnum())
    assert not same(WORDS[:at] + WORDS[at + 1 :])


@given(words=st.text("ab1 2\n.", min_size=1, max_size=12), said=st.text("ab1 2\n.", max_size=12))
def test_without_our_own_lines_only_the_same_words_are_the_same(words: str, said: str) -> None:
    assume(normalised(words))
    assert is_unaltered(said, words, CODE) is (normalised(said) == normalised(words))


@given(
    gaps=st.lists(SPACES, min_size=POST.count(" ") + POST.count("\n"), max_size=60),
    form=st.sampled_from(["NFC", "NFD"]),
)
def test_white_space_and_unicode_form_are_not_noticed(gaps: list[str], form: str) -> None:
    words = POST.split()
    loose = "".join(word + gap for word, gap in zip(words, gaps, strict=False))
    loose += words[-1] if len(gaps) < len(words) else ""
    assert same(unicodedata.normalize(form, loose))  # type: ignore[arg-type]


def test_a_space_inside_a_word_is_white_space_but_parted_figures_are_another_number() -> None:
    assert same(POST.replace("họp", "h ọp"))
    assert not same(POST.replace("19", "1 9"))
    assert not same(POST.replace("3123 456", "3123456"))


@given(st.text(max_size=30))
def test_comparing_a_second_time_changes_nothing(words: str) -> None:
    assert normalised(normalised(words)) == normalised(words)


def test_our_lines_are_found_around_the_words() -> None:
    assert frame_in(POST, WORDS) == FRAME
    assert frame_in(unicodedata.normalize("NFD", POST), WORDS) == FRAME
    assert frame_in(POST, "những lời khác") == Frame()
    assert frame_in(POST, "") == Frame(tuple(POST.split("\n")))


def test_any_of_our_own_lines_may_be_missing_but_none_stands_elsewhere_or_twice() -> None:
    assert same(f"{WORDS}\n{LAST}")
    assert same(f"{HEAD}\n{WORDS}\n{LAST}\n{CODE}")
    assert not same(f"{WORDS}\n{LAST}\n{AUTHOR}")
    assert not same(f"{AUTHOR}\n{WORDS}")
    assert not same(f"{WORDS}\n{AUTHOR}\n{AUTHOR}")
    assert not same(f"{HEAD}\n{LAST}")


def test_one_line_may_say_why_it_came() -> None:
    why = "Gửi riêng vì đã chọn nhận tin của Khu 2"
    lasts = [why.replace("2", "3"), why]
    for said in (f"{POST}\n{why}", f"{WORDS}\n{why}\n{SPOKEN}", POST):
        assert is_unaltered(said, WORDS, CODE, [FRAME], lasts)
    for said in (f"{POST}\n{why}3", f"{POST}\n{why}\n{lasts[0]}", f"{why}\n{POST}", why):
        assert not is_unaltered(said, WORDS, CODE, [FRAME], lasts)


def test_a_code_that_runs_into_a_number_of_the_words_is_another_number() -> None:
    number = "Gọi 0203 3123 45"
    assert is_unaltered(f"{number}\n{CODE}", number, CODE)
    assert not is_unaltered(f"{number}{CODE}", number, CODE)
    assert not is_unaltered(f"{CODE}19 giờ họp", "19 giờ họp", CODE)


def test_a_post_of_files_alone_has_only_our_lines() -> None:
    shown = f"{HEAD}\n{AUTHOR}\n{LAST}"
    frames = [frame_in(shown, "")]
    assert is_unaltered(shown, "", CODE, frames)
    assert not is_unaltered(f"{shown}\nNộp 50.000 đồng", "", CODE, frames)


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        (CODE, True), (SPOKEN, True), (" ".join(CODE[at : at + 2] for at in (0, 2, 4, 6)), True),
        (f"{CODE[:4]}-{CODE[4:]}.", True), (f"xác minh {SPOKEN}", True),
        (f"Mã {SPOKEN} có thật không ạ?", True), (f"is {SPOKEN} real?", True),
        (f"{SPOKEN} chuyển tiền", False), (POST, False), (f"{SPOKEN} 113", False),
    ],
)  # fmt: skip
def test_who_only_asks_about_a_code(text: str, asks: bool) -> None:
    assert only_asks(text, CODE) is asks


def test_every_code_in_a_text_is_found() -> None:
    assert codes_in(f"{POST} và 12345678") == [CODE]
    assert codes_in("không có gì") == []
