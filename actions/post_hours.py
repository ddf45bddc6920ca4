"""When a chat may be spoken to: quiet hours and the day's limit of its neighbourhood. For a piece
of a broadcast what holds for all of its chats is asked once; the gate (actions/broadcasting.py)
asks here and nobody else.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from typing import Final

from sqlalchemy.engine import Connection

from domain.announcing import Sort
from domain.quiet_hours import HELD_AT_MOST, POSTS_A_DAY, QuietHours, free_from
from domain.wall_clock import day_of, instant_of
from storage import posts
from storage.announcement_tables import Rhythm
from storage.copies import Chat, count_by_chat

# Days that are looked through for one with room; full ones are given up on, not waited for.
_DAYS: Final = 7

Day = tuple[datetime, datetime]


def quiet_hours_of(db: Connection, neighbourhood_id: int | None) -> QuietHours:
    """The quiet hours of a neighbourhood: its own, or the defaults."""
    return _hours(find_rhythm(db, neighbourhood_id))


def waits_at_most(now: datetime, expires_at: datetime | None) -> datetime:
    """What would wait until then or longer (aware, UTC) is not put at all."""
    latest = now + HELD_AT_MOST
    return min(latest, expires_at or latest)


def resting_places(
    db: Connection, places: Sequence[int], at: datetime, latest: datetime
) -> set[int]:
    """Those of these neighbourhoods in which a post that comes at `at` would wait until `latest`
    or longer, by their quiet hours alone."""
    rhythms = posts.list_rhythms(db, places)
    by_default = free_from(at, _hours(None)) >= latest
    own = {key: free_from(at, _hours(each)) >= latest for key, each in rhythms.items()}
    return {each for each in places if own.get(each, by_default)}


def find_rhythm(db: Connection, neighbourhood_id: int | None) -> Rhythm | None:
    """How a neighbourhood is spoken to; None for the defaults in everything."""
    return posts.find_rhythm(db, neighbourhood_id) if neighbourhood_id is not None else None


class Diary:
    """The hours and the days of these chats, for as long as one transaction puts posts into each
    of them at most once."""

    def __init__(self, db: Connection, chats: Iterable[Chat]) -> None:
        self._db = db
        several = list(chats)
        self._address_ids = {chat.address_id for chat in several}
        self._places = {chat.neighbourhood_id for chat in several}
        self._rhythms: dict[int, Rhythm] | None = None
        self._counts: dict[Day, dict[int, int]] = {}
        self._free: dict[tuple[int | None, datetime], tuple[datetime, Day]] = {}

    def held_until(self, chat: Chat, sort: Sort, at: datetime) -> datetime | None:
        """Until when (aware, UTC) a post that comes at `at` waits there; None where it goes at
        once."""
        if sort.is_urgent:
            return None
        near = chat.neighbourhood_id
        most = self._most(near)
        free, day = self._free_from(near, at)
        for _ in range(_DAYS):
            if self._count(chat.address_id, day) < most:
                break
            free, day = self._free_from(near, day[1])
        return free if free > at else None

    def _free_from(self, near: int | None, at: datetime) -> tuple[datetime, Day]:
        """The first free instant, and the local day that it belongs to."""
        if (near, at) not in self._free:
            free = free_from(at, _hours(self._rhythm(near)))
            start = instant_of(day_of(free), time())
            self._free[near, at] = free, (start, start + timedelta(days=1))
        return self._free[near, at]

    def _count(self, address_id: int, day: Day) -> int:
        if day not in self._counts:
            self._counts[day] = count_by_chat(self._db, self._address_ids, *day)
        return self._counts[day].get(address_id, 0)

    def _most(self, near: int | None) -> int:
        rhythm = self._rhythm(near)
        return POSTS_A_DAY if rhythm is None or rhythm.posts_a_day is None else rhythm.posts_a_day

    def _rhythm(self, near: int | None) -> Rhythm | None:
        if self._rhythms is None:
            known = [each for each in self._places if each is not None]
            self._rhythms = posts.list_rhythms(self._db, known)
        return self._rhythms.get(near) if near is not None else None


def _hours(rhythm: Rhythm | None) -> QuietHours:
    return QuietHours.from_json(rhythm.quiet if rhythm else None)
