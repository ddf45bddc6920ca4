"""The life of an incident: its states, who may move it where, what is written in its history,
how it may end and to whom it may be passed on. Plain data; the words are catalogue keys.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, Protocol

from domain.notices import Pin


class State(StrEnum):
    """Where an incident stands. Closed means that the police are done, never that it is fixed."""

    NEW = "new"
    TAKEN = "taken"
    ON_THE_WAY = "on_the_way"
    CLOSED = "closed"
    PASSED_ON = "passed_on"

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something."""
        return self not in (State.CLOSED, State.PASSED_ON)


class Source(StrEnum):
    """How a report reached the police: written to the bot by a resident (or for somebody
    else, `helper`), shouted in a group, or told an officer who typed it: by a call, in
    another group or a message, in person, or `other`wise."""

    RESIDENT = "resident"
    HELPER = "helper"
    GROUP = "group"
    CALL = "call"
    FORWARDED = "forwarded"
    VISIT = "visit"
    OTHER = "other"


class Happening(StrEnum):
    """One line of an incident's history."""

    REPORTED = "reported"
    TAKEN = "taken"
    ON_THE_WAY = "on_the_way"
    ASKED = "asked"
    ANSWERED = "answered"
    ADDED = "added"
    CLOSED = "closed"
    PASSED_ON = "passed_on"
    REOPENED = "reopened"
    WITHDRAWN = "withdrawn"
    WARNED = "warned"
    NAMED = "named"
    UNNAMED = "unnamed"
    READ = "read"
    REVEAL_ASKED = "reveal_asked"
    REVEALED = "revealed"
    REVEAL_REFUSED = "reveal_refused"
    DUTY_WOKEN = "duty_woken"
    DEPUTY_WOKEN = "deputy_woken"
    CHIEF_WOKEN = "chief_woken"
    PHONES_SHOWN = "phones_shown"


class Act(StrEnum):
    """What an officer can do with a card; the value is what the button sends back."""

    TAKE = "take"
    SET_OUT = "way"
    ASK = "ask"
    DEAL = "deal"
    HAND_OVER = "pass"


class Outcome(StrEnum):
    """How an incident was dealt with. None names anybody and none promises anything: each has
    a label for the officer and a sentence that the reporter reads (`incident.outcome.…`)."""

    SETTLED = "settled"
    REMINDED = "reminded"
    NOT_FOUND = "not_found"
    ADVISED = "advised"
    RECORDED = "recorded"


class Destination(StrEnum):
    """Who deals with what the ward police do not (`incident.destination.…`)."""

    FIRE_POLICE = "fire_police"
    TRAFFIC_POLICE = "traffic_police"
    WARD_COMMITTEE = "ward_committee"
    PROVINCE_POLICE = "province_police"
    OTHER_WARD = "other_ward"


# In the order of the card's buttons: their numbers are what an officer may type instead.
ACTS: Final[Mapping[State, tuple[Act, ...]]] = {
    State.NEW: (Act.TAKE,),
    State.TAKEN: (Act.SET_OUT, Act.ASK, Act.DEAL, Act.HAND_OVER),
    State.ON_THE_WAY: (Act.ASK, Act.DEAL, Act.HAND_OVER),
    State.CLOSED: (),
    State.PASSED_ON: (),
}

MOVES: Final[Mapping[State, frozenset[State]]] = {
    State.NEW: frozenset({State.TAKEN}),
    State.TAKEN: frozenset({State.ON_THE_WAY, State.CLOSED, State.PASSED_ON}),
    State.ON_THE_WAY: frozenset({State.CLOSED, State.PASSED_ON}),
    State.CLOSED: frozenset({State.NEW}),
    State.PASSED_ON: frozenset(),
}


def states_before(target: State) -> tuple[State, ...]:
    """The states from which an incident may come to `target`."""
    return tuple(state for state, targets in MOVES.items() if target in targets)


def may_reopen(state: State, *, reopened_before: bool) -> bool:
    """Whether the reporter's "not solved" still counts: after closing, and once."""
    return state is State.CLOSED and not reopened_before


class Told(Protocol):
    """An incident, as far as it says whether it goes on."""

    @property
    def state(self) -> str:
        """A State."""

    @property
    def withdrawn_at(self) -> datetime | None:
        """When its reporter called it a mistake."""


def is_still_open(incident: Told) -> bool:
    """Whether the police still have to do something about it, and nobody called it a mistake."""
    return State(incident.state).is_open and incident.withdrawn_at is None


@dataclass(frozen=True, slots=True)
class Place:
    """Where it happened, as told: a landmark of the neighbourhood, words, a pin; all may be
    empty, which means that the reporter does not remember."""

    landmark: str = ""
    words: str = ""
    pin: Pin | None = None

    def to_json(self) -> dict[str, Any]:
        """Plain values for storage."""
        point = [self.pin.latitude, self.pin.longitude] if self.pin else None
        return {"landmark": self.landmark, "words": self.words, "pin": point}

    @staticmethod
    def from_json(stored: Any) -> "Place":
        """What `to_json` made; None gives an empty place."""
        known = stored or {}
        return Place(known.get("landmark", ""), known.get("words", ""), pin_of(known.get("pin")))


def pin_of(stored: Any) -> Pin | None:
    """A pin from its stored [latitude, longitude]."""
    return Pin(float(stored[0]), float(stored[1])) if stored else None
