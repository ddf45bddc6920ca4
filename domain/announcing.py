"""The rules of announcements: what states they pass through, when a second person must agree, and
how late one may still come.
"""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class State(StrEnum):
    """WAITING for a second person; PLANNED; PAUSED by somebody; ENDED, because its last date
    passed or somebody stopped it; TAKEN_BACK before anything of it was sent."""

    WAITING = "waiting"
    PLANNED = "planned"
    PAUSED = "paused"
    ENDED = "ended"
    TAKEN_BACK = "taken_back"

    @property
    def is_open(self) -> bool:
        """Whether something of it may still come."""
        return self in {State.WAITING, State.PLANNED, State.PAUSED}


class Sort(StrEnum):
    """HAZARD (storm, flood, power cut) and EMERGENCY (danger now, with an expiry and an
    all-clear) are urgent: quiet hours and the daily limit let them pass."""

    ORDINARY = "ordinary"
    HAZARD = "hazard"
    EMERGENCY = "emergency"

    @property
    def is_urgent(self) -> bool:
        """Whether it passes quiet hours, and says so."""
        return self is not Sort.ORDINARY


class OccurrenceState(StrEnum):
    """DUE; SENDING while its copies are put, a piece at a time; or what became of one time of an
    announcement: SENT to the chats (some copies may be held; with a reason where it was stopped
    half-way), SKIPPED by somebody, DROPPED because it was too late or led nowhere, REFUSED because
    its author may not say it any more or a second person said no."""

    DUE = "due"
    SENDING = "sending"
    SENT = "sent"
    SKIPPED = "skipped"
    DROPPED = "dropped"
    REFUSED = "refused"


# Time to take back what a second person agreed to, before anything of it is sent.
UNDO_FOR: Final = timedelta(minutes=2)
# How long what should go out "now" waits for the second person.
WAITS_FOR: Final = timedelta(hours=24)
# A proposal of this project: a call to a meeting is worth nothing hours later, a warning is.
LATE_FOR: Final[Mapping[Sort, timedelta]] = MappingProxyType(
    {
        Sort.ORDINARY: timedelta(hours=3),
        Sort.HAZARD: timedelta(hours=6),
        Sort.EMERGENCY: timedelta(hours=12),
    }
)
# In domain.lengths.units: with its head and its last lines a post stays one message, because only
# one message can be corrected in its place.
WORDS_LIMIT: Final = 3_300


def needs_second_person(sort: Sort, neighbourhoods: int, names_person: bool) -> bool:
    """Whether a second person must agree: always where a person, face or plate is shown, and for
    what is not urgent in more than one neighbourhood. (What is called urgent without a template
    or an incident behind it counts as ordinary here: actions/announcing.py.)"""
    return names_person or (neighbourhoods > 1 and not sort.is_urgent)
