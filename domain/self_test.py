"""The daily self-test: a report that nobody wrote takes the way of every other, in a ward and with
a messenger of its own, which no person sees and no figure counts (docs/decisions/0015).
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from domain.wall_clock import wall_of

# No official code begins so, and no bot can be named so (settings.Bot.name).
SELF_WARD: Final = "_self"
SELF_BOT: Final = "_self"
# The chats of its messenger.
REPORTER_CHAT: Final = "reporter"
OFFICER_CHAT: Final = "officer"
DESK_CHAT: Final = "desk"

# An idea: no words make that urgent, so whatever watches urgent reports never sees it.
KIND: Final = "IDEA"
LIMIT_SECONDS: Final = 60.0

# On the wall in Quảng Ninh: after the nightly backup, before anybody is up.
_HOUR: Final = time(4, 30)
# After a failure, so that what was mended is seen; and whenever the program has started again.
TRIED_AGAIN: Final = timedelta(hours=1)
_MISSED_AFTER: Final = timedelta(hours=36)
# What may have stopped it: the ends of catalogue keys, self_test.fault.…
FAULTS: Final = frozenset(
    {"handling", "talking", "sending", "desk", "taking", "answering", "database"}
)


@dataclass(frozen=True, slots=True)
class Run:
    """The last one: when it began; how long it took; `fault`, where it did not get through. With
    neither it goes on, or was broken off with the program."""

    at: datetime
    seconds: float | None = None
    fault: str = ""

    @property
    def has_ended(self) -> bool:
        """Whether anything is known of how it ended."""
        return self.seconds is not None or bool(self.fault)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the report has come. `stored` updates are still to be taken, `owed` messages have
    not left, or are not settled yet; `parked` updates could not be handled."""

    filed: bool = False
    shown: bool = False
    taken: bool = False
    stored: int = 0
    owed: int = 0
    parked: int = 0

    @property
    def is_complete(self) -> bool:
        """Whether it was taken, and all that anybody is to hear of that has left."""
        return self.taken and not self.is_moving and not self.parked

    @property
    def is_moving(self) -> bool:
        """Whether anything of it is still on its way."""
        return bool(self.stored or self.owed)


def is_due(last: Run | None, now: datetime, *, started: bool) -> bool:
    """Whether it should run: daily, `started` where the program has just begun to look, and after
    a failure; but never twice within TRIED_AGAIN, however often the program starts again."""
    if last is None or last.at > now:
        return True
    if now - last.at < TRIED_AGAIN:
        return False
    return started or last.seconds is None or last.at < _last_hour(now)


def is_missing(last: Run, now: datetime) -> bool:
    """Whether the last one is so long ago that one must have been left out."""
    return now - last.at > _MISSED_AFTER


def fault_of(progress: Progress) -> str:
    """Which of FAULTS stopped it there."""
    if progress.parked or (progress.stored and not progress.owed):
        return "handling"
    if not progress.filed:
        return "sending" if progress.owed else "talking"
    if not progress.shown:
        return "desk"
    return "answering" if progress.taken else "taking"


def _last_hour(now: datetime) -> datetime:
    wall = wall_of(now)
    last = wall.replace(hour=_HOUR.hour, minute=_HOUR.minute, second=0, microsecond=0)
    return last if last <= wall else last - timedelta(days=1)
