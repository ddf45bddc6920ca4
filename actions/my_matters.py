"""What a person reported or asked for themselves: listed, found by code, and owned. Somebody
else's code is answered exactly like one that does not exist.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.engine import Connection

from actions.by_code import code_in
from domain.errors import Refused
from storage import incidents, mediations
from storage.addresses import list_ids_of
from storage.tables import Incident, Mediation

Matter = Incident | Mediation
PAGE = 5


@dataclass(frozen=True, slots=True)
class Page:
    """At most five matters, the newest first, and whether there are older ones."""

    matters: tuple[Matter, ...]
    number: int
    has_more: bool


def list_mine(db: Connection, person_id: int, page: int) -> Page:
    """`page` counts from 1. What is quiet is neither listed nor counted: only its code shows
    it."""
    own = list_ids_of(db, person_id)
    until = page * PAGE + 1
    found: list[Matter] = [*incidents.list_reported(db, own, until, loud_only=True)]
    found += mediations.list_asked(db, own, until)
    found.sort(key=_newness, reverse=True)
    start = (page - 1) * PAGE
    return Page(tuple(found[start : start + PAGE]), page, len(found) > start + PAGE)


def find_newest_incident(db: Connection, person_id: int) -> Incident | None:
    """What this person reported last, quiet or not."""
    return next(iter(incidents.list_reported(db, list_ids_of(db, person_id), 1)), None)


def find_mine(db: Connection, person_id: int, text: str) -> Matter | None:
    """The matter whose code is in this text; None where there is no code in it. Raises
    Refused for a mistyped, an unknown and a foreign one."""
    code = code_in(text)
    if code is None:
        return None
    found = incidents.find_by_code(db, code) or mediations.find_by_code(db, code)
    if found is None or not is_mine(db, person_id, found):
        raise Refused("incident.unknown")
    return found


def require_my_incident(db: Connection, person_id: int, incident_id: int) -> Incident:
    """Raises Refused, the same for what does not exist and for what is somebody else's."""
    incident = incidents.find(db, incident_id)
    if incident is None or not is_mine(db, person_id, incident):
        raise Refused("incident.unknown")
    return incident


def require_my_mediation(db: Connection, person_id: int, mediation_id: int) -> Mediation:
    """Raises Refused, the same for what does not exist and for what is somebody else's."""
    mediation = mediations.find(db, mediation_id)
    if mediation is None or not is_mine(db, person_id, mediation):
        raise Refused("incident.unknown")
    return mediation


def is_mine(db: Connection, person_id: int, matter: Matter) -> bool:
    """Whether it came from one of this person's private chats."""
    own = list_ids_of(db, person_id)
    if isinstance(matter, Incident):
        return incidents.is_reported_from(db, matter.id, own)
    return mediations.is_asked_from(db, matter, own)


def _newness(matter: Matter) -> datetime:
    return matter.created_at
