"""What the scheduler will do next, of every ward: for the operator, who sees when and where but
nobody's words.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy.engine import Connection

from actions.announcement_face import neighbourhoods_of
from domain.announcing import State
from storage import announcements, posts, wards

Sort = Literal["announcement", "held", "law"]


@dataclass(frozen=True, slots=True)
class Upcoming:
    """One thing that is due at `at` (aware, UTC); `places` are names of neighbourhoods, () for
    the whole ward. `code` and `state` (domain.announcing.State) are those of an announcement;
    `copies` how many posts wait."""

    at: datetime
    sort: Sort
    ward: str
    places: tuple[str, ...]
    code: str = ""
    state: str = ""
    copies: int = 0


def list_upcoming(db: Connection, limit: int) -> list[Upcoming]:
    """The next ones, at most `limit`, the first one first."""
    found = [*_announcements(db, limit), *_held(db), *_law(db, limit)]
    return sorted(found, key=lambda each: (each.at, each.sort, each.code))[:limit]


def _announcements(db: Connection, limit: int) -> Iterator[Upcoming]:
    for occurrence in announcements.list_coming(db, limit):
        announcement = announcements.get(db, occurrence.announcement_id)
        places = tuple(_name(db, each) for each in neighbourhoods_of(db, announcement))
        ward = wards.get_ward(db, announcement.ward_code).name
        state = State(announcement.state).value
        code, at = announcement.code, occurrence.send_at
        yield Upcoming(at, "announcement", ward, places, code, state)


def _held(db: Connection) -> Iterator[Upcoming]:
    waiting: dict[tuple[datetime, int], int] = {}
    for post in posts.list_held(db):
        if post.held_until is not None and post.neighbourhood_id is not None:
            key = (post.held_until, post.neighbourhood_id)
            waiting[key] = waiting.get(key, 0) + 1
    for (at, place), copies in waiting.items():
        yield Upcoming(at, "held", _ward(db, place), (_name(db, place),), copies=copies)


def _law(db: Connection, limit: int) -> Iterator[Upcoming]:
    for rhythm in posts.list_law_times(db, limit):
        if rhythm.law_next_at is not None:
            place = rhythm.neighbourhood_id
            yield Upcoming(rhythm.law_next_at, "law", _ward(db, place), (_name(db, place),))


def _name(db: Connection, neighbourhood_id: int) -> str:
    return wards.get_neighbourhood(db, neighbourhood_id).name


def _ward(db: Connection, neighbourhood_id: int) -> str:
    code = wards.get_neighbourhood(db, neighbourhood_id).ward_code
    return wards.get_ward(db, code).name
