"""From a named day and a named hour to the instant that is meant: the next one to come, or the
day that was named even though it has passed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Final

from domain.spoken.days import DaySaid, days_after
from domain.spoken.hours import DAY, HOUR, HourSaid
from domain.wall_clock import day_of, instant_of

_NOON: Final = 12 * HOUR
_EVENING: Final = 18 * HOUR
_DAYS_TO_TRY: Final = 3


@dataclass(frozen=True, slots=True)
class Moment:
    """One instant (aware, UTC): on the `which`-th of the named days, so many minutes after it
    began."""

    at: datetime
    which: int
    minutes: int


def any_day(today: date) -> DaySaid:
    """Where no day was named: today or one of the next."""
    return DaySaid(tuple(islice(days_after(today), _DAYS_TO_TRY)), near=True)


def moments_of(day: DaySaid, hour: HourSaid, today: date) -> Iterator[Moment]:
    """Every instant that may be meant, in their order."""
    for which, on in enumerate(day.dates):
        for minutes in _minutes(hour, day, is_today=on == today):
            later, within = divmod(minutes, DAY)
            at = instant_of(on + timedelta(days=later), time(within // HOUR, within % HOUR))
            yield Moment(at, which, minutes)


def meant_of(day: DaySaid, hour: HourSaid, now: datetime) -> Moment | None:
    """The instant that is meant; None where all that can be meant has passed."""
    for moment in moments_of(day, hour, day_of(now)):
        if moment.at > now and not (day.fixed and moment.which):
            return moment
    return None


def suggestion_for(day: DaySaid, hour: HourSaid, now: datetime) -> datetime | None:
    """Tomorrow for what has passed today, otherwise the next day of the same name."""
    today = day_of(now)
    later = days_after(today, 1) if day.dates[0] == today else iter(day.dates[1:])
    dates = tuple(islice(later, _DAYS_TO_TRY))
    moments = moments_of(replace(day, dates=dates), HourSaid((hour.usual,), hour.night), today)
    return next((moment.at for moment in moments if moment.at > now), None)


def assumed_of_hour(hour: HourSaid, minutes: int) -> tuple[str, ...]:
    """The catalogue keys of what was taken for granted about the hour."""
    if hour.night or minutes >= DAY:
        return ("times.assumed.night",)
    if len(hour.options) == 1:
        return ()
    part = "morning" if minutes < _NOON else "afternoon" if minutes < _EVENING else "evening"
    return (f"times.assumed.{part}",)


def _minutes(hour: HourSaid, day: DaySaid, *, is_today: bool) -> tuple[int, ...]:
    """What the hour may be on a day. "7h" today is the next seven o'clock; but who means this
    evening does not say "chủ nhật" on a Sunday. The small hours of "đêm mai" are the day
    after's, those of "đêm nay" the next to come."""
    if hour.night and day.near:
        small = hour.options[0]
        return (small, small + DAY) if is_today else (small + DAY,)
    return hour.options if is_today and (day.fixed or day.near) else (hour.usual,)
