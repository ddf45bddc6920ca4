"""Each step of a ward's ladder must reach somebody: where one does not, those in charge hear so
once a day, with what to do.
"""

from datetime import UTC, datetime, timedelta

import pytest

from actions.ladder_keeping import check_ladders
from actions.ladder_people import gaps_of, homes_at, people_at
from actions.standings import revoke
from domain.ladder import Rung
from domain.roles import Role
from storage.addresses import set_unreachable
from storage.people import change_person
from tests.actions.test_ladder import Station, block
from tests.conftest import START
from tests.precinct import OTHER_WARD, WARD, Precinct

# 07:00 in Quảng Ninh.
MORNING = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)


@pytest.fixture
def station(precinct: Precinct) -> Station:
    return Station(precinct)


def told(station: Station, now: datetime) -> list[str]:
    """What those in charge newly hear."""
    before = {row.id for row in station.precinct.outbox()}
    check_ladders(station.precinct.db, now)
    fresh = [row for row in station.precinct.outbox() if row.id not in before]
    return sorted(station.names.get(row.address_id, "stranger") for row in fresh)


def test_a_ward_with_all_of_its_police_has_no_gap(station: Station) -> None:
    assert gaps_of(station.precinct.db, WARD) == ()
    assert told(station, MORNING) == []


@pytest.mark.parametrize(
    ("away", "gap"),
    [
        (("an", "binh"), Rung.DUTY),
        (("deputy",), Rung.DEPUTY),
        (("chief",), Rung.CHIEF),
        (("desk",), Rung.PHONE),
    ],
)
def test_each_gap_is_seen(station: Station, away: tuple[str, ...], gap: Rung) -> None:
    block(station, *away)
    assert gaps_of(station.precinct.db, WARD) == (gap,)


def test_a_gap_is_told_once_a_day_to_those_in_charge(station: Station) -> None:
    block(station, "an", "binh")
    assert told(station, MORNING) == ["chief", "deputy"]
    assert "Bậc 1 không nhắn được cán bộ nào" in station.last("chief")
    assert "/moi" in station.last("chief")
    assert told(station, MORNING + timedelta(hours=10)) == []
    assert told(station, MORNING + timedelta(days=1)) == ["chief", "deputy"]


def test_in_the_night_nobody_is_told(station: Station) -> None:
    block(station, "deputy")
    assert told(station, MORNING - timedelta(minutes=1)) == []
    assert told(station, MORNING) == ["chief"]


def test_with_nobody_in_charge_the_duty_chat_hears(station: Station) -> None:
    block(station, "chief", "deputy")
    assert told(station, MORNING) == ["desk"]


def test_mended_it_is_silent(station: Station) -> None:
    block(station, "deputy")
    set_unreachable(station.precinct.db, station.home("deputy").id, None)
    assert told(station, MORNING) == []


def test_a_ward_without_anybody_stands_in_nobodys_way(station: Station) -> None:
    db = station.precinct.db
    assert gaps_of(db, OTHER_WARD) == (Rung.DEPUTY, Rung.CHIEF, Rung.PHONE)
    block(station, "deputy")
    assert told(station, MORNING) == ["chief"]


def test_officers_who_were_seen_last_come_first(station: Station) -> None:
    precinct = station.precinct
    change_person(precinct.db, precinct.binh.id, seen_at=START + timedelta(days=3))
    names = [each.name for each in people_at(precinct.db, WARD, Rung.DUTY)]
    assert names == ["Trần Thị Bình", "Phạm Văn An"]


def test_when_the_chief_leaves_the_deputy_is_the_chief(station: Station) -> None:
    db = station.precinct.db
    revoke(db, station.chief.id, Role.CHIEF, WARD, START)
    (home,) = homes_at(db, WARD, Rung.CHIEF)
    assert home.person_id == station.deputy.id
    assert gaps_of(db, WARD) == (Rung.DEPUTY,)
