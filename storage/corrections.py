"""The copies of a post that follow when it is corrected, and what follows which."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, String, cast, exists, literal, or_
from sqlalchemy import select as columns
from sqlalchemy.engine import Connection
from sqlmodel import col, select

from domain.announcing import Sort
from domain.corrections import CANCELLING
from storage.announcement_tables import (
    Announcement,
    AnnouncementChange,
    Occurrence,
    Post,
)
from storage.rows import find, rows, table
from storage.tables import Outbox

_POST = table(Post)
_OCCURRENCE = table(Occurrence)
_ANNOUNCEMENT = table(Announcement)
_CHANGE = table(AnnouncementChange)
_OUTBOX = table(Outbox)
_EDIT = _OUTBOX.alias("edit")
_OWN = _POST.alias("own")


class Copy(NamedTuple):
    """A copy of a post that a messenger got or will get; `sent_at` None: not yet. `message_id`
    is None where the messenger did not say which message it is."""

    post_id: int
    announcement_id: int
    address_id: int
    neighbourhood_id: int | None
    outbox_id: int
    state: str
    message_id: str | None
    sent_at: datetime | None
    unpin_at: datetime | None


def list_open(db: Connection, since: datetime) -> list[int]:
    """The ids of what corrects something, left after `since`, and has not reached all copies."""
    reached = exists().where(
        _CHANGE.c.announcement_id == _ANNOUNCEMENT.c.id, _CHANGE.c.what == "reached"
    )
    wanted = (
        select(_ANNOUNCEMENT.c.id)
        .join(_OCCURRENCE, _OCCURRENCE.c.announcement_id == _ANNOUNCEMENT.c.id)
        .where(_ANNOUNCEMENT.c.corrects.is_not(None), ~reached)
        .where(_OCCURRENCE.c.due_at == _ANNOUNCEMENT.c.created_at)
        .where(_OCCURRENCE.c.state == "sent", _OCCURRENCE.c.sent_at > since)
        .order_by(_ANNOUNCEMENT.c.id)
    )
    return list(db.execute(wanted).scalars())


def list_unreached(
    db: Connection, announcement_ids: Sequence[int], mark: str, since: datetime, limit: int
) -> list[Copy]:
    """Copies made from `since` on that were sent or will be, and have no edit that is marked
    `<mark>:<post id>`."""
    wanted = _copies(announcement_ids, mark).where(_EDIT.c.id.is_(None))
    wanted = wanted.where(_POST.c.created_at >= since)
    wanted = wanted.where(_OUTBOX.c.state.in_(("due", "sent")))
    return _read(db, wanted.limit(limit))


def list_refused(
    db: Connection, announcement_ids: Sequence[int], mark: str, occurrence_id: int, limit: int
) -> list[Copy]:
    """Those whose edit was refused, in whose chat the occurrence has no post of its own."""
    own = (_OWN.c.occurrence_id == occurrence_id) & (_OWN.c.address_id == _POST.c.address_id)
    wanted = _copies(announcement_ids, mark).where(_EDIT.c.state.in_(("dead", "dropped")))
    return _read(db, wanted.where(~exists().where(own)).limit(limit))


def is_waiting(
    db: Connection, announcement_ids: Sequence[int], mark: str, occurrence_id: int
) -> bool:
    """Whether a chat that neither an edit nor a post of the occurrence has reached will get one
    or the other."""
    due = _chats(db, announcement_ids, mark, occurrence_id, "due")
    return bool(due and due - _chats(db, announcement_ids, mark, occurrence_id, "sent"))


def count_reached(
    db: Connection, announcement_ids: Sequence[int], mark: str, occurrence_id: int
) -> int:
    """How many chats have the edit, or a post of the occurrence."""
    return len(_chats(db, announcement_ids, mark, occurrence_id, "sent"))


def newest_sent_at(db: Connection, announcement_id: int) -> datetime | None:
    """When it went out last (aware UTC); None where it never did."""
    wanted = (
        select(Occurrence)
        .where(Occurrence.announcement_id == announcement_id)
        .where(col(Occurrence.state).in_(("sending", "sent")))
        .order_by(col(Occurrence.sent_at).desc())
    )
    newest = find(db, Occurrence, wanted)
    return newest.sent_at if newest else None


def list_following(db: Connection, announcement_id: int) -> list[Announcement]:
    """What corrects it, whatever became of that, the oldest first."""
    wanted = select(Announcement).where(Announcement.corrects == announcement_id)
    return rows(db, Announcement, wanted.order_by(col(Announcement.id)))


def list_sent(
    db: Connection, ward_codes: Sequence[str], since: datetime, limit: int
) -> list[Announcement]:
    """Those of these wards of which something went out after `since`, the newest first."""
    sent = select(Occurrence.announcement_id).where(
        col(Occurrence.state).in_(("sending", "sent")), col(Occurrence.sent_at) > since
    )
    wanted = select(Announcement).where(
        col(Announcement.ward_code).in_(ward_codes), col(Announcement.id).in_(sent)
    )
    return rows(db, Announcement, wanted.order_by(col(Announcement.id).desc()).limit(limit))


def list_uncleared(db: Connection, now: datetime, since: datetime) -> list[Announcement]:
    """Emergencies without an all-clear that expired after `since`; or that were made then, and
    cancel another one or say what one was that is over."""
    expired = (col(Announcement.expires_at) <= now) & (col(Announcement.expires_at) > since)
    ended = (col(Announcement.template) == CANCELLING) | col(Announcement.expires_at).is_(None)
    cancels = ended & (col(Announcement.created_at) > since)
    wanted = select(Announcement).where(
        Announcement.sort == Sort.EMERGENCY.value, col(Announcement.cleared_at).is_(None)
    )
    wanted = wanted.where(or_(expired, cancels)).order_by(col(Announcement.id))
    return rows(db, Announcement, wanted)


def list_extended(db: Connection, now: datetime) -> list[Announcement]:
    """What is in force longer than it was said at first."""
    extended = exists().where(
        _CHANGE.c.announcement_id == _ANNOUNCEMENT.c.id, _CHANGE.c.what == "extended"
    )
    wanted = select(*_ANNOUNCEMENT.c).where(_ANNOUNCEMENT.c.expires_at > now, extended)
    wanted = wanted.where(_ANNOUNCEMENT.c.cleared_at.is_(None)).order_by(_ANNOUNCEMENT.c.id)
    return rows(db, Announcement, wanted)


def set_cleared(db: Connection, announcement_ids: Sequence[int], now: datetime) -> None:
    """The all-clear was given; the first one counts."""
    wanted = _ANNOUNCEMENT.c.id.in_(announcement_ids) & _ANNOUNCEMENT.c.cleared_at.is_(None)
    db.execute(_ANNOUNCEMENT.update().where(wanted).values(cleared_at=now))


def _chats(
    db: Connection, announcement_ids: Sequence[int], mark: str, occurrence_id: int, state: str
) -> set[int]:
    """The addresses for which an edit or a post of the occurrence is in this state."""
    edited = _copies(announcement_ids, mark).where(_EDIT.c.state == state).order_by(None)
    own = (
        columns(_POST.c.address_id)
        .join(_OUTBOX, _OUTBOX.c.id == _POST.c.outbox_id)
        .where(_POST.c.occurrence_id == occurrence_id, _OUTBOX.c.state == state)
    )
    several = edited.with_only_columns(_POST.c.address_id).union(own)
    return set(db.execute(several).scalars())


def _copies(announcement_ids: Sequence[int], mark: str) -> Select[Any]:
    marked = literal(f"{mark}:", String) + cast(_POST.c.id, String)
    is_edit: ColumnElement[bool] = _EDIT.c.once == marked
    return (
        columns(
            _POST.c.id,
            _OCCURRENCE.c.announcement_id,
            _POST.c.address_id,
            _POST.c.neighbourhood_id,
            _OUTBOX.c.id,
            _OUTBOX.c.state,
            _OUTBOX.c.message_id,
            _OUTBOX.c.sent_at,
            _POST.c.unpin_at,
        )
        .select_from(_POST)
        .join(_OCCURRENCE, _OCCURRENCE.c.id == _POST.c.occurrence_id)
        .join(_OUTBOX, _OUTBOX.c.id == _POST.c.outbox_id)
        .join(_EDIT, is_edit, isouter=True)
        .where(_OCCURRENCE.c.announcement_id.in_(announcement_ids))
        .where(_POST.c.address_id.is_not(None))
        .order_by(_POST.c.id)
    )


def _read(db: Connection, wanted: Select[Any]) -> list[Copy]:
    return [Copy(*row) for row in db.execute(wanted)]
