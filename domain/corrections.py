"""The rules for what follows a post that people have read already: another wording, its
cancellation, or the all-clear after an emergency.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from domain.wall_clock import day_of, instant_of


class Kind(StrEnum):
    """What an announcement says of the one that it `corrects`."""

    CORRECTED = "corrected"
    CANCELLED = "cancelled"
    CLEARED = "cleared"


# The `template` of those whose words begin as fixed ones.
CANCELLING: Final = "cancelled"
CLEARING: Final = "all_clear"

# Copies of a repeating announcement that are older than this are left as they are, except those
# of its newest time.
REACHES_BACK: Final = timedelta(days=30)
# How long a correction waits to hear what became of every copy; what could not be reached in this
# time is given up on.
SETTLES_WITHIN: Final = timedelta(days=3)
# In domain.lengths.units: what of a long text the short correction repeats.
SHORT_LIMIT: Final = 700

# When, after an emergency ended, somebody is asked for its all-clear; then once more in the
# morning, and no more. (A proposal of this project.)
_LADDER: Final = (timedelta(), timedelta(minutes=30), timedelta(hours=2))
_MORNING: Final = time(7)
# From here on the ward's duty chat is asked too.
WARD_RUNG: Final = 2
# The morning's question is not asked long after its morning.
_ASKED_WITHIN: Final = timedelta(hours=12)

# What of a template's name tells what its all-clear is about.
_CLEARED_TEMPLATES: Final = ("storm", "flood", "fire", "power_cut")
_CLEARED_KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "FIRE": "fire",
        "THEFT": "theft", "ROBBERY": "theft", "SEA_THEFT": "theft",
        "SCAM": "scam", "IMPERSONATION": "scam", "CYBER": "scam",
        "MISSING": "missing",
    }
)  # fmt: skip


def kind_of(template: str | None) -> Kind:
    """Of an announcement that corrects another one, by its template."""
    return {CANCELLING: Kind.CANCELLED, CLEARING: Kind.CLEARED}.get(template or "", Kind.CORRECTED)


def clearing_words(template: str | None, kind_code: str | None) -> str:
    """Which all-clear is suggested, the last part of its catalogue key: it says what ended, and
    promises no safety that nobody looked at."""
    if kind_code is not None:
        return _CLEARED_KINDS.get(kind_code, "other")
    name = template or ""
    return next((each for each in _CLEARED_TEMPLATES if name.startswith(each)), "other")


def takes_back(template: str | None) -> bool:
    """Whether it cancels another one, or gives its all-clear. Such a one goes out at once, also
    to several neighbourhoods and also in words of somebody's own: people act on what they read
    until then. Only where it shows a person, face or plate a second person agrees first."""
    return template in (CANCELLING, CLEARING)


def rungs(ended_at: datetime) -> Sequence[datetime]:
    """When the questions for the all-clear are due (aware, UTC): at once, after half an hour,
    after two hours, and at seven (local time) of the morning after that."""
    asked = [ended_at + step for step in _LADDER]
    morning = instant_of(day_of(asked[-1]), _MORNING)
    if morning <= asked[-1]:
        morning = instant_of(day_of(asked[-1]) + timedelta(days=1), _MORNING)
    return (*asked, morning)


def rung_at(ended_at: datetime, now: datetime) -> int | None:
    """Which of them is due now, the latest that was reached; None before the first and when
    nobody is asked any more."""
    times = rungs(ended_at)
    if now > times[-1] + _ASKED_WITHIN:
        return None
    return max((at for at, due in enumerate(times) if due <= now), default=None)
