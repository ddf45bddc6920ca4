"""Who stands behind a request to see a reporter: the two parties as the gate wants them, whom
to ask for the decision.
"""

from collections import defaultdict
from datetime import datetime

from sqlalchemy.engine import Connection

from domain.access import EVERY_WARD
from domain.reveals import KEPT_APART_FOR, WEIGHTY, Party, Seat, hands_behind
from domain.roles import Role, Standing
from storage import memberships
from storage.tables import Membership

_POLICE = (Role.CHIEF, Role.OFFICER)


def party_of(db: Connection, person_id: int, now: datetime) -> Party:
    """This person as they stand at this moment."""
    seats = tuple(_seat(each) for each in memberships.list_memberships(db, person_id))
    given_by: defaultdict[int, set[int]] = defaultdict(set)
    for grant in memberships.list_given(db, WEIGHTY, now - KEPT_APART_FOR):
        given_by[grant.person_id].add(grant.granted_by or grant.person_id)
    return Party(person_id, seats, hands_behind(person_id, given_by))


def list_police(db: Connection, ward_code: str) -> list[int]:
    """The ids of a ward's chiefs, then of its other officers."""
    held = [each for role in _POLICE for each in memberships.list_holders(db, role, ward_code)]
    return list(dict.fromkeys(each.person_id for each in held))


def list_police_ever(db: Connection, ward_code: str) -> list[int]:
    """The same with those whose role ended since."""
    held = memberships.list_ever_held(db, _POLICE, ward_code)
    return list(dict.fromkeys(each.person_id for each in held))


def list_seconds(db: Connection, asker_id: int, ward_code: str) -> list[int]:
    """Whom to ask: the ward's chiefs; where a chief asks, all of its police."""
    chiefs = [each.person_id for each in memberships.list_holders(db, Role.CHIEF, ward_code)]
    asked = list_police(db, ward_code) if asker_id in chiefs else chiefs
    return [person_id for person_id in dict.fromkeys(asked) if person_id != asker_id]


def list_overseers(db: Connection, ward_code: str) -> list[int]:
    """The ward's administrators."""
    held = memberships.list_administrators(db, ward_code)
    return list(dict.fromkeys(each.person_id for each in held))


def _seat(membership: Membership) -> Seat:
    ward_code = membership.ward_code or EVERY_WARD
    standing = Standing(Role(membership.role), ward_code, membership.neighbourhood_id)
    return Seat(standing, membership.granted_at)
