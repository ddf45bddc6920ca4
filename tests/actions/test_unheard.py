"""Nobody has taken an urgent report: its sender hears so, once at each step, and only then."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.engine import Engine

from actions.handling import acknowledge, deal_with
from actions.handling import reopen as reopen_incident
from actions.receipts import card_was_sent
from actions.unheard import tell_unheard
from bot.wording import Wording
from domain.incidents import Outcome, Source
from domain.urgency import Urgency
from domain.waiting import STEPS, is_last, step_due
from storage import deliveries, incidents, outbox
from storage.addresses import set_unreachable
from storage.engine import writer_engine
from storage.tables import Address, Incident
from tests.conftest import START
from tests.house import TRIAL
from tests.precinct import Precinct, say


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def told(precinct: Precinct, seconds: float) -> list[str]:
    """What the reporter is newly told when somebody looks so many seconds after the start."""
    before = len(precinct.outbox(precinct.resident_home))
    tell_unheard(precinct.db, at(seconds))
    rows = precinct.outbox(precinct.resident_home)[before:]
    return [say(outbox.load_notice(row.notice).text) for row in rows]


@pytest.fixture
def fire(precinct: Precinct, duty: Address) -> Incident:
    """A fire whose card stands in the duty chat."""
    filed = precinct.report("FIRE")
    precinct.deliver()
    return precinct.again(filed)


def test_at_sixty_seconds_and_not_before(precinct: Precinct, fire: Incident) -> None:
    assert told(precinct, 59) == []
    assert told(precinct, 59.999) == []
    (said,) = told(precinct, 60)
    first, second = said.split("\n")
    assert "114" in first
    assert "chưa có cán bộ nhận tin" in second
    assert "09:01" in second
    assert told(precinct, 61) == []
    assert precinct.again(fire).waits_told == 1


@pytest.mark.parametrize(
    ("kind", "words", "steps"),
    [("FIRE", "Cháy nhà", (60, 180, 600, 1800)), ("DRUG", "Có người bán", (60, 900, 3600))],
)
def test_every_step_is_told_once(
    precinct: Precinct, duty: Address, kind: str, words: str, steps: tuple[int, ...]
) -> None:
    precinct.report(kind, words)
    precinct.deliver()
    for number, second in enumerate(steps, start=1):
        assert told(precinct, second - 1) == []
        (said,) = told(precinct, second)
        assert ("Từ giờ" in said) == (number == len(steps))
        assert told(precinct, second) == []
    assert told(precinct, 100_000) == []


@pytest.mark.parametrize("kind", ["THEFT", "NOISE"])
def test_what_is_not_urgent_is_not_counted_in_minutes(
    precinct: Precinct, duty: Address, kind: str
) -> None:
    precinct.report(kind, "Chuyện bịa")
    assert [told(precinct, second) for second in (60, 600, 86_400)] == [[], [], []]


def test_after_a_night_without_power_only_the_newest_step_is_told(
    precinct: Precinct, fire: Incident
) -> None:
    (said,) = told(precinct, 700)
    assert "09:11" in said
    assert precinct.again(fire).waits_told == 3
    assert told(precinct, 1799) == []
    assert len(told(precinct, 9000)) == 1
    assert told(precinct, 90_000) == []


def test_until_the_messenger_has_the_card_it_is_being_sent(
    precinct: Precinct, duty: Address
) -> None:
    precinct.report("FIRE")
    (said,) = told(precinct, 60)
    assert "đang gửi" in said
    assert "CHƯA tới trực ban" in said
    precinct.deliver(at(100))
    (said,) = told(precinct, 180)
    assert "đã tới trực ban" in said
    assert "chưa có cán bộ nhận tin" in said


def test_without_a_desk_nobody_has_read_it(precinct: Precinct) -> None:
    precinct.report("FIRE")
    (said,) = told(precinct, 60)
    assert "114" in said.split("\n")[0]
    assert "chưa nối vào đây" in said
    assert "CHƯA có ai đọc" in said


def test_a_desk_that_cannot_be_reached(precinct: Precinct, duty: Address) -> None:
    set_unreachable(precinct.db, duty.id, START)
    precinct.report("FIRE")
    (said,) = told(precinct, 60)
    assert "CHƯA tới được trực ban" in said


def test_once_it_is_taken_nothing_is_said(precinct: Precinct, fire: Incident) -> None:
    assert len(told(precinct, 60)) == 1
    acknowledge(precinct.db, fire.id, precinct.an, at(90))
    assert told(precinct, 180) == []
    assert told(precinct, 5000) == []


def test_opened_again_the_minutes_begin_anew(precinct: Precinct, fire: Incident) -> None:
    told(precinct, 60)
    acknowledge(precinct.db, fire.id, precinct.an, at(90))
    deal_with(precinct.db, fire.id, Outcome.SETTLED, precinct.an, at(100))
    reopen_incident(precinct.db, precinct.again(fire), at(1000))
    assert told(precinct, 1059) == []
    (said,) = told(precinct, 1060)
    assert "CHƯA tới trực ban" in said
    assert precinct.again(fire).waits_told == 1


def test_what_was_withdrawn_is_over(precinct: Precinct, fire: Incident) -> None:
    incidents.set_columns(precinct.db, fire.id, withdrawn_at=at(10))
    assert told(precinct, 60) == []


def test_what_an_officer_recorded_has_nobody_to_tell(precinct: Precinct, duty: Address) -> None:
    precinct.report("FIRE", reporter=None, recorded_by=precinct.an.id, source=Source.CALL)
    before = len(precinct.outbox())
    tell_unheard(precinct.db, at(60))
    assert len(precinct.outbox()) == before


def test_where_the_link_is_gone_it_is_not_asked_again(precinct: Precinct, fire: Incident) -> None:
    incidents.unlink_reporter(precinct.db, fire.id)
    assert told(precinct, 60) == []
    assert precinct.again(fire).waits_told == 1


def test_of_several_at_once_each_hears_of_their_own(precinct: Precinct, duty: Address) -> None:
    filed = [precinct.report("FIRE", f"Cháy bịa {number}") for number in range(120)]
    first = told(precinct, 60)
    assert len(first) == 100
    rest = told(precinct, 60)
    assert len(rest) == 20
    codes = {spoken_in(said) for said in (*first, *rest)}
    assert len(codes) == len(filed)


def spoken_in(said: str) -> str:
    return said.partition("<code>")[2].partition("</code>")[0]


def test_in_a_trial_it_claims_nothing(precinct: Precinct, fire: Incident) -> None:
    tell_unheard(precinct.db, at(60))
    notice = outbox.load_notice(precinct.outbox(precinct.resident_home)[-1].notice)
    assert notice.text
    for language in ("vi", "en"):
        assert TRIAL[language] in Wording().say(notice.text, language)
    assert "Công an Phường" not in Wording().say(notice.text, "vi")


@given(
    st.sampled_from(list(Urgency)),
    st.lists(st.integers(0, 10_000), max_size=30),
)
def test_however_often_one_looks_no_step_is_told_twice(
    urgency: Urgency, seconds: list[int]
) -> None:
    heard = 0
    for second in sorted(seconds):
        step = step_due(urgency, START, at(second), heard)
        if step is not None:
            assert step > heard
            assert at(second) - START >= STEPS[urgency][step - 1]
            heard = step
    reached = sum(max(seconds, default=0) >= s.total_seconds() for s in STEPS.get(urgency, ()))
    assert heard == reached
    assert is_last(urgency, heard) == (heard == len(STEPS.get(urgency, ())))


def test_killed_before_the_commit_it_is_told_after_the_restart_once(engine: Engine) -> None:
    with writer_engine(engine).begin() as db:
        precinct = Precinct(db, START)
        precinct.room("-1")
        fire = precinct.report("FIRE")
        for row in precinct.outbox():
            deliveries.mark_sent(db, row.id, f"m{row.id}", START)
            card_was_sent(db, row, START)
        home = precinct.resident_home
    with writer_engine(engine).connect() as db:
        tell_unheard(db, at(60))
        db.rollback()
    for _ in range(3):
        with writer_engine(engine).begin() as db:
            tell_unheard(db, at(61))
    with engine.connect() as db:
        precinct.db = db
        assert incidents.get(db, fire.id).waits_told == 1
        said = [say(outbox.load_notice(row.notice).text) for row in precinct.outbox(home)]
    assert sum("chưa có cán bộ nhận tin" in words for words in said) == 1
