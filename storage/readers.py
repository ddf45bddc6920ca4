"""Who may get what is posted in private as well: the people of a neighbourhood with a standing
consent and a chat that can be reached.
"""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy.engine import Connection
from sqlmodel import col, select

from storage.announcement_tables import Post
from storage.keys import mark
from storage.rows import table
from storage.tables import Address, Consent, Incident, IncidentReporter, Person

_ADDRESS = table(Address)
_CONSENT = table(Consent)
_PERSON = table(Person)


class Reader(NamedTuple):
    """One chat of a person who agreed to this purpose; `chat_mark` is the same for one account
    with several bots."""

    person_id: int
    neighbourhood_id: int
    address_id: int
    bot: str
    chat_mark: str
    purpose: str


def list_readers(
    db: Connection, places: Collection[int], purposes: Collection[str]
) -> list[Reader]:
    """All of them, the oldest chat first."""
    joined = _PERSON.join(_ADDRESS, _ADDRESS.c.person_id == _PERSON.c.id).join(
        _CONSENT, _CONSENT.c.person_id == _PERSON.c.id
    )
    columns = [
        _PERSON.c.id,
        _PERSON.c.neighbourhood_id,
        _ADDRESS.c.id,
        _ADDRESS.c.bot,
        _ADDRESS.c.chat_mark,
        _CONSENT.c.purpose,
    ]
    wanted = (
        select(*columns)
        .distinct()
        .select_from(joined)
        .where(
            _PERSON.c.neighbourhood_id.in_(list(places)),
            _ADDRESS.c.unreachable_at.is_(None),
            _CONSENT.c.purpose.in_(list(purposes)),
            _CONSENT.c.given.is_(True),
            _CONSENT.c.withdrawn_at.is_(None),
        )
        .order_by(_ADDRESS.c.id, _CONSENT.c.purpose)
    )
    return [Reader(*row) for row in db.execute(wanted)]


def list_reached(db: Connection, occurrence_id: int) -> set[str]:
    """The accounts (by the marks of their chats) that have a copy of this occurrence."""
    wanted = (
        select(Address.chat_mark)
        .join(Post, col(Post.address_id) == col(Address.id))
        .where(col(Post.occurrence_id) == occurrence_id)
    )
    return set(db.execute(wanted).scalars())


def list_silenced(db: Connection, address_ids: Collection[int]) -> set[int]:
    """Those of these addresses that reported what must leave no word on a phone and did not say
    that they may be written to at any time."""
    wanted = (
        select(IncidentReporter.address_mark)
        .join(Incident, col(Incident.id) == col(IncidentReporter.incident_id))
        .where(col(Incident.quiet).is_(True), col(Incident.contact) != "any")
    )
    marks = set(db.execute(wanted).scalars())
    return {key for key in address_ids if marks and mark(db, f"address:{key}") in marks}
