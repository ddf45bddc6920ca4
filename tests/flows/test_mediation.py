"""A request for mediation: violence never gets there."""

import pytest

from bot.flows.draft import Answer
from bot.flows.outcomes import Ask, Finish, Retry, Review, Switch
from tests.flows.talk import PHOTO, PIN, Talk


@pytest.mark.parametrize(
    ("choice", "numbers"),
    [("violence", ("113", "115")), ("threat", ("113", "115")), ("child", ("111", "113"))],
)
def test_somebody_unsafe_goes_to_the_police(choice: str, numbers: tuple[str, ...]) -> None:
    talk = Talk("mediation")
    talk.taps(choice)
    assert isinstance(talk.outcome, Switch)
    assert talk.draft.flow == "report"
    for words in ("", "Nhà bên cãi nhau", "Gây rối, tụ tập, hung khí", "ngõ 5", "2"):
        if words:
            talk.says(words)
        assert all(number in talk.seen().split("\n")[0] for number in numbers)
    assert isinstance(talk.outcome, Review)
    assert isinstance(talk.says("gửi"), Finish)


def test_a_yes_asks_what_it_is_and_a_story_is_understood() -> None:
    talk = Talk("mediation")
    talk.says("có")
    assert isinstance(talk.outcome, Ask)
    assert talk.labels() == ["Có người bị đánh", "Có người bị dọa", "Có trẻ em bị hại"]
    talk = Talk("mediation")
    talk.says("chồng tôi đánh tôi chảy máu")
    assert isinstance(talk.outcome, Switch)
    assert talk.draft.get("what").words == "chồng tôi đánh tôi chảy máu"
    assert talk.draft.step == "kind"


def test_all_that_was_told_becomes_the_report() -> None:
    talk = Talk("mediation")
    talk.says("không", "lấn đất", "ông Mẫu nhà bên")
    talk.sends(PHOTO)
    talk.pins()
    talk.says("lùi lại", "lùi lại", "lùi lại")
    assert talk.draft.step == "safety"
    talk.taps("threat")
    assert talk.draft.get("what") == Answer("", "lấn đất\nông Mẫu nhà bên", (PHOTO,))
    assert talk.draft.get("place") == Answer(pin=PIN)
    talk.says("Đe dọa, quấy rối tinh thần")
    assert talk.draft.step == "name"
    talk.says("1", "sửa nơi", "giữ nguyên", "ngõ 5")
    assert isinstance(talk.outcome, Review)
    assert talk.draft.get("place") == Answer(words="ngõ 5")


def test_a_wrong_press_on_unsafe_can_be_taken_back() -> None:
    talk = Talk("mediation")
    talk.says("không", "lấn đất", "nhà bên", "lùi lại", "lùi lại", "lùi lại")
    talk.taps("violence")
    talk.says("lùi lại", "lùi lại")
    assert talk.draft.step == "safety"
    assert "113" not in talk.seen()
    talk.taps("no")
    assert talk.draft.get("subject").words == "lấn đất\nnhà bên"


def test_a_photo_before_the_matter_is_kept_and_words_are_still_asked() -> None:
    talk = Talk("mediation")
    talk.sends(PHOTO)
    assert talk.draft.step == "safety"
    talk.taps("no")
    assert talk.draft.step == "subject"
    talk.sends(PHOTO)
    assert isinstance(talk.outcome, Retry)
    talk.says("lấn đất")
    assert talk.draft.get("subject") == Answer("", "lấn đất", (PHOTO,))


def test_when_to_meet_may_be_left_open_or_said_freely() -> None:
    talk = Talk("mediation")
    talk.says("không", "lấn đất", "nhà bên", "bỏ qua")
    assert isinstance(talk.outcome, Review)
    assert "chưa hẹn" in talk.seen()
    assert "not arranged yet" in talk.seen("en")
    talk.says("sửa gặp lúc nào", "sau 19h, trừ thứ tư")
    assert isinstance(talk.outcome, Review)
    assert talk.draft.get("meeting") == Answer(words="sau 19h, trừ thứ tư")


def test_danger_in_the_words_shows_the_number() -> None:
    talk = Talk("mediation")
    talk.says("không", "hôm qua nó cầm dao sang")
    assert "113" in talk.seen().split("\n")[0]


def test_the_review_says_who_sees_the_name_before_it_is_sent() -> None:
    talk = Talk("mediation")
    talk.says("không", "lấn đất", "nhà bên", "1")
    assert isinstance(talk.outcome, Review)
    assert talk.seen().endswith("<b>Tên:</b> chỉ hòa giải viên nhận việc thấy")
    assert talk.seen("en").endswith("<b>Name:</b> seen only by the mediator who takes it")
