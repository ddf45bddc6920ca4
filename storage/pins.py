"""Which posts are to be pinned in their groups, and which no longer."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Exists, Select, String, cast, exists, literal, select
from sqlalchemy.engine import Connection

from storage.announcement_tables import Announcement, AnnouncementChange, Occurrence, Post
from storage.rows import table
from storage.tables import Address, Outbox

_POST = table(Post)
_OCCURRENCE = table(Occurrence)
_ANNOUNCEMENT = table(Announcement)
_CHANGE = table(AnnouncementChange)
_OUTBOX = table(Outbox)
_ADDRESS = table(Address)
_PIN = _OUTBOX.alias("pin")
_UNPIN = _OUTBOX.alias("unpin")
_JOINED = (
    _POST.join(_OCCURRENCE, _OCCURRENCE.c.id == _POST.c.occurrence_id)
    .join(_ANNOUNCEMENT, _ANNOUNCEMENT.c.id == _OCCURRENCE.c.announcement_id)
    .join(_OUTBOX, _OUTBOX.c.id == _POST.c.outbox_id)
    .join(_ADDRESS, _ADDRESS.c.id == _POST.c.address_id)
)


class Pinned(NamedTuple):
    """A post in a group that is pinned, or will be; `pinned_for` in seconds."""

    post_id: int
    outbox_id: int
    announcement_id: int
    occurrence_id: int
    neighbourhood_id: int | None
    sort: str
    pinned_for: int
    sent_at: datetime


class Over(NamedTuple):
    """A post that is to be on top of its group no longer; `unpin_id` is the message that says so,
    `state` what became of it (None for both: it is not owed yet)."""

    post_id: int
    outbox_id: int
    unpin_at: datetime
    unpin_id: int | None
    state: str | None


def list_unpinned(db: Connection, since: datetime, limit: int) -> list[Pinned]:
    """Posts of times that came after `since` which arrived, and of which no pin is owed yet."""
    wanted = _posts().where(
        _ANNOUNCEMENT.c.pinned_for > 0,
        _OCCURRENCE.c.state == "sent",
        _OCCURRENCE.c.sent_at > since,
        _POST.c.unpin_at.is_(None),
        _OUTBOX.c.state == "sent",
        _OUTBOX.c.message_id != "",
        ~exists().where(_PIN.c.once == _mark()),
        ~_is_stopped(),
    )
    return _read(db, wanted.limit(limit))


def list_refused(db: Connection) -> list[Pinned]:
    """Posts of which the messenger refused the pin."""
    dead = (_PIN.c.once == _mark()) & (_PIN.c.state == "dead")
    return _read(db, _posts().where(_POST.c.unpin_at.is_not(None), exists().where(dead)))


def list_over(db: Connection, now: datetime, limit: int) -> list[Over]:
    """Posts that were pinned long enough, or that somebody stopped, and that are pinned still or
    may be: the end of the pin is not owed, has arrived, or was refused where it can arrive now."""
    ended = (_POST.c.unpin_at <= now) | _is_stopped()
    dead = _UNPIN.c.state.in_(("dead", "dropped")) & _ADDRESS.c.unreachable_at.is_(None)
    settled = _UNPIN.c.id.is_(None) | (_UNPIN.c.state == "sent") | dead
    of_it = _UNPIN.c.once == literal("unpin:", String) + cast(_POST.c.outbox_id, String)
    wanted = (
        select(_POST.c.id, _POST.c.outbox_id, _POST.c.unpin_at, _UNPIN.c.id, _UNPIN.c.state)
        .select_from(_JOINED.join(_UNPIN, of_it, isouter=True))
        .where(_ADDRESS.c.private.is_(False))
        .where(_POST.c.unpin_at.is_not(None), ended, settled)
        .order_by(_POST.c.id)
    )
    return [Over(*row) for row in db.execute(wanted.limit(limit))]


def end_pins(db: Connection, announcement_ids: Sequence[int], now: datetime) -> None:
    """No post of these announcements is pinned any longer, or will be."""
    mine = _OCCURRENCE.c.announcement_id.in_(announcement_ids)
    times = select(_OCCURRENCE.c.id).where(mine).scalar_subquery()
    longer = _POST.c.occurrence_id.in_(times) & (_POST.c.unpin_at > now)
    db.execute(_POST.update().where(longer).values(unpin_at=now))
    named = _ANNOUNCEMENT.c.id.in_(announcement_ids)
    db.execute(_ANNOUNCEMENT.update().where(named).values(pinned_for=0))


def _mark() -> Any:
    return literal("pin:", String) + cast(_POST.c.outbox_id, String)


def _is_stopped() -> Exists:
    return exists().where(
        _CHANGE.c.announcement_id == _ANNOUNCEMENT.c.id,
        _CHANGE.c.what.in_(("stopped", "role_lost")),
    )


def _posts() -> Select[Any]:
    return (
        select(
            _POST.c.id,
            _POST.c.outbox_id,
            _OCCURRENCE.c.announcement_id,
            _OCCURRENCE.c.id,
            _POST.c.neighbourhood_id,
            _ANNOUNCEMENT.c.sort,
            _ANNOUNCEMENT.c.pinned_for,
            _OUTBOX.c.sent_at,
        )
        .select_from(_JOINED)
        .where(_ADDRESS.c.private.is_(False))
        .order_by(_POST.c.id)
    )


def _read(db: Connection, wanted: Select[Any]) -> list[Pinned]:
    return [Pinned(*row) for row in db.execute(wanted)]
