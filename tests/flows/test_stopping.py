"""Second thoughts: words that mean "do not send it" are asked back once, at any question."""

import pytest

from bot.flows.outcomes import Cancelled, Review
from bot.flows.prompt import notice_of
from tests.flows.talk import CONTEXT, Talk, nfd

STEPS: tuple[tuple[str, ...], ...] = (
    (), ("Mất trộm xe máy",), ("Mất trộm xe máy", "1"), ("Mất trộm xe máy", "1", "2"),
    ("Mất trộm xe máy", "1", "2", "2"),
)  # fmt: skip


@pytest.mark.parametrize("said", STEPS)
@pytest.mark.parametrize(
    "words",
    ["thôi không gửi nữa", "thoi", "Thôi", "khong gui nua", "bao nham", "nham roi ạ",
     "don't send", "Don’t send it", "dạ thôi không gửi nữa ạ", "ko gửi nữa", "tôi báo nhầm"],
)  # fmt: skip
def test_it_is_asked_at_any_question(said: tuple[str, ...], words: str) -> None:
    talk = Talk("report")
    talk.says(*said)
    before = talk.draft
    talk.says(nfd(words))
    assert "Dừng, không gửi tin này ạ?" in talk.seen()
    assert talk.labels() == ["Dừng", "Viết tiếp"]
    assert talk.says("1") == Cancelled(before)


@pytest.mark.parametrize("words", ["1", "dừng", "có", "vâng ạ", "thôi", "hủy", "stop", "yes"])
def test_a_yes_stops(words: str) -> None:
    talk = Talk("report")
    talk.says("Mất trộm xe máy", "không gửi nữa")
    assert isinstance(talk.says(words), Cancelled)


@pytest.mark.parametrize("words", ["2", "viết tiếp", "không", "go on", "no"])
def test_a_no_goes_on_exactly_there(words: str) -> None:
    talk = Talk("report")
    talk.says("Mất trộm xe máy", "1", "không gửi nữa", words)
    assert talk.draft.step == "place"
    assert not talk.draft.stopping
    assert "Ở đâu ạ?" in talk.seen()


def test_anything_else_is_an_answer_to_the_question_that_stood_open() -> None:
    talk = Talk("report")
    talk.says("Mất trộm xe máy", "1", "thôi", "ngõ 5 cạnh chợ")
    assert talk.draft.get("place").words == "ngõ 5 cạnh chợ"
    assert talk.draft.step == "name"


def test_the_buttons_do_the_same_and_it_outlives_a_restart() -> None:
    talk = Talk("report")
    talk.says("Mất trộm xe máy", "thôi")
    talk.resumes()
    assert "Dừng, không gửi" in talk.seen()
    assert len(notice_of(talk.outcome, 7).buttons) == 2  # type: ignore[arg-type]
    talk.taps("_on")
    assert talk.draft.step == "kind"
    talk.says("thôi")
    assert isinstance(talk.taps("_cancel"), Cancelled)
    assert not talk.draft.stopping


@pytest.mark.parametrize("words", ["huy", "hủy", "cancel"])
def test_a_plain_cancel_asks_nothing(words: str) -> None:
    talk = Talk("report")
    talk.says("Mất trộm xe máy")
    assert isinstance(talk.says(words), Cancelled)


@pytest.mark.parametrize(
    "words", ["thôi đừng bỏ qua nhé", "nó gửi nhầm tiền cho tôi", "không gửi xe được ở chợ"]
)
def test_a_story_with_these_words_is_no_second_thought(words: str) -> None:
    talk = Talk("report")
    talk.says(words)
    assert talk.draft.get("what").words == words


def test_where_nothing_is_sent_the_question_says_so() -> None:
    talk = Talk("ward", CONTEXT)
    talk.says("thôi")
    assert "Dừng ở đây ạ?" in talk.seen()
    assert isinstance(talk.says("2"), type(talk.outcome))
    assert not isinstance(talk.outcome, Cancelled | Review)
