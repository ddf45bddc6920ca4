"""One occurrence of an announcement to the group chats of its neighbourhoods, as many at a time as
the writer can take.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.engine import Connection

from actions.announcement_face import notice_of
from actions.broadcasting import post_in
from actions.pieces import Piece
from actions.post_hours import waits_at_most
from domain.announcing import Sort
from domain.roles import Purpose
from storage import announcements, copies
from storage.announcement_tables import Announcement, Occurrence
from storage.copies import Chat


def post_in_chats(
    db: Connection,
    announcement: Announcement,
    occurrence: Occurrence,
    now: datetime,
    most: int,
    *,
    besides: Collection[int] = (),
) -> Piece:
    """Post it in at most `most` of the chats that do not have it yet, nor a copy of an occurrence
    `besides`. Chats in which it would have to wait so long that it is not sent are passed over."""
    wanting = chats_without(db, announcement, occurrence, besides)
    if not wanting:
        return Piece()
    put = post_in(
        db,
        wanting,
        notice_of(db, announcement, now),
        Sort(announcement.sort),
        now,
        occurrence_id=occurrence.id,
        latest=waits_at_most(now, announcement.expires_at),
        most=most,
    )
    return Piece(len(put), len(put) >= most and len(wanting) > len(put))


def places_without(
    db: Connection, announcement: Announcement, occurrence: Occurrence
) -> tuple[int | None, ...]:
    """The neighbourhoods of the chats that have no copy."""
    left = chats_without(db, announcement, occurrence)
    return tuple(dict.fromkeys(chat.neighbourhood_id for chat in left))


def chats_without(
    db: Connection,
    announcement: Announcement,
    occurrence: Occurrence,
    besides: Collection[int] = (),
) -> list[Chat]:
    """The chats of its neighbourhoods, in their order, that have no copy, nor one of an occurrence
    `besides`; none where it is meant for people by their tags."""
    aims = announcements.list_aims(db, announcement.id)
    if any(tag for _, tag in aims):
        return []
    around: dict[int | None, list[Chat]] = {}
    for chat in copies.list_chats(db, announcement.ward_code, Purpose.NEIGHBOURHOOD.value):
        around.setdefault(chat.neighbourhood_id, []).append(chat)
    have = copies.chats_with(db, occurrence.id, *besides)
    places = dict.fromkeys(place for place, _ in aims)
    wanted = (chat for place in places for chat in around.get(place, ()))
    return [chat for chat in wanted if chat.address_id not in have]
