"""A danger that is told late, beside a calm report: it is never sent as if nothing was."""

import pytest

from bot.flows.outcomes import Ask, Finish, Review
from tests.flows.talk import PHOTO, Talk


def at_review() -> Talk:
    talk = Talk("report")
    talk.says("den duong hong")
    talk.taps("HAZARD", "landmark:0", "no")
    assert isinstance(talk.outcome, Review)
    return talk


@pytest.mark.parametrize(
    ("words", "code", "number", "label"),
    [
        ("cháy nhà rồi", "FIRE", "114", "Cháy, nổ"),
        ("chay nha roi", "FIRE", "114", "Cháy, nổ"),
        ("my house is on fire", "FIRE", "114", "Cháy, nổ"),
        ("help he has a knife", "ASSAULT", "113", "Đánh nhau, gây thương tích"),
        ("bố tôi bất tỉnh rồi", "MEDICAL", "115", "Cấp cứu y tế"),
    ],
)
def test_it_is_asked_before_anything_is_sent(
    words: str, code: str, number: str, label: str
) -> None:
    talk = at_review()
    talk.says(words)
    assert isinstance(talk.outcome, Ask)
    assert talk.draft.step == "danger"
    assert number in talk.seen().split("\n")[0]
    assert "Đã ghi thêm lời vừa nhắn." in talk.seen()
    assert f"Có phải: <b>{label}</b>?" in talk.seen()
    assert talk.labels() == ["Phải", "Không phải"]
    assert talk.labels("en") == ["Yes", "No"]
    talk.says("1")
    assert isinstance(talk.outcome, Review)
    assert talk.draft.get("kind").choice == code
    assert talk.draft.get("what").words == f"den duong hong\n{words}"
    assert isinstance(talk.says("gửi"), Finish)


def test_its_advice_is_given_when_it_is_confirmed() -> None:
    talk = at_review()
    talk.says("cháy nhà rồi", "dạ phải ạ")
    assert "cúi thấp dưới khói" in talk.seen()


@pytest.mark.parametrize("no", ["2", "không", "không phải", "no"])
def test_a_no_is_not_asked_again_but_another_danger_is(no: str) -> None:
    talk = at_review()
    talk.says("chay xe o khu 2 suot", no)
    assert isinstance(talk.outcome, Review)
    assert talk.draft.get("kind").choice == "HAZARD"
    talk.says("nó vừa bị xe cán ngoài đường")
    assert talk.draft.step == "danger"
    assert "Tai nạn giao thông" in talk.seen()
    talk.taps("TRAFFIC_CRASH")
    assert talk.draft.get("kind").choice == "TRAFFIC_CRASH"


def test_more_than_a_yes_is_kept() -> None:
    talk = at_review()
    talk.says("cháy nhà rồi", "phải, nhà số 5 cháy to")
    assert talk.draft.get("kind").choice == "FIRE"
    assert talk.draft.get("what").words.endswith("\nphải, nhà số 5 cháy to")


def test_it_is_heard_in_the_place_and_below_a_photo() -> None:
    talk = Talk("report")
    talk.says("den duong hong")
    talk.taps("HAZARD")
    talk.says("ngõ 5, cháy nhà rồi")
    assert talk.draft.step == "danger"
    talk = Talk("report")
    talk.says("den duong hong")
    talk.taps("HAZARD")
    talk.sends(PHOTO, caption="cháy nhà rồi")
    assert talk.draft.step == "danger"
    talk.taps("FIRE")
    assert talk.draft.step == "place"


def test_it_is_asked_in_the_middle_of_a_change_which_then_goes_on() -> None:
    talk = at_review()
    talk.says("sửa lúc")
    talk.sends(PHOTO, caption="cháy nhà rồi")
    assert talk.draft.step == "danger"
    talk.taps("FIRE")
    assert talk.draft.step == "when"
    assert isinstance(talk.says("hôm qua"), Review)


def test_the_rest_of_an_album_cannot_hide_it() -> None:
    talk = Talk("report")
    talk.says("den duong hong")
    talk.taps("HAZARD", "landmark:0", "no")
    talk.sends(PHOTO, album="album-1")
    talk.sends(PHOTO, album="album-1", caption="cháy nhà rồi")
    talk.resumes()
    talk.taps("send")
    assert talk.draft.step == "danger"


def test_what_was_known_when_the_kind_was_chosen_is_not_asked() -> None:
    talk = Talk("report")
    talk.says("cháy nhà bên, đèn đường hỏng theo")
    talk.taps("others", "danger", "HAZARD")
    assert talk.draft.step == "place"


def test_violence_needs_no_other_name() -> None:
    talk = Talk("report")
    talk.says("chồng tôi đánh tôi")
    talk.taps("DV")
    talk.says("nó cầm dao rồi", "1")
    assert isinstance(talk.outcome, Review)
    assert talk.draft.get("kind").choice == "DV"


def test_a_calm_kind_shows_the_numbers_of_the_danger_that_was_told() -> None:
    talk = Talk("report")
    talk.says("rác không dọn cả tuần")
    talk.taps("ENV")
    talk.says("ngõ 5, cháy nhà rồi", "2")
    assert "114" in talk.seen().split("\n")[0]
