"""Reads that something repeats: "hàng ngày", "mỗi thứ 7", "2 tuần một lần", "hàng tháng", and
until when ("đến hết tháng 12").
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from domain.spoken.unread import Unread
from domain.spoken.weekdays import month_named
from domain.spoken.words import NEXT, PART

_MOST_WEEKS: Final = 52

_EVERY_N_WEEKS: Final = re.compile(
    r"\b(?:(?:moi |cu )?(\d{1,2}) tuan (?:1 )?lan|(?:moi|cu) (\d{1,2}) tuan)\b"
)
_EVERY_OTHER: Final = re.compile(r"\bcach (?:1 )?tuan\b")
_UNITS: Final = tuple(
    (re.compile(rf"\b(?:{said})\b(?: 1 lan\b)?"), unit)
    for said, unit in (
        (r"(?:hang|moi) ngay(?! \d{1,2} (?:hang|moi|thang)\b)|ngay nao cung", "day"),
        ("(?:hang|moi) tuan|tuan nao cung", "week"),
        ("(?:hang|moi) thang|thang nao cung", "month"),
        ("(?:hang|moi) nam|nam nao cung", "year"),
        (rf"(?:hang|moi|cac)(?= (?:{PART}|thu|ngay|mung|ram|cuoi|dau)\b)|nao cung", "any"),
    )
)  # fmt: skip
_UNTIL_DATE: Final = re.compile(
    r"\b(?:den|toi|coming)(?: het)?(?: ngay)? "
    r"(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d{2}))?(?!\S)"
)
_UNTIL_MONTH: Final = re.compile(
    rf"\b(?:den|toi|coming) het thang (nay|{NEXT}|1[0-2]|[1-9])(?!\S)"
)
_UNTIL_YEAR: Final = re.compile(r"\b(?:den|toi|coming) het nam(?: (nay|\d{4}))?\b")


@dataclass(frozen=True, slots=True)
class RepeatSaid:
    """That something repeats: the units that were named ("any": "mỗi thứ 7") and how many
    weeks apart."""

    units: frozenset[str] = frozenset()
    weeks: int = 1

    def __bool__(self) -> bool:
        return bool(self.units)

    @property
    def unit(self) -> str | None:
        """The one unit; None where several contradict."""
        named = self.units - {"any"}
        return None if len(named) > 1 else min(named, default="any")


def read_repeat(left: Unread) -> RepeatSaid:
    """That it repeats, and taken; nothing named means once."""
    units, weeks = set(), 1
    if found := left.take(_EVERY_N_WEEKS):
        weeks = int(found[1] or found[2])
        units.add("week" if 1 <= weeks <= _MOST_WEEKS else "never")
    if left.take(_EVERY_OTHER):
        weeks = 2
        units.add("week")
    for pattern, unit in _UNITS:
        while left.take(pattern):
            units.add(unit)
    return RepeatSaid(frozenset(units), weeks)


def read_until(left: Unread, today: date) -> date | None:
    """The last day that counts, and taken; None for none. Without a year: the next to come."""
    if found := left.find(_UNTIL_DATE):
        until = _coming(int(found[1]), int(found[2]), found[3], today)
        if until is not None:
            left.cut(found)
        return until
    if found := left.take(_UNTIL_MONTH):
        year, month = month_named(found[1], today)
        return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    if found := left.take(_UNTIL_YEAR):
        year = int(found[1]) if found[1] and found[1].isdecimal() else today.year
        return date(year, 12, 31) if year >= today.year else None
    return None


def _coming(day: int, month: int, year: str | None, today: date) -> date | None:
    try:
        if year:
            return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
        on = date(today.year, month, day)
        return on if on >= today else date(today.year + 1, month, day)
    except ValueError:
        return None
