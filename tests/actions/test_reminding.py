"""The one reminder: of nothing that does not hold any more, and to many in pieces."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Connection

from actions.announcing import pause, stop
from actions.confirmations import confirm, households_of
from actions.corrected import spread_corrections
from actions.corrections import Wanted, correct
from actions.occurrences import send_due
from actions.pieces import PIECE
from actions.reminding import Reminded, remind, send_reminders
from domain.announcing import Sort
from domain.corrections import Kind
from domain.patterns import Daily
from domain.recurrence import Rule
from domain.wall_clock import wall_of
from storage import announcements
from storage.confirmations import Asked
from storage.tables import Address
from tests.actions.enrolled import CONFIRM, enrols
from tests.actions.speakers import Speakers
from tests.precinct import BOT, Precinct

HOUR = timedelta(hours=1)


@pytest.fixture
def town(precinct: Precinct) -> Speakers:
    return Speakers(precinct)


def readers(town: Speakers, number: int) -> list[Address]:
    return [enrols(town, f"Người Bịa {n}", f"6{n:04d}", CONFIRM)[1] for n in range(number)]


def asks(town: Speakers, **more: Any) -> int:
    """Announced and put to everybody; the occurrence."""
    made = town.announce(asks_reading=True, **more)
    runs(town)
    return town.times(made)[-1].id


def key_of(town: Speakers, occurrence_id: int) -> int:
    return announcements.get_occurrence(town.db, occurrence_id).announcement_id


def runs(town: Speakers) -> None:
    more = True
    while more:
        town.db.info["more"] = False
        send_due(town.db, town.now)
        spread_corrections(town.db, town.now)
        more = town.db.info["more"]


def reminds(town: Speakers, key: int) -> str:
    return town.refusal(lambda: remind(town.db, key, town.lan, town.now))


def reminded(town: Speakers, homes: list[Address]) -> int:
    return sum(any("Xin nhắc nhẹ" in words for words in town.seen(home)) for home in homes)


def goes_on(town: Speakers) -> int:
    """The scheduler looks until nothing is left; how often it had to."""
    looks = 0
    while town.db.info.get("more") or not looks:
        town.db.info["more"] = False
        send_reminders(town.db, town.now)
        looks += 1
    return looks


class TestInForce:
    @pytest.mark.parametrize("kind", [Kind.CORRECTED, Kind.CANCELLED])
    def test_of_what_was_corrected_people_were_reminded(self, town: Speakers, kind: Kind) -> None:
        homes = readers(town, 1)
        key = asks(town)
        town.now += HOUR
        wanted = Wanted(key_of(town, key), "Lời đúng (bịa)", kind)
        draw = town.precinct.random_below
        correct(town.db, town.lan, wanted, None, BOT, town.now, draw)
        runs(town)
        assert reminds(town, key) == "reading.remind.over"
        assert reminded(town, homes) == 0

    def test_of_what_expired_people_were_reminded(self, town: Speakers) -> None:
        homes = readers(town, 1)
        key = asks(town, sort=Sort.HAZARD, template="bia", expires_at=town.now + HOUR)
        town.now += 5 * HOUR
        assert reminds(town, key) == "reading.remind.over"
        assert reminded(town, homes) == 0

    @pytest.mark.parametrize("deed", [pause, stop])
    def test_of_what_was_stopped_people_were_reminded(self, town: Speakers, deed: object) -> None:
        readers(town, 1)
        rule = Rule(Daily(), wall_of(town.now + HOUR).time())
        made = town.announce(asks_reading=True, rule=rule)
        town.now += HOUR
        runs(town)
        (occurrence, *_) = town.times(made)
        assert callable(deed)
        deed(town.db, made.id, town.lan, town.now)
        assert reminds(town, occurrence.id) == "reading.remind.over"


class TestPieces:
    def test_three_thousand_people_were_reminded_in_one_transaction(self, town: Speakers) -> None:
        homes = readers(town, 3 * PIECE - 10)
        key = asks(town)
        town.now += HOUR
        count = statements(town.db, lambda: remind(town.db, key, town.lan, town.now))
        assert count < 2 * PIECE
        assert reminded(town, homes) == PIECE
        assert town.db.info["more"]
        assert goes_on(town) == 2
        assert reminded(town, homes) == len(homes)
        # Nobody twice, however often the scheduler looks.
        said = len(town.precinct.outbox())
        goes_on(town)
        assert len(town.precinct.outbox()) == said

    def test_it_says_at_once_how_many_it_goes_to(self, town: Speakers) -> None:
        homes = readers(town, PIECE + 5)
        key = asks(town)
        town.now += HOUR
        assert remind(town.db, key, town.lan, town.now) == Reminded(len(homes), 0)
        assert reminds(town, key) == "reading.reminded_already"

    def test_who_confirmed_meanwhile_is_not_reminded(self, town: Speakers) -> None:
        homes = readers(town, PIECE + 2)
        key = asks(town)
        town.now += HOUR
        remind(town.db, key, town.lan, town.now)
        confirm(town.db, key, town.precinct.owner(homes[-1]), town.now)
        goes_on(town)
        assert reminded(town, homes) == PIECE + 1

    def test_what_stood_still_for_an_hour_does_not_go_on(self, town: Speakers) -> None:
        homes = readers(town, PIECE + 2)
        key = asks(town)
        remind(town.db, key, town.lan, town.now + HOUR)
        town.now += 2 * HOUR + timedelta(minutes=1)
        goes_on(town)
        assert reminded(town, homes) == PIECE


def test_number_five_and_five_were_two_houses() -> None:
    def asked(key: int, house: str) -> Asked:
        return Asked(key, f"Bịa {key}", house, 1, None)

    said = ["Số 5", "5", "nhà số 5", "nha 5", "5 ngõ 3", "số 5, ngõ 3", "5 ngõ 4", "so 6"]
    houses = households_of(asked(key, each) for key, each in enumerate(said))
    assert [[said[p.person_id] for p in house.people] for house in houses] == [
        ["Số 5", "5", "nhà số 5", "nha 5"],
        ["5 ngõ 3", "số 5, ngõ 3"],
        ["5 ngõ 4"],
        ["so 6"],
    ]


def statements(db: Connection, deed: object) -> int:
    """How many the database was asked."""
    counted: list[int] = []

    def on(*_: object) -> None:
        counted.append(1)

    assert callable(deed)
    event.listen(db.engine, "before_cursor_execute", on)
    deed()
    event.remove(db.engine, "before_cursor_execute", on)
    return len(counted)
