"""What the chat does not take is told where it goes, and strangers are asked about by what they
do; said at the step of the kind, before anything else is asked.
"""

import pytest

from bot.flows.outcomes import Finish, Review
from domain.kinds import KINDS
from domain.routing import makes_incident
from tests.flows.talk import UNKNOWN_PLACE, Talk

ELSEWHERE = [code for code in KINDS if not makes_incident(code)]


def told(code: str, words: str = "Có việc này muốn nói") -> Talk:
    """The kind is chosen by its button."""
    talk = Talk("report")
    talk.says(words)
    group = next(iter(KINDS[code].groups))
    talk.taps(group, code)
    return talk


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("OFFICIAL", ("25/2018/QH14", "tiếp công dân", "VNeID", "chưa gửi gì đi")),
        ("RESIDENCE", ("VNeID", "công an phường", "23 giờ", "8 giờ sáng", "chưa gửi gì đi")),
    ],
)
def test_it_says_where_it_goes(code: str, words: tuple[str, ...]) -> None:
    talk = told(code)
    assert talk.draft.step == "elsewhere"
    for each in words:
        assert each in talk.seen()
    assert talk.labels() == ["Đã hiểu, không gửi", "Là việc khác"]


@pytest.mark.parametrize("answer", ["1", "đã hiểu", "Đã hiểu, không gửi", "da hieu a"])
def test_understood_ends_it(answer: str) -> None:
    talk = told("OFFICIAL")
    outcome = talk.says(answer)
    assert isinstance(outcome, Finish)
    assert outcome.draft.get("elsewhere").choice == "understood"
    assert "place" not in outcome.draft.answers


@pytest.mark.parametrize("answer", ["2", "là việc khác", "la viec khac"])
def test_something_else_asks_the_kind_again(answer: str) -> None:
    talk = told("OFFICIAL")
    talk.says(answer)
    assert talk.draft.step == "kind"
    talk.taps("property", "THEFT")
    assert talk.draft.step == "place"
    assert "elsewhere" not in talk.draft.answers


def test_chosen_again_it_is_told_again() -> None:
    talk = told("OFFICIAL")
    talk.says("2")
    talk.taps("RESIDENCE")
    assert talk.draft.step == "elsewhere"
    assert "23 giờ" in talk.seen()


@pytest.mark.parametrize("code", [code for code in KINDS if makes_incident(code)])
def test_no_other_kind_is_sent_elsewhere(code: str) -> None:
    assert told(code).draft.step not in ("elsewhere", "kind")


def test_changed_in_the_review_to_a_kind_that_is_not_taken() -> None:
    talk = told("NOISE")
    talk.says("ngõ 5", "1")
    assert isinstance(talk.outcome, Review)
    talk.says("sửa loại", "tố cáo cán bộ")
    assert talk.draft.step == "elsewhere"
    assert isinstance(talk.says("1"), Finish)
    assert talk.draft.get("elsewhere").choice == "understood"


@pytest.mark.parametrize("code", ["STRANGER", "FOREIGNER"])
def test_behaviour_is_asked_before_the_place(code: str) -> None:
    talk = told(code, "Có hai người lạ")
    assert talk.draft.step == "behaviour"
    assert "Họ đang làm gì" in talk.seen()
    assert "ở đâu thì không cần nói" in talk.seen()
    talk.says("đi nhìn vào từng nhà")
    assert talk.draft.step == "place"
    assert talk.draft.get("what").words == "Có hai người lạ\nđi nhìn vào từng nhà"
    assert talk.draft.get("behaviour").words == ""


def test_behaviour_can_be_left_out() -> None:
    talk = told("STRANGER", "Có hai người lạ")
    talk.says("bỏ qua")
    assert talk.draft.step == "place"
    assert talk.draft.get("what").words == "Có hai người lạ"


def test_an_emoji_is_no_behaviour() -> None:
    talk = told("STRANGER")
    talk.says("👀")
    assert talk.draft.step == "behaviour"
    assert "Xin viết bằng chữ" in talk.seen()


def test_strangers_do_not_cost_a_seventh_question() -> None:
    talk = Talk("report", UNKNOWN_PLACE)
    talk.says("Có hai người lạ đi vòng quanh")
    if talk.draft.step == "kind":
        talk.says("người lạ")
    talk.says("nhìn vào nhà", "cổng chợ", "1")
    assert isinstance(talk.outcome, Review)
    assert talk.asked <= 6
