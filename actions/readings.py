"""Who looked: every reading of a report whose reporter did not give their name, or that is
handled quietly, is an event; and who may see the list of all such acts. The posting of a card
to the duty chat is nobody's reading.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.engine import Connection

from actions.standings import standings_of
from domain.access import may_read_journal, require_read_journal
from domain.codes import WrongCheckDigit, parse_code
from domain.errors import Refused
from domain.incidents import Happening
from storage import addresses, incidents
from storage.tables import Incident, IncidentEvent, Person

# Opening it again at once is the same look.
ONE_LOOK: Final = timedelta(minutes=10)
# In the order of time; the rest is on the card.
JOURNAL: Final = (
    Happening.READ,
    Happening.ASKED,
    Happening.REVEAL_ASKED,
    Happening.REVEALED,
    Happening.REVEAL_REFUSED,
)
MOST_SHOWN: Final = 40


@dataclass(frozen=True, slots=True)
class Entry:
    """One act: what, by whom, when; `asked_by` had asked for what was then decided."""

    what: Happening
    name: str
    at: datetime
    asked_by: str = ""


def note_reading(db: Connection, incident: Incident, reader: Person, now: datetime) -> None:
    """Write it down, once in ONE_LOOK for each reader. The caller asked the gate."""
    if incident.named and not incident.quiet:
        return
    events = incidents.list_events(db, incident.id)
    if not any(_is_same_look(event, reader, now) for event in events):
        incidents.add_event(db, incident.id, Happening.READ, now, actor_id=reader.id)


def list_acts(db: Connection, person_id: int, told: str) -> tuple[Incident, list[Entry]]:
    """The incident whose code is in `told`, and the last MOST_SHOWN acts on it, the oldest
    first; without a word of its content. Raises Refused."""
    standings = standings_of(db, person_id)
    if not any(may_read_journal(standings, each.ward_code) for each in standings):
        raise Refused("access.overseers_only")
    try:
        code = parse_code(told)
    except WrongCheckDigit as fault:
        raise Refused("incident.code.mistyped") from fault
    if code is None:
        raise Refused("reveal.journal.how")
    incident = incidents.find_by_code(db, code)
    if incident is None or not may_read_journal(standings, incident.ward_code):
        raise Refused("incident.unknown")
    require_read_journal(standings, incident.ward_code)
    events = [e for e in incidents.list_events(db, incident.id) if e.what in set(JOURNAL)]
    return incident, [_entry(db, event) for event in events[-MOST_SHOWN:]]


def _is_same_look(event: IncidentEvent, reader: Person, now: datetime) -> bool:
    mine = event.what == Happening.READ and event.actor_id == reader.id
    return mine and event.at > now - ONE_LOOK


def _entry(db: Connection, event: IncidentEvent) -> Entry:
    detail: Mapping[str, int] = event.detail or {}
    asked_by = detail.get("asked_by") if event.what != Happening.REVEAL_ASKED else None
    name = _name(db, event.actor_id)
    return Entry(Happening(event.what), name, event.at, _name(db, asked_by))


def _name(db: Connection, person_id: int | None) -> str:
    return addresses.get_person(db, person_id).name if person_id else ""
