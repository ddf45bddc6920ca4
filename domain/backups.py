"""When a backup is due, when it is to be tried out, and when its absence must be said."""

from datetime import datetime, timedelta
from typing import Final

from domain.wall_clock import wall_of

REHEARSED_EVERY: Final = timedelta(days=7)
# What could not be put back is tried again on the next day, with the next backup.
REHEARSED_AGAIN: Final = timedelta(days=1)
TRIED_AGAIN: Final = timedelta(hours=1)
MISSED_AFTER: Final = timedelta(hours=36)


def is_backup_due(newest_at: datetime | None, now: datetime, hour: int) -> bool:
    """Whether none was made since the wall last showed this hour; so after a night without
    power it is made as soon as the machine is on again."""
    wall = wall_of(now)
    last = wall.replace(hour=hour, minute=0, second=0, microsecond=0)
    if last > wall:
        last -= timedelta(days=1)
    return newest_at is None or newest_at < last


def is_rehearsal_due(rehearsed_at: datetime | None, now: datetime, *, succeeded: bool) -> bool:
    """Whether the newest backup should be put back for a trial."""
    every = REHEARSED_EVERY if succeeded else REHEARSED_AGAIN
    return rehearsed_at is None or now - rehearsed_at >= every


def is_missing(newest_at: datetime | None, running_since: datetime, now: datetime) -> bool:
    """Whether the last backup is too long ago; where there is none at all, the time counts
    since this process began."""
    return now - (newest_at or running_since) > MISSED_AFTER
