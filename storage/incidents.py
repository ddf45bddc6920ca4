"""Incidents, their history and media, and, apart from them, the link to who reported."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import bindparam, func, or_
from sqlalchemy.engine import Connection
from sqlmodel import col, select

from domain.incidents import Happening, State
from domain.self_test import SELF_WARD
from storage.keys import mark
from storage.prepared import fetch, write
from storage.rows import added, change, find_by, insert, list_by, rows, table
from storage.tables import Incident, IncidentEvent, IncidentMedia, IncidentReporter, Ward

_INCIDENT = table(Incident)
_REPORTER = table(IncidentReporter)
_CARD_SENT: Final = (
    _INCIDENT.update()
    .where(_INCIDENT.c.id == bindparam("key"), _INCIDENT.c.card_sent_at.is_(None))
    .values(card_sent_at=bindparam("at"))
)
_SENT_FROM: Final = (
    select(_INCIDENT.c.created_at, _INCIDENT.c.urgency)
    .join(_REPORTER, _REPORTER.c.incident_id == _INCIDENT.c.id)
    .where(_REPORTER.c.address_mark == bindparam("address_mark"))
    .where(_INCIDENT.c.created_at > bindparam("since"))
)


class Due(NamedTuple):
    """Of incidents this urgent that are new since `since` or longer, `step` is to be told."""

    urgency: int
    step: int
    since: datetime


def find(db: Connection, key: int) -> Incident | None:
    """The incident with this id."""
    return find_by(db, Incident, id=key)


def get(db: Connection, key: int) -> Incident:
    """Raises LookupError."""
    incident = find(db, key)
    if incident is None:
        raise LookupError(f"incident {key}")
    return incident


def add_incident(db: Connection, **values: Any) -> Incident:
    """Insert; the incident as it stands now."""
    return added(db, Incident, **values)


def find_filed(db: Connection, draft_id: int) -> Incident | None:
    """The incident that this draft has already become."""
    return find_by(db, Incident, filed=draft_mark(db, draft_id))


def draft_mark(db: Connection, draft_id: int) -> str:
    """What stands for a draft beside an incident: whoever reads the database without the keys
    must not find the way from a report to the chat where it was written."""
    return mark(db, f"draft:{draft_id}")


def find_by_code(db: Connection, code: str) -> Incident | None:
    """`code` is the eight bare digits."""
    return find_by(db, Incident, code=code)


def move(db: Connection, key: int, before: Collection[State], after: State, **values: Any) -> bool:
    """Change the state in one statement, so that of two presses exactly one wins: False for
    the one that came too late, and then nothing was written."""
    wanted = (_INCIDENT.c.id == key) & _INCIDENT.c.state.in_([str(state) for state in before])
    done = db.execute(_INCIDENT.update().where(wanted).values(state=str(after), **values))
    return done.rowcount == 1


def mark_reopened(db: Connection, key: int, at: datetime) -> bool:
    """Closed back to new, once in the life of an incident, with nothing of what ended it: also
    not that it was called a mistake. False where it may not be."""
    column = _INCIDENT.c
    wanted = (
        (column.id == key) & (column.state == str(State.CLOSED)) & column.reopened_at.is_(None)
    )
    fresh = {"state": str(State.NEW), "reopened_at": at, "officer_id": None}
    fresh |= {"taken_at": None, "closed_at": None, "outcome": None, "card_sent_at": None}
    fresh |= {"waits_told": 0, "urgent_since": None, "withdrawn_at": None}
    return db.execute(_INCIDENT.update().where(wanted).values(**fresh)).rowcount == 1


def mark_card_sent(db: Connection, key: int, at: datetime) -> bool:
    """Note when the messenger first accepted a card; False where it was noted before."""
    return write(db, _CARD_SENT, {"key": key, "at": at}) == 1


def list_open(db: Connection, ward_code: str, limit: int) -> list[Incident]:
    """What is still to do in a ward: the most urgent first, of these what nobody has taken,
    then the oldest; what its reporter took back comes last."""
    still_open = [str(state) for state in State if state.is_open]
    wanted = (col(Incident.ward_code) == ward_code) & col(Incident.state).in_(still_open)
    ordered = (
        select(Incident)
        .where(wanted)
        .order_by(
            col(Incident.withdrawn_at).is_not(None),
            col(Incident.urgency),
            col(Incident.state) != str(State.NEW),
            col(Incident.id),
        )
    )
    return rows(db, Incident, ordered.limit(limit))


def list_unheard(db: Connection, due: Collection[Due], limit: int) -> list[Incident]:
    """New incidents of residents for which one of these is true, the oldest first. It is asked
    every few seconds: by ward, since the index is by ward and state."""
    since = func.coalesce(
        col(Incident.urgent_since), col(Incident.reopened_at), col(Incident.created_at)
    )
    falls_due = or_(
        *(
            (_INCIDENT.c.urgency == each.urgency)
            & (_INCIDENT.c.waits_told < each.step)
            & (since <= each.since)
            for each in due
        )
    )
    wanted = (
        _INCIDENT.c.ward_code.in_(select(Ward.code).where(col(Ward.code) != SELF_WARD))
        & (_INCIDENT.c.state == str(State.NEW))
        & _INCIDENT.c.recorded_by.is_(None)
        & _INCIDENT.c.withdrawn_at.is_(None)
        & falls_due
    )
    return rows(
        db, Incident, select(Incident).where(wanted).order_by(col(Incident.id)).limit(limit)
    )


def add_event(
    db: Connection,
    incident_id: int,
    what: Happening,
    at: datetime,
    *,
    actor_id: int | None = None,
    detail: Any = None,
) -> int:
    """Write one line of history. `actor_id` is an officer's; a reporter is never written here."""
    line = {"incident_id": incident_id, "what": str(what), "actor_id": actor_id, "detail": detail}
    return insert(db, IncidentEvent, at=at, **line)


def list_events(db: Connection, incident_id: int) -> list[IncidentEvent]:
    """The history, oldest first."""
    return list_by(db, IncidentEvent, incident_id=incident_id)


def add_media(
    db: Connection, incident_id: int, bot: str, kind: str, file: str, at: datetime
) -> int:
    """Remember a file that the messenger of `bot` keeps."""
    kept = {"incident_id": incident_id, "bot": bot, "kind": kind, "file": file, "added_at": at}
    return insert(db, IncidentMedia, **kept)


def list_media(db: Connection, incident_id: int) -> list[IncidentMedia]:
    """All files of an incident, in the order in which they came."""
    return list_by(db, IncidentMedia, incident_id=incident_id)


def link_reporter(db: Connection, incident_id: int, address_id: int) -> None:
    """Remember who hears of it: sealed, and found again only with the keyed mark."""
    whose = {"address": str(address_id), "address_mark": _address_mark(db, address_id)}
    insert(db, IncidentReporter, incident_id=incident_id, **whose)


def find_reporter(db: Connection, incident_id: int) -> int | None:
    """The id of the reporter's address; None where an officer recorded it, or since the link
    was erased."""
    link = _find_link(db, incident_id)
    return None if link is None else int(link.address)


def find_receipt(db: Connection, incident_id: int) -> int | None:
    """The outbox id of the reporter's receipt."""
    link = _find_link(db, incident_id)
    return int(link.receipt) if link is not None and link.receipt else None


def keep_receipt(db: Connection, incident_id: int, row_id: int) -> None:
    """Remember the receipt, on the side of the link."""
    change(db, IncidentReporter, incident_id, receipt=str(row_id))


def unlink_reporter(db: Connection, incident_id: int) -> None:
    """Nobody can be told of it, or be found by it, any more."""
    db.execute(_REPORTER.delete().where(_REPORTER.c.incident_id == incident_id))


def list_reported(
    db: Connection, address_ids: Sequence[int], limit: int, *, loud_only: bool = False
) -> list[Incident]:
    """What was reported from these addresses, the newest first; `loud_only` without what must
    leave no word on the reporter's phone."""
    marks = [_address_mark(db, address_id) for address_id in address_ids]
    linked = select(IncidentReporter.incident_id).where(
        col(IncidentReporter.address_mark).in_(marks)
    )
    wanted = select(Incident).where(col(Incident.id).in_(linked))
    if loud_only:
        wanted = wanted.where(col(Incident.quiet).is_(False))
    return rows(db, Incident, wanted.order_by(col(Incident.id).desc()).limit(limit))


def list_sent(
    db: Connection, address_ids: Sequence[int], since: datetime
) -> list[tuple[datetime, int]]:
    """When and how urgent: the reports from these addresses after `since`."""
    sent: list[tuple[datetime, int]] = []
    for address_id in address_ids:
        whose = {"address_mark": _address_mark(db, address_id), "since": since}
        found = fetch(db, _SENT_FROM, whose)
        sent += [(row["created_at"], row["urgency"]) for row in found]
    return sent


def is_reported_from(db: Connection, incident_id: int, address_ids: Sequence[int]) -> bool:
    """Whether one of these addresses reported it."""
    marks = [_address_mark(db, address_id) for address_id in address_ids]
    wanted = (_REPORTER.c.incident_id == incident_id) & _REPORTER.c.address_mark.in_(marks)
    return db.execute(select(_REPORTER.c.incident_id).where(wanted)).first() is not None


def set_columns(db: Connection, key: int, **values: Any) -> None:
    """Set columns that no rule guards (`urgency`, `callback`)."""
    change(db, Incident, key, **values)


def _find_link(db: Connection, incident_id: int) -> IncidentReporter | None:
    return find_by(db, IncidentReporter, incident_id=incident_id)


def _address_mark(db: Connection, address_id: int) -> str:
    return mark(db, f"address:{address_id}")
