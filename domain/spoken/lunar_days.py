"""Lunar days as people name them, found in the solar calendar: "rằm tháng Giêng", "mùng 2 Tết",
"giao thừa", and the feasts that everybody knows by their names.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Final

from domain.lunar import (
    LAST_DAY,
    last_of_lunar_year,
    lunar_of,
    next_lunar,
    solar_of,
)
from domain.patterns import LunarMonthly, LunarYearly, Yearly
from domain.recurrence import days_from
from domain.spoken.days import DaySaid, days_of, exactly
from domain.spoken.unread import Unread

_JUST_PASSED: Final = timedelta(days=30)
_TET_ENDS: Final = 15
_CHAP: Final = 12
# A leap month of one name comes again within two or three Metonic cycles of 19 years.
_LEAP_WITHIN: Final = 60
_DAY_OF_TET: Final = re.compile(r"\b(?:ngay |mung )*(\d{1,2}) tet\b(?! trung)")
_EVE: Final = re.compile(r"\bgiao thua\b")
_FEASTS: Final = tuple(
    (re.compile(rf"\b(?:{name})\b(?: (?:nay|coming|sap coming|sap toi)\b)?"), feast)
    for name, feast in (
        ("(?:tet )?trung thu", LunarYearly(15, 8)),
        ("(?:le )?vu lan", LunarYearly(15, 7)),
        ("gio to(?: hung vuong)?", LunarYearly(10, 3)),
        ("(?:ong cong )?ong tao", LunarYearly(23, _CHAP)),
        ("(?:ngay )?(?:le )?giang sinh|noel", Yearly(25, 12)),
        ("quoc khanh", Yearly(2, 9)),
        ("tet solar|tet duong|tet tay|new nam", Yearly(1, 1)),
        ("tet(?: nguyen dan| lunar| ta| am)?", LunarYearly(1, 1)),
    )
)


@dataclass(frozen=True, slots=True)
class LunarSaid:
    """A lunar day as it was named; no month means any ("rằm"), `in_month` "nay" or another
    word for the next one."""

    days: frozenset[int]
    month: int | None = None
    year: int | None = None
    leap: bool = False
    in_month: str | None = None
    assumed: tuple[str, ...] = ()


def lunar_day(said: LunarSaid, today: date) -> DaySaid | None:
    """The days of this lunar name; None where the calendar has none."""
    try:
        if said.month is None:
            return _any_month(said, today)
        if said.year is not None or said.leap:
            return _of_year(said, said.month, today)
        shape = LunarYearly(min(said.days), said.month)
    except ValueError:
        return None
    if (shape.day, shape.month) == (30, _CHAP):
        return _new_years_eve(today)
    named = days_of(shape, today - _JUST_PASSED)
    return DaySaid(named.dates, named.dates[0] <= today, shape=shape, assumed=said.assumed)


def read_feast(left: Unread, today: date) -> DaySaid | None:
    """A feast by its name, and taken; None for none.

    "Mùng 2 Tết" is in the first month, "28 Tết" in the last.
    """
    if found := left.take(_DAY_OF_TET):
        day = int(found[1])
        month = 1 if day <= _TET_ENDS else _CHAP
        return lunar_day(LunarSaid(frozenset({day}), month), today)
    if left.take(_EVE):
        return _new_years_eve(today)
    for name, shape in _FEASTS:
        if left.take(name):
            return days_of(shape, today)
    return None


def _new_years_eve(today: date) -> DaySaid:
    """ "30 Tết" is said of the year's last day even in the years that end on the 29th."""
    year = lunar_of(today).year
    eve, *following = [last_of_lunar_year(year + ahead) for ahead in range(4)]
    short = lunar_of(eve).day < 30
    assumed = ("times.assumed.short_chap",) if short else ()
    return DaySaid((eve, *following), assumed=assumed)


def _any_month(said: LunarSaid, today: date) -> DaySaid | None:
    shape = LunarMonthly(said.days)
    many = len(said.days) > 1
    if said.in_month is None:
        assumed = (*said.assumed, *(("times.assumed.repeats",) if many else ()))
        return DaySaid(days_of(shape, today).dates, shape=shape, repeats=many, assumed=assumed)
    first = today - timedelta(days=lunar_of(today).day - 1)
    if said.in_month != "nay":
        first = next_lunar(1, None, today)
    on = next(days_from(shape, first))
    if many or on >= next_lunar(1, None, first):
        return None
    following = (day for day in days_from(shape, today) if day > on)
    return DaySaid(exactly(on, following, shape).dates, True, assumed=said.assumed)


def _of_year(said: LunarSaid, month: int, today: date) -> DaySaid | None:
    """In the year that was named; a leap month without a year in the next that has it."""
    first = lunar_of(today - _JUST_PASSED).year
    years = [said.year] if said.year else range(first, min(first + _LEAP_WITHIN, LAST_DAY.year))
    found = (solar_of(min(said.days), month, year, said.leap) for year in years)
    dates = tuple(islice((on for on in found if on and (said.year or on >= today)), 2))
    if not dates:
        return None
    if said.leap:
        return DaySaid(dates, fixed=True, assumed=said.assumed)
    shape = LunarYearly(min(said.days), month)
    following = (day for day in days_from(shape, today) if day > dates[0])
    return DaySaid(exactly(dates[0], following).dates, True, shape=shape, assumed=said.assumed)
