"""One occurrence of an announcement to the group chats of its neighbourhoods, as many at a time as
the writer can take.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.engine import Connection

from actions.announcement_face import notice_of
from actions.broadcasting import post_in
from domain.announcing import Sort
from domain.quiet_hours import HELD_AT_MOST
from domain.roles import Purpose
from storage import announcements, copies
from storage.announcement_tables import Announcement, Occurrence
from storage.copies import Chat


@dataclass(frozen=True, slots=True)
class Piece:
    """What a call put: so many copies. `left` are the neighbourhoods of the chats that have none
    yet: those in which it would have to wait so long that it is not sent, unless `put` is as
    many as were allowed."""

    put: int = 0
    left: tuple[int | None, ...] = ()


def post_in_chats(
    db: Connection, announcement: Announcement, occurrence: Occurrence, now: datetime, most: int
) -> Piece:
    """Post it in at most `most` of the chats that do not have it yet."""
    wanting = chats_without(db, announcement, occurrence)
    if not wanting:
        return Piece()
    put = post_in(
        db,
        wanting,
        notice_of(db, announcement, now),
        Sort(announcement.sort),
        now,
        occurrence_id=occurrence.id,
        latest=min(now + HELD_AT_MOST, announcement.expires_at or now + HELD_AT_MOST),
        most=most,
    )
    left = (chat.neighbourhood_id for chat in wanting if chat.address_id not in put)
    return Piece(len(put), tuple(dict.fromkeys(left)))


def chats_without(
    db: Connection, announcement: Announcement, occurrence: Occurrence
) -> list[Chat]:
    """The chats of its neighbourhoods, in their order, that have no copy; none where it is meant
    for people by their tags."""
    aims = announcements.list_aims(db, announcement.id)
    if any(tag for _, tag in aims):
        return []
    around: dict[int | None, list[Chat]] = {}
    for chat in copies.list_chats(db, announcement.ward_code, Purpose.NEIGHBOURHOOD.value):
        around.setdefault(chat.neighbourhood_id, []).append(chat)
    have = copies.chats_with(db, occurrence.id)
    places = dict.fromkeys(place for place, _ in aims)
    wanted = (chat for place in places for chat in around.get(place, ()))
    return [chat for chat in wanted if chat.address_id not in have]
