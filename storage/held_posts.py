"""Posts that wait for the end of quiet hours or of a full day: found, reworded and given up, many
at a time. (What lets them go is in storage/posts.py.)
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, exists, func
from sqlalchemy import select as columns
from sqlalchemy.engine import Connection
from sqlmodel import col, select

from domain.notices import Notice
from storage.announcement_tables import (
    Announcement,
    AnnouncementTarget,
    AudienceTag,
    Occurrence,
    Post,
)
from storage.outbox import IS_DUE, dump_notice
from storage.posts import IS_HELD, IS_OWED, post_in
from storage.rows import in_batches, loaded, rows, table
from storage.tables import Address, Outbox

_POST = table(Post)
_OUTBOX = table(Outbox)
_OCCURRENCE = table(Occurrence)
_ANNOUNCEMENT = table(Announcement)
_TARGET = table(AnnouncementTarget)
_TAG = table(AudienceTag)
_ADDRESS = table(Address)


class GivenUp(NamedTuple):
    """A copy that was held and will not be sent."""

    id: int
    occurrence_id: int | None
    neighbourhood_id: int | None


def list_leaving(
    db: Connection, now: datetime, since: datetime, limit: int
) -> list[tuple[int, Post]]:
    """The next held posts that waited long enough, each with its announcement (0 for a law item),
    in the order of announcements; not those of one that waits for somebody, unless it is over or
    they wait since before `since`; and law items only where they wait since then."""
    waits = _ANNOUNCEMENT.c.state.in_(("waiting", "paused"))
    over = (_POST.c.held_until < since) | (_ANNOUNCEMENT.c.expires_at <= now)
    wakes = _POST.c.occurrence_id.is_not(None) & (~waits | over)
    law = _POST.c.occurrence_id.is_(None) & (_POST.c.held_until >= since)
    key = func.coalesce(_ANNOUNCEMENT.c.id, 0)
    wanted = (
        columns(key.label("of_announcement"), *_POST.c)
        .join(_OUTBOX, IS_OWED)
        .join(_OCCURRENCE, _OCCURRENCE.c.id == _POST.c.occurrence_id, isouter=True)
        .join(_ANNOUNCEMENT, _ANNOUNCEMENT.c.id == _OCCURRENCE.c.announcement_id, isouter=True)
        .where(IS_HELD, _POST.c.held_until <= now, law | wakes)
        .order_by(key, _POST.c.occurrence_id, _POST.c.id)
        .limit(limit)
    )
    found = [dict(row) for row in db.execute(wanted).mappings()]
    return [(row.pop("of_announcement"), loaded(Post, row)) for row in found]


def list_words(db: Connection, outbox_ids: Sequence[int]) -> list[Outbox]:
    """The words of these posts as they are owed."""
    wanted = select(Outbox).where(col(Outbox.id).in_(outbox_ids)).order_by(col(Outbox.id))
    return rows(db, Outbox, wanted)


def reword_all(db: Connection, notices: Mapping[int, Notice]) -> None:
    """These held messages, each by its row, leave in other words; the files behind them do not
    follow."""
    if not notices:
        return
    words = _OUTBOX.update().where(_OUTBOX.c.id == bindparam("key"), IS_HELD)
    values = [{"key": key, "said": dump_notice(each)} for key, each in notices.items()]
    db.execute(words.values(notice=bindparam("said")), values)
    files = IS_DUE & _OUTBOX.c.answers.in_(list(notices))
    db.execute(_OUTBOX.update().where(files).values(state="dropped"))


def give_up_late(
    db: Connection, occurrence_id: int, before: datetime | None = None
) -> list[GivenUp]:
    """What is held of an occurrence since before `before` (None: all of it) is not sent any
    more; which copies."""
    mine = columns(_POST.c.outbox_id).where(_POST.c.occurrence_id == occurrence_id)
    return _give_up(db, mine if before is None else mine.where(_POST.c.held_until < before))


def give_up_of(db: Connection, announcement_id: int) -> list[GivenUp]:
    """What is held of an announcement is not sent any more; which copies."""
    return _give_up(db, _owed_by(announcement_id))


def give_up_taken_off(db: Connection, announcement_id: int) -> list[GivenUp]:
    """What is held of an announcement where it does not go any more, now that other places or
    groups of people were chosen, is not sent; which copies."""
    mine = _TARGET.c.announcement_id == announcement_id
    tags = columns(_TARGET.c.tag).where(mine, _TARGET.c.tag.is_not(None))
    chose = exists().where(_TAG.c.person_id == _ADDRESS.c.person_id, _TAG.c.tag.in_(tags))
    private = _ADDRESS.c.private.is_(True)
    for_groups = exists(tags)
    places = columns(_TARGET.c.neighbourhood_id).where(
        mine, _TARGET.c.neighbourhood_id.is_not(None)
    )
    elsewhere = _POST.c.neighbourhood_id.not_in(places) & exists(places)
    gone = elsewhere | (for_groups & (~private | ~chose))
    joined = _owed_by(announcement_id).join(_ADDRESS, _ADDRESS.c.id == _POST.c.address_id)
    return _give_up(db, joined.where(gone))


def give_up_private(db: Connection, announcement_id: int) -> list[GivenUp]:
    """What is held of an announcement in private chats is not sent any more; which copies."""
    joined = _owed_by(announcement_id).join(_ADDRESS, _ADDRESS.c.id == _POST.c.address_id)
    return _give_up(db, joined.where(_ADDRESS.c.private.is_(True)))


def has_held(db: Connection, announcement_id: int) -> bool:
    """Whether any copy of it is held."""
    wanted = _owed_by(announcement_id).join(_OUTBOX, _OUTBOX.c.id == _POST.c.outbox_id)
    return db.execute(wanted.where(IS_HELD).limit(1)).first() is not None


def _owed_by(announcement_id: int) -> Select[Any]:
    """The messages of the copies of this announcement."""
    mine = _OCCURRENCE.c.announcement_id == announcement_id
    joined = columns(_POST.c.outbox_id).join(
        _OCCURRENCE, _OCCURRENCE.c.id == _POST.c.occurrence_id
    )
    return joined.where(mine)


def _give_up(db: Connection, outbox_ids: Select[Any]) -> list[GivenUp]:
    """One statement however many they are: nobody may let one of them go in between."""
    dropped = _OUTBOX.update().where(_OUTBOX.c.id.in_(outbox_ids), IS_HELD)
    owed = db.execute(dropped.values(state="dropped").returning(_OUTBOX.c.concerns)).scalars()
    keys = sorted(key for each in owed if (key := post_in(each)) is not None)
    which = columns(_POST.c.id, _POST.c.occurrence_id, _POST.c.neighbourhood_id)
    ordered = which.order_by(_POST.c.id)
    parts = (db.execute(ordered.where(_POST.c.id.in_(some))) for some in in_batches(keys))
    return [GivenUp(*row) for part in parts for row in part]
