"""Roles that wards granted to people. A role that ended stays on record."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam
from sqlalchemy.engine import Connection
from sqlmodel import col, select

from domain.self_test import SELF_WARD
from storage.rows import add, change, rows, rows_kept
from storage.tables import Membership

_HELD_NOW: Final = (
    select(Membership)
    .where(col(Membership.person_id) == bindparam("person_id"))
    .where(col(Membership.ended_at).is_(None))
    .order_by(col(Membership.id))
)


def list_memberships(db: Connection, person_id: int) -> list[Membership]:
    """What this person holds now, the oldest first."""
    return rows_kept(db, Membership, _HELD_NOW, person_id=person_id)


def list_holders(
    db: Connection, role: str, ward_code: str, neighbourhood_id: int | None = None
) -> list[Membership]:
    """Who holds this role now in this ward; with a neighbourhood only those of that one."""
    wanted = (
        (col(Membership.ward_code) == ward_code)
        & (col(Membership.role) == role)
        & col(Membership.ended_at).is_(None)
    )
    if neighbourhood_id is not None:
        wanted &= col(Membership.neighbourhood_id) == neighbourhood_id
    return rows(db, Membership, select(Membership).where(wanted).order_by(col(Membership.id)))


def list_ever_held(db: Connection, roles: Collection[str], ward_code: str) -> list[Membership]:
    """Who holds or held one of these roles in this ward."""
    wanted = (col(Membership.ward_code) == ward_code) & col(Membership.role).in_(list(roles))
    return rows(db, Membership, select(Membership).where(wanted).order_by(col(Membership.id)))


def list_administrators(db: Connection, ward_code: str) -> list[Membership]:
    """Who administers this ward now, or every ward; nobody hears of that of the self-test."""
    here = col(Membership.ward_code) == ward_code
    if ward_code != SELF_WARD:
        here |= col(Membership.ward_code).is_(None)
    wanted = here & (col(Membership.role) == "administrator") & col(Membership.ended_at).is_(None)
    return rows(db, Membership, select(Membership).where(wanted).order_by(col(Membership.id)))


def list_given(db: Connection, roles: Collection[str], since: datetime) -> list[Membership]:
    """Whatever a person gave of these roles after `since`, also what has ended."""
    wanted = (
        col(Membership.role).in_(list(roles))
        & (col(Membership.granted_at) > since)
        & col(Membership.granted_by).is_not(None)
    )
    return rows(db, Membership, select(Membership).where(wanted).order_by(col(Membership.id)))


def add_membership(db: Connection, membership: Membership) -> Membership:
    """Somebody takes on a role."""
    membership.id = add(db, membership)
    return membership


def end_membership(db: Connection, membership_id: int, now: datetime) -> None:
    """The role ends; the row stays."""
    change(db, Membership, membership_id, ended_at=now)
