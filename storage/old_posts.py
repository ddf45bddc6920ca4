"""What goes of announcements when its time is over (domain/retention.py), or when somebody has
their data erased: an announcement goes with all that hangs on it, in the order in which it hangs.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Table, exists, func
from sqlalchemy import select as columns
from sqlalchemy.engine import Connection
from sqlmodel import col, select

from storage.announcement_tables import (
    Announcement,
    AnnouncementChange,
    AnnouncementTarget,
    Occurrence,
    Post,
    Reading,
)
from storage.rows import table
from storage.tables import Address

# Rows that one look forgets: no update waits longer than some ten milliseconds for it.
MOST: Final = 2_000
_OVER = ("ended", "taken_back")
_POST = table(Post)
_READING = table(Reading)
_ANNOUNCEMENT = table(Announcement)


def forget_readings(db: Connection, before: datetime, limit: int = MOST) -> int:
    """Who was asked and who confirmed, and which posts came into whose private chat, of what was
    sent at or before `before`; how many rows, of each sort at most `limit`."""
    sent = select(Occurrence.id).where(col(Occurrence.sent_at) <= before)
    private = select(Address.id).where(col(Address.private).is_(True))
    single = _POST.c.occurrence_id.is_(None) & (_POST.c.created_at <= before)
    old = _POST.c.occurrence_id.in_(sent) | single
    count = _forget_some(db, _READING, _READING.c.occurrence_id.in_(sent), limit)
    return count + _forget_some(db, _POST, _POST.c.address_id.in_(private) & old, limit)


def forget_copies(db: Connection, address_ids: Collection[int]) -> int:
    """Which posts came into these private chats; how many rows."""
    mine = _POST.c.address_id.in_(list(address_ids))
    return db.execute(_POST.delete().where(mine)).rowcount


def forget_announcements(db: Connection, before: datetime, limit: int, most: int = MOST) -> int:
    """Those that are over, and whose last time was at or before `before`: at most `limit` of
    them; how many. Their posts go first, at most `most` of them: an announcement that came every
    week for years has as many as a hundred others, and goes when none is left."""
    later = exists().where(
        (col(Occurrence.announcement_id) == col(Announcement.id))
        & (col(Occurrence.send_at) > before)
    )
    wanted = (
        select(Announcement.id)
        .where(col(Announcement.state).in_(_OVER), col(Announcement.created_at) <= before, ~later)
        .order_by(col(Announcement.id))
        .limit(limit)
    )
    found = list(db.execute(wanted).scalars())
    if not found:
        return 0
    db.info["scrub"] = True
    times = select(Occurrence.id).where(col(Occurrence.announcement_id).in_(found))
    for row in (_READING, _POST):
        if _forget_some(db, row, row.c.occurrence_id.in_(times), most) >= most:
            return 0
    _forget(db, found)
    return len(found)


def count_written(db: Connection, author_id: int) -> int:
    """How many announcements of this person are kept."""
    mine = col(Announcement.author_id) == author_id
    return int(db.execute(select(func.count()).where(mine)).scalar_one())


def _forget(db: Connection, announcement_ids: Sequence[int]) -> None:
    for model in (Occurrence, AnnouncementTarget, AnnouncementChange):
        row = table(model)
        db.execute(row.delete().where(row.c.announcement_id.in_(announcement_ids)))
    corrected = _ANNOUNCEMENT.update().where(_ANNOUNCEMENT.c.corrects.in_(announcement_ids))
    db.execute(corrected.values(corrects=None))
    db.execute(_ANNOUNCEMENT.delete().where(_ANNOUNCEMENT.c.id.in_(announcement_ids)))


def _forget_some(db: Connection, row: Table, which: ColumnElement[bool], limit: int) -> int:
    """How many went, of at most `limit`."""
    some = columns(row.c.id).where(which).order_by(row.c.id).limit(limit)
    return db.execute(row.delete().where(row.c.id.in_(some))).rowcount
