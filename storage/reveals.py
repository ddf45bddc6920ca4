"""Requests to see who reported, and the one decision that each of them gets."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.engine import Connection
from sqlmodel import col, select

from storage.rows import add, change, rows, table
from storage.rows import find as find_row
from storage.tables import Outbox, Reveal

_REVEAL = table(Reveal)
# Older ones were taken care of; the words of a message are kept no longer than this either.
_LOOKED_BACK: Final = timedelta(days=30)


def add_reveal(
    db: Connection, incident_id: int, reason: str, asked_by: int, at: datetime
) -> Reveal:
    """Somebody asks."""
    reveal = Reveal(incident_id=incident_id, reason=reason, asked_by=asked_by, asked_at=at)
    reveal.id = add(db, reveal)
    return reveal


def find_reveal(db: Connection, key: int) -> Reveal | None:
    """The request with this id."""
    return find_row(db, Reveal, select(Reveal).where(Reveal.id == key))


def find_waiting(
    db: Connection, incident_id: int, asked_by: int, since: datetime
) -> Reveal | None:
    """What this person asked about it after `since` and nobody decided."""
    wanted = (
        (col(Reveal.incident_id) == incident_id)
        & (col(Reveal.asked_by) == asked_by)
        & (col(Reveal.asked_at) > since)
        & col(Reveal.decided_at).is_(None)
    )
    return find_row(db, Reveal, select(Reveal).where(wanted))


def decide(
    db: Connection, key: int, by: int, at: datetime, *, granted: bool, untold: str | None
) -> bool:
    """Whether it was this call that decided: of two at the same moment one wins."""
    open_still = (_REVEAL.c.id == key) & _REVEAL.c.decided_at.is_(None)
    values = {"decided_by": by, "decided_at": at, "granted": granted, "untold": untold}
    return db.execute(_REVEAL.update().where(open_still).values(**values)).rowcount == 1


def list_undecided(db: Connection, now: datetime) -> list[Reveal]:
    """What nobody decided, lapsed or not, as far as its question may still stand somewhere."""
    wanted = col(Reveal.decided_at).is_(None) & (col(Reveal.asked_at) > now - _LOOKED_BACK)
    return rows(db, Reveal, select(Reveal).where(wanted).order_by(col(Reveal.id)))


def list_told(db: Connection, incident_id: int) -> list[Reveal]:
    """Of an incident, what was granted and may be told to its reporter, in order."""
    wanted = (
        (col(Reveal.incident_id) == incident_id)
        & col(Reveal.granted).is_(True)
        & col(Reveal.untold).is_(None)
    )
    return rows(db, Reveal, select(Reveal).where(wanted).order_by(col(Reveal.id)))


def list_granted(db: Connection, until: datetime) -> list[Reveal]:
    """What was granted until then, as far as its message may still stand somewhere."""
    wanted = (
        col(Reveal.granted).is_(True)
        & (col(Reveal.decided_at) <= until)
        & (col(Reveal.decided_at) > until - _LOOKED_BACK)
    )
    return rows(db, Reveal, select(Reveal).where(wanted).order_by(col(Reveal.id)))


def forget_words(db: Connection, row: Outbox) -> None:
    """Empty a message that must not be kept; one that still waits is never sent, and one that
    was is not looked for again."""
    state = "dropped" if row.state == "due" else row.state
    change(db, Outbox, row.id, notice={}, erased=True, state=state, message_id=None)
