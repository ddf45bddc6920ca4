"""The reason of a request stands in a chat only as long as somebody decides it there: not after
the decision, not after the day that it has, and with nobody whose role ended.
"""

from datetime import timedelta

import pytest

from actions.reveal_questions import close_idle
from actions.standings import revoke
from domain.reveals import LAPSES_AFTER
from domain.roles import Role
from scheduler.ticks import TICKS
from storage import outbox
from storage.cards import find_once
from storage.tables import Address, Incident, Outbox, Person, Reveal
from tests.actions.station import REASON, Station
from tests.precinct import BOT, WARD, Precinct, taps

NEUTRAL = "không còn chờ quyết định ở đây"


@pytest.fixture
def station(precinct: Precinct, duty: Address) -> Station:
    return Station(precinct)


def asked(station: Station, reveal: Reveal, person: Person) -> Outbox:
    """The question to this person, that was delivered or not."""
    row = find_once(station.db, f"reveal:{reveal.id}:{station.precinct.home(person).id}")
    assert row is not None
    return row


def test_a_lapsed_question_keeps_no_reason(station: Station, incident: Incident) -> None:
    station.asks(incident)
    station.precinct.deliver()
    close_idle(station.db, station.precinct.now + LAPSES_AFTER - timedelta(seconds=1))
    assert REASON in station.texts(station.chief)
    close_idle(station.db, station.precinct.now + LAPSES_AFTER)
    assert REASON not in station.texts(station.chief)
    assert NEUTRAL in station.texts(station.chief)
    assert taps(station.precinct.notices(station.precinct.home(station.chief))[-1]) == []
    before = len(station.precinct.outbox())
    close_idle(station.db, station.precinct.now + 2 * LAPSES_AFTER)
    assert len(station.precinct.outbox()) == before, "it is said once"


def test_who_lost_the_role_keeps_no_reason(station: Station, incident: Incident) -> None:
    second = station.seat(Role.CHIEF, "Lại Văn Nhì", "305")
    station.asks(incident)
    station.precinct.deliver()
    revoke(station.db, second.id, Role.CHIEF, WARD, station.precinct.now)
    close_idle(station.db, station.precinct.now + timedelta(minutes=1))
    assert REASON not in station.texts(second)
    assert NEUTRAL in station.texts(second)
    assert REASON in station.texts(station.chief)


def test_a_decision_reaches_also_who_lost_the_role_and_names_nobody_there(
    station: Station, incident: Incident
) -> None:
    second = station.seat(Role.CHIEF, "Lại Văn Nhì", "305")
    reveal = station.asks(incident)
    station.precinct.deliver()
    revoke(station.db, second.id, Role.CHIEF, WARD, station.precinct.now)
    station.decides(reveal)
    assert REASON not in station.texts(second)
    assert NEUTRAL in station.texts(second)
    assert "Trưởng" not in station.texts(second)
    assert "đã đồng ý" in station.texts(station.chief)
    before = len(station.precinct.outbox())
    close_idle(station.db, station.precinct.now + LAPSES_AFTER)
    assert len(station.precinct.outbox()) == before, "what was decided stays as it is"


def test_one_that_was_never_delivered_is_not_sent_any_more(
    station: Station, incident: Incident
) -> None:
    reveal = station.asks(incident)
    close_idle(station.db, station.precinct.now + LAPSES_AFTER)
    row = asked(station, reveal, station.chief)
    assert (row.state, row.erased, row.notice) == ("dropped", True, {})


def test_it_is_looked_at_every_minute() -> None:
    assert TICKS[close_idle] == 60


def test_the_asked_hear_it_with_the_bot_that_asked(station: Station, incident: Incident) -> None:
    reveal = station.asks(incident)
    station.precinct.deliver()
    close_idle(station.db, station.precinct.now + LAPSES_AFTER)
    question = asked(station, reveal, station.chief)
    (edit,) = [row for row in station.precinct.outbox() if row.edits == question.id]
    assert edit.bot == BOT
    assert edit.address_id == question.address_id
    assert REASON not in repr(outbox.load_notice(edit.notice))
