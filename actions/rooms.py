"""Group chats and what they serve: bound by somebody who may, ended when the bot is gone."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.engine import Connection

from actions.standings import standings_of
from domain.access import may_bind_chat, require_bind_chat
from domain.notices import Lane, Notice
from domain.roles import Purpose
from storage import outbox, rooms, wards
from storage.tables import Address, Neighbourhood, Room, Ward


def bind_room(
    db: Connection,
    address: Address,
    purpose: Purpose,
    ward_code: str,
    neighbourhood_id: int | None,
    person_id: int,
    now: datetime,
) -> Room | None:
    """Let this chat serve that purpose; what it served until now, if anything.

    The caller asked the gate, or holds a code that was just used.
    """
    room = Room(
        address_id=address.id,
        purpose=purpose.value,
        ward_code=ward_code,
        neighbourhood_id=neighbourhood_id,
        bound_by=person_id,
        bound_at=now,
    )
    former = rooms.find_former_room(db, address.id)
    if former is None:
        rooms.add_room(db, room)
        return None
    rooms.rebind_room(db, former.id, room)
    return former if former.ended_at is None else None


def find_room(db: Connection, address_id: int) -> Room | None:
    """What this chat serves now."""
    return rooms.find_room(db, address_id)


def end_room(db: Connection, address_id: int, now: datetime) -> Room | None:
    """The chat serves nothing any more; what it served."""
    room = rooms.find_room(db, address_id)
    if room is not None:
        rooms.end_room(db, room.id, now)
    return room


def neighbourhood_rooms(db: Connection, ward_code: str, neighbourhood_id: int) -> list[Room]:
    """The chats of this neighbourhood, the oldest binding first."""
    found = rooms.list_rooms(db, ward_code, Purpose.NEIGHBOURHOOD.value)
    return [room for room in found if room.neighbourhood_id == neighbourhood_id]


def tell_chat(db: Connection, address: Address, notice: Notice, now: datetime) -> None:
    """Owe a group an answer, where nobody in it is known to have asked."""
    outbox.put(db, address, notice, Lane.CONVERSATION, now)


def list_bindable(
    db: Connection, person_id: int, served: Sequence[str]
) -> list[tuple[Neighbourhood, Ward]]:
    """The neighbourhoods whose chat this person may name without a code, of the wards that
    the bot serves (() for all)."""
    standings = standings_of(db, person_id)
    if not standings:
        return []
    known = {ward.code: ward for ward in wards.list_wards(db, served)}
    around = wards.list_neighbourhoods(db, tuple(known)) if known else []
    return [
        (each, known[each.ward_code])
        for each in around
        if may_bind_chat(standings, each.ward_code, each.id)
    ]


def bind_neighbourhood(
    db: Connection, address: Address, neighbourhood: Neighbourhood, person_id: int, now: datetime
) -> Room | None:
    """Let this chat be the neighbourhood's; what it served until now. Raises Refused."""
    standings = standings_of(db, person_id)
    require_bind_chat(standings, neighbourhood.ward_code, neighbourhood.id)
    purpose, ward_code = Purpose.NEIGHBOURHOOD, neighbourhood.ward_code
    return bind_room(db, address, purpose, ward_code, neighbourhood.id, person_id, now)
