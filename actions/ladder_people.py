"""Who of a ward's police is woken at each step of the ladder, and which steps reach nobody.

There is no roster: the first step are all officers of the ward, whoever was seen last first; the
chief is whoever holds that role longest, everybody else with it is a deputy
(docs/decisions/0016-the-ladder.md).
"""

from datetime import UTC, datetime
from typing import Final

from sqlalchemy.engine import Connection

from actions.desks import desks
from domain.ladder import Rung
from domain.roles import Role
from storage import memberships
from storage.addresses import find_private_chat, get_person
from storage.tables import Address, Person

_NEVER: Final = datetime(1, 1, 1, tzinfo=UTC)


def people_at(db: Connection, ward_code: str, rung: Rung) -> list[Person]:
    """Who stands on this step, reachable or not; nobody for the last, which is the duty chat."""
    if rung is Rung.DUTY:
        officers = _holding(db, ward_code, Role.OFFICER)
        return sorted(officers, key=lambda each: each.seen_at or _NEVER, reverse=True)
    chiefs = _holding(db, ward_code, Role.CHIEF)
    return {Rung.CHIEF: chiefs[:1], Rung.DEPUTY: chiefs[1:]}.get(rung, [])


def homes_at(db: Connection, ward_code: str, rung: Rung) -> list[Address]:
    """The private chats of these people, as far as they can be reached."""
    homes = (find_private_chat(db, each.id) for each in people_at(db, ward_code, rung))
    return [home for home in homes if home is not None]


def is_reached(db: Connection, ward_code: str, rung: Rung) -> bool:
    """Whether this step reaches anybody."""
    where = desks(db, ward_code) if rung is Rung.PHONE else homes_at(db, ward_code, rung)
    return bool(where)


def gaps_of(db: Connection, ward_code: str) -> tuple[Rung, ...]:
    """The steps that reach nobody, the lowest first."""
    return tuple(rung for rung in Rung if not is_reached(db, ward_code, rung))


def _holding(db: Connection, ward_code: str, role: Role) -> list[Person]:
    held = memberships.list_holders(db, role.value, ward_code)
    return [get_person(db, key) for key in dict.fromkeys(each.person_id for each in held)]
