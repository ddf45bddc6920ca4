"""Who looked at a report is written down, and only the ward's overseers may see it."""

from datetime import timedelta

import pytest

from actions.cards import card_of
from actions.handling import acknowledge, ask_reporter
from actions.readings import list_acts, note_reading
from domain.errors import Refused
from domain.incidents import Happening
from domain.reveals import Verdict
from domain.roles import Role
from storage import incidents
from storage.tables import Address, Incident, Person
from tests.actions.station import Station
from tests.precinct import CANARY_NAME, OTHER_WARD, Precinct, say


def readers(precinct: Precinct, incident: Incident) -> list[int | None]:
    """Who read it, in order."""
    events = incidents.list_events(precinct.db, incident.id)
    return [event.actor_id for event in events if event.what == Happening.READ]


def test_the_card_in_the_duty_chat_is_nobodys_reading(
    precinct: Precinct, duty: Address, incident: Incident
) -> None:
    assert readers(precinct, incident) == []


def test_one_look_of_each_in_ten_minutes(
    precinct: Precinct, duty: Address, incident: Incident
) -> None:
    for minutes, who in (
        (0, precinct.an),
        (9, precinct.an),
        (9, precinct.binh),
        (10, precinct.an),
    ):
        at = precinct.now + timedelta(minutes=minutes)
        note_reading(precinct.db, incident, who, at)
    assert readers(precinct, incident) == [precinct.an.id, precinct.binh.id, precinct.an.id]


@pytest.mark.parametrize(
    ("kind", "name", "noted"),
    [("THEFT", None, True), ("THEFT", CANARY_NAME, False), ("DV", CANARY_NAME, True)],
)
def test_only_what_is_withheld_or_quiet(
    precinct: Precinct, duty: Address, kind: str, name: str | None, noted: bool
) -> None:
    incident = precinct.report(kind, "Chuyện bịa", name=name)
    note_reading(precinct.db, incident, precinct.an, precinct.now)
    assert readers(precinct, incident) == ([precinct.an.id] if noted else [])


def test_the_card_does_not_tell_who_looked(
    precinct: Precinct, duty: Address, incident: Incident
) -> None:
    before = say(card_of(precinct.db, incident).text)
    for n in range(5):
        note_reading(precinct.db, incident, precinct.an, precinct.now + timedelta(hours=n))
    assert say(card_of(precinct.db, incident).text) == before


@pytest.fixture
def station(precinct: Precinct) -> Station:
    return Station(precinct)


def test_the_journal_names_who_did_what_and_no_word_of_it(
    station: Station, duty: Address, incident: Incident
) -> None:
    db, now = station.db, station.precinct.now
    note_reading(db, incident, station.other, now)
    acknowledge(db, incident.id, station.other, now)
    ask_reporter(db, incident.id, "Xe màu gì?", station.other, now)
    station.decides(station.asks(incident), verdict=Verdict.NO)
    station.precinct.now += timedelta(minutes=1)
    station.decides(station.asks(incident))
    for overseer in (station.chief, station.overseer):
        found, entries = list_acts(db, overseer.id, f"tin {incident.code}")
        assert found.id == incident.id
        asker, second, other = station.asker.name, station.chief.name, station.other.name
        assert [(e.what.value, e.name, e.asked_by) for e in entries] == [
            ("read", other, ""),
            ("asked", other, ""),
            ("reveal_asked", asker, ""),
            ("reveal_refused", second, asker),
            ("reveal_asked", asker, ""),
            ("revealed", second, asker),
        ]
        assert "Xe màu gì" not in repr(entries)


def test_nobody_else_sees_the_journal(station: Station, duty: Address, incident: Incident) -> None:
    chief_elsewhere = station.seat(Role.CHIEF, "Mai Văn Xa", "401", ward=OTHER_WARD)

    def refusal(person: Person, told: str) -> str:
        with pytest.raises(Refused) as refused:
            list_acts(station.db, person.id, told)
        return refused.value.text.key

    for person in (station.asker, station.precinct.resident):
        assert refusal(person, incident.code) == "access.overseers_only"
    assert refusal(chief_elsewhere, incident.code) == "incident.unknown"
    assert refusal(station.chief, "") == "reveal.journal.how"
    assert refusal(station.chief, "10000000") in ("incident.code.mistyped", "incident.unknown")
