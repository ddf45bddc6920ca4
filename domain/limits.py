"""How much one person may send. A flood buries the reports of others, so what is calm must
wait; what is urgent is never held back, only marked, because a frightened person presses often
and a marked card costs less than a lost one.

Counted per person over all of their chats, never per group or network: a whole alley may share
one. The figures are a proposal of this project: nobody has needed more in a day.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` within any `within`."""

    most: int
    within: timedelta

    def free_again_at(self, sent: Collection[datetime], now: datetime) -> datetime | None:
        """When the next one may be sent; None where it may be sent now."""
        recent = self.recent(sent, now)
        return recent[-self.most] + self.within if len(recent) >= self.most else None

    def recent(self, sent: Collection[datetime], now: datetime) -> list[datetime]:
        """Those that count, the oldest first."""
        return sorted(at for at in sent if at > now - self.within)


# P3 and P4: beyond either of these nothing more is filed for now.
CALM: Final = (Limit(5, timedelta(hours=1)), Limit(10, timedelta(days=1)))
# P1 and P2: beyond this the card says so.
URGENT: Final = Limit(3, timedelta(hours=1))
COUNTED_FOR: Final = max(limit.within for limit in CALM)


def calm_again_at(sent: Collection[datetime], now: datetime) -> datetime | None:
    """When the next calm report is taken after those `sent`; None where it is taken now."""
    return max(_waits(sent, now), default=None)


def is_suspect(sent: Collection[datetime], now: datetime) -> bool:
    """Whether one more urgent report after those `sent` is more than people send."""
    return len(URGENT.recent(sent, now)) >= URGENT.most


def _waits(sent: Collection[datetime], now: datetime) -> Iterator[datetime]:
    for limit in CALM:
        if (again := limit.free_again_at(sent, now)) is not None:
            yield again
