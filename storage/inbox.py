"""Updates that reached us: recorded with their effects, stored before them, or parked."""

import logging
from collections.abc import Collection
from datetime import datetime
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from sqlalchemy import exists, literal_column
from sqlalchemy.engine import Connection
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from domain.self_test import SELF_BOT
from storage.keys import KeyFault
from storage.rows import change, find, insert_once, rows, table
from storage.savepoints import savepoint
from storage.tables import Inbox

log = logging.getLogger(__name__)

_INBOX = table(Inbox)
# Written out, so that SQLite knows their indexes (see storage.outbox.IS_DUE).
_IS_NEW: Final = _INBOX.c.state == literal_column("'new'")
IS_PARKED: Final = _INBOX.c.state == literal_column("'parked'")


def record(
    db: Connection,
    bot: str,
    update_id: int,
    conversation: str,
    now: datetime,
    *,
    payload: Any = None,
    message_id: str | None = None,
) -> bool:
    """Take this update once: False if it was taken before, and then nothing must follow.
    `message_id` is that of the person's own message, so that it can be deleted.

    Without `payload` its effects are written in the same transaction and it counts as done;
    with one it is stored to be handled later, in order.
    """
    db.info["stored"] = db.info.get("stored", False) or payload is not None
    key = insert_once(
        db,
        Inbox,
        ("bot", "update_id"),
        bot=bot,
        update_id=update_id,
        conversation=conversation,
        state="done" if payload is None else "new",
        payload=payload,
        message_id=message_id,
        received_at=now,
    )
    return key is not None


def list_waiting(db: Connection, bot: str, limit: int) -> list[Inbox]:
    """Stored and not yet handled, in the order in which the messenger numbered them."""
    statement = (
        select(Inbox)
        .where(_INBOX.c.bot == bot, _IS_NEW)
        .order_by(col(Inbox.update_id))
        .limit(limit)
    )
    return _readable(db, statement)


def claim(
    db: Connection, bot: str, limit: int, keys: Collection[int] | None = None
) -> list[Inbox]:
    """Of what is stored, that which may be handled now and which nobody else is handling: the
    first of each conversation (of `keys`, where they are given). Until this transaction ends
    nobody else gets it, nor anything that follows it in its conversation."""
    earlier = _INBOX.alias("earlier")
    before = (
        (earlier.c.bot == _INBOX.c.bot)
        & (earlier.c.conversation == _INBOX.c.conversation)
        & (earlier.c.state == literal_column("'new'"))
        & (earlier.c.update_id < _INBOX.c.update_id)
    )
    waiting = select(Inbox).where(_INBOX.c.bot == bot, _IS_NEW)
    statement = waiting.where(~exists(select(earlier.c.id).where(before)))
    if keys is not None:
        statement = statement.where(col(Inbox.id).in_(keys))
    statement = statement.order_by(col(Inbox.update_id)).limit(limit)
    return _readable(db, statement.with_for_update(skip_locked=True, of=_INBOX))


def _readable(db: Connection, statement: SelectOfScalar[Inbox]) -> list[Inbox]:
    try:
        with savepoint(db):
            return rows(db, Inbox, statement)
    except (InvalidTag, KeyFault, ValueError) as fault:
        log.error("a stored update cannot be read: %s", type(fault).__name__)
    keys = db.execute(statement.with_only_columns(col(Inbox.id))).scalars()
    return [row for key in list(keys) if (row := _read_or_park(db, key))]


def _read_or_park(db: Connection, key: int) -> Inbox | None:
    try:
        with savepoint(db):
            return find(db, Inbox, select(Inbox).where(Inbox.id == key))
    except (InvalidTag, KeyFault, ValueError):
        change(db, Inbox, key, state="parked", fault="unreadable")
        return None


def finish(
    db: Connection, key: int, conversation: str = "", message_id: str | None = None
) -> None:
    """Handled: the payload is erased, the id stays, so that a repetition is recognised; whose
    it was is known only now."""
    values = {"conversation": conversation, "message_id": message_id}
    change(db, Inbox, key, state="done", payload=None, **values)


def park(
    db: Connection,
    bot: str,
    update_id: int,
    now: datetime,
    payload: Any,
    fault: str,
    *,
    conversation: str = "",
    message_id: str | None = None,
) -> None:
    """Keep an update that could not be handled for an operator, and let the others go on."""
    record(db, bot, update_id, "", now, payload=payload)
    wanted = (_INBOX.c.bot == bot) & (_INBOX.c.update_id == update_id)
    kept = {"state": "parked", "payload": payload, "fault": fault[:200]}
    whose = {"conversation": conversation, "message_id": message_id}
    db.execute(_INBOX.update().where(wanted).values(**kept, **whose))


def list_parked(db: Connection) -> list[Inbox]:
    """What an operator should look at, oldest first."""
    statement = select(Inbox).where(IS_PARKED, col(Inbox.bot) != SELF_BOT)
    return rows(db, Inbox, statement.order_by(col(Inbox.id)))


def forget_done(db: Connection, before: datetime) -> int:
    """Drop the ids of handled updates received before `before`; how many. Telegram keeps an
    unconfirmed update for 24 hours (https://core.telegram.org/bots/api#getting-updates)."""
    old = (_INBOX.c.state == "done") & (_INBOX.c.received_at < before)
    return db.execute(_INBOX.delete().where(old)).rowcount
