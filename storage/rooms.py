"""Group chats bound to a purpose; at most one purpose per chat at a time."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, bindparam
from sqlalchemy import select as columns
from sqlalchemy.engine import Connection
from sqlmodel import col, select

from domain.roles import Purpose
from storage.rows import add, change, find, find_kept, rows, rows_kept, table
from storage.tables import Address, Room

_ADDRESS = table(Address)
_ROOM = table(Room)

_ROOM_NOW: Final = select(Room).where(
    col(Room.address_id) == bindparam("address_id"), col(Room.ended_at).is_(None)
)
_SERVED_FROM: Final = (
    select(Address)
    .join(Room, col(Room.address_id) == col(Address.id))
    .where(col(Room.ward_code) == bindparam("ward_code"))
    .where(col(Room.purpose) == bindparam("purpose"), col(Room.ended_at).is_(None))
    .order_by(col(Room.id))
)


def find_room(db: Connection, address_id: int) -> Room | None:
    """What this chat is bound to now."""
    return find_kept(db, Room, _ROOM_NOW, address_id=address_id)


def find_former_room(db: Connection, address_id: int) -> Room | None:
    """What this chat is or was last bound to."""
    return find(db, Room, select(Room).where(Room.address_id == address_id))


def add_room(db: Connection, room: Room) -> Room:
    """A chat is bound for the first time."""
    room.id = add(db, room)
    return room


def rebind_room(db: Connection, room_id: int, room: Room) -> None:
    """The chat serves another purpose, or the same again, from `room.bound_at` on."""
    change(
        db,
        Room,
        room_id,
        purpose=room.purpose,
        ward_code=room.ward_code,
        neighbourhood_id=room.neighbourhood_id,
        bound_by=room.bound_by,
        bound_at=room.bound_at,
        ended_at=None,
    )


def end_room(db: Connection, room_id: int, now: datetime) -> None:
    """The chat serves nothing any more; the row stays."""
    change(db, Room, room_id, ended_at=now)


def list_rooms(db: Connection, ward_code: str, purpose: str) -> list[Room]:
    """The ward's chats with this purpose, the oldest first."""
    wanted = _serving(ward_code, purpose)
    return rows(db, Room, select(Room).where(wanted).order_by(col(Room.id)))


def list_room_addresses(db: Connection, ward_code: str, purpose: str) -> list[Address]:
    """Where the ward's chats with this purpose can be reached, the oldest first."""
    return rows_kept(db, Address, _SERVED_FROM, ward_code=ward_code, purpose=purpose)


def served_by(db: Connection, address_ids: Collection[int]) -> dict[int, int | None]:
    """Of each of these groups the neighbourhood whose chat it is now; None where it is none's, or
    serves something else. Private chats have no entry."""
    bound = (_ROOM.c.address_id == _ADDRESS.c.id) & _ROOM.c.ended_at.is_(None)
    bound &= _ROOM.c.purpose == Purpose.NEIGHBOURHOOD.value
    wanted = (
        columns(_ADDRESS.c.id, _ROOM.c.neighbourhood_id)
        .select_from(_ADDRESS.outerjoin(_ROOM, bound))
        .where(_ADDRESS.c.id.in_(list(address_ids)), _ADDRESS.c.private.is_(False))
    )
    return {row[0]: row[1] for row in db.execute(wanted)}


def _serving(ward_code: str, purpose: str) -> ColumnElement[bool]:
    return (
        (col(Room.ward_code) == ward_code)
        & (col(Room.purpose) == purpose)
        & col(Room.ended_at).is_(None)
    )
