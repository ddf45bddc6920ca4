"""How something repeats, as values: which days, without an hour. They are stored as JSON, so
every field is a number, a day or a set of numbers.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from domain.lunar import LONGEST_MONTH, MONTHS

LAST: Final = -1
WEEK: Final = 7

# The longest that each month can be; February has its 29th in some years.
_LONGEST: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True)
class Once:
    """One day only."""

    on: date


@dataclass(frozen=True, slots=True)
class Daily:
    """Every day."""


@dataclass(frozen=True, slots=True)
class Weekly:
    """These weekdays (0 is Monday) of every week, or of every n-th week.

    For `every` above 1, `since` is a day of the first week that counts; no day before it does.
    """

    weekdays: frozenset[int]
    every: int = 1
    since: date | None = None

    def __post_init__(self) -> None:
        _require(bool(self.weekdays) and self.weekdays <= set(range(WEEK)), self)
        _require(self.every >= 1 and (self.every == 1 or self.since is not None), self)


@dataclass(frozen=True, slots=True)
class NthWeekday:
    """The first to fourth, or the last (LAST), such weekday (0 is Monday) of every month."""

    nth: int
    weekday: int

    def __post_init__(self) -> None:
        _require(self.nth in {1, 2, 3, 4, LAST} and 0 <= self.weekday < WEEK, self)


@dataclass(frozen=True, slots=True)
class MonthDays:
    """These days of every month; LAST is its last day. A month without the 31st (30th, 29th)
    is left out, never moved: who wants every month's end says the last day."""

    days: frozenset[int]

    def __post_init__(self) -> None:
        _require(bool(self.days) and self.days <= {LAST, *range(1, 32)}, self)


@dataclass(frozen=True, slots=True)
class Yearly:
    """One day of the solar year; 29/02 only in the years that have it."""

    day: int
    month: int

    def __post_init__(self) -> None:
        _require(1 <= self.month <= MONTHS and 1 <= self.day <= _LONGEST[self.month - 1], self)


@dataclass(frozen=True, slots=True)
class LunarMonthly:
    """These days of every lunar month, leap months too; the 30th only where there is one. A
    last day of the lunar month is not offered: nobody keeps one."""

    days: frozenset[int]

    def __post_init__(self) -> None:
        _require(bool(self.days) and self.days <= set(range(1, LONGEST_MONTH + 1)), self)


@dataclass(frozen=True, slots=True)
class LunarYearly:
    """One day of the lunar year, in the regular month and not in the leap one."""

    day: int
    month: int

    def __post_init__(self) -> None:
        _require(1 <= self.month <= MONTHS and 1 <= self.day <= LONGEST_MONTH, self)


Pattern = Once | Daily | Weekly | NthWeekday | MonthDays | Yearly | LunarMonthly | LunarYearly

_KINDS: Final[Mapping[str, type[Pattern]]] = MappingProxyType(
    {
        "once": Once,
        "daily": Daily,
        "weekly": Weekly,
        "nth_weekday": NthWeekday,
        "month_days": MonthDays,
        "yearly": Yearly,
        "lunar_monthly": LunarMonthly,
        "lunar_yearly": LunarYearly,
    }
)
_NAMES: Final = {kind: name for name, kind in _KINDS.items()}


def pattern_to_json(pattern: Pattern) -> dict[str, Any]:
    """The pattern as plain JSON values, its kind under "kind"."""
    values = {field.name: _plain(getattr(pattern, field.name)) for field in fields(pattern)}
    return {"kind": _NAMES[type(pattern)], **values}


def pattern_from_json(stored: Mapping[str, Any]) -> Pattern:
    """What `pattern_to_json` gave; raises ValueError for anything else."""
    try:
        kind = _KINDS[stored["kind"]]
        return kind(**{field.name: _value(stored[field.name]) for field in fields(kind)})
    except (KeyError, TypeError) as fault:
        raise ValueError("not a stored pattern") from fault


def shifted(pattern: Pattern, days: int) -> Pattern | None:
    """The same pattern so many days later; None where no pattern of ours can say that."""
    match pattern:
        case Daily():
            return pattern
        case Weekly(weekdays, 1):
            return Weekly(frozenset((day + days) % WEEK for day in weekdays))
        case _:
            return None


def _require(holds: bool, pattern: object) -> None:
    if not holds:
        raise ValueError(f"no such days: {pattern}")


def _plain(value: object) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return sorted(value) if isinstance(value, frozenset) else value


def _value(stored: Any) -> Any:
    """Only days are stored as strings, only sets of numbers as lists."""
    if isinstance(stored, str):
        return date.fromisoformat(stored)
    return frozenset(stored) if isinstance(stored, list) else stored
