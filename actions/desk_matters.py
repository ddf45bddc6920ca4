"""What a duty chat can look up: the open incidents of its ward, and one by its code. An
incident of another ward is answered exactly like one that does not exist.
"""

from dataclasses import dataclass
from typing import Final

from sqlalchemy.engine import Connection

from actions.by_code import code_in
from actions.rooms import find_room
from actions.standings import standings_of
from domain.access import require_handle_incident
from domain.errors import Refused
from domain.roles import Purpose
from storage import incidents
from storage.tables import Incident

LISTED: Final = 5
# More than a ward ever has open; so many can be counted at once.
_MOST: Final = 1_000


def find_desk(db: Connection, address_id: int, person_id: int) -> str | None:
    """The code of the ward whose duty chat this is, None for another chat. Raises Refused for
    somebody who is none of the ward's officers."""
    room = find_room(db, address_id)
    if room is None or room.purpose != Purpose.DUTY.value:
        return None
    require_handle_incident(standings_of(db, person_id), room.ward_code)
    return room.ward_code


@dataclass(frozen=True, slots=True)
class OpenPage:
    """At most LISTED open incidents, the most urgent first, with the place of the first one
    (counted from 1) and how many there are in all."""

    incidents: tuple[Incident, ...]
    first: int
    count: int

    @property
    def has_more(self) -> bool:
        """Whether a later page has any."""
        return self.first + len(self.incidents) <= self.count


def list_open(db: Connection, ward_code: str, page: int = 1) -> OpenPage:
    """`page` counts from 1."""
    found = incidents.list_open(db, ward_code, _MOST)
    start = (page - 1) * LISTED
    return OpenPage(tuple(found[start : start + LISTED]), start + 1, len(found))


def get_by_code(db: Connection, ward_code: str, text: str) -> Incident:
    """The ward's incident whose code is in this text. Raises Refused."""
    code = code_in(text)
    incident = incidents.find_by_code(db, code) if code else None
    if incident is None or incident.ward_code != ward_code:
        raise Refused("incident.unknown")
    return incident


def get_incident(db: Connection, incident_id: int) -> Incident:
    """Raises LookupError."""
    return incidents.get(db, incident_id)
