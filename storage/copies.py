"""The copies of one occurrence in many chats, written and counted many at a time: what is done for
each of six hundred chats alone holds the one writer for seconds.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, case, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from domain.notices import Lane, Notice
from storage.announcement_tables import Occurrence, Post
from storage.outbox import IS_DUE, dump_notice
from storage.posts import HELD, subject_of
from storage.rows import in_batches, table
from storage.tables import Address, Outbox, Room

_POST = table(Post)
_OUTBOX = table(Outbox)
_OCCURRENCE = table(Occurrence)
_ADDRESS = table(Address)
_ROOM = table(Room)
# States of what nobody will read.
_NOT_COMING = ("dropped", "dead")


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat by its address, the bot that reaches it, and the neighbourhood whose hours hold
    there (None for the defaults)."""

    address_id: int
    bot: str
    neighbourhood_id: int | None


@dataclass(frozen=True, slots=True)
class Owed:
    """What is to be put into one chat: now, or when `held_until` (aware, UTC) has come."""

    chat: Chat
    held_until: datetime | None


@dataclass(frozen=True, slots=True)
class Tally:
    """How the copies of one occurrence stand in chats of one sort (groups, or private ones).
    `waiting` are held for the end of quiet hours or of a full day, `failed` never arrive."""

    sent: int = 0
    failed: int = 0
    waiting: int = 0
    due: int = 0

    @property
    def chats(self) -> int:
        """All chats that have a copy."""
        return self.sent + self.failed + self.waiting + self.due

    @property
    def is_settled(self) -> bool:
        """Whether nothing more becomes of them."""
        return not self.waiting and not self.due


def list_chats(db: Connection, ward_code: str, purpose: str) -> list[Chat]:
    """The ward's chats with this purpose that belong to a neighbourhood, the oldest binding
    first; nothing of them is unsealed."""
    wanted = (
        select(_ADDRESS.c.id, _ADDRESS.c.bot, _ROOM.c.neighbourhood_id)
        .join(_ROOM, _ROOM.c.address_id == _ADDRESS.c.id)
        .where(_ROOM.c.ward_code == ward_code, _ROOM.c.purpose == purpose)
        .where(_ROOM.c.ended_at.is_(None), _ROOM.c.neighbourhood_id.is_not(None))
        .order_by(_ROOM.c.id)
    )
    return [Chat(*row) for row in db.execute(wanted)]


def chats_with(db: Connection, *occurrence_ids: int) -> set[int]:
    """The addresses that have a copy of one of these."""
    wanted = select(_POST.c.address_id).where(_POST.c.occurrence_id.in_(occurrence_ids))
    return {key for key in db.execute(wanted).scalars() if key is not None}


def neighbourhoods_with(db: Connection, occurrence_id: int) -> set[int | None] | None:
    """The neighbourhoods that its copies belong to (None among them: to none, as those in private
    chats do, since a neighbourhood is not reached with them); None where there is no copy at
    all."""
    place = case((_ADDRESS.c.private.is_(True), None), else_=_POST.c.neighbourhood_id)
    joined = _POST.outerjoin(_ADDRESS, _ADDRESS.c.id == _POST.c.address_id)
    mine = _POST.c.occurrence_id == occurrence_id
    wanted = select(place).select_from(joined).where(mine).distinct()
    return set(db.execute(wanted).scalars()) or None


def count_groups(db: Connection, post_ids: Sequence[int]) -> int:
    """How many of these copies are in group chats."""
    shared = _POST.join(_ADDRESS, _ADDRESS.c.id == _POST.c.address_id)
    wanted = select(func.count()).select_from(shared).where(_ADDRESS.c.private.is_(False))
    several = in_batches(post_ids)
    return sum(int(db.execute(wanted.where(_POST.c.id.in_(s))).scalar_one()) for s in several)


def count_by_chat(
    db: Connection, address_ids: Collection[int], start: datetime, end: datetime
) -> dict[int, int]:
    """How many posts each of these chats gets from `start` to before `end`: by when they were
    put, or by when they are let go; not those that were given up or that no messenger took. None
    has no entry."""
    leaves_at = func.coalesce(_POST.c.held_until, _POST.c.created_at)
    wanted = (
        select(_POST.c.address_id, func.count())
        .join(_OUTBOX, _OUTBOX.c.id == _POST.c.outbox_id)
        .where(_POST.c.address_id.in_(address_ids), _OUTBOX.c.state.not_in(_NOT_COMING))
        .where(leaves_at >= start, leaves_at < end)
        .group_by(_POST.c.address_id)
    )
    return {row[0]: int(row[1]) for row in db.execute(wanted)}


def add_copies(
    db: Connection,
    copies: Sequence[Owed],
    occurrence_id: int | None,
    law_item: str | None,
    now: datetime,
) -> dict[int, int]:
    """Insert; the ids by address, without those of chats that have this occurrence already."""
    if not copies:
        return {}
    insert = postgresql.insert if db.dialect.name == "postgresql" else sqlite.insert
    row = insert(_POST).on_conflict_do_nothing().returning(_POST.c.id, _POST.c.address_id)
    values: list[dict[str, Any]] = [
        {
            "occurrence_id": occurrence_id,
            "law_item": law_item,
            "address_id": each.chat.address_id,
            "neighbourhood_id": each.chat.neighbourhood_id,
            "held_until": each.held_until,
            "right_answers": 0,
            "wrong_answers": 0,
            "created_at": now,
        }
        for each in copies
    ]
    return {address_id: key for key, address_id in db.execute(row, values)}


def owe(
    db: Connection,
    copies: Iterable[tuple[int, Owed]],
    messages: Sequence[Notice],
    lane: Lane,
    now: datetime,
) -> None:
    """Put the messages of these posts (each by its id) into the outbox: the words, and behind
    them as their answers the files. Held ones wait for `storage.posts.release_all`."""
    several = list(copies)
    if not several:
        return
    db.info["owed"] = True
    words, *files = (dump_notice(each) for each in messages)
    rows = _add_rows(db, [_row(key, copy, words, lane, now) for key, copy in several])
    link = _POST.update().where(_POST.c.id == bindparam("key"))
    put = [(key, copy, rows[subject_of(key)]) for key, copy in several]
    db.execute(link.values(outbox_id=bindparam("row")), [{"key": k, "row": r} for k, _, r in put])
    behind = [
        _row(key, copy, file, lane, now) | {"answers": row, "not_before": None}
        for key, copy, row in put
        for file in files
    ]
    if behind:
        db.execute(_OUTBOX.insert(), behind)


def tallies(db: Connection, occurrence_ids: Collection[int]) -> Mapping[tuple[int, bool], Tally]:
    """How the copies of each of these stand, in groups (False) and in private (True)."""
    counts: dict[tuple[int, bool], dict[str, int]] = {}
    held = IS_DUE & (_OUTBOX.c.not_before == HELD)
    state = case((held, "waiting"), else_=_OUTBOX.c.state)
    which = (_POST.c.occurrence_id, _ADDRESS.c.private, state)
    wanted = (
        select(*which, func.count())
        .join(_OUTBOX, _OUTBOX.c.id == _POST.c.outbox_id)
        .join(_ADDRESS, _ADDRESS.c.id == _POST.c.address_id)
        .where(_POST.c.occurrence_id.in_(occurrence_ids))
        .group_by(*which)
    )
    for key, private, name, number in db.execute(wanted):
        counts.setdefault((key, private), {})[name] = int(number)
    return {which: _tally(several) for which, several in counts.items()}


def list_untold(db: Connection, since: datetime) -> list[tuple[int, int, str, datetime]]:
    """(occurrence, announcement, state, when it began) of what began after `since` and whose
    author did not hear yet what became of it, the oldest first."""
    begun = _OCCURRENCE.c.state.in_(("sending", "sent")) & (_OCCURRENCE.c.sent_at > since)
    columns = (
        _OCCURRENCE.c.id,
        _OCCURRENCE.c.announcement_id,
        _OCCURRENCE.c.state,
        _OCCURRENCE.c.sent_at,
    )
    wanted = select(*columns).where(begun, _OCCURRENCE.c.told_at.is_(None))
    return [(row[0], row[1], row[2], row[3]) for row in db.execute(wanted.order_by(columns[0]))]


def _tally(counts: Mapping[str, int]) -> Tally:
    failed = counts.get("dead", 0) + counts.get("dropped", 0)
    return Tally(counts.get("sent", 0), failed, counts.get("waiting", 0), counts.get("due", 0))


def _row(post_id: int, copy: Owed, notice: Any, lane: Lane, now: datetime) -> dict[str, Any]:
    return {
        "bot": copy.chat.bot,
        "address_id": copy.chat.address_id,
        "lane": int(lane),
        "notice": notice,
        "concerns": subject_of(post_id),
        "calm": False,
        "state": "due",
        "erased": False,
        "attempts": 0,
        "not_before": HELD if copy.held_until is not None else None,
        "created_at": now,
    }


def _add_rows(db: Connection, values: list[dict[str, Any]]) -> dict[str, int]:
    """The ids by what the rows concern."""
    added = _OUTBOX.insert().returning(_OUTBOX.c.id, _OUTBOX.c.concerns)
    return {concerns: key for key, concerns in db.execute(added, values)}
