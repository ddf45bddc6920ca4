"""One occurrence of an announcement to the group chats of its neighbourhoods."""

from datetime import datetime
from functools import partial

from sqlalchemy.engine import Connection

from actions.announcement_face import neighbourhoods_of, notice_of
from actions.broadcasting import post
from domain.announcing import Sort
from domain.quiet_hours import HELD_AT_MOST
from domain.roles import Purpose
from storage import announcements, rooms
from storage.announcement_tables import Announcement, Occurrence
from storage.tables import Address


def post_in_chats(
    db: Connection, announcement: Announcement, occurrence: Occurrence, now: datetime
) -> tuple[int, ...]:
    """Nothing where it is meant for people by their tags. The neighbourhoods in which it would
    have to wait so long that it is not sent."""
    if any(each.tag for each in announcements.list_targets(db, announcement.id)):
        return ()
    notice, sort = notice_of(db, announcement, now), Sort(announcement.sort)
    around = chats_of(db, announcement.ward_code)
    put = partial(
        post,
        db,
        notice=notice,
        sort=sort,
        now=now,
        occurrence_id=occurrence.id,
        latest=min(now + HELD_AT_MOST, announcement.expires_at or now + HELD_AT_MOST),
    )
    return tuple(
        place
        for place in neighbourhoods_of(db, announcement)
        if 0 in [put(address=chat, neighbourhood_id=place) for chat in around.get(place, ())]
    )


def chats_of(db: Connection, ward_code: str) -> dict[int, list[Address]]:
    """The chats of every neighbourhood of a ward that has one, the oldest binding first."""
    purpose = Purpose.NEIGHBOURHOOD.value
    bound = rooms.list_rooms(db, ward_code, purpose)
    addresses = rooms.list_room_addresses(db, ward_code, purpose)
    by_id = {address.id: address for address in addresses}
    found: dict[int, list[Address]] = {}
    for room in bound:
        if room.neighbourhood_id is not None:
            found.setdefault(room.neighbourhood_id, []).append(by_id[room.address_id])
    return found
