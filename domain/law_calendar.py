"""What the calendar calls for: a day of the year, a day of the lunar year, a month, or a season of
the ward's work, as an item of law names them ("06-26", "lunar:12-23", "month:06", "campaign:tet").
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from domain.lunar import FIRST_DAY, LAST_DAY, lunar_of, next_lunar, solar_of

_LUNAR: Final = "lunar:"
_MONTH: Final = "month:"
_SEASON: Final = "campaign:"
_DAY: Final = timedelta(days=1)
# The drive before Tết begins in the middle of December, and ends after the full moon of tháng
# Giêng (references/domain.md 8.3; approximate there).
_BEFORE_TET: Final = timedelta(days=45)
_AFTER_TET: Final = timedelta(days=15)


def day_called(occasion: str, first: date) -> date | None:
    """The first day from `first` on that this occasion names; None where it names a stretch of
    time, or the tables end. Days are of Việt Nam."""
    if occasion.startswith((_MONTH, _SEASON)):
        return None
    if occasion.startswith(_LUNAR):
        month, day = _numbers(occasion.removeprefix(_LUNAR))
        try:
            return next_lunar(day, month, first - _DAY)
        except ValueError:
            return None
    month, day = _numbers(occasion)
    # Eight years hold a leap day, also around 2100.
    for year in range(first.year, first.year + 9):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= first:
            return found
    return None


def is_in_season(occasion: str, on: date) -> bool:
    """Whether this day lies in the month, or in the season, that the occasion names."""
    if occasion.startswith(_MONTH):
        return on.month == int(occasion.removeprefix(_MONTH))
    season = _SEASONS.get(occasion.removeprefix(_SEASON)) if _SEASON in occasion else None
    return season is not None and season(on)


def _numbers(words: str) -> tuple[int, int]:
    month, day = words.split("-")
    return int(month), int(day)


def _around_tet(on: date) -> bool:
    if not FIRST_DAY <= on <= LAST_DAY - _BEFORE_TET:
        return False
    year = lunar_of(on + _BEFORE_TET).year
    tet = solar_of(1, 1, year)
    return tet is not None and tet - _BEFORE_TET <= on < tet + _AFTER_TET


def _between(first: tuple[int, int], last: tuple[int, int]) -> Callable[[date], bool]:
    """From one (month, day) to another, both within; it may pass the end of the year."""

    def within(on: date) -> bool:
        here = (on.month, on.day)
        return first <= here <= last if first <= last else here >= first or here <= last

    return within


# Storms and the dry season: references/domain.md 8.5. The others are a proposal of this project:
# the weeks of the examinations, those around the first day of school (5/9), and from the end of
# April, when visitors come, to the end of summer.
_SEASONS: Final[Mapping[str, Callable[[date], bool]]] = MappingProxyType(
    {
        "tet": _around_tet,
        "storms": _between((6, 1), (10, 31)),
        "dry_season": _between((11, 1), (4, 30)),
        "exams": _between((5, 15), (6, 30)),
        "school_year": _between((8, 15), (9, 30)),
        "tourism": _between((4, 25), (8, 31)),
    }
)
SEASONS: Final = frozenset(_SEASONS)
