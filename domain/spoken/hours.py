"""Reads the hour out of a typed time: "8 rưỡi tối", "9 giờ kém 15", "20h30", "12h đêm", "7pm".

An hour up to eleven without a part of the day has two meanings; both are handed on, and the
day decides (domain/spoken_time.py).
"""

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from domain.spoken.unread import Unread
from domain.spoken.words import PART

HOUR: Final = 60
DAY: Final = 24 * HOUR
_HALF_DAY: Final = 12
_EARLY: Final = 5

_NAMES: Final = MappingProxyType({"toi": "evening", "khuya": "dem"})
_PART_WORD: Final = re.compile(rf"\b({PART})\b")
# "Báo cho tôi" typed without accents is nobody's evening.
_ME: Final = re.compile(r"\b(?:cho|bao|nhac|nhan|giup|cua) toi\b")

# What an hour means in each part of the day; 24 is the midnight at the end of it.
_MEANT: Final = MappingProxyType(
    {
        "sang": {hour: hour for hour in range(12)},
        "trua": {10: 10, 11: 11, 12: 12, 13: 13, 14: 14, 1: 13, 2: 14},
        "chieu": {hour: hour for hour in range(12, 20)}
        | {hour: hour + 12 for hour in range(1, 8)},
        "evening": {hour: hour for hour in range(17, 25)}
        | {hour: hour + 12 for hour in range(5, 13)}
        | {0: 24},
        "dem": {hour: hour for hour in (1, 2, 3, 4, 5, *range(18, 25))}
        | {hour: hour + 12 for hour in range(7, 13)}
        | {0: 24},
        "am": {hour: hour for hour in range(12)} | {12: 0},
        "pm": {hour: hour for hour in range(12, 24)} | {hour: hour + 12 for hour in range(1, 12)},
    }
)

_H: Final = "(?:h|g|gio)"
_P: Final = "(?:p|ph|phut)"
_HALF: Final = r"(?: (?P<half>am|pm)\b)?"
_NOT_A_DATE: Final = r"(?! (?:thang|lunar|am lich|al|tet|hang|moi|tuan)\b)"
_FORMS: Final = tuple(
    re.compile(form)
    for form in (
        rf"\b(?P<hour>\d{{1,2}})(?: {_H})? kem (?P<less>\d{{1,2}})\b(?: {_P}\b)?",
        rf"\b(?P<hour>\d{{1,2}})(?: {_H})? (?P<ruoi>ruoi)\b",
        rf"\b(?P<hour>\d{{1,2}}):(?P<minute>[0-5]\d)(?::[0-5]\d)?(?: {_H}\b)?{_HALF}",
        rf"\b(?P<hour>\d{{1,2}}) {_H} (?P<minute>\d{{1,2}}) {_P}\b",
        rf"\b(?P<hour>\d{{1,2}}) {_H} (?P<minute>[0-5]\d)(?!\S){_NOT_A_DATE}{_HALF}",
        rf"\b(?P<hour>\d{{1,2}}) {_H}\b{_HALF}",
        r"\b(?P<hour>\d{1,2})\.(?P<minute>[0-5]\d)(?!\S)",
        r"\b(?P<hour>\d{1,2}) (?P<half>am|pm)\b",
        r"\bluc (?P<hour>\d{1,2})(?!\S)",
    )
)
_LONE_NUMBER: Final = re.compile(r"(?<!\S)(?P<hour>\d{1,2})(?!\S)")


@dataclass(frozen=True, slots=True)
class HourSaid:
    """What an hour may mean, in minutes after the midnight at which the day begins (DAY and
    more: the small hours after it). `night` is an hour after midnight that was called night."""

    options: tuple[int, ...]
    night: bool = False

    @property
    def usual(self) -> int:
        """What is meant on a day that is not today: nobody announces at two in the night."""
        early = len(self.options) > 1 and self.options[0] < _EARLY * HOUR
        return self.options[1 if early else 0]


def read_part(left: Unread) -> str | None:
    """The part of the day that was named, "" for none; None where two contradict."""
    left.take(_ME)
    parts = set()
    while found := left.take(_PART_WORD):
        parts.add(_NAMES.get(found[1], found[1]))
    return None if len(parts) > 1 else "".join(parts)


def read_hour(left: Unread, part: str) -> HourSaid | None:
    """The hour that was named, and taken; None for none, or one that the day has not."""
    for form in _FORMS if not part else (*_FORMS, _LONE_NUMBER):
        found = left.find(form)
        said = _hour_of(found, part) if found else None
        if found and said:
            left.cut(found)
            return said
    return None


def _hour_of(found: re.Match[str], part: str) -> HourSaid | None:
    named = found.groupdict()
    hour, minutes = int(named["hour"]), _minutes(named)
    options = _meant(hour, named.get("half") or part, named["hour"].startswith("0"))
    if minutes >= HOUR or (24 in options and hour == 24 and minutes > 0):
        return None
    meant = tuple(option * HOUR + minutes for option in options if option * HOUR + minutes >= 0)
    night = part == "dem" and bool(meant) and meant[0] < _EARLY * HOUR + HOUR
    return HourSaid(meant, night) if meant else None


def _minutes(named: dict[str, str | None]) -> int:
    if named.get("ruoi"):
        return 30
    less = int(named.get("less") or 0)
    return -less if 0 < less < HOUR else int(named.get("minute") or less)


def _meant(hour: int, part: str, clear: bool) -> tuple[int, ...]:
    """The hours of the day that this may be; a leading zero says the 24-hour clock."""
    if part:
        meant = _MEANT[part].get(hour)
        return () if meant is None else (meant,)
    if 0 < hour < _HALF_DAY and not clear:
        return hour, hour + _HALF_DAY
    return (hour,) if hour <= 24 else ()
