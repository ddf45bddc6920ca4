"""Which pattern repeats, from what was said of the day and of the repetition; None wherever the
two do not fit together ("thứ 7 hàng tháng": which one?).
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time
from types import MappingProxyType
from typing import Final

from domain.patterns import (
    WEEK,
    Daily,
    LunarMonthly,
    LunarYearly,
    MonthDays,
    NthWeekday,
    Pattern,
    Weekly,
    Yearly,
    shifted,
)
from domain.recurrence import Rule, next_after
from domain.spoken.hours import DAY, HOUR, HourSaid
from domain.spoken.sentence import Sentence
from domain.wall_clock import day_of

# What may be said together: "hàng tháng" with a day of the month, and so on.
_FITTING: Final[Mapping[str, tuple[type[Pattern], ...]]] = MappingProxyType(
    {
        "any": (Weekly, NthWeekday, MonthDays, LunarMonthly, Yearly, LunarYearly),
        "day": (Weekly,),
        "week": (Weekly,),
        "month": (NthWeekday, MonthDays, LunarMonthly),
        "year": (Yearly, LunarYearly),
    }
)
_SHORTEST_MONTH: Final = 28


def pattern_of(said: Sentence, today: date) -> Pattern | None:
    """The days that were said to repeat, counted from today where it is every n-th week."""
    unit = said.repeat.unit
    if said.differ or unit is None:
        return None
    if said.day is None:
        if unit not in {"any", "day"} or said.vague:
            return None
        return Weekly(frozenset(range(WEEK)) - said.excepted) if said.excepted else Daily()
    shape = said.day.shape
    if said.excepted or not isinstance(shape, _FITTING.get(unit, ())):
        return None
    if isinstance(shape, Weekly) and said.repeat.weeks > 1:
        return Weekly(shape.weekdays, said.repeat.weeks, today)
    return shape


def rule_of(pattern: Pattern, hour: HourSaid, until: date | None, now: datetime) -> Rule | None:
    """The pattern at its hour; None for an hour after midnight that would be another day's.

    Every n-th week is counted from the first occurrence after `now`.
    """
    minutes = hour.usual
    moved = shifted(pattern, minutes // DAY) if minutes >= DAY else pattern
    if moved is None:
        return None
    rule = Rule(moved, time(minutes % DAY // HOUR, minutes % HOUR), until)
    if isinstance(moved, Weekly) and moved.every > 1:
        first = next_after(replace(rule, pattern=replace(moved, every=1)), now)
        since = day_of(first) if first is not None else moved.since
        return replace(rule, pattern=replace(moved, since=since))
    return rule


def left_out(pattern: Pattern) -> tuple[str, ...]:
    """The catalogue keys that say which months or years have no such day."""
    match pattern:
        case MonthDays(days) if max(days) > _SHORTEST_MONTH:
            return ("times.assumed.short_months",)
        case LunarMonthly(days) if max(days) > _SHORTEST_MONTH + 1:
            return ("times.assumed.short_lunar_months",)
        case LunarYearly(day) if day > _SHORTEST_MONTH + 1:
            return ("times.assumed.short_lunar_months",)
        case Yearly(29, 2):
            return ("times.assumed.leap_years",)
        case _:
            return ()
