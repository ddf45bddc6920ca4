"""What became of the copies of an occurrence, each by itself: read for the board
(actions/board.py), where people see what went out and what did not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.engine import Connection
from sqlmodel import col
from sqlmodel import select as select_rows

from domain.roles import Purpose
from storage.announcement_tables import Announcement, AnnouncementChange, Occurrence, Post
from storage.posts import is_held
from storage.rows import rows, table
from storage.tables import Address, Outbox, Room

_ADDRESS = table(Address)
_ANNOUNCEMENT = table(Announcement)
_OCCURRENCE = table(Occurrence)
_OUTBOX = table(Outbox)
_POST = table(Post)
_ROOM = table(Room)


@dataclass(frozen=True, slots=True)
class GroupCopy:
    """A post in a group, or one that a leader pastes (`address_id` None). `state`, `fault`,
    `attempts` and `message_id` are those of its outbox row ("", None, 0, None without one);
    `held`: it waits until `held_until`; `serves`: the chat is still this neighbourhood's."""

    id: int
    address_id: int | None
    neighbourhood_id: int | None
    paste_group: str | None
    pasted_at: datetime | None
    created_at: datetime
    held_until: datetime | None
    state: str
    fault: str | None
    attempts: int
    message_id: str | None
    held: bool
    serves: bool


def list_group_copies(db: Connection, occurrence_id: int) -> list[GroupCopy]:
    """The copies in groups, in the order in which they were made; not those to people."""
    mine = _with_rows().where(_POST.c.occurrence_id == occurrence_id)
    in_groups = or_(_POST.c.address_id.is_(None), _ADDRESS.c.private.is_(False))
    found = db.execute(mine.where(in_groups).order_by(_POST.c.id)).mappings()
    return [_copy(row) for row in found]


def list_settled(
    db: Connection, ward_codes: Sequence[str], author_id: int, states: Sequence[str], limit: int
) -> list[int]:
    """The ids of announcements of these wards or of this author of which a time is in one of
    these states, whichever came last first."""
    theirs = or_(_ANNOUNCEMENT.c.ward_code.in_(ward_codes), _ANNOUNCEMENT.c.author_id == author_id)
    wanted = (
        select(_OCCURRENCE.c.announcement_id)
        .join(_ANNOUNCEMENT, _ANNOUNCEMENT.c.id == _OCCURRENCE.c.announcement_id)
        .where(theirs, _OCCURRENCE.c.state.in_(states))
        .group_by(_OCCURRENCE.c.announcement_id)
        .order_by(func.max(_OCCURRENCE.c.send_at).desc(), _OCCURRENCE.c.announcement_id.desc())
        .limit(limit)
    )
    return list(db.execute(wanted).scalars())


def list_corrections(db: Connection, announcement_id: int) -> list[Announcement]:
    """What was written to replace this announcement, the newest first."""
    wanted = select(_ANNOUNCEMENT).where(_ANNOUNCEMENT.c.corrects == announcement_id)
    return rows(db, Announcement, wanted.order_by(_ANNOUNCEMENT.c.id.desc()))


def list_wishes(
    db: Connection, wanted: str, done: str, since: datetime
) -> list[AnnouncementChange]:
    """The changes of the sort `wanted` made after `since`, whose ids no later one of the sort
    `done` names (as its "wish"), the oldest first."""
    mine = col(AnnouncementChange.what).in_((wanted, done)) & (col(AnnouncementChange.at) > since)
    found = rows(
        db,
        AnnouncementChange,
        select_rows(AnnouncementChange).where(mine).order_by(col(AnnouncementChange.id)),
    )
    settled = {each.detail["wish"] for each in found if each.what == done}
    return [each for each in found if each.what == wanted and each.id not in settled]


def _with_rows() -> Select[Any]:
    bound = and_(
        _ROOM.c.address_id == _POST.c.address_id,
        _ROOM.c.ended_at.is_(None),
        _ROOM.c.purpose == Purpose.NEIGHBOURHOOD.value,
        _ROOM.c.neighbourhood_id == _POST.c.neighbourhood_id,
    )
    outer = _POST.join(_ADDRESS, _ADDRESS.c.id == _POST.c.address_id, isouter=True)
    outer = outer.join(_OUTBOX, _OUTBOX.c.id == _POST.c.outbox_id, isouter=True)
    return select(
        *_POST.c,
        _OUTBOX.c.state,
        _OUTBOX.c.fault,
        _OUTBOX.c.attempts,
        _OUTBOX.c.message_id,
        _OUTBOX.c.not_before,
        _ROOM.c.id.label("room_id"),
    ).select_from(outer.join(_ROOM, bound, isouter=True))


def _copy(row: Mapping[Any, Any]) -> GroupCopy:
    state = row["state"] or ""
    return GroupCopy(
        id=row["id"],
        address_id=row["address_id"],
        neighbourhood_id=row["neighbourhood_id"],
        paste_group=row["paste_group"],
        pasted_at=row["pasted_at"],
        created_at=row["created_at"],
        held_until=row["held_until"],
        state=state,
        fault=row["fault"],
        attempts=row["attempts"] or 0,
        message_id=row["message_id"],
        held=is_held(state, row["not_before"]),
        serves=row["room_id"] is not None,
    )
