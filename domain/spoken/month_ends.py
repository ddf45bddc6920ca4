"""Reads the ends of a month ("cuối tháng", "ngày cuối tháng", "đầu tháng sau"), and the bare
number that is one of its days ("15 hàng tháng").
"""

import re
from datetime import date
from typing import Final

from domain.patterns import LAST, MonthDays
from domain.recurrence import days_from
from domain.spoken.days import DaySaid, days_of, exactly, later_than
from domain.spoken.unread import Unread
from domain.spoken.weekdays import MONTH, NOT_AN_HOUR, month_named

_LONE: Final = re.compile(rf"(?<!\S)(?<!luc )(\d{{1,2}}){NOT_AN_HOUR}")
_EDGE: Final = re.compile(
    rf"\b(?P<day>ngay )?(?P<edge>cuoi|dau)(?: cung| tien)?(?: cua)? {MONTH}(?! (?:gieng|chap))"
)


def read_lone_day(left: Unread, today: date) -> DaySaid | None:
    """A bare number that stands for a day where a month's repetition was named already
    ("15 hàng tháng"), and taken; None for none."""
    found = left.find(_LONE)
    if found is None or not 1 <= int(found[1]) <= 31:
        return None
    left.cut(found)
    return days_of(MonthDays(frozenset({int(found[1])})), today)


def read_edge_of_month(left: Unread, today: date) -> DaySaid | None:
    """The first or the last day of a month, and taken; None for none.

    "Cuối tháng" is once, "ngày cuối tháng" what every month has.
    """
    found = left.take(_EDGE)
    if found is None:
        return None
    shape = MonthDays(frozenset({LAST if found["edge"] == "cuoi" else 1}))
    if said := found["month"]:
        year, month = month_named(said, today)
        on = next(days_from(shape, date(year, month, 1)))
        return exactly(on, later_than(on, days_from(shape, today)), shape)
    if found["each"]:
        return DaySaid(shape=shape, repeats=True)
    if found["day"]:
        return DaySaid(shape=shape, repeats=True, assumed=("times.assumed.repeats",))
    return days_of(shape, today)
