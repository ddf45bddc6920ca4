"""Who looked: every reading of a report whose reporter did not give their name, or that is
handled quietly, is an event; and who may see the list of all such acts. The posting of a card
to the duty chat is nobody's reading.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.engine import Connection

from actions.by_code import Gate, get_behind
from domain.access import may_read_journal
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
_GATE: Final = Gate(may_read_journal, "access.overseers_only", "reveal.journal.how")


@dataclass(frozen=True, slots=True)
class Entry:
    """One act: what, by whom, when; `asked_by` had asked for what was then decided."""

    what: Happening
    name: str
    at: datetime
    asked_by: str = ""


def is_reading_noted(incident: Incident) -> bool:
    """Whether each look at it is written down; nothing of its words may then stand where nobody
    opened it."""
    return incident.quiet or not incident.named


def note_reading(db: Connection, incident: Incident, reader: Person, now: datetime) -> None:
    """Write it down, once in ONE_LOOK for each reader. The caller asked the gate."""
    if not is_reading_noted(incident):
        return
    events = incidents.list_events(db, incident.id)
    if not any(_is_same_look(event, reader, now) for event in events):
        incidents.add_event(db, incident.id, Happening.READ, now, actor_id=reader.id)


def list_acts(db: Connection, person_id: int, told: str) -> tuple[Incident, list[Entry]]:
    """The incident whose code is in `told`, and the last MOST_SHOWN acts on it, the oldest
    first; without a word of its content. Raises Refused."""
    incident = get_behind(db, person_id, told, _GATE)
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
