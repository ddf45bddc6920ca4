"""The ladder at its edges: who may be woken at all, what is not even looked at, what stands on the
card, and what is erased with the report.
"""

from datetime import timedelta

import pytest

from actions import alerts
from actions.desks import require_hears
from domain.errors import Refused
from domain.ladder import STAMPS, Rung
from domain.roles import Purpose, Role
from domain.routing import Recipient
from storage import forgetting, incidents, ladders
from storage.addresses import get_address
from storage.tables import Incident
from tests.actions.test_ladder import Station, at
from tests.precinct import OTHER_WARD, WARD, Precinct

FIRST = STAMPS[Rung.DUTY].value


@pytest.fixture
def station(precinct: Precinct) -> Station:
    return Station(precinct)


@pytest.fixture
def weapon(station: Station) -> Incident:
    return station.precinct.report("WEAPON", "Có súng")


def looked_at(station: Station) -> list[int]:
    """The reports that a look two minutes after the start finds."""
    due = [ladders.Due(1, at(0), tuple(each.value for each in STAMPS.values()))]
    found = ladders.list_climbing(station.precinct.db, [WARD], due, at(-60), 10)
    return [each.id for each in found]


def hears(station: Station, incident: Incident, recipient: Recipient, address_id: int) -> bool:
    address = get_address(station.precinct.db, address_id)
    try:
        require_hears(station.precinct.db, incident, recipient, address)
    except Refused:
        return False
    return True


@pytest.mark.parametrize(
    ("recipient", "names"),
    [
        (Recipient.OFFICER, {"an", "binh"}),
        (Recipient.DEPUTY, {"chief", "deputy"}),
        (Recipient.CHIEF, {"chief", "deputy"}),
        (Recipient.DESK, {"desk"}),
    ],
)
def test_the_gate_knows_the_wards_police(
    station: Station, weapon: Incident, recipient: Recipient, names: set[str]
) -> None:
    precinct = station.precinct
    others = [precinct.home(precinct.stranger), precinct.resident_home]
    others += [
        precinct.home(precinct.holder(role, f"Người lạ bịa {role}", f"6{number}", OTHER_WARD))
        for number, role in enumerate(Role)
    ]
    others.append(precinct.room("-9", Purpose.DUTY, OTHER_WARD))
    for address_id, name in station.names.items():
        assert hears(station, weapon, recipient, address_id) == (name in names), name
    assert not any(hears(station, weapon, recipient, each.id) for each in others)


def test_of_what_is_calm_the_gate_wakes_nobody(station: Station) -> None:
    theft = station.precinct.report("THEFT", "Mất xe đạp")
    for recipient in (Recipient.OFFICER, Recipient.DEPUTY, Recipient.CHIEF):
        assert not any(hears(station, theft, recipient, key) for key in station.names)


def test_what_is_over_or_old_is_not_even_looked_at(station: Station, weapon: Incident) -> None:
    """It would stand in the way of a new one: only so many are looked at."""
    db = station.precinct.db
    assert looked_at(station) == [weapon.id]
    incidents.set_columns(db, weapon.id, created_at=at(-61))
    assert looked_at(station) == []
    incidents.set_columns(db, weapon.id, created_at=at(-1))
    assert looked_at(station) == [weapon.id]
    alerts.withdraw(db, station.precinct.again(weapon), at(1))
    assert looked_at(station) == []


def test_many_that_wait_between_two_steps_stand_in_nobodys_way(station: Station) -> None:
    for number in range(120):
        station.precinct.report("FIRE", f"Cháy bịa {number}")
    assert len(station.woken(2)) == 200
    assert len(station.woken(2)) == 40
    late = station.precinct.report("FIRE", "Cháy bịa")
    incidents.set_columns(station.precinct.db, late.id, created_at=at(1))
    assert station.woken(3) == ["an", "binh"]


def test_the_card_has_the_last_step_and_room_for_the_rest(
    station: Station, weapon: Incident
) -> None:
    for minutes in (2, 4, 6, 8):
        station.woken(minutes)
    card = next(each for each in station.precinct.texts(station.duty) if "Diễn biến" in each)
    assert "người dân báo tin" in card
    assert "09:08 chưa ai nhận, đã hiện số để gọi" in card
    assert "đã nhắn riêng" not in card


def test_what_was_said_goes_with_the_report(station: Station, weapon: Incident) -> None:
    precinct = station.precinct
    station.woken(6)
    precinct.deliver(at(6))
    forgetting.wipe_incident(precinct.db, precinct.again(weapon), at(7) + timedelta(days=900))
    woken = [r for r in precinct.outbox() if (r.concerns or "") == f"ladder:{weapon.id}"]
    assert len(woken) == 4
    assert all(row.erased and not row.notice for row in woken)
    assert all(not event.detail for event in incidents.list_events(precinct.db, weapon.id))
    assert FIRST not in station.stamps(weapon)
