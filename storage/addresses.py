"""Where people and groups can be reached, and who a person is."""

from datetime import datetime
from typing import Final

from sqlalchemy import bindparam
from sqlalchemy.engine import Connection
from sqlmodel import select

from storage.keys import mark
from storage.prepared import fetch
from storage.rows import added, change, find_by, list_by, table
from storage.tables import Address, Person

_ADDRESS: Final = table(Address)
_IDS_OF: Final = (
    select(_ADDRESS.c.id)
    .where(_ADDRESS.c.person_id == bindparam("person_id"))
    .order_by(_ADDRESS.c.id)
)


def find_address(db: Connection, bot: str, chat: str) -> Address | None:
    """The address of this chat with this bot."""
    return find_by(db, Address, bot=bot, chat_mark=mark(db, chat))


def get_address(db: Connection, key: int) -> Address:
    """Raises LookupError."""
    address = find_by(db, Address, id=key)
    if address is None:
        raise LookupError(f"address {key}")
    return address


def get_person(db: Connection, key: int) -> Person:
    """Raises LookupError."""
    person = find_by(db, Person, id=key)
    if person is None:
        raise LookupError(f"person {key}")
    return person


def add_person(db: Connection, name: str, locale: str, now: datetime) -> Person:
    """Somebody new; `name` as their messenger shows it."""
    return added(db, Person, name=name, locale=locale, seen_at=now, created_at=now)


def add_address(
    db: Connection,
    bot: str,
    chat: str,
    now: datetime,
    *,
    person_id: int | None = None,
    title: str = "",
) -> Address:
    """A private chat where `person_id` is given, else a group."""
    return added(
        db,
        Address,
        bot=bot,
        chat=chat,
        chat_mark=mark(db, chat),
        private=person_id is not None,
        title=title,
        person_id=person_id,
        created_at=now,
    )


def list_addresses_of(db: Connection, person_id: int) -> list[Address]:
    """Every private chat of a person, the oldest first."""
    return list_by(db, Address, person_id=person_id)


def list_ids_of(db: Connection, person_id: int) -> list[int]:
    """The ids of the same, the oldest first; nothing is unsealed."""
    return [row["id"] for row in fetch(db, _IDS_OF, {"person_id": person_id})]


def find_private_chat(db: Connection, person_id: int, bot: str | None = None) -> Address | None:
    """Where to write to this person: with this bot if possible, else in the oldest chat that can
    be reached; None where nowhere."""
    around = list_addresses_of(db, person_id)
    reached = [each for each in around if each.unreachable_at is None]
    return next((each for each in reached if each.bot == bot), next(iter(reached), None))


def move_address(db: Connection, address_id: int, chat: str) -> None:
    """The group lives on under another id (a migrated Telegram group): all that is queued
    for it follows, because queued rows name the address and not the chat."""
    change(db, Address, address_id, chat=chat, chat_mark=mark(db, chat))


def set_unreachable(db: Connection, address_id: int, at: datetime | None) -> None:
    """Note since when nothing can be delivered there; None when it can again."""
    change(db, Address, address_id, unreachable_at=at)
