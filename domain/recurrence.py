"""When something that repeats comes next: a pattern of days at one time on the wall.

The zone is kept, not an offset: seven in the evening stays seven in the evening. All instants
are aware and UTC, and every question is asked "after" one of them, so that a scheduler never
gets the same occurrence twice.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice, takewhile
from typing import Any

from dateutil.rrule import DAILY, MO, MONTHLY, WEEKLY, YEARLY, rrule, weekdays

from domain.lunar import next_lunar
from domain.patterns import (
    WEEK,
    Daily,
    LunarMonthly,
    LunarYearly,
    MonthDays,
    NthWeekday,
    Once,
    Pattern,
    Weekly,
    Yearly,
    pattern_from_json,
    pattern_to_json,
)
from domain.wall_clock import day_of, instant_of, wall_of


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern at a time on the wall (whole minutes, Asia/Ho_Chi_Minh).

    Nothing comes after the day `until` (which still counts), nor on the days of `skips`.
    """

    pattern: Pattern
    at: time
    until: date | None = None
    skips: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if self.at.tzinfo is not None or self.at.second or self.at.microsecond:
            raise ValueError("a rule's time is in whole minutes and names no zone")

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {
            "pattern": pattern_to_json(self.pattern),
            "at": self.at.isoformat("minutes"),
            "until": self.until.isoformat() if self.until else None,
            "skips": sorted(day.isoformat() for day in self.skips),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Rule":
        """What `to_json` gave; raises ValueError for anything else."""
        try:
            until = stored["until"]
            return cls(
                pattern_from_json(stored["pattern"]),
                time.fromisoformat(stored["at"]),
                date.fromisoformat(until) if until is not None else None,
                frozenset(map(date.fromisoformat, stored["skips"])),
            )
        except (KeyError, TypeError) as fault:
            raise ValueError("not a stored rule") from fault


def once(at: datetime) -> Rule:
    """The rule that comes once, in the minute of this aware instant."""
    wall = wall_of(at)
    return Rule(Once(wall.date()), time(wall.hour, wall.minute))


def next_after(rule: Rule, after: datetime) -> datetime | None:
    """The first occurrence later than `after`; None when there is no more."""
    return next(_occurrences(rule, after), None)


def list_next(rule: Rule, after: datetime, count: int = 5) -> list[datetime]:
    """The next occurrences later than `after`, at most `count`."""
    return list(islice(_occurrences(rule, after), count))


def list_between(rule: Rule, start: datetime, end: datetime) -> list[datetime]:
    """The occurrences later than `start` and not later than `end`."""
    return list(takewhile(lambda at: at <= end, _occurrences(rule, start)))


def _occurrences(rule: Rule, after: datetime) -> Iterator[datetime]:
    for on in days_from(rule.pattern, day_of(after)):
        if rule.until is not None and on > rule.until:
            return
        at = instant_of(on, rule.at)
        if at > after and on not in rule.skips:
            yield at


def days_from(pattern: Pattern, first: date) -> Iterator[date]:
    """The days of a pattern from `first` on, in their order; most patterns never end."""
    match pattern:
        case Once(on):
            yield from [on] if on >= first else []
        case LunarMonthly() | LunarYearly():
            yield from _lunar_days(pattern, first)
        case _:
            yield from (found.date() for found in _solar_days(pattern, first))


def _solar_days(
    pattern: Daily | Weekly | NthWeekday | MonthDays | Yearly, first: date
) -> Iterator[datetime]:
    start = datetime.combine(first, time())
    match pattern:
        case Daily():
            return iter(rrule(DAILY, start))
        case Weekly(days):
            return _weekly_days(pattern, days, start)
        case NthWeekday(nth, weekday):
            return iter(rrule(MONTHLY, start, byweekday=weekdays[weekday](nth)))
        case MonthDays(days):
            return iter(rrule(MONTHLY, start, bymonthday=sorted(days)))
        case Yearly(day, month):
            return iter(rrule(YEARLY, start, bymonth=month, bymonthday=day))


def _weekly_days(pattern: Weekly, days: frozenset[int], first: datetime) -> Iterator[datetime]:
    """Counted from the week of `since`, so that asking later never changes which weeks count."""
    since = datetime.combine(pattern.since, time()) if pattern.since else first
    monday = since - timedelta(days=since.weekday())
    period = timedelta(days=WEEK * pattern.every)
    start = monday + max(first - monday, timedelta()) // period * period
    found = rrule(WEEKLY, start, interval=pattern.every, byweekday=sorted(days), wkst=MO)
    return found.xafter(max(first, since), inc=True)


def _lunar_days(pattern: LunarMonthly | LunarYearly, first: date) -> Iterator[date]:
    before = first - timedelta(days=1)
    while True:
        match pattern:
            case LunarMonthly(days):
                before = min(next_lunar(day, None, before) for day in days)
            case LunarYearly(day, month):
                before = next_lunar(day, month, before)
        yield before
