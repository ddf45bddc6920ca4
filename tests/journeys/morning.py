"""It is always nine in the morning here, outside quiet hours and the days of Tết."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from domain.quiet_hours import is_silent_day
from domain.wall_clock import day_of
from tests.journeys.town import present

_NINE: Final = 2  # o'clock in UTC


def until_morning() -> timedelta:
    """How far the next such nine o'clock is from now."""
    real = present()
    at = real.replace(hour=_NINE, minute=0, second=0, microsecond=0)
    while at < real or is_silent_day(day_of(at)):
        at += timedelta(days=1)
    return at - real


def morning_clock() -> Callable[[], datetime]:
    """Runs as the real one does, from the next nine o'clock in the morning on."""
    ahead = until_morning()
    return lambda: present() + ahead
