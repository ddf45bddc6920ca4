"""What is looked up when somebody asks whether a post is ours."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import or_
from sqlalchemy.engine import Connection
from sqlmodel import col, select

from storage.announcement_tables import Announcement, Occurrence, Post
from storage.rows import find, rows, table
from storage.tables import Address, Outbox

_POST = table(Post)
_OCCURRENCE = table(Occurrence)
_OUTBOX = table(Outbox)
_ADDRESS = table(Address)


class Shown(NamedTuple):
    """One copy that people can see: since when, and in which neighbourhood's chat; `private` for
    one that went to a person."""

    at: datetime
    neighbourhood_id: int | None
    private: bool


def list_shown(db: Connection, announcement_id: int) -> list[Shown]:
    """The copies that arrived, or that a leader pasted, by time. (One that is held, or on its
    way, nobody has seen.)"""
    wanted = (
        select(_OUTBOX.c.sent_at, _POST.c.pasted_at, _POST.c.neighbourhood_id, _ADDRESS.c.private)
        .select_from(_POST)
        .join(_OCCURRENCE, _OCCURRENCE.c.id == _POST.c.occurrence_id)
        .join(_OUTBOX, _OUTBOX.c.id == _POST.c.outbox_id, isouter=True)
        .join(_ADDRESS, _ADDRESS.c.id == _POST.c.address_id, isouter=True)
        .where(_OCCURRENCE.c.announcement_id == announcement_id)
        .where(or_(_OUTBOX.c.state == "sent", _POST.c.pasted_at.is_not(None)))
        .order_by(_POST.c.id)
    )
    found = [
        Shown(sent_at or pasted_at, neighbourhood_id, bool(private))
        for sent_at, pasted_at, neighbourhood_id, private in db.execute(wanted)
    ]
    return sorted(found, key=lambda each: each.at)


def find_correction(db: Connection, announcement_id: int) -> Announcement | None:
    """The newest announcement that took its place and was itself posted."""
    sent = select(Occurrence.announcement_id).where(Occurrence.state == "sent")
    wanted = (col(Announcement.corrects) == announcement_id) & col(Announcement.id).in_(sent)
    newest = select(Announcement).where(wanted).order_by(col(Announcement.id).desc())
    return find(db, Announcement, newest)


def list_edited(db: Connection, former_ids: Sequence[int], mark: str) -> list[Shown]:
    """The copies of these whose words were replaced by edits that are marked like this."""
    wanted = (
        select(_OUTBOX.c.sent_at, _POST.c.neighbourhood_id, _ADDRESS.c.private)
        .select_from(_POST)
        .join(_OCCURRENCE, _OCCURRENCE.c.id == _POST.c.occurrence_id)
        .join(_OUTBOX, _OUTBOX.c.edits == _POST.c.outbox_id)
        .join(_ADDRESS, _ADDRESS.c.id == _POST.c.address_id)
        .where(_OCCURRENCE.c.announcement_id.in_(former_ids), _OUTBOX.c.state == "sent")
        .where(_OUTBOX.c.once.startswith(mark))
        .order_by(_POST.c.id)
    )
    found = db.execute(wanted)
    return [Shown(at, place, bool(private)) for at, place, private in found if at is not None]


def list_copies(
    db: Connection, announcement_id: int, limit: int, *, oldest: bool = False
) -> list[Outbox]:
    """The newest messages that were copies of it, or the oldest, with what has replaced their
    words since."""
    copy = or_(_POST.c.outbox_id == _OUTBOX.c.id, _POST.c.outbox_id == _OUTBOX.c.edits)
    wanted = (
        select(*_OUTBOX.c)
        .join(_POST, copy)
        .join(_OCCURRENCE, _OCCURRENCE.c.id == _POST.c.occurrence_id)
        .where(_OCCURRENCE.c.announcement_id == announcement_id, _OUTBOX.c.state == "sent")
        .order_by(_OUTBOX.c.id if oldest else _OUTBOX.c.id.desc())
        .limit(limit)
    )
    return rows(db, Outbox, wanted)
