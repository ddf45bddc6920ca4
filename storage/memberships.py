"""Roles that wards granted to people. A role that ended stays on record."""

from datetime import datetime

from sqlalchemy.engine import Connection
from sqlmodel import col, select

from storage.rows import add, change, rows
from storage.tables import Membership


def list_memberships(db: Connection, person_id: int) -> list[Membership]:
    """What this person holds now, the oldest first."""
    wanted = (col(Membership.person_id) == person_id) & col(Membership.ended_at).is_(None)
    return rows(db, Membership, select(Membership).where(wanted).order_by(col(Membership.id)))


def add_membership(db: Connection, membership: Membership) -> Membership:
    """Somebody takes on a role."""
    membership.id = add(db, membership)
    return membership


def end_membership(db: Connection, membership_id: int, now: datetime) -> None:
    """The role ends; the row stays."""
    change(db, Membership, membership_id, ended_at=now)
