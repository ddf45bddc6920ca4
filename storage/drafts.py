"""Answers so far of guided conversations; at most one is open per address."""

from datetime import datetime
from typing import Any

from sqlalchemy.engine import Connection
from sqlmodel import col, select

from storage.rows import add, change, find, rows
from storage.tables import Draft


def find_open_draft(db: Connection, address_id: int) -> Draft | None:
    """The conversation that goes on there."""
    wanted = (Draft.address_id == address_id) & (Draft.status == "open")
    return find(db, Draft, select(Draft).where(wanted))


def find_draft(db: Connection, key: int) -> Draft | None:
    """The one with this id."""
    return find(db, Draft, select(Draft).where(Draft.id == key))


def was_begun_before(db: Connection, address_id: int, at: datetime) -> bool:
    """Whether anybody had begun a conversation here before that."""
    earlier = (col(Draft.address_id) == address_id) & (col(Draft.created_at) < at)
    return db.execute(select(Draft.id).where(earlier).limit(1)).first() is not None


def find_cancelled_draft(db: Connection, address_id: int, since: datetime) -> Draft | None:
    """The last one that was set aside there, not before `since`."""
    wanted = (
        (Draft.address_id == address_id)
        & (Draft.status == "cancelled")
        & (Draft.updated_at >= since)
    )
    latest = select(Draft).where(wanted).order_by(col(Draft.updated_at).desc())
    return find(db, Draft, latest.order_by(col(Draft.id).desc()).limit(1))


def add_draft(db: Connection, address_id: int, flow: str, state: Any, now: datetime) -> int:
    """Raises IntegrityError where one is open."""
    draft = Draft(address_id=address_id, flow=flow, state=state, created_at=now, updated_at=now)
    return add(db, draft)


def change_draft(db: Connection, key: int, **values: Any) -> None:
    """Set columns of one draft."""
    change(db, Draft, key, **values)


def list_idle_drafts(db: Connection, status: str, before: datetime, limit: int) -> list[Draft]:
    """Those untouched since `before`, the longest first."""
    wanted = (Draft.status == status) & (Draft.updated_at <= before)
    ordered = select(Draft).where(wanted).order_by(col(Draft.updated_at), col(Draft.id))
    return rows(db, Draft, ordered.limit(limit))


def list_unnudged_drafts(
    db: Connection, since: datetime, before: datetime, limit: int, *, flow: str | None = None
) -> list[Draft]:
    """Open ones (of this `flow`) whose writer went away between `since` and `before` and was
    not reminded."""
    wanted = (
        (col(Draft.status) == "open")
        & (Draft.updated_at > since)
        & (Draft.updated_at <= before)
        & col(Draft.nudged_at).is_(None)
    )
    if flow is not None:
        wanted &= col(Draft.flow) == flow
    ordered = select(Draft).where(wanted).order_by(col(Draft.updated_at), col(Draft.id))
    return rows(db, Draft, ordered.limit(limit))
