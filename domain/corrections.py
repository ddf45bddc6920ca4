"""The rules for what follows a post that people have read already: another wording, its
cancellation, or the all-clear after an emergency.
"""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from enum import StrEnum
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

# An edit notifies nobody, so a short correction stands below the old copy as well; but not where
# the copy is so new that hardly anybody has read it.
UNREAD_FOR: Final = timedelta(minutes=2)
# Copies of a repeating announcement that are older than this are left as they are, except those
# of its newest time.
REACHES_BACK: Final = timedelta(days=30)
# How long a correction waits to hear whether every edit was taken.
SETTLES_WITHIN: Final = timedelta(hours=1)
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


def kind_of(template: str | None) -> Kind:
    """Of an announcement that corrects another one, by its template."""
    return {CANCELLING: Kind.CANCELLED, CLEARING: Kind.CLEARED}.get(template or "", Kind.CORRECTED)


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
