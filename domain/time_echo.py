"""Says a time back in full, in both calendars, so that a misunderstanding is seen before it is
sent: "19:00 thứ Bảy 20/02/2027, rằm tháng Giêng". The words are in locales/*/times.po.
"""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Final

from domain.lunar import FULL_MOON, LAST_DAY, MONTHS, lunar_of
from domain.notices import Moment, Param, Text
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
from domain.spoken_time import Spoken
from domain.wall_clock import day_of, instant_of

_NOON: Final = time(12)
_TET_DAYS: Final = 3
# More days than these are read by nobody.
_SKIPS_NAMED: Final = 5


def echo(spoken: Spoken) -> Text:
    """All that was understood, or what is missing, with what was taken for granted below."""
    said = _said(spoken)
    if not spoken.assumed:
        return said
    notes = tuple(Text(key) for key in dict.fromkeys(spoken.assumed))
    return Text("times.with_notes", {"said": said, "notes": notes})


def say_instant(at: datetime) -> Text:
    """An instant with its weekday and its day in both calendars."""
    return Text("times.full", {"time": Moment(at, "time"), "day": say_day(day_of(at))})


def say_day(on: date) -> Text:
    """A day with its weekday, in both calendars."""
    parts: dict[str, Param] = {"weekday": _weekday(on.weekday()), "date": _date(on)}
    if on > LAST_DAY:
        return Text("times.solar_day", parts)
    lunar = lunar_of(on)
    return Text("times.day", parts | {"lunar": _lunar(lunar.day, lunar.month, lunar.leap)})


def say_rule(rule: Rule) -> Text:
    """A rule with its hour, its end and its exceptions."""
    if isinstance(rule.pattern, Once):
        return say_instant(instant_of(rule.pattern.on, rule.at))
    said = Text("times.rule.at", {"time": _hour(rule.at), "days": say_pattern(rule.pattern)})
    if rule.skips:
        said = _with_skips(said, sorted(rule.skips))
    if rule.until is not None:
        said = Text("times.rule.until", {"rule": said, "date": _date(rule.until)})
    return said


def say_pattern(pattern: Pattern) -> Text:
    """Which days: "thứ Bảy hằng tuần"."""
    match pattern:
        case Once(on):
            return say_day(on)
        case Daily():
            return Text("times.rule.daily")
        case Weekly():
            return _weekly(pattern)
        case NthWeekday(nth, weekday):
            which = Text(f"times.nth.{_number(nth)}")
            return Text("times.rule.nth", {"weekday": _weekday(weekday), "nth": which})
        case MonthDays(days):
            named = (Text(f"times.day_of_month.{_number(day)}") for day in _last_at_end(days))
            return Text("times.rule.month", {"days": _list(named)})
        case LunarMonthly(days):
            named = (Text(f"times.lunar.day.{day}") for day in sorted(days))
            return Text("times.rule.lunar_month", {"days": _list(named)})
        case Yearly(day, month):
            return Text("times.rule.year", {"date": f"{day:02}/{month:02}"})
        case LunarYearly(day, month):
            return Text("times.rule.lunar_year", {"day": _lunar(day, month, leap=False)})


def _said(spoken: Spoken) -> Text:
    if spoken.past:
        return _past(spoken)
    if spoken.at is not None:
        return say_instant(spoken.at)
    if spoken.rule is not None:
        return say_rule(spoken.rule)
    if spoken.on is not None:
        return Text("times.ask.hour_of", {"days": say_day(spoken.on)})
    if spoken.pattern is not None:
        return Text("times.ask.hour_of", {"days": say_pattern(spoken.pattern)})
    if spoken.hour is not None:
        return Text("times.ask.date_at", {"time": _hour(spoken.hour)})
    return Text(f"times.ask.{spoken.missing or 'again'}")


def _past(spoken: Spoken) -> Text:
    if spoken.rule is not None:
        return Text("times.past", {"when": say_rule(spoken.rule)})
    if spoken.at is None:
        return Text("times.past", {"when": say_day(spoken.on)} if spoken.on else {})
    if spoken.suggestion is None:
        return Text("times.past", {"when": say_instant(spoken.at)})
    suggestion = say_instant(spoken.suggestion)
    return Text("times.past_so", {"when": say_instant(spoken.at), "suggestion": suggestion})


def _weekly(pattern: Weekly) -> Text:
    days = _list(_weekday(day) for day in sorted(pattern.weekdays))
    if pattern.every == 1 or pattern.since is None:
        return Text("times.rule.weekly", {"weekdays": days})
    since = _date(pattern.since)
    weeks: dict[str, Param] = {"weekdays": days, "weeks": pattern.every, "since": since}
    return Text("times.rule.weeks", weeks)


def _with_skips(said: Text, days: list[date]) -> Text:
    if len(days) > _SKIPS_NAMED:
        return Text("times.rule.without_some", {"rule": said, "number": len(days)})
    named = (Text("times.date", {"date": _date(day)}) for day in days)
    return Text("times.rule.without", {"rule": said, "days": _list(named)})


def _lunar(day: int, month: int, leap: bool) -> Text:
    """The lunar name; "âm lịch" is said only where the name could be a solar one."""
    name = Text(f"times.lunar.day.{day}")
    if month == 1 and day <= _TET_DAYS:
        return Text("times.lunar.tet", {"day": name})
    said = Text(f"times.lunar.month.{month}")
    if leap:
        said = Text("times.lunar.leap", {"month": said})
    sure = day == FULL_MOON or month in {1, MONTHS}
    return Text(f"times.lunar.{'sure' if sure else 'said'}", {"day": name, "month": said})


def _list(several: Iterable[Text]) -> Text:
    """ "a, b và c"."""
    *first, last = several
    if not first:
        return last
    said = first[0]
    for each in first[1:]:
        said = Text("times.list.comma", {"first": said, "next": each})
    return Text("times.list.and", {"first": said, "last": last})


def _weekday(day: int) -> Text:
    return Text(f"times.weekday.{day}")


def _date(on: date) -> Moment:
    return Moment(instant_of(on, _NOON), "date")


def _hour(at: time) -> str:
    return f"{at:%H:%M}"


def _number(of: int) -> str:
    return "last" if of == LAST else str(of)


def _last_at_end(days: Iterable[int]) -> list[int]:
    return sorted(days, key=lambda day: (day == LAST, day))
