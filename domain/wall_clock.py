"""Between instants (aware, UTC) and what a clock on the wall in Quảng Ninh shows.

People name a day and an hour there; what is stored is the zone's name, never an offset.
"""

from datetime import UTC, date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

ZONE: Final = ZoneInfo("Asia/Ho_Chi_Minh")


def instant_of(on: date, at: time) -> datetime:
    """The instant (aware, UTC) at which the wall shows this day and time (no zone)."""
    return datetime.combine(on, at, ZONE).astimezone(UTC)


def wall_of(at: datetime) -> datetime:
    """What the wall shows at this aware instant; the result still carries the zone."""
    return at.astimezone(ZONE)


def day_of(at: datetime) -> date:
    """The day on the wall at this aware instant."""
    return wall_of(at).date()
