"""Reads days of a calendar: "25/12", "ngày 5", "mùng 3", "rằm tháng 7", always day before month.
A lunar word ("âm", "rằm", "mùng", "Chạp") means the lunar calendar.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from domain.patterns import MonthDays, Yearly
from domain.recurrence import days_from
from domain.spoken.days import DaySaid, days_of, exactly, later_than
from domain.spoken.lunar_days import LunarSaid, lunar_day
from domain.spoken.unread import Unread
from domain.spoken.weekdays import NOT_AN_HOUR, month_named
from domain.spoken.words import GAP, NEXT

# A day that passed so lately was hardly meant for next year: it is called past.
_JUST_PASSED: Final = timedelta(days=30)
_YEARS: Final = range(1900, 2199)
_CENTURY: Final = 2000

_WORD: Final = "(?:(?P<before>lunar) )?(?P<word>(?:(?:ngay|mung) )*)"
_AL: Final = "(?: (?P<lunar>lunar))?"
_FORMS: Final = tuple(
    re.compile(form)
    for form in (
        r"(?<!\S)(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?!\S)",
        rf"\b{_WORD}(?P<day>\d{{1,2}})[/.-](?P<month>\d{{1,2}})(?:[/.-](?P<year>\d{{4}}|\d\d))?"
        rf"(?!\S)(?P<leap> nhuan)?{_AL}(?! (?:h|g|gio)\b)",
        rf"\b{_WORD}(?P<day>\d{{1,2}}|ram) thang (?P<month>\d{{1,2}}|gieng|chap)"
        rf"(?!\d)(?:(?:/| nam )(?P<year>\d{{4}}))?(?!\S)(?P<leap> nhuan)?{_AL}(?! lan\b)",
    )
)
_ONE: Final = r"(?:(?:ngay |mung )+\d{1,2}|(?:ngay )?ram)(?!\S)"
_MORE: Final = rf"(?: ,| va| &)? {_ONE}|(?: ,| va| &) \d{{1,2}}{NOT_AN_HOUR}"
_DAYS: Final = re.compile(
    rf"\b(?:(?P<before>lunar) )?(?P<days>{_ONE}(?:{_MORE})*)"
    rf"(?: thang (?P<month>nay|{NEXT}))?{_AL}"
)
_YEAR: Final = re.compile(
    rf"(?<!\S)(?:nam )?(?P<year>2[01]\d\d)(?!\S)|\bnam (?P<said>nay|{NEXT})\b"
)
# "Rằm này", "25/12 tới": it is the next one anyway.
_SOON: Final = re.compile(rf"(?<={GAP}) (?:nay|coming|sap coming|sap toi)\b")
_MONTHS: Final = MappingProxyType({"gieng": 1, "chap": 12})
_LUNAR: Final = re.compile(r"\blunar\b")
# "25/9/2026 (15/8 âm lịch)": the mark belongs to the date beside it, or else to all.
_BESIDE: Final = re.compile(r"(?:\d|gieng|chap|nhuan|ram) lunar\b|\blunar (?:(?:ngay|mung) )*\d")
_SOLAR: Final = re.compile(r"\bsolar\b")
# "Mùng 8 tháng 3" and these others are solar holidays in everybody's mouth.
_SOLAR_MUNG: Final = frozenset({(8, 3), (1, 5), (1, 6), (2, 9)})


@dataclass(frozen=True, slots=True)
class _Named:
    """What one form says, before the calendar is decided."""

    day: int
    month: int
    year: int | None
    leap: bool
    mung: bool
    lunar: bool


def read_date(left: Unread, today: date, *, lunar: bool = False) -> DaySaid | None:
    """A day of a calendar, and taken; None for none, or for one that no calendar has.

    `lunar`: something else has said already that the lunar calendar is meant.
    """
    lunar = lunar or (not left.find(_BESIDE) and left.take(_LUNAR) is not None)
    solar = left.take(_SOLAR) is not None
    for form in _FORMS:
        if found := left.find(form):
            year = None if found["year"] else left.find(_YEAR)
            said = _dated(_named(found, year, today, lunar), solar, today)
            if said is not None:
                left.cut(found)
                if year is not None:
                    left.take(_YEAR)
                left.take(_SOON)
            return said
    return _days_of_month(left, lunar, solar, today)


def _named(found: re.Match[str], year: re.Match[str] | None, today: date, lunar: bool) -> _Named:
    parts = found.groupdict()
    day, month = parts["day"], parts["month"]
    sure = lunar or day == "ram" or month in _MONTHS or _is_lunar(parts)
    return _Named(
        15 if day == "ram" else int(day),
        _MONTHS.get(month) or int(month),
        _year(parts["year"], year, today),
        bool(parts.get("leap")),
        "mung" in (parts.get("word") or ""),
        sure,
    )


def _is_lunar(parts: dict[str, str | None]) -> bool:
    return any(parts.get(name) for name in ("leap", "lunar", "before"))


def _year(within: str | None, beside: re.Match[str] | None, today: date) -> int | None:
    if within:
        return int(within) + (_CENTURY if len(within) == 2 else 0)
    if beside is None:
        return None
    if beside["year"]:
        return int(beside["year"])
    return None if beside["said"] == "nay" else today.year + 1


def _dated(said: _Named, solar: bool, today: date) -> DaySaid | None:
    by_mung = said.mung and not said.lunar
    if by_mung and (said.day, said.month) in _SOLAR_MUNG:
        return _solar(said, today, ("times.assumed.solar",))
    if solar or not (said.lunar or said.mung):
        return _solar(said, today, ())
    assumed = ("times.assumed.lunar",) if by_mung else ()
    name = LunarSaid(frozenset({said.day}), said.month, said.year, said.leap, assumed=assumed)
    return lunar_day(name, today)


def _solar(said: _Named, today: date, assumed: tuple[str, ...]) -> DaySaid | None:
    try:
        shape = Yearly(said.day, said.month)
        if said.year is not None:
            if said.year not in _YEARS:
                return None
            on = date(said.year, said.month, said.day)
            named = exactly(on, later_than(on, days_from(shape, today)), shape)
        else:
            named = days_of(shape, today - _JUST_PASSED)
    except ValueError:
        return None
    begun = named.dates[0] <= today
    return DaySaid(named.dates, named.fixed or begun, shape=shape, assumed=assumed)


def _days_of_month(left: Unread, lunar: bool, solar: bool, today: date) -> DaySaid | None:
    found = left.find(_DAYS)
    if found is None:
        return None
    lunar = lunar or _is_lunar(found.groupdict())
    numbers = re.findall(r"\d{1,2}|ram", found["days"])
    days = frozenset(15 if number == "ram" else int(number) for number in numbers)
    if not solar and (lunar or "ram" in numbers or "mung" in found["days"]):
        unsure = not lunar and "ram" not in numbers and days != {1}
        assumed = ("times.assumed.lunar",) if unsure else ()
        said = lunar_day(LunarSaid(days, in_month=found["month"], assumed=assumed), today)
    else:
        said = _solar_days(days, found["month"], today)
    if said is not None:
        left.cut(found)
        left.take(_SOON)
    return said


def _solar_days(days: frozenset[int], month: str | None, today: date) -> DaySaid | None:
    if not days <= set(range(1, 32)):
        return None
    shape = MonthDays(days)
    if month is None:
        many = len(days) > 1
        assumed = ("times.assumed.repeats",) if many else ()
        return DaySaid(days_of(shape, today).dates, shape=shape, repeats=many, assumed=assumed)
    first = date(*month_named(month, today), 1)
    on = next(days_from(shape, first))
    if len(days) > 1 or on.month != first.month:
        return None
    return exactly(on, later_than(on, days_from(shape, today)), shape)
