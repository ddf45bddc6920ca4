"""On whose phone nothing may appear, since somebody else may be holding it."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select as _columns
from sqlalchemy.engine import Connection
from sqlmodel import col, select

from storage.announcement_tables import Post, Reading
from storage.copies import Chat
from storage.keys import mark
from storage.outbox import IS_DUE
from storage.rows import table
from storage.tables import Address, Consent, Incident, IncidentReporter, Outbox, Person

_ADDRESS = table(Address)
_OUTBOX = table(Outbox)
_POST = table(Post)
_READING = table(Reading)
_CONSENT = table(Consent)
_PERSON = table(Person)


def list_silenced(db: Connection, address_ids: Collection[int]) -> set[int]:
    """Those of these addresses that reported what must leave no word on a phone and did not say
    that they may be written to at any time."""
    wanted = (
        select(IncidentReporter.address_mark)
        .join(Incident, col(Incident.id) == col(IncidentReporter.incident_id))
        .where(col(Incident.quiet).is_(True), col(Incident.contact) != "any")
    )
    marks = set(db.execute(wanted).scalars()) if address_ids else set()
    return {key for key in address_ids if marks and mark(db, f"address:{key}") in marks}


def list_guarded(db: Connection, address_ids: Collection[int]) -> set[int]:
    """Those of these private addresses on whose phone nothing may appear that nobody there asked
    for: `list_silenced` of them, or of another chat of the same person or account."""
    here = select(_ADDRESS.c.person_id, _ADDRESS.c.chat_mark).where(
        _ADDRESS.c.id.in_(list(address_ids)), _ADDRESS.c.private.is_(True)
    )
    own = here.subquery()
    around = (
        select(_ADDRESS.c.id, _ADDRESS.c.person_id, _ADDRESS.c.chat_mark)
        .where(_ADDRESS.c.private.is_(True))
        .where(
            _ADDRESS.c.person_id.in_(select(own.c.person_id))
            | _ADDRESS.c.chat_mark.in_(select(own.c.chat_mark))
        )
    )
    found = [tuple(row) for row in db.execute(around)]
    silenced = list_silenced(db, {key for key, _, _ in found})
    people = {person for key, person, _ in found if key in silenced and person is not None}
    accounts = {account for key, _, account in found if key in silenced}
    wanted = set(address_ids)
    return {k for k, who, at in found if k in wanted and (who in people or at in accounts)}


def withhold(db: Connection, several: Collection[Post]) -> None:
    """These held private copies do not leave, and nothing shows that they were to: neither are
    they counted, nor was anybody asked to confirm them."""
    rows = [each.outbox_id for each in several if each.outbox_id is not None]
    mine = _OUTBOX.c.id.in_(rows) | _OUTBOX.c.answers.in_(rows)
    db.execute(_OUTBOX.update().where(mine, IS_DUE).values(state="dropped"))
    for each in several:
        whose = select(_ADDRESS.c.person_id).where(_ADDRESS.c.id == each.address_id)
        asked = _READING.c.occurrence_id == each.occurrence_id
        unread = asked & _READING.c.read_at.is_(None)
        db.execute(_READING.delete().where(unread, _READING.c.person_id.in_(whose)))
    db.execute(_POST.delete().where(_POST.c.id.in_([each.id for each in several])))


def mark_edited(db: Connection, outbox_id: int, now: datetime) -> None:
    """This edit of what a guarded phone shows is not owed: it stands as if it had been made."""
    mine = _OUTBOX.c.id == outbox_id
    db.execute(_OUTBOX.update().where(mine).values(state="sent", sent_at=now))


def list_agreed(db: Connection, places: Collection[int], purpose: str) -> list[tuple[int, Chat]]:
    """Every chat that can be reached of those who live there and agreed to this, each with the
    person behind it; of one person it may be several."""
    person, consent = table(Person), table(Consent)
    standing = (consent.c.purpose == purpose) & consent.c.given.is_(True)
    wanted = (
        _columns(person.c.id, _ADDRESS.c.id, _ADDRESS.c.bot, person.c.neighbourhood_id)
        .distinct()
        .select_from(
            person.join(_ADDRESS, _ADDRESS.c.person_id == person.c.id).join(
                consent, consent.c.person_id == person.c.id
            )
        )
        .where(person.c.neighbourhood_id.in_(list(places)), _ADDRESS.c.unreachable_at.is_(None))
        .where(standing, consent.c.withdrawn_at.is_(None))
    )
    return [(row[0], Chat(row[1], row[2], row[3])) for row in db.execute(wanted)]
