"""What goes of announcements when its time is over (domain/retention.py), or when somebody has
their data erased: an announcement goes with all that hangs on it, in the order in which it hangs.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import exists, func
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

_OVER = ("ended", "taken_back")
_POST = table(Post)
_READING = table(Reading)
_ANNOUNCEMENT = table(Announcement)


def forget_readings(db: Connection, before: datetime) -> int:
    """Who was asked and who confirmed, and which posts came into whose private chat, of what was
    sent at or before `before`; how many rows."""
    sent = select(Occurrence.id).where(col(Occurrence.sent_at) <= before)
    count = db.execute(_READING.delete().where(_READING.c.occurrence_id.in_(sent))).rowcount
    private = select(Address.id).where(col(Address.private).is_(True))
    single = _POST.c.occurrence_id.is_(None) & (_POST.c.created_at <= before)
    old = _POST.c.occurrence_id.in_(sent) | single
    gone = _POST.delete().where(_POST.c.address_id.in_(private), old)
    return count + db.execute(gone).rowcount


def forget_copies(db: Connection, address_ids: Collection[int]) -> int:
    """Which posts came into these private chats; how many rows."""
    mine = _POST.c.address_id.in_(list(address_ids))
    return db.execute(_POST.delete().where(mine)).rowcount


def forget_announcements(db: Connection, before: datetime, limit: int) -> int:
    """Those that are over, and whose last time was at or before `before`: at most `limit` of
    them; how many."""
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
    if found:
        _forget(db, found)
        db.info["scrub"] = True
    return len(found)


def count_written(db: Connection, author_id: int) -> int:
    """How many announcements of this person are kept."""
    mine = col(Announcement.author_id) == author_id
    return int(db.execute(select(func.count()).where(mine)).scalar_one())


def _forget(db: Connection, announcement_ids: Sequence[int]) -> None:
    times = select(Occurrence.id).where(col(Occurrence.announcement_id).in_(announcement_ids))
    for row in (_READING, _POST):
        db.execute(row.delete().where(row.c.occurrence_id.in_(times)))
    for model in (Occurrence, AnnouncementTarget, AnnouncementChange):
        row = table(model)
        db.execute(row.delete().where(row.c.announcement_id.in_(announcement_ids)))
    corrected = _ANNOUNCEMENT.update().where(_ANNOUNCEMENT.c.corrects.in_(announcement_ids))
    db.execute(corrected.values(corrects=None))
    db.execute(_ANNOUNCEMENT.delete().where(_ANNOUNCEMENT.c.id.in_(announcement_ids)))
