"""What is past its time, a batch at a time: found by what is still there, so that the next
batch is another one. How long each sort is kept is in domain/retention.py.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, or_
from sqlalchemy.engine import Connection
from sqlmodel import col, select

from domain.consent import RECEIVING
from domain.incidents import State
from domain.urgency import Urgency
from storage.rows import rows, table
from storage.tables import (
    Consent,
    Incident,
    IncidentEvent,
    IncidentReporter,
    Mediation,
    Membership,
    Person,
    Reveal,
)

_OVER = [str(state) for state in State if not state.is_open]
_EVENT = table(IncidentEvent)
_INCIDENT = table(Incident)
_REVEAL = table(Reveal)
# A sealed "" is its key number, nonce and tag; anything longer holds something.
_SEALED_NOTHING = 29
# Consents for what is sent to somebody, who needs to have left nothing else.
_CHOSEN = [str(purpose) for purpose in RECEIVING]


def list_reports_over(
    db: Connection, before: datetime, *, calm: bool, limit: int
) -> list[Incident]:
    """Closed at or before `before` and not erased; `calm` are those of P4, else P1 to P3."""
    urgency = col(Incident.urgency) == int(Urgency.P4)
    wanted = (
        col(Incident.state).in_(_OVER)
        & (col(Incident.closed_at) <= before)
        & col(Incident.erased_at).is_(None)
        & (urgency if calm else ~urgency)
    )
    return rows(
        db, Incident, select(Incident).where(wanted).order_by(col(Incident.id)).limit(limit)
    )


def list_withheld(db: Connection, before: datetime, limit: int) -> list[Incident]:
    """Reports without a name, closed at or before `before`, that still tell whose they are."""
    linked = exists().where(col(IncidentReporter.incident_id) == col(Incident.id))
    wanted = (
        col(Incident.state).in_(_OVER)
        & (col(Incident.closed_at) <= before)
        & col(Incident.named).is_(False)
        & or_(linked, col(Incident.callback).is_not(None))
    )
    return rows(
        db, Incident, select(Incident).where(wanted).order_by(col(Incident.id)).limit(limit)
    )


def list_mediations_over(db: Connection, before: datetime, limit: int) -> list[Mediation]:
    """Taken at or before `before`, with their story."""
    wanted = (
        (col(Mediation.state) == "taken")
        & (col(Mediation.taken_at) <= before)
        & (col(Mediation.asker_mark) != "")
    )
    ordered = select(Mediation).where(wanted).order_by(col(Mediation.id))
    return rows(db, Mediation, ordered.limit(limit))


def list_idle_people(
    db: Connection, before: datetime, worked_before: datetime, after: int, limit: int
) -> list[Person]:
    """Silent since `before` at least, with nothing kept by consent but something kept, by id
    from `after` on. Not who holds a role, or held one until `worked_before`: names of officers
    stand in the history of reports."""
    works = exists().where(
        (col(Membership.person_id) == col(Person.id))
        & or_(col(Membership.ended_at).is_(None), col(Membership.ended_at) > worked_before)
    )
    kept = or_(
        func.length(col(Person.name)) > _SEALED_NOTHING, col(Person.neighbourhood_id).is_not(None)
    )
    wanted = (col(Person.id) > after) & (_last_seen() <= before) & ~_enrolled() & kept & ~works
    return rows(db, Person, select(Person).where(wanted).order_by(col(Person.id)).limit(limit))


def list_silent_people(db: Connection, before: datetime, limit: int) -> list[Person]:
    """Enrolled, silent since `before` at least, and not asked yet whether to keep it."""
    wanted = _enrolled() & (_last_seen() <= before) & col(Person.asked_at).is_(None)
    return rows(db, Person, select(Person).where(wanted).order_by(col(Person.id)).limit(limit))


def list_unanswering_people(db: Connection, before: datetime, limit: int) -> list[Person]:
    """Enrolled, asked at or before `before`, and silent ever since."""
    silent = or_(col(Person.seen_at).is_(None), col(Person.seen_at) < col(Person.asked_at))
    wanted = _enrolled() & (col(Person.asked_at) <= before) & silent
    return rows(db, Person, select(Person).where(wanted).order_by(col(Person.id)).limit(limit))


def forget_actors(db: Connection, before: datetime) -> int:
    """Who did what to reports that are erased themselves, at or before `before`; how many
    rows."""
    erased = select(Incident.id).where(col(Incident.erased_at).is_not(None))
    events = _EVENT.update().where(
        _EVENT.c.incident_id.in_(erased), _EVENT.c.at <= before, _EVENT.c.actor_id.is_not(None)
    )
    count = db.execute(events.values(actor_id=None)).rowcount
    named = _INCIDENT.c.officer_id.is_not(None) | _INCIDENT.c.recorded_by.is_not(None)
    done = _INCIDENT.update().where(
        _INCIDENT.c.erased_at.is_not(None), _INCIDENT.c.closed_at <= before, named
    )
    count += db.execute(done.values(officer_id=None, recorded_by=None)).rowcount
    asked = _REVEAL.delete().where(_REVEAL.c.incident_id.in_(erased), _REVEAL.c.asked_at <= before)
    return count + db.execute(asked).rowcount


def _enrolled() -> ColumnElement[bool]:
    chose = exists().where(
        (col(Consent.person_id) == col(Person.id))
        & col(Consent.purpose).in_(_CHOSEN)
        & col(Consent.given).is_(True)
        & col(Consent.withdrawn_at).is_(None)
    )
    return or_(col(Person.house).is_not(None), col(Person.phone).is_not(None), chose)


def _last_seen() -> ColumnElement[datetime]:
    return func.coalesce(col(Person.seen_at), col(Person.created_at))
