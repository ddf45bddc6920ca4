"""What a named day is to the readers, and the days named by their distance from today: "mai",
"ngày kia", "hôm qua", "3 ngày nữa", "cuối tuần".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, count, dropwhile, islice
from typing import Final

from domain.patterns import WEEK, Pattern
from domain.recurrence import days_from
from domain.spoken.unread import Unread
from domain.spoken.words import NEXT

# So many days are enough to find one whose hour is still to come.
_AHEAD: Final = 4
_SATURDAY: Final = 5

_RELATIVE: Final = tuple(
    (re.compile(rf"\b(?:{said})\b"), days)
    for said, days in (
        ("(?:hom|bua) qua", -1),
        ("hom kia", -2),
        ("(?:ngay |hom |bua )?kia2", 3),
        ("(?:ngay |bua )?kia", 2),
        ("(?:ngay |hom |bua )?mai", 1),
        ("(?:hom |bua |ngay )?nay", 0),
    )
)
_AHEAD_BY: Final = re.compile(r"\b(\d{1,2}) (ngay|hom|tuan) nua\b")
_WEEK_EDGE: Final = re.compile(rf"\b(cuoi|dau) tuan(?: (?P<week>nay|{NEXT}))?\b")


@dataclass(frozen=True, slots=True)
class DaySaid:
    """A day that was named: `dates` has it first, then the next ones of the same name.

    `fixed`: the first date is meant even where it has passed; otherwise the next one to come.
    `near`: it was named by its distance from today, so that a night belongs to it ("đêm mai").
    `shape` is what is meant where it repeats, `repeats` that only something repeated is said
    so. `assumed` are catalogue keys of what was taken for granted.
    """

    dates: tuple[date, ...] = ()
    fixed: bool = False
    near: bool = False
    shape: Pattern | None = None
    repeats: bool = False
    assumed: tuple[str, ...] = ()


def days_of(shape: Pattern, first: date) -> DaySaid:
    """The days of a pattern from `first` on; the next one to come is meant."""
    return DaySaid(tuple(islice(days_from(shape, first), _AHEAD)), shape=shape)


def exactly(on: date, following: Iterator[date], shape: Pattern | None = None) -> DaySaid:
    """This day and no other; `following` are suggested where it has passed."""
    return DaySaid(tuple(islice(chain((on,), following), _AHEAD)), fixed=True, shape=shape)


def days_after(today: date, start: int = 0, step: int = 1) -> Iterator[date]:
    """Every `step`-th day, beginning `start` days after today."""
    return (today + timedelta(days=days) for days in count(start, step))


def later_than(on: date, days: Iterator[date]) -> Iterator[date]:
    """Those of the days, which are in order, that come after this one."""
    return dropwhile(lambda day: day <= on, days)


def read_distance(left: Unread, today: date) -> DaySaid | None:
    """A day named by its distance from today, and taken; None for none."""
    if found := left.take(_AHEAD_BY):
        days = int(found[1]) * (WEEK if found[2] == "tuan" else 1)
        return exactly(today + timedelta(days=days), days_after(today))
    if found := left.take(_WEEK_EDGE):
        return _edge_of_week(found, today)
    for pattern, days in _RELATIVE:
        if left.take(pattern):
            said = exactly(today + timedelta(days=days), days_after(today))
            return DaySaid(said.dates, fixed=True, near=True)
    return None


def _edge_of_week(found: re.Match[str], today: date) -> DaySaid:
    """The week-end is its Saturday, and the week begins on Monday."""
    day = _SATURDAY if found[1] == "cuoi" else 0
    later = WEEK if found["week"] not in {None, "nay"} else 0
    first = day - today.weekday() + later
    if first < 0 and found["week"] is None:
        first += WEEK
    elif first < 0 and day == _SATURDAY and not later:
        first = 0
    return exactly(today + timedelta(days=first), days_after(today, first + WEEK, WEEK))
