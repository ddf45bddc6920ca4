"""The ladders that wards chose, and the urgent reports that have to climb one: every due time
follows from rows, so nothing is lost when the program is.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, exists, func, or_
from sqlalchemy.engine import Connection
from sqlmodel import col, select

from domain.incidents import Happening, State
from storage.rows import add, find, find_by, rows, table
from storage.tables import Incident, IncidentEvent, Ladder

_EVENT = table(IncidentEvent)
_INCIDENT = table(Incident)
_LADDER = table(Ladder)
# Since when nobody has taken it: the same as actions.ladder.waiting_since.
_SINCE = func.coalesce(
    col(Incident.urgent_since), col(Incident.reopened_at), col(Incident.created_at)
)


class Due(NamedTuple):
    """Of reports this urgent that wait since `since` or longer one of `stamps` must be there."""

    urgency: int
    since: datetime
    stamps: tuple[str, ...]


def find_ladder(db: Connection, ward_code: str) -> Ladder | None:
    """What this ward chose, if anything."""
    return find_by(db, Ladder, ward_code=ward_code)


def list_ladders(db: Connection) -> list[Ladder]:
    """Of every ward that chose anything."""
    return rows(db, Ladder, select(Ladder).order_by(col(Ladder.ward_code)))


def put_ladder(
    db: Connection,
    ward_code: str,
    minutes: Mapping[str, Sequence[int]] | None,
    phones: Sequence[Sequence[str]],
) -> None:
    """What this ward chose from now on; `minutes` None for the usual ones."""
    values: dict[str, Any] = {"minutes": None if minutes is None else dict(minutes)}
    values["phones"] = [list(each) for each in phones] or None
    change = _LADDER.update().where(_LADDER.c.ward_code == ward_code).values(**values)
    if db.execute(change).rowcount == 0:
        add(db, Ladder(ward_code=ward_code, **values))


def list_climbing(
    db: Connection,
    ward_codes: Collection[str],
    due: Collection[Due],
    not_before: datetime,
    limit: int,
) -> list[Incident]:
    """New reports of these wards that lack a stamp which is due, the oldest first. It is asked
    every few seconds: by ward and state, which have an index."""
    lacks = or_(
        *(
            (_INCIDENT.c.urgency == each.urgency)
            & (each.since >= _SINCE)
            & ~exists().where(_stamped(_INCIDENT.c.id, each.stamps))
            for each in due
        )
    )
    wanted = (
        _INCIDENT.c.ward_code.in_(list(ward_codes))
        & (_INCIDENT.c.state == str(State.NEW))
        & _INCIDENT.c.withdrawn_at.is_(None)
        & (not_before < _SINCE)
        & lacks
    )
    return rows(
        db, Incident, select(Incident).where(wanted).order_by(col(Incident.id)).limit(limit)
    )


def hold(db: Connection, incident_id: int) -> Incident | None:
    """The report as it stands now, which nobody else changes until this transaction ends; None
    where somebody is about to. (SQLite has one writer, and no such lock.)"""
    wanted = select(Incident).where(col(Incident.id) == incident_id)
    return find(db, Incident, wanted.with_for_update(skip_locked=True))


def list_stamps(
    db: Connection, incident_id: int, stamps: Collection[Happening], since: datetime
) -> list[IncidentEvent]:
    """These events of a report at or after `since`, the oldest first."""
    wanted = (
        (col(IncidentEvent.incident_id) == incident_id)
        & col(IncidentEvent.what).in_([each.value for each in stamps])
        & (col(IncidentEvent.at) >= since)
    )
    ordered = select(IncidentEvent).where(wanted).order_by(col(IncidentEvent.id))
    return rows(db, IncidentEvent, ordered)


def _stamped(incident_id: ColumnElement[int], stamps: Sequence[str]) -> ColumnElement[bool]:
    return (
        (_EVENT.c.incident_id == incident_id)
        & _EVENT.c.what.in_(list(stamps))
        & (_EVENT.c.at >= _SINCE)
    )
