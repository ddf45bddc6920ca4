"""Answers nobody could act on: no words at all, a number that is not there, "my house"."""

import pytest

from bot.flows.draft import Answer
from bot.flows.outcomes import Ask, Retry
from tests.flows.talk import PHOTO, PIN, VOICE, Talk


@pytest.mark.parametrize("words", ["99", "-1", "👍", "???", "🔥🔥🔥", "7", "..."])
def test_no_words_are_no_story_and_no_place(words: str) -> None:
    talk = Talk("report")
    talk.says(words)
    assert isinstance(talk.outcome, Retry)
    assert talk.outcome.reason.key == "report.what.unclear"
    assert "what" not in talk.draft.answers
    talk.says("Mất trộm xe máy", "1", words)
    assert isinstance(talk.outcome, Retry)
    assert talk.outcome.reason.key == "report.place.unclear"
    assert "place" not in talk.draft.answers


@pytest.mark.parametrize("words", ["12/5", "số 9", "ngõ 3", "0987 654 321"])
def test_an_address_is_a_place(words: str) -> None:
    talk = Talk("report")
    talk.says("Mất trộm xe máy", "1", words)
    assert talk.draft.get("place").words == words


def test_a_dispute_needs_words_too() -> None:
    talk = Talk("mediation")
    talk.says("không", "👍")
    assert isinstance(talk.outcome, Retry)
    assert talk.outcome.reason.key == "mediation.subject.unclear"


def test_an_officer_may_be_answered_with_a_number() -> None:
    talk = Talk("addition", {"code": "48271936", "question": "Mấy người ạ?"})
    assert talk.seen() == (
        "Công an hỏi: “Mấy người ạ?”. Xin trả lời bằng chữ, ảnh, ghi âm hoặc vị trí."
    )
    assert "The police ask: “Mấy người ạ?”" in talk.seen("en")
    talk.says("3")
    assert talk.draft.get("more").words == "3"


def test_without_a_question_the_code_is_named() -> None:
    assert "4827 1936" in Talk("addition", {"code": "48271936", "question": ""}).seen()


@pytest.mark.parametrize("words", ["nhà tôi", "o nha", "my house", "ở nhà em ạ", "tại nhà"])
def test_my_house_is_asked_for_its_number_once_where_it_is_urgent(words: str) -> None:
    talk = Talk("report")
    talk.says("chong toi danh toi", "1", "viết tiếp", words)
    assert isinstance(talk.outcome, Ask)
    assert talk.draft.step == "place"
    assert "Xin thêm số nhà, ngõ, để công an tìm được." in talk.seen()
    talk.says("ở nhà")
    assert talk.draft.step == "name"
    assert talk.draft.get("place").words == f"{words}\nở nhà"


def test_what_was_said_first_stays_beside_the_rest() -> None:
    talk = Talk("report")
    talk.says("chồng tôi đánh tôi", "1", "viết tiếp", "nhà tôi", "không nhớ rõ")
    assert talk.draft.get("place") == Answer(choice="unknown", words="nhà tôi")
    talk = Talk("report")
    talk.says("chồng tôi đánh tôi", "1", "viết tiếp", "nhà tôi")
    talk.pins()
    assert talk.draft.get("place") == Answer(words="nhà tôi", pin=PIN)


@pytest.mark.parametrize(
    ("what", "kind", "place"),
    [("đèn đường hỏng", "HAZARD", "nhà tôi"), ("chồng tôi đánh tôi", "DV", "nhà tôi số 5"),
     ("chồng tôi đánh tôi", "DV", "nhà bà Mẫu cạnh chợ")],
)  # fmt: skip
def test_a_calm_report_or_an_address_is_not_asked(what: str, kind: str, place: str) -> None:
    talk = Talk("report")
    talk.says(what)
    talk.taps(kind)
    if talk.draft.step == "urgent":
        talk.taps("later")
    talk.says(place)
    assert talk.draft.step == "name"


def test_a_first_photo_or_recording_is_confirmed() -> None:
    for media, vi, en in ((PHOTO, "Đã nhận ảnh.", "Photo received."),
                          (VOICE, "Đã nhận ghi âm.", "Recording received.")):  # fmt: skip
        talk = Talk("report")
        talk.sends(media, album="album-1")
        assert talk.draft.step == "kind"
        assert talk.seen().startswith(vi)
        assert talk.seen("en").startswith(en)


def test_small_talk_at_the_kind_brings_the_five_groups() -> None:
    for words in ("vay bao gio toi", "chao ban oi cho hoi"):
        talk = Talk("report")
        talk.says(words)
        assert talk.prompt.choices[0].value == "danger"
        assert len(talk.prompt.choices) == 5


def test_advice_comes_only_where_it_fits() -> None:
    for words, kind, said in (
        ("den duong hong", "HAZARD", False), ("dây điện rơi xuống đường", "HAZARD", True),
        ("rác không dọn", "ENV", False), ("đổ hóa chất xuống mương", "ENV", True),
    ):  # fmt: skip
        talk = Talk("report")
        talk.says(words)
        talk.taps(kind)
        assert ("10 mét" in talk.seen() or "chất lạ" in talk.seen()) is said, words
    talk = Talk("report")
    talk.says("mất trộm điện thoại")
    talk.taps("THEFT")
    assert "khóa SIM" in talk.seen()
    talk = Talk("report")
    talk.says("mất trộm gà")
    talk.taps("THEFT")
    assert "khóa SIM" not in talk.seen()
    assert "không chạm vào gì" in talk.seen()
