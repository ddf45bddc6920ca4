"""Reads days of the week: "thứ bảy", "t7", "thứ 2, 4, 6", "chủ nhật tuần sau", "thứ 7 đầu
tháng". The week begins on Monday, so that on a Sunday "thứ 2 tuần sau" is tomorrow.
"""

import re
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from domain.patterns import LAST, WEEK, NthWeekday, Weekly
from domain.recurrence import days_from
from domain.spoken.days import DaySaid, days_after, days_of, exactly, later_than
from domain.spoken.unread import Unread
from domain.spoken.words import NEXT, PART

NOT_AN_HOUR: Final = (
    rf"(?!\S)(?! (?:h|g|gio|ruoi|kem|p|ph|phut|am|pm|thang|tieng|tuan|lan|{PART})\b)"
)
MONTH: Final = (
    rf"(?P<each>moi |hang )?thang(?: (?P<month>nay|{NEXT}|(?:1[0-2]|[1-9]){NOT_AN_HOUR}))?"
)

_WEEK: Final = rf"(?: tuan (?P<week>nay|truoc|{NEXT})| (?P<near>nay|coming))?"
_RANGE: Final = re.compile(
    rf"\bthu ([2-8])(?:-| (?:den|-|toi|coming) (?:thu )?)([2-8]){NOT_AN_HOUR}"
)
_MORE: Final = rf"(?: ,| va| &)? (?:thu [2-8]|[2-7]{NOT_AN_HOUR})"
_LIST: Final = re.compile(
    rf"\b(?P<days>thu [2-8](?:/[2-8])*(?!\S)(?:{_MORE})*){_WEEK}(?P<toi>(?= toi\b))?"
)
_NTH: Final = tuple(
    re.compile(rf"\bthu (?P<day>[2-8]) {which}(?: cua| trong)* {MONTH}\b")
    for which in (
        "(?:tuan )?(?P<nth>dau|cuoi)(?: tien| cung)?",
        "(?:tuan |lan )?thu (?P<nth>[1-4])",
        "(?:tuan|lan) (?P<nth>[1-4])",
    )
)
_NTH_ALONE: Final = re.compile(r"\bthu (?P<day>[2-8]) (?P<nth>dau tien|cuoi cung)\b")
_EXCEPT: Final = re.compile(rf"\btru (?:ngay |cac )*(thu [2-8](?:{_MORE})*)")
_EDGES: Final = MappingProxyType({"dau": 1, "dau tien": 1, "cuoi": LAST, "cuoi cung": LAST})
_WEEKS: Final = MappingProxyType({"nay": 0, "truoc": -WEEK})


def read_nth_weekday(left: Unread, today: date) -> DaySaid | None:
    """The n-th or last such weekday of a month, and taken; None for none.

    Where no month is named it is what every month has: "thứ 7 đầu tháng".
    """
    for form in _NTH:
        if found := left.take(form):
            shape = _nth(found)
            if found["month"]:
                return _in_month(shape, found["month"], today)
            assumed = () if found["each"] else ("times.assumed.repeats",)
            return DaySaid(shape=shape, repeats=True, assumed=assumed)
    if found := left.take(_NTH_ALONE):
        return DaySaid(shape=_nth(found), repeats=True, assumed=("times.assumed.repeats",))
    return None


def read_weekdays(left: Unread, today: date) -> DaySaid | None:
    """One weekday or several, and taken; None for none. Several are said of every week."""
    if found := left.take(_RANGE):
        first, last = int(found[1]) - 2, int(found[2]) - 2
        days = frozenset(day % WEEK for day in range(first, last + 1 + WEEK * (last < first)))
        return _every_week(days)
    found = left.find(_LIST)
    if found is None:
        return None
    days = frozenset(int(number) - 2 for number in re.findall(r"\d", found["days"]))
    if len(days) > 1 and (found["week"] or found["near"]):
        return None
    left.cut(found)
    return _every_week(days) if len(days) > 1 else _one(min(days), found, today)


def read_except(left: Unread) -> frozenset[int]:
    """The weekdays that are left out ("trừ chủ nhật"), and taken."""
    found = left.take(_EXCEPT)
    numbers = re.findall(r"\d", found[1]) if found else []
    return frozenset(int(number) - 2 for number in numbers)


def month_named(said: str, today: date) -> tuple[int, int]:
    """The year and the month that "này", "sau" or a number names."""
    if said.isdecimal():
        month = int(said)
        return today.year + (month < today.month), month
    if said == "nay":
        return today.year, today.month
    following = today.replace(day=1) + timedelta(days=31)
    return following.year, following.month


def _one(weekday: int, found: re.Match[str], today: date) -> DaySaid:
    shape = Weekly(frozenset({weekday}))
    if week := found["week"]:
        first = _WEEKS.get(week, WEEK) + weekday - today.weekday()
        following = days_after(today, first % WEEK or WEEK, WEEK)
        return exactly(today + timedelta(days=first), following, shape)
    said = days_of(shape, today + timedelta(days=found["near"] == "coming"))
    # "Thu 7 toi 8h": tối, or tới? The Saturday is the same one.
    assumed = ("times.assumed.evening",) if found["toi"] is not None else ()
    return replace(said, assumed=assumed)


def _every_week(days: frozenset[int]) -> DaySaid:
    return DaySaid(shape=Weekly(days), repeats=True, assumed=("times.assumed.repeats",))


def _nth(found: re.Match[str]) -> NthWeekday:
    nth = found["nth"]
    return NthWeekday(_EDGES[nth] if nth in _EDGES else int(nth), int(found["day"]) - 2)


def _in_month(shape: NthWeekday, said: str, today: date) -> DaySaid:
    year, month = month_named(said, today)
    on = next(days_from(shape, date(year, month, 1)))
    return exactly(on, later_than(on, days_from(shape, today)), shape)
