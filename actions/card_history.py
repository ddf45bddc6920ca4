"""The last lines of a card: who did what when. Who only looked, and who asked for a name, is
kept too, but is for the ward's overseers (actions/readings.py) and not for a whole chat.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy.engine import Connection

from domain.incidents import Happening
from domain.ladder import STAMPS
from domain.lengths import shortened
from domain.names import given_name
from domain.notices import Moment, Param, Text
from storage import addresses
from storage.tables import IncidentEvent

# In domain.lengths.units.
OFFICER_LIMIT: Final = 40
_LENGTH: Final = 4
_NOT_SHOWN: Final = (
    Happening.READ,
    Happening.REVEAL_ASKED,
    Happening.REVEALED,
    Happening.REVEAL_REFUSED,
)

_WOKEN: Final = frozenset(STAMPS.values())


def history_of(db: Connection, events: Sequence[IncidentEvent]) -> tuple[Text, ...]:
    """The last few, the oldest first. Of who was woken by the silence only the last: it would
    leave no room for what was told."""
    told = [event for event in events if event.what not in _NOT_SHOWN]
    woken = [event for event in told if event.what in _WOKEN]
    shown = [event for event in told if event not in woken[:-1]][-_LENGTH:]
    return tuple(Text(_key(event), event_params(db, event)) for event in shown)


def event_params(db: Connection, event: IncidentEvent) -> Mapping[str, Param]:
    """What the words about an event may name."""
    params: dict[str, Param] = {"at": Moment(event.at, "time")}
    if event.actor_id is not None:
        params["name"] = officer_name(db, event.actor_id)
    if event.what == Happening.CLOSED:
        params["outcome"] = Text(f"incident.outcome.{event.detail['outcome']}.label")
    if event.what == Happening.PASSED_ON:
        params["destination"] = Text(f"incident.destination.{event.detail['to']}")
    return params


def is_overheard(event: IncidentEvent) -> bool:
    """Whether these are the words of somebody else than the reporter, in the group."""
    return bool((event.detail or {}).get("overheard"))


def officer_name(db: Connection, person_id: int) -> str:
    """How colleagues call an officer."""
    return shortened(given_name(addresses.get_person(db, person_id).name), OFFICER_LIMIT)


def _key(event: IncidentEvent) -> str:
    if is_overheard(event):
        return "card.event.overheard"
    recorded = event.what == Happening.REPORTED and event.actor_id is not None
    return "card.event.recorded" if recorded else f"card.event.{event.what}"
