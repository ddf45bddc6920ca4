"""Messages owed: put by actions in their transaction, claimed and settled by delivery."""

from datetime import datetime
from typing import Any, Final

from pydantic import TypeAdapter
from sqlalchemy import bindparam, func, literal_column
from sqlalchemy.engine import Connection
from sqlmodel import col, select

from domain.notices import Lane, Notice
from storage.columns import SealedBytes, seal_json
from storage.prepared import fetch, scalar, write
from storage.rows import find, find_by, insert, insert_once, rows, table
from storage.tables import Address, Outbox

_NOTICES: TypeAdapter[Notice] = TypeAdapter(Notice)
_OUTBOX = table(Outbox)
_REMEMBERED: Final = 1024
_ID_OF_ONCE: Final = select(_OUTBOX.c.id).where(_OUTBOX.c.once == bindparam("once"))
# Written out, not as a parameter: only then does SQLite know that the index of what is due will do
# (https://www.sqlite.org/partialindex.html).
IS_DUE: Final = _OUTBOX.c.state == literal_column("'due'")
# All of a message but its words.
_ORIGINAL: Final = select(
    _OUTBOX.c.bot, _OUTBOX.c.address_id, _OUTBOX.c.lane, _OUTBOX.c.concerns
).where(_OUTBOX.c.id == bindparam("key"))
# Nearly every row has no `once`: asked for NULL as such, SQLite would walk all of them.
_DROPPING_EDITS: Final = (
    _OUTBOX.update()
    .where(_OUTBOX.c.edits == bindparam("original"), IS_DUE)
    .where(func.coalesce(_OUTBOX.c.once, "") == "")
    .values(state="dropped")
)


def dump_notice(notice: Notice) -> Any:
    """Plain JSON values, without what is at its default."""
    return _NOTICES.dump_python(notice, mode="json", exclude_defaults=True)


def opened(db: Connection) -> dict[bytes, Any]:
    """What this connection sealed or opened of late, by its sealed form; no two are the same. What
    is owed is looked at with every message that leaves."""
    found: dict[bytes, Any] = db.info.setdefault("opened", {})
    if len(found) >= _REMEMBERED:
        found.clear()
    return found


def _sealed(db: Connection, notice: Notice) -> SealedBytes:
    """Delivery need not open and read what was put a moment ago."""
    sealed = seal_json(db.dialect, dump_notice(notice))
    opened(db)[sealed] = notice
    return sealed


def load_notice(stored: Any) -> Notice:
    """The notice of an outbox row."""
    return _NOTICES.validate_python(stored)


def put(
    db: Connection,
    address: Address,
    notice: Notice,
    lane: Lane,
    now: datetime,
    *,
    answers: int | None = None,
    concerns: str | None = None,
    once: str | None = None,
    calm: bool = False,
    not_before: datetime | None = None,
) -> int:
    """Owe this notice to this address; the row's id, by which it can be edited later.

    A second one with the same `once` is not put: the first one's id comes back. `calm` lets a
    crowded chat's delivery gather it with others (`Notice.digest` stands for it then). Until
    `not_before` it waits, and others of its chat may pass it.
    """
    return _owe(
        db,
        bot=address.bot,
        address_id=address.id,
        lane=int(lane),
        notice=_sealed(db, notice),
        answers=answers,
        concerns=concerns,
        once=once,
        calm=calm,
        not_before=not_before,
        created_at=now,
    )


def delete(db: Connection, address: Address, message_id: str, now: datetime) -> int:
    """Owe the deletion of a message of this chat, whoever wrote it; only once."""
    once = f"deleted:{address.id}:{message_id}"
    return _owe(
        db,
        bot=address.bot,
        address_id=address.id,
        lane=int(Lane.CONVERSATION),
        notice={},
        deletes=message_id,
        once=once,
        created_at=now,
    )


def close_poll(db: Connection, original: Outbox, now: datetime) -> int:
    """Owe the end of the poll that was sent with this row, so that its votes are counted; only
    once."""
    once = f"poll:{original.id}"
    return _owe(
        db,
        bot=original.bot,
        address_id=original.address_id,
        lane=int(Lane.NOTICE),
        notice=dump_notice(Notice(closes_poll=True)),
        edits=original.id,
        concerns=original.concerns,
        once=once,
        created_at=now,
    )


def pin(db: Connection, original: Outbox, now: datetime, *, loud: bool) -> int:
    """Owe the pinning of the message that was sent with this row, or will be; only once. A loud
    one is noticed by everybody in the chat."""
    return _owe_pin(db, original, Notice(pins=True, silent=not loud), f"pin:{original.id}", now)


def unpin(db: Connection, original: Outbox, now: datetime) -> int:
    """Owe the end of that; only once."""
    return _owe_pin(db, original, Notice(pins=False), f"unpin:{original.id}", now)


def owe_again(db: Connection, key: int, not_before: datetime) -> None:
    """What was given up is due once more, from this instant on."""
    given_up = (_OUTBOX.c.id == key) & _OUTBOX.c.state.in_(("dead", "dropped"))
    given_up &= _OUTBOX.c.erased.is_(False)
    db.info["owed"] = True
    values = {"state": "due", "attempts": 0, "fault": None, "not_before": not_before}
    db.execute(_OUTBOX.update().where(given_up).values(**values))


def edit(
    db: Connection, original_id: int, notice: Notice, now: datetime, *, once: str | None = None
) -> int:
    """Owe the new content of an earlier row, in its lane. It replaces every edit of that row
    that still waits, but those that are owed only `once`: a second one with the same mark is not
    put, and the first one's id comes back. The row itself is never reworded: it may be on the
    wire already. Raises LookupError."""
    if once is not None and (earlier := _find_once(db, once)):
        return earlier
    original = next(iter(fetch(db, _ORIGINAL, {"key": original_id})), None)
    if original is None:
        raise LookupError(f"outbox row {original_id}")
    _drop_waiting_edits(db, original_id)
    said = {"notice": _sealed(db, notice), "edits": original_id, "created_at": now}
    return _owe(db, once=once, **original, **said)


def get(db: Connection, key: int) -> Outbox:
    """Raises LookupError."""
    row = find_by(db, Outbox, id=key)
    if row is None:
        raise LookupError(f"outbox row {key}")
    return row


def find_last_edit(db: Connection, original_id: int) -> Outbox | None:
    """The newest content that was owed in the place of this row."""
    wanted = select(Outbox).where(Outbox.edits == original_id).order_by(col(Outbox.id).desc())
    return find(db, Outbox, wanted.limit(1))


def find_by_message(db: Connection, address_id: int, message_id: str) -> Outbox | None:
    """The row that a person replies to."""
    return find_by(db, Outbox, address_id=address_id, message_id=message_id)


def list_concerning(db: Connection, concerns: str) -> list[Outbox]:
    """The messages about this that were sent or will be, without their edits; not indexed."""
    wanted = (
        (col(Outbox.concerns) == concerns)
        & col(Outbox.edits).is_(None)
        & col(Outbox.state).in_(("due", "sent"))
    )
    return rows(db, Outbox, select(Outbox).where(wanted).order_by(col(Outbox.id)))


def _owe_pin(db: Connection, original: Outbox, notice: Notice, once: str, now: datetime) -> int:
    return _owe(
        db,
        bot=original.bot,
        address_id=original.address_id,
        lane=int(Lane.NOTICE),
        notice=dump_notice(notice),
        edits=original.id,
        concerns=original.concerns,
        once=once,
        created_at=now,
    )


def _owe(db: Connection, *, once: str | None = None, **values: Any) -> int:
    if once is None:
        db.info["owed"] = True
        return insert(db, Outbox, **values)
    key = insert_once(db, Outbox, ("once",), once=once, **values)
    if key is None:
        return _find_once(db, once) or 0
    db.info["owed"] = True
    return key


def _find_once(db: Connection, once: str) -> int | None:
    found: int | None = scalar(db, _ID_OF_ONCE, {"once": once})
    return found


def _drop_waiting_edits(db: Connection, original_id: int) -> None:
    write(db, _DROPPING_EDITS, {"original": original_id})
