"""The rows of the self-test: how far its report has come, and all of it deleted, so that nothing
is left that could be found, listed or counted.

SQLite gives the number of a deleted last row to the next one. So this runs only once nothing of
the self-test can be on its way any more: cli/self_test.py has stopped its delivery by then.
"""

from dataclasses import replace
from typing import Final

from sqlalchemy import ColumnElement, func
from sqlalchemy.engine import Connection
from sqlmodel import SQLModel, col, select

from domain.incidents import State
from domain.self_test import SELF_BOT, SELF_WARD, Progress
from storage.rows import table
from storage.tables import (
    Address,
    Consent,
    Draft,
    Inbox,
    Incident,
    IncidentEvent,
    IncidentReporter,
    Membership,
    Outbox,
    Person,
    Room,
    Ward,
)

_INCIDENTS: Final = select(Incident.id).where(col(Incident.ward_code) == SELF_WARD)
_CHATS: Final = select(Address.id).where(col(Address.bot) == SELF_BOT)
_PEOPLE: Final = select(Address.person_id).where(
    col(Address.bot) == SELF_BOT, col(Address.person_id).is_not(None)
)
_WITH_THE_INCIDENT: Final = (IncidentEvent, IncidentReporter)


def exists(db: Connection) -> bool:
    """Whether anything of it is there: one runs, or was broken off."""
    ward = select(Ward.code).where(col(Ward.code) == SELF_WARD)
    return db.execute(ward).first() is not None or db.execute(_CHATS).first() is not None


def progress_of(db: Connection) -> Progress:
    """How far its report has come."""
    column = table(Incident).c
    wanted = select(column.card_sent_at, column.state).where(column.ward_code == SELF_WARD)
    found = db.execute(wanted).first()
    there = Progress(
        stored=_count(db, Inbox, "new"),
        owed=_count(db, Outbox, "due"),
        parked=_count(db, Inbox, "parked"),
    )
    if found is None:
        return there
    shown, taken = found.card_sent_at is not None, found.state == str(State.TAKEN)
    return replace(there, filed=True, shown=shown, taken=taken)


def clear(db: Connection) -> None:
    """Delete whatever it left; nothing where it left nothing."""
    people = list(db.execute(_PEOPLE).scalars())
    for model in _WITH_THE_INCIDENT:
        _delete(db, model, table(model).c.incident_id.in_(_INCIDENTS))
    _delete(db, Incident, col(Incident.ward_code) == SELF_WARD)
    _delete(db, Inbox, col(Inbox.bot) == SELF_BOT)
    _delete(db, Outbox, col(Outbox.bot) == SELF_BOT)
    _delete(db, Draft, col(Draft.address_id).in_(_CHATS))
    _delete(db, Room, col(Room.ward_code) == SELF_WARD)
    _delete(db, Consent, col(Consent.person_id).in_(people))
    _delete(db, Membership, col(Membership.person_id).in_(people))
    _delete(db, Address, col(Address.bot) == SELF_BOT)
    _delete(db, Person, col(Person.id).in_(people))
    _delete(db, Ward, col(Ward.code) == SELF_WARD)


def _delete(db: Connection, model: type[SQLModel], which: ColumnElement[bool]) -> None:
    db.execute(table(model).delete().where(which))


def _count(db: Connection, model: type[SQLModel], state: str) -> int:
    rows = table(model)
    ours = (rows.c.bot == SELF_BOT) & (rows.c.state == state)
    wanted = select(func.count()).select_from(rows).where(ours)
    return int(db.execute(wanted).scalar_one())
