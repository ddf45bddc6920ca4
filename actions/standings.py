"""The roles that people hold: read before every question to the gate, granted, ended."""

from datetime import datetime

from sqlalchemy.engine import Connection

from domain.access import EVERY_WARD
from domain.roles import Role, Standing
from storage.memberships import add_membership, end_membership, list_memberships
from storage.tables import Membership


def standings_of(db: Connection, person_id: int) -> tuple[Standing, ...]:
    """What this person may act as; () for a resident."""
    return tuple(map(_standing, list_memberships(db, person_id)))


def grant(
    db: Connection,
    person_id: int,
    role: Role,
    ward_code: str | None,
    neighbourhood_id: int | None,
    by: int | None,
    now: datetime,
) -> None:
    """Give a role; one that is held already stays as it is. The caller asked the gate.

    `ward_code` None is every ward (an administrator's); `by` None is the operator.
    """
    wanted = Standing(role, ward_code or EVERY_WARD, neighbourhood_id)
    if wanted in standings_of(db, person_id):
        return
    membership = Membership(
        person_id=person_id,
        role=role.value,
        ward_code=ward_code,
        neighbourhood_id=neighbourhood_id,
        granted_by=by,
        granted_at=now,
    )
    add_membership(db, membership)


def revoke(
    db: Connection, person_id: int, role: Role, ward_code: str | None, now: datetime
) -> None:
    """End this role of this person in this ward, in every neighbourhood of it."""
    for membership in list_memberships(db, person_id):
        if membership.role == role.value and membership.ward_code == ward_code:
            end_membership(db, membership.id, now)


def _standing(membership: Membership) -> Standing:
    ward_code = membership.ward_code or EVERY_WARD
    return Standing(Role(membership.role), ward_code, membership.neighbourhood_id)
