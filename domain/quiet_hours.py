"""When people are left alone: hours of the night and of the nap after lunch, the days of Tết, and
no more than so many posts a day (references/domain.md 8.6, a proposal of this project). Minutes
are those of the wall clock in Việt Nam.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from domain.lunar import FIRST_DAY, LAST_DAY, MONTHS, last_of_lunar_year, lunar_of
from domain.wall_clock import instant_of, wall_of

DAY_MINUTES: Final = 24 * 60
# Posts of every sender together in one chat; urgent ones pass.
POSTS_A_DAY: Final = 5
# An ordinary post that would wait longer than this is not sent: it has lost its meaning.
HELD_AT_MOST: Final = timedelta(hours=36)

_TET_DAYS: Final = 3
_DAY: Final = timedelta(days=1)


def _within(span: tuple[int, int], minute: int) -> bool:
    first, last = span
    if first < last:
        return first <= minute < last
    return minute >= first or minute < last


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Spans of the day, each (first minute, first minute after it); one may pass midnight. ()
    for a neighbourhood that wants none. Raises ValueError for spans that leave no free minute."""

    spans: tuple[tuple[int, int], ...] = ()

    def __post_init__(self) -> None:
        for first, last in self.spans:
            if not (0 <= first < DAY_MINUTES and 0 <= last <= DAY_MINUTES) or first == last:
                raise ValueError(f"no such span of a day: {first} to {last}")
        # Where any minute is free, one is right behind a span.
        if self.spans and all(self.is_quiet(last % DAY_MINUTES) for _, last in self.spans):
            raise ValueError("some minute of the day must be free")

    def is_quiet(self, minute: int) -> bool:
        """Whether this minute of the day (0 to 1439) lies in a span."""
        return any(_within(span, minute) for span in self.spans)

    def to_json(self) -> list[list[int]]:
        """Plain JSON values."""
        return [list(span) for span in self.spans]

    @classmethod
    def from_json(cls, stored: Iterable[Sequence[int]] | None) -> "QuietHours":
        """What `to_json` gave; None is the defaults. Raises ValueError."""
        if stored is None:
            return DEFAULTS
        return cls(tuple((first, last) for first, last in stored))

    def to_words(self) -> str:
        """ "21:30–06:30, 11:30–13:30"; "" for none."""
        return ", ".join(f"{_clock(first)}–{_clock(last)}" for first, last in self.spans)


# 21:30 to 06:30, and the nap after lunch from 11:30 to 13:30.
DEFAULTS: Final = QuietHours(((21 * 60 + 30, 6 * 60 + 30), (11 * 60 + 30, 13 * 60 + 30)))


def free_from(at: datetime, hours: QuietHours) -> datetime:
    """The first instant at or after `at` (aware) when an ordinary post may go: neither in these
    quiet hours nor on a silent day."""
    while (later := _later(at, hours)) != at:
        at = later
    return at


def is_silent_day(on: date) -> bool:
    """Whether nothing ordinary is sent on this day of Việt Nam: the last day of the lunar year
    and the first three of the next."""
    if not FIRST_DAY <= on <= LAST_DAY:
        return False
    lunar = lunar_of(on)
    if lunar.month == 1 and not lunar.leap and lunar.day <= _TET_DAYS:
        return True
    return lunar.month == MONTHS and on < LAST_DAY and on == last_of_lunar_year(lunar.year)


def _later(at: datetime, hours: QuietHours) -> datetime:
    """The end of whatever forbids this instant; the instant itself where nothing does."""
    wall = wall_of(at)
    if is_silent_day(wall.date()):
        return instant_of(wall.date() + _DAY, time())
    minute = wall.hour * 60 + wall.minute
    for first, last in hours.spans:
        if _within((first, last), minute):
            passes = last <= first <= minute or last == DAY_MINUTES
            on = wall.date() + _DAY if passes else wall.date()
            return instant_of(on, time(last % DAY_MINUTES // 60, last % 60))
    return at


def _clock(minute: int) -> str:
    return f"{minute % DAY_MINUTES // 60:02}:{minute % 60:02}"
