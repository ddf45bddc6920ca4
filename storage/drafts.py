"""Answers so far of guided conversations; at most one is open per address."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, literal_column
from sqlalchemy.engine import Connection
from sqlmodel import col, select

from storage.rows import change, find, find_by, find_kept, insert, rows
from storage.tables import Draft

# Written out, not as a parameter: only then does SQLite know that the index of the open ones will
# do (https://www.sqlite.org/partialindex.html); else it reads all that are open anywhere.
_OPEN_AT: Final = select(Draft).where(
    col(Draft.address_id) == bindparam("address_id"), col(Draft.status) == literal_column("'open'")
)
_BEGUN_BEFORE: Final = (
    select(Draft.id)
    .where(col(Draft.address_id) == bindparam("address_id"))
    .where(col(Draft.created_at) < bindparam("at"))
    .limit(1)
)


def find_open_draft(db: Connection, address_id: int) -> Draft | None:
    """The conversation that goes on there."""
    return find_kept(db, Draft, _OPEN_AT, address_id=address_id)


def find_draft(db: Connection, key: int) -> Draft | None:
    """The one with this id."""
    return find_by(db, Draft, id=key)


def was_begun_before(db: Connection, address_id: int, at: datetime) -> bool:
    """Whether anybody had begun a conversation here before that."""
    return db.execute(_BEGUN_BEFORE, {"address_id": address_id, "at": at}).first() is not None


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
    values = {"flow": flow, "state": state, "created_at": now, "updated_at": now}
    return insert(db, Draft, address_id=address_id, **values)


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
