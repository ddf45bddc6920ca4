"""How long what is owed has been waiting, by lane: what a watcher outside asks of the outbox."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import case, func, select
from sqlalchemy.engine import Connection

from domain.notices import Lane
from storage.columns import UtcDateTime
from storage.outbox import IS_DUE
from storage.rows import table
from storage.tables import Outbox

_OUTBOX = table(Outbox)


class Queue(NamedTuple):
    """Rows of a lane that are due now, and since when the oldest is (None without any)."""

    rows: int
    oldest_at: datetime | None


def list_queues(db: Connection, bots: Collection[str], now: datetime) -> dict[Lane, Queue]:
    """Every lane of these bots. A row that was to wait is due when its time came; one that
    was tried and failed stays due since it was put, however often its next try is put off."""
    waits = (_OUTBOX.c.attempts == 0) & (_OUTBOX.c.not_before > _OUTBOX.c.created_at)
    since = case((waits, _OUTBOX.c.not_before), else_=_OUTBOX.c.created_at)
    is_due = _OUTBOX.c.not_before.is_(None) | (_OUTBOX.c.not_before <= now)
    is_due |= _OUTBOX.c.attempts > 0
    wanted = (
        select(_OUTBOX.c.lane, func.count(), func.min(since, type_=UtcDateTime()))
        .where(_OUTBOX.c.bot.in_(list(bots)), IS_DUE, is_due)
        .group_by(_OUTBOX.c.lane)
    )
    found = {Lane(lane): Queue(rows, at) for lane, rows, at in db.execute(wanted)}
    return {lane: found.get(lane, Queue(0, None)) for lane in Lane}
