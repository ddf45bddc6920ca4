"""What became of each row of the outbox, and what left lately."""

from datetime import datetime
from typing import Final, NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.engine import Connection

from storage.cards import is_card
from storage.outbox import IS_DUE
from storage.prepared import fetch
from storage.rows import change, find_kept, table
from storage.tables import Address, Outbox

# What the fault of a row begins with, when a try of it may have arrived: the messenger took the
# request, and the line broke before its answer.
UNSURE: Final = "unsure: "
_OUTBOX = table(Outbox)
_ADDRESS = table(Address)
_SENDING = (
    _OUTBOX.update()
    .where(_OUTBOX.c.id == bindparam("key"))
    .values(
        state="sent",
        message_id=bindparam("message"),
        sent_at=bindparam("at"),
        fault=bindparam("why"),
    )
    .returning(_OUTBOX.c.bot, _OUTBOX.c.once, _OUTBOX.c.erased)
)
_BUT_WORDS = select(*(column for column in _OUTBOX.c if column.key != "notice")).where(
    _OUTBOX.c.id == bindparam("key")
)


class Taken(NamedTuple):
    """Whose row a messenger took; `matters` where anybody hears of it: it is a card, or was erased
    while it was on the wire."""

    bot: str
    matters: bool


def unsure_fault(fault: str) -> str:
    """A fault after which the message may stand there all the same."""
    return fault if is_unsure(fault) else f"{UNSURE}{fault}"


def is_unsure(fault: str | None) -> bool:
    """Whether this is such a fault."""
    return (fault or "").startswith(UNSURE)


def mark_sent(
    db: Connection, key: int, message_id: str | None, now: datetime, fault: str | None = None
) -> Taken:
    """The messenger has it. `message_id` is None for a notice that was gathered with others.
    `fault` stays where it may stand there twice, or not at all (see `unsure_fault`). Raises
    LookupError."""
    values = {"key": key, "message": message_id, "at": now, "why": fault}
    found = fetch(db, _SENDING, values)
    if not found:
        raise LookupError(f"outbox row {key}")
    row = found[0]
    return Taken(row["bot"], is_card(row["once"]) or row["erased"])


def get_sent(db: Connection, key: int) -> Outbox:
    """The row as it stands, but for its words. Raises LookupError."""
    row = find_kept(db, Outbox, _BUT_WORDS, key=key)
    if row is None:
        raise LookupError(f"outbox row {key}")
    return row


def mark_failed(
    db: Connection, key: int, attempts: int, fault: str, not_before: datetime | None
) -> None:
    """Not yet: it stays due; until `not_before` others of its chat may pass it."""
    change(db, Outbox, key, attempts=attempts, fault=fault[:200], not_before=not_before)


def mark_dead(db: Connection, key: int, fault: str, *, tried: bool = False) -> None:
    """It will never be accepted: a dead letter for an operator. `tried` counts one try more."""
    this = _OUTBOX.update().where(_OUTBOX.c.id == key)
    attempts = _OUTBOX.c.attempts + int(tried)
    db.execute(this.values(state="dead", fault=fault[:200], attempts=attempts))


def mark_dropped(db: Connection, key: int) -> None:
    """It lost its meaning: what it edits or follows was never sent as a message of its own."""
    change(db, Outbox, key, state="dropped")


def erase_settled(db: Connection, before: datetime) -> int:
    """Empty the notices of rows made before `before` that wait for nothing; how many."""
    settled = (_OUTBOX.c.state != "due") & _OUTBOX.c.erased.is_(False)
    old = settled & (_OUTBOX.c.created_at < before)
    return db.execute(_OUTBOX.update().where(old).values(notice={}, erased=True)).rowcount


def list_due_for(db: Connection, address_id: int) -> list[int]:
    """The ids of all that waits for one address."""
    due = (_OUTBOX.c.address_id == address_id) & IS_DUE
    return list(db.execute(select(_OUTBOX.c.id).where(due).order_by(_OUTBOX.c.id)).scalars())


def sent_since(db: Connection, bot: str, since: datetime) -> list[tuple[int, datetime, bool]]:
    """(address, instant, whether private) of what left lately, so that a restart keeps the
    pace."""
    is_counted = _OUTBOX.c.edits.is_(None) & _OUTBOX.c.deletes.is_(None)
    wanted = (_OUTBOX.c.bot == bot) & (_OUTBOX.c.sent_at >= since) & is_counted
    statement = (
        select(_OUTBOX.c.address_id, _OUTBOX.c.sent_at, _ADDRESS.c.private)
        .join(_ADDRESS, _ADDRESS.c.id == _OUTBOX.c.address_id)
        .where(wanted)
        .order_by(_OUTBOX.c.sent_at)
    )
    return [(address, at, private) for address, at, private in db.execute(statement)]
