"""Requests for mediation; who asks is sealed, and found again only with a keyed mark."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.engine import Connection
from sqlmodel import col, select

from storage.keys import mark
from storage.rows import add, find_by, rows, table
from storage.tables import Mediation

_MEDIATION = table(Mediation)


def find(db: Connection, key: int) -> Mediation | None:
    """The request with this id."""
    return find_by(db, Mediation, id=key)


def get(db: Connection, key: int) -> Mediation:
    """Raises LookupError."""
    mediation = find(db, key)
    if mediation is None:
        raise LookupError(f"mediation {key}")
    return mediation


def find_by_draft(db: Connection, draft_id: int) -> Mediation | None:
    """The request that this draft has already become."""
    return find_by(db, Mediation, draft_id=draft_id)


def find_by_code(db: Connection, code: str) -> Mediation | None:
    """`code` is the eight bare digits."""
    return find_by(db, Mediation, code=code)


def add_mediation(db: Connection, mediation: Mediation) -> Mediation:
    """Insert; the row with its id."""
    mediation.id = add(db, mediation)
    return mediation


def take(db: Connection, key: int, mediator_id: int, at: datetime) -> bool:
    """New to taken in one statement: False for whoever pressed second."""
    wanted = (_MEDIATION.c.id == key) & (_MEDIATION.c.state == "new")
    values = {"state": "taken", "mediator_id": mediator_id, "taken_at": at}
    return db.execute(_MEDIATION.update().where(wanted).values(**values)).rowcount == 1


def list_waiting(db: Connection, ward_code: str) -> list[Mediation]:
    """Requests of a ward that nobody has taken, the oldest first."""
    wanted = (Mediation.ward_code == ward_code) & (Mediation.state == "new")
    return rows(db, Mediation, select(Mediation).where(wanted).order_by(col(Mediation.id)))


def list_asked(db: Connection, address_ids: Sequence[int], limit: int) -> list[Mediation]:
    """What was asked for from these addresses, the newest first."""
    marks = [address_mark(db, address_id) for address_id in address_ids]
    wanted = select(Mediation).where(col(Mediation.asker_mark).in_(marks))
    return rows(db, Mediation, wanted.order_by(col(Mediation.id).desc()).limit(limit))


def is_asked_from(db: Connection, mediation: Mediation, address_ids: Sequence[int]) -> bool:
    """Whether one of these addresses asked for it."""
    return mediation.asker_mark in {address_mark(db, number) for number in address_ids}


def address_mark(db: Connection, address_id: int) -> str:
    """The keyed mark by which an asker's requests are found again."""
    return mark(db, f"address:{address_id}")
