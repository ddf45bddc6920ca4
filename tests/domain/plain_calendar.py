"""On which days a pattern falls, by nothing but the arithmetic of calendars and the sky
(heavens.py): what rules are checked by knows neither our code for them nor its libraries.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import NamedTuple

from domain.patterns import (
    LAST,
    Daily,
    LunarMonthly,
    LunarYearly,
    MonthDays,
    NthWeekday,
    Once,
    Pattern,
    Weekly,
    Yearly,
)
from domain.recurrence import Rule
from tests.domain.heavens import months_to

DAY = timedelta(days=1)
# Việt Nam has had no other offset since 1975.
EAST = timedelta(hours=7)
# The sky is reckoned for these years only.
SKY = range(2019, 2041)


class LunarName(NamedTuple):
    """What a day is called."""

    day: int
    month: int
    leap: bool


@cache
def firsts() -> dict[date, tuple[int, int, bool]]:
    """The first days of the lunar months: (month, lunar year, leap)."""
    return {first: named for year in SKY for first, named in months_to(year).items()}


@cache
def lunar_name(on: date) -> LunarName:
    """The lunar name of a day."""
    first = next(on - n * DAY for n in range(31) if on - n * DAY in firsts())
    month, _, leap = firsts()[first]
    return LunarName((on - first).days + 1, month, leap)


def length_of_month(on: date) -> int:
    """The number of days of its month."""
    first = on.replace(day=1)
    return ((first + 31 * DAY).replace(day=1) - first).days


def falls_on(pattern: Pattern, on: date) -> bool:
    """Whether a day is one of the pattern's."""
    match pattern:
        case Once(only):
            return on == only
        case Daily():
            return True
        case Weekly(weekdays, every, since):
            return on.weekday() in weekdays and (since is None or _counts(on, since, every))
        case NthWeekday(nth, weekday):
            last = on.day + 7 > length_of_month(on)
            which = last if nth == LAST else (on.day + 6) // 7 == nth
            return on.weekday() == weekday and which
        case MonthDays(named):
            return on.day in named or (LAST in named and on.day == length_of_month(on))
        case Yearly(day, month):
            return (on.day, on.month) == (day, month)
        case LunarMonthly(named):
            return lunar_name(on).day in named
        case LunarYearly(day, month):
            return lunar_name(on) == (day, month, False)


def instants(rule: Rule, start: datetime, end: datetime) -> Iterator[datetime]:
    """When a rule comes, later than `start` and not later than `end` (aware): every day tried."""
    on = (start + EAST).date() - DAY
    while on <= (end + EAST).date() + DAY:
        at = datetime.combine(on, time(rule.at.hour, rule.at.minute), UTC) - EAST
        ended = rule.until is not None and on > rule.until
        if start < at <= end and not ended and on not in rule.skips and falls_on(rule.pattern, on):
            yield at
        on += DAY


def _counts(on: date, since: date, every: int) -> bool:
    """Weeks are counted from the Monday of the week of `since`."""
    monday = since - since.weekday() * DAY
    return on >= since and (on - monday).days // 7 % every == 0
