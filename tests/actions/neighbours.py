"""Invented people and a ward for the tests of actions."""

from collections.abc import Callable
from datetime import datetime
from itertools import count

from sqlalchemy.engine import Connection

from actions.people import Arrival, arrive
from actions.standings import grant
from actions.wards import merge_ward
from domain.roles import Role
from storage.tables import Person

WARD = "06688"
BOT = "phuong"


def comes(db: Connection, who: str, now: datetime, **more: object) -> Arrival:
    """Somebody writes in private, or where `more` says."""
    values: dict[str, object] = {
        "bot": BOT,
        "chat": who,
        "private": True,
        "title": "",
        "sender_id": who,
        "sender_name": f"Người bịa {who}",
        "language": "vi",
    }
    return arrive(db, **{**values, **more}, now=now)  # type: ignore[arg-type]


def person(db: Connection, chat: str, now: datetime) -> Person:
    """Who has this private chat."""
    return comes(db, chat, now).person


def holder(
    db: Connection,
    chat: str,
    role: Role,
    now: datetime,
    ward: str | None = WARD,
    at: int | None = None,
) -> Person:
    """Somebody with a role."""
    found = person(db, chat, now)
    grant(db, found.id, role, ward, at, None, now)
    return found


def ward(db: Connection, *names: str) -> list[int]:
    """The ward with these neighbourhoods; their ids."""
    done = merge_ward(db, WARD, "Phường Hạ Long", names or ("Khu 1", "Khu 2"))
    return [each.id for each in done.neighbourhoods]


def counting(start: int = 1) -> Callable[[int], int]:
    """A `random_below` that is not random: other codes each time."""
    numbers = count(start, 13)
    return lambda limit: next(numbers) % limit
