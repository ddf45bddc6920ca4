"""However much is due, one look does no more than a piece of it, and reads no more for it; nor
does a tick ever wait for somebody else. (Found by a review of the sending.)
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from actions import pasting
from actions.announcement_reach import waits_until
from actions.announcing import pause
from actions.broadcasting import PIECE
from actions.occurrences import send_due
from actions.pasting import look_after_pastes
from actions.releasing import release_held
from actions.retention import forget_announcements
from domain.announcing import Sort
from domain.patterns import Daily
from domain.recurrence import Rule, once
from domain.retention import KEPT_FOR, Kept
from domain.roles import Purpose
from domain.wall_clock import instant_of, wall_of
from storage import announcements, old_posts, pastes, wards
from storage.announcement_tables import Post
from storage.engine import writer_engine
from storage.rows import table
from tests.actions.enrolled import CONFIRM, URGENT, enrols
from tests.actions.speakers import Speakers
from tests.precinct import WARD, Precinct

HOUR = timedelta(hours=1)
NIGHT = instant_of(date(2026, 11, 22), time(23))
MORNING = instant_of(date(2026, 11, 23), time(6, 30))


@pytest.fixture
def town(precinct: Precinct) -> Speakers:
    return Speakers(precinct)


def place(town: Speakers, number: int) -> int:
    return wards.add_neighbourhood(town.db, WARD, f"Thôn {number}", f"thon {number}").id


@contextmanager
def counted(town: Speakers) -> Iterator[list[str]]:
    """The statements meanwhile."""
    found: list[str] = []

    def note(_db: object, _cursor: object, statement: str, *_: object) -> None:
        found.append(statement)

    event.listen(town.db, "before_cursor_execute", note)
    yield found
    event.remove(town.db, "before_cursor_execute", note)


def test_all_that_is_due_in_one_minute_shares_one_piece(town: Speakers) -> None:
    when = town.now + HOUR
    for number in range(4):
        key = place(town, number)
        for reader in range(PIECE // 2):
            enrols(town, "Người Bịa", f"8{number}{reader:03d}", URGENT, at=key)
        town.precinct.room(f"-7{number:04d}", Purpose.NEIGHBOURHOOD, at=key)
        town.announce(
            town.an, neighbourhoods=(key,), rule=once(when), sort=Sort.HAZARD, template="bia"
        )
    town.now, put = when, []
    for _ in range(4):
        town.db.info["more"] = False
        send_due(town.db, town.now)
        put.append((len(town.posts()), town.db.info["more"]))
    assert put == [
        (PIECE, True),
        (2 * PIECE, True),
        (2 * PIECE + 4, False),
        (2 * PIECE + 4, False),
    ]


def test_groups_to_be_pasted_are_listed_in_pieces(town: Speakers) -> None:
    places = [place(town, number) for number in range(PIECE + 20)]
    for key in places:
        pastes.set_groups(town.db, key, ["Zalo bịa"])
    rule = once(town.now + HOUR)
    announcement = town.announce(
        town.an, neighbourhoods=tuple(places), rule=rule, sort=Sort.HAZARD, template="bia"
    )
    town.now += HOUR
    with counted(town) as statements:
        send_due(town.db, town.now)
    assert len(town.posts()) == PIECE
    assert len(statements) < 15 * PIECE
    assert sum("FROM rhythm" in each for each in statements) <= 2
    send_due(town.db, town.now)
    assert len(town.posts()) == len(places)
    assert town.states(announcement) == ["sent"]


def test_a_preview_for_many_chats_asks_once(town: Speakers) -> None:
    places = [place(town, number) for number in range(50)]
    for number, key in enumerate(places):
        town.precinct.room(f"-7{number:04d}", Purpose.NEIGHBOURHOOD, at=key)
    planned = town.planned(neighbourhoods=tuple(places))
    with counted(town) as statements:
        assert waits_until(town.db, planned, NIGHT) == MORNING
    assert len(statements) < 10


def test_what_is_paused_does_not_keep_the_others_waiting(town: Speakers) -> None:
    for number in range(PIECE + 5):
        enrols(town, f"Người Bịa {number}", f"6{number:04d}", CONFIRM)
    rule = Rule(Daily(), wall_of(NIGHT).time())
    paused = town.announce(town.an, rule=rule, asks_reading=True)
    other = town.announce(town.minh, neighbourhoods=(town.khu3,), rule=rule)
    town.tick(NIGHT)
    town.tick()
    pause(town.db, paused.id, town.an, town.now)
    with counted(town) as statements:
        town.tick(MORNING)
    assert len(town.seen(town.chat3)) == 1
    assert town.states(other)[0] == "sent"
    assert town.seen(town.chat2) == []
    assert len(statements) < 60


def test_what_is_too_late_is_given_up_at_once_with_one_word(town: Speakers) -> None:
    for number in range(2 * PIECE):
        enrols(town, f"Người Bịa {number}", f"6{number:04d}", CONFIRM)
    rule = Rule(Daily(), wall_of(NIGHT).time())
    town.announce(town.an, rule=rule, asks_reading=True)
    for _ in range(3):
        town.tick(NIGHT)
    before = len(town.told(town.an))
    with counted(town) as statements:
        release_held(town.db, MORNING + 9 * HOUR)
    assert len(town.told(town.an)) == before + 1
    assert len(statements) < 30


def test_what_came_for_years_is_forgotten_in_parts(
    town: Speakers, monkeypatch: pytest.MonkeyPatch
) -> None:
    announcement = town.announce()
    (occurrence,) = town.times(announcement)
    row = {"occurrence_id": occurrence.id, "neighbourhood_id": town.khu2, "created_at": town.now}
    marks = {"right_answers": 0, "wrong_answers": 0}
    town.db.execute(table(Post).insert(), [{**row, **marks} for _ in range(25)])
    monkeypatch.setattr(old_posts.forget_announcements, "__defaults__", (10,))
    over = town.now + KEPT_FOR[Kept.ANNOUNCEMENT]
    left = []
    for _ in range(4):
        forget_announcements(town.db, over)
        left.append((len(town.posts()), announcements.find(town.db, announcement.id) is None))
    assert left == [(16, False), (6, False), (0, True), (0, True)]


def test_a_tick_passes_over_what_somebody_else_has(own_engine: Engine, now: datetime) -> None:
    """And takes the others, in ascending order; on SQLite there is one writer anyway."""
    if own_engine.dialect.name == "sqlite":
        with writer_engine(own_engine).begin() as db:
            assert db.get_execution_options()["sqlite_begin"] == "IMMEDIATE"
        return
    when = now + HOUR
    with writer_engine(own_engine).begin() as db:
        town = Speakers(Precinct(db, now))
        pasting.add_group(db, town.lan, town.khu2, "Zalo bịa")
        first, second = town.announce(rule=once(when)), town.announce(rule=once(when))
    with writer_engine(own_engine).begin() as other:
        announcements.lock(other, first.id)
        for deed in (send_due, release_held, look_after_pastes):
            with writer_engine(own_engine).begin() as db:
                db.exec_driver_sql("SET LOCAL lock_timeout = '3s'")
                deed(db, when)
        with own_engine.connect() as db:
            assert announcements.list_due(db, when) == [first.id]
            assert announcements.get(db, second.id).state == "ended"
