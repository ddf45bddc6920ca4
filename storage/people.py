"""Addresses together with whose they are, in one query: what every update begins with."""

from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.engine import Connection

from storage.addresses import find_address, get_address, move_address, set_unreachable
from storage.cards import leave_behind
from storage.keys import mark
from storage.prepared import fetch
from storage.rooms import end_room, find_former_room, find_room, rebind_room
from storage.rows import change, loaded, table
from storage.tables import Address, Outbox, Person, Room

_ADDRESSES = table(Address)
_PEOPLE = table(Person)
_OUTBOX = table(Outbox)
_THEIRS: Final = "whose_"  # before the names of a person's columns beside those of an address
_PERSON_NAMES: Final = tuple(_PEOPLE.columns.keys())
_KNOWN: Final = (
    select(*_ADDRESSES.c, *(column.label(f"{_THEIRS}{column.key}") for column in _PEOPLE.c))
    .select_from(_ADDRESSES.outerjoin(_PEOPLE, _PEOPLE.c.id == _ADDRESSES.c.person_id))
    .where(_ADDRESSES.c.bot == bindparam("bot"))
    .where(_ADDRESSES.c.chat_mark.in_([bindparam("one"), bindparam("other")]))
)


class Known(NamedTuple):
    """An address; the person whose private chat it is, None for a group."""

    address: Address
    person: Person | None


def find_known(db: Connection, bot: str, chat: str, sender: str | None = None) -> dict[str, Known]:
    """What is known of this chat with this bot, and of its sender's private one."""
    one = mark(db, chat)
    other = one if sender in {None, chat} else mark(db, str(sender))
    found = map(_known, fetch(db, _KNOWN, {"bot": bot, "one": one, "other": other}))
    return {known.address.chat: known for known in found}


def change_person(db: Connection, person_id: int, **values: Any) -> None:
    """Set columns of a person."""
    change(db, Person, person_id, **values)


def change_address(db: Connection, address_id: int, **values: Any) -> None:
    """Set columns of an address; its chat moves by storage.addresses.move_address alone."""
    change(db, Address, address_id, **values)


def merge_addresses(db: Connection, old_id: int, new_id: int, now: datetime) -> None:
    """Two rows turned out to be one group: what is bound and queued for the old follows the
    new, where the new one is not bound itself now."""
    leave_behind(db, old_id, new_id)
    _move_room(db, old_id, new_id, now)
    owed = _OUTBOX.update().where(_OUTBOX.c.address_id == old_id)
    db.execute(owed.values(address_id=new_id))


def _move_room(db: Connection, old_id: int, new_id: int, now: datetime) -> None:
    """An address has one row, also for what it served once: the binding goes over into it."""
    old = find_room(db, old_id)
    former = find_former_room(db, new_id)
    if old is None or (former is not None and former.ended_at is None):
        return
    if former is None:
        change(db, Room, old.id, address_id=new_id)
    else:
        rebind_room(db, former.id, old)
        end_room(db, old.id, now)


def migrate_group(db: Connection, address: Address, chat: str, now: datetime) -> Address:
    """The group lives on as `chat`, however often and in whatever order that is said: by a
    message of the messenger, or by its refusal of the old id. Where it lives on."""
    if address.chat == chat:
        return address
    other = find_address(db, address.bot, chat)
    if other is None:
        leave_behind(db, address.id, address.id)
        move_address(db, address.id, chat)
        return get_address(db, address.id)
    merge_addresses(db, address.id, other.id, now)
    set_unreachable(db, address.id, now)
    return other


def _known(row: dict[str, Any]) -> Known:
    whose = {name: row.pop(f"{_THEIRS}{name}") for name in _PERSON_NAMES}
    address = loaded(Address, row)
    return Known(address, None if whose["id"] is None else loaded(Person, whose))
