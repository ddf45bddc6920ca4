"""The Vietnamese lunar calendar (UTC+7): rằm, mùng một, Tết, leap months.

The only place that knows the library behind it. Its tables hold the calendar as it was
published from 25/01/1800 to 31/12/2199; outside them nothing is guessed.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import Final

from vnlunar.core import get_lunar_date, get_solar_date

FULL_MOON: Final = 15
LONGEST_MONTH: Final = 30
MONTHS: Final = 12
FIRST_DAY: Final = date(1800, 1, 25)
LAST_DAY: Final = date(2199, 12, 31)

_SHORT_MONTH: Final = timedelta(days=29)
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class LunarDate:
    """A day of the lunar calendar; `year` is named by the solar year in which its Tết falls."""

    day: int
    month: int
    year: int
    leap: bool = False


def lunar_of(on: date) -> LunarDate:
    """The lunar name of a day. Raises ValueError outside FIRST_DAY to LAST_DAY."""
    if not FIRST_DAY <= on <= LAST_DAY:
        raise ValueError(f"no lunar table for {on}")
    found = get_lunar_date(on.day, on.month, on.year)
    return LunarDate(found["day"], found["month"], found["year"], bool(found["leap"]))


def solar_of(day: int, month: int, year: int, leap: bool = False) -> date | None:
    """The day with this lunar name; None where there is none (the 30th of a short month, a
    leap month that the year has not, a year outside the tables)."""
    if not FIRST_DAY.year <= year <= LAST_DAY.year:
        return None
    found = get_solar_date(day, month, year, int(leap))
    return date(found["year"], found["month"], found["day"]) if found else None


def next_lunar(day: int, month: int | None, after: date) -> date:
    """The first day after `after` that has this lunar name; `month` None means any month.

    A leap month: what is kept every month (rằm, mùng một) is kept in the leap month too, as
    people do; what is kept once a year only in the regular month. The 30th is left out where
    the month has 29 days, never moved. Raises ValueError for a name that no month has, and
    where the tables end.
    """
    if not 1 <= day <= LONGEST_MONTH or (month is not None and not 1 <= month <= MONTHS):
        raise ValueError(f"no lunar day {day}/{month}")
    return _next_in_any_month(day, after) if month is None else _next_in(day, month, after)


def last_of_lunar_year(year: int) -> date:
    """The day of giao thừa: the 29th or 30th of tháng Chạp, the day before Tết.

    Raises ValueError where the tables end.
    """
    tet = solar_of(1, 1, year + 1)
    if tet is None:
        raise ValueError(f"no lunar table for the year after {year}")
    return tet - _DAY


def _next_in_any_month(day: int, after: date) -> date:
    first = after + _DAY
    start = first - timedelta(days=lunar_of(first).day - 1)
    while True:
        following = start + _SHORT_MONTH
        if lunar_of(following).day != 1:
            following += _DAY
        found = start + timedelta(days=day - 1)
        if after < found < following:
            return found
        start = following


def _next_in(day: int, month: int, after: date) -> date:
    for year in count(lunar_of(after).year):
        if year > LAST_DAY.year:
            break
        found = solar_of(day, month, year)
        if found is not None and found > after:
            return found
    raise ValueError(f"no lunar {day}/{month} after {after} in the tables")
