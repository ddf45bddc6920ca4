"""An officer warns neighbourhoods of what an incident is about. The warning is an announcement of
the officer: it holds nothing of what was reported, where, or by whom.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.engine import Connection

from actions.announcing import Planned, schedule_announcement
from actions.cards import redraw_cards
from actions.handling import require_officer
from actions.standings import standings_of
from actions.warning_traces import require_no_trace
from content.numbers import read_numbers
from domain.access import may_handle_incident
from domain.announcing import Sort
from domain.codes import WrongCheckDigit, parse_code
from domain.errors import Refused
from domain.identifying import signs_in
from domain.incidents import Happening, Place
from domain.notices import Media
from domain.warnings import LONGEST, Reach, reach_of
from storage import announcements, incidents, wards
from storage.announcement_tables import Announcement
from storage.tables import Incident, Neighbourhood, Person


@dataclass(frozen=True, slots=True)
class Warned:
    """What the officer decided; `words` and `media` are the officer's alone, `expires_at` is
    aware and UTC, `neighbourhoods` are ids of the incident's ward."""

    incident_id: int
    words: str
    neighbourhoods: tuple[int, ...]
    expires_at: datetime
    emergency: bool = False
    shows_person: bool = False
    media: tuple[Media, ...] = ()


def require_warn(db: Connection, incident_id: int, officer: Person) -> tuple[Incident, Reach]:
    """The incident, for an officer of its ward, and how far a warning about it may go. Raises
    Refused, also where none may go out at all."""
    incident = require_officer(db, incident_id, officer)
    if incident.erased_at is not None:
        raise Refused("incident.unknown")
    if incident.withdrawn_at is not None:
        raise Refused("warning.withdrawn")
    reach = reach_of(incident.kind, quiet=incident.quiet)
    if reach is Reach.NEVER:
        raise Refused("warning.never")
    return incident, reach


def planned_warning(db: Connection, officer: Person, warned: Warned, now: datetime) -> Planned:
    """The warning as an announcement, for the preview and for sending. Raises Refused."""
    incident, reach = require_warn(db, warned.incident_id, officer)
    if reach is Reach.GENERALLY:
        raise Refused("warning.generally_only")
    if not now < warned.expires_at <= now + LONGEST:
        raise Refused("warning.until_past")
    require_no_trace(db, incident.id, warned.words)
    return Planned(
        words=warned.words,
        ward_code=incident.ward_code,
        neighbourhoods=warned.neighbourhoods,
        media=warned.media,
        sort=Sort.EMERGENCY if warned.emergency else Sort.HAZARD,
        names_person=warned.shows_person or bool(signs_in(warned.words, public_numbers())),
        incident_id=incident.id,
        expires_at=warned.expires_at,
    )


def send_warning(
    db: Connection,
    officer: Person,
    warned: Warned,
    draft_id: int,
    bot: str,
    now: datetime,
    random_below: Callable[[int], int],
    *,
    code: str | None = None,
) -> Announcement:
    """Send it, or ask the second officer where it shows somebody. A second call with the same
    draft changes nothing and returns the first. Raises Refused."""
    filed = announcements.find_filed(db, draft_id)
    if filed is not None:
        return filed
    planned = planned_warning(db, officer, warned, now)
    made = schedule_announcement(db, officer, planned, draft_id, bot, now, random_below, code=code)
    detail = {"announcement": made.id}
    incidents.add_event(
        db, warned.incident_id, Happening.WARNED, now, actor_id=officer.id, detail=detail
    )
    redraw_cards(db, incidents.get(db, warned.incident_id), now)
    return made


def send_prevention(
    db: Connection,
    officer: Person,
    incident_id: int,
    words: str,
    draft_id: int,
    bot: str,
    now: datetime,
    *,
    random_below: Callable[[int], int],
) -> Announcement:
    """`words` are the fixed ones of prevention. They go to the whole ward as an ordinary
    announcement, and nothing anywhere says what made somebody think of it. Raises Refused."""
    incident, reach = require_warn(db, incident_id, officer)
    if reach is not Reach.GENERALLY:
        raise Refused("incident.old_button")
    around = list_around(db, incident)
    planned = Planned(
        words=words,
        ward_code=incident.ward_code,
        neighbourhoods=tuple(each.id for each in around),
    )
    return schedule_announcement(db, officer, planned, draft_id, bot, now, random_below)


def list_around(db: Connection, incident: Incident) -> list[Neighbourhood]:
    """The neighbourhoods that may be warned: those of the incident's ward."""
    return wards.list_neighbourhoods(db, (incident.ward_code,))


def public_place_of(db: Connection, incident: Incident) -> str:
    """Where it happened, as the ward's own list of public places has it; "" for anywhere else."""
    around = wards.find_neighbourhood(db, incident.neighbourhood_id or 0)
    landmark = Place.from_json(incident.place).landmark
    return landmark if around is not None and landmark in around.landmarks else ""


def find_reported(db: Connection, officer: Person, text: str) -> Incident:
    """The incident whose code is in the text, for an officer of its ward. Raises Refused; the
    incident of another ward is answered like one that does not exist."""
    standings = standings_of(db, officer.id)
    if not any(may_handle_incident(standings, each.ward_code) for each in standings):
        raise Refused("access.officers_only")
    try:
        code = parse_code(text)
    except WrongCheckDigit as fault:
        raise Refused("incident.code.mistyped") from fault
    if code is None:
        raise Refused("warning.how")
    incident = incidents.find_by_code(db, code)
    if incident is None or not may_handle_incident(standings, incident.ward_code):
        raise Refused("incident.unknown")
    return incident


def public_numbers() -> tuple[str, ...]:
    """The numbers of offices, as digits: they may stand in any warning."""
    return tuple(each.number for each in read_numbers())
