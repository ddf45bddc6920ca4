"""Reporting for somebody who cannot write: two questions more, and a no that counts."""

import pytest

from bot.flows.outcomes import Ask, Cancelled, Finish, Retry
from tests.flows.catalogues import say
from tests.flows.talk import CONTEXT, Talk, folded

HELPING = {**CONTEXT, "helper": True}


def to_agreed(story: str = "Mất trộm xe máy", kind: str = "THEFT") -> Talk:
    talk = Talk("report", HELPING)
    talk.says(story)
    talk.taps(kind)
    if talk.draft.step == "urgent":
        talk.taps("later")
    talk.says("ngõ 5", "bà Tư, nhà số 5")
    assert talk.draft.step == "agreed"
    return talk


def test_a_usual_report_is_asked_neither() -> None:
    talk = Talk("report")
    talk.says("Mất trộm xe máy")
    talk.taps("THEFT")
    talk.says("ngõ 5")
    assert talk.draft.step == "name"
    talk.taps("no")
    assert "Báo hộ" not in talk.seen()
    talk.taps("change")
    assert "line-agreed" not in [option.value for option in talk.prompt.choices]
    assert isinstance(talk.taps("line-agreed"), Retry)


@pytest.mark.parametrize(("typed", "choice"), [("Có", "yes"), ("2", "unasked"), ("dạ co", "yes")])
def test_with_their_yes_it_goes_on(typed: str, choice: str) -> None:
    talk = to_agreed()
    talk.says(typed)
    assert talk.draft.get("agreed").choice == choice
    assert talk.draft.step == "name"
    talk.taps("no")
    assert "bà Tư, nhà số 5" in talk.seen()
    assert isinstance(talk.taps("send"), Finish)


def test_who_it_is_may_be_left_out() -> None:
    talk = Talk("report", HELPING)
    talk.says("Mất trộm xe máy")
    talk.taps("THEFT")
    talk.says("ngõ 5", "bỏ qua")
    assert talk.draft.step == "agreed"


@pytest.mark.parametrize("typed", ["Không", "khong", "3", "không ạ"])
def test_their_no_is_a_reason_to_stop(typed: str) -> None:
    talk = to_agreed()
    talk.says(typed)
    assert talk.draft.get("agreed").choice == "no"
    assert talk.draft.step == "anyway"
    for number in ("113", "115", "111"):
        assert number in talk.seen()
    assert "Nếu có nguy hiểm thì cứ báo" in talk.seen()
    talk.says("không")
    assert talk.draft.step == "anyway"
    assert "gõ: hủy" in talk.seen()
    assert isinstance(talk.says("hủy"), Cancelled)


@pytest.mark.parametrize("typed", ["Vẫn báo", "van bao", "1", "có", "Report it anyway"])
def test_it_may_be_sent_all_the_same(typed: str) -> None:
    talk = to_agreed()
    talk.taps("no")
    talk.says(typed)
    assert talk.draft.step == "name"


def test_where_life_is_in_danger_nobodys_yes_is_waited_for() -> None:
    talk = to_agreed("Nhà bà Tư đang cháy", "FIRE")
    outcome = talk.taps("no")
    assert isinstance(outcome, Ask)
    assert talk.draft.step == "name"
    assert "thì cứ báo" in talk.seen()


def test_a_line_of_the_review_changes_both() -> None:
    talk = to_agreed()
    talk.taps("yes", "no")
    talk.says(folded("sửa báo hộ"))
    assert talk.draft.step == "helped"
    talk.says("ông Năm")
    assert talk.draft.step == "agreed"
    talk.taps("unasked")
    assert talk.draft.step == "review"
    assert "ông Năm" in talk.seen()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_choice_by_its_label(language: str) -> None:
    for value in ("yes", "unasked", "no"):
        talk = to_agreed()
        talk.says(say(talk.option(value).label, language))
        assert talk.draft.get("agreed").choice == value
