"""When somebody whose urgent report nobody has taken hears so again.

The times are a proposal of this project, not law: soon enough that a person
who waits in vain still calls, and seldom enough that the last message is read.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from domain.urgency import Urgency

STEPS: Final[Mapping[Urgency, tuple[timedelta, ...]]] = MappingProxyType(
    {
        Urgency.P1: (
            timedelta(seconds=60),
            timedelta(minutes=3),
            timedelta(minutes=10),
            timedelta(minutes=30),
        ),
        Urgency.P2: (timedelta(seconds=60), timedelta(minutes=15), timedelta(minutes=60)),
    }
)


def step_due(urgency: Urgency, since: datetime, now: datetime, told: int) -> int | None:
    """The number (from 1) of the step that is to be told now, None where there is none. Of
    several that fell due while the program was down only the newest is told, once."""
    reached = sum(now - since >= after for after in STEPS.get(urgency, ()))
    return reached if reached > told else None


def is_last(urgency: Urgency, step: int) -> bool:
    """Whether nothing more will be told by itself after this step."""
    return step >= len(STEPS.get(urgency, ()))
