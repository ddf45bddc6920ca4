"""The sending side of the outbox: what is due for a bot, and what became of it."""

import logging
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from sqlalchemy import Select, bindparam, case, func, select
from sqlalchemy.engine import Connection

from domain.notices import Lane, Notice
from storage.keys import KeyFault
from storage.outbox import load_notice
from storage.rows import change, find, table
from storage.tables import Address, Outbox, Person

log = logging.getLogger(__name__)

# What the fault of a row begins with, when a try of it may have arrived: the messenger took the
# request, and the line broke before its answer.
UNSURE: Final = "unsure: "
_OUTBOX = table(Outbox)
_ADDRESS = table(Address)
_PERSON = table(Person)
_ORIGINAL = _OUTBOX.alias("original")
_SENDING = (
    _OUTBOX.update()
    .where(_OUTBOX.c.id == bindparam("key"))
    .values(
        state="sent",
        message_id=bindparam("message"),
        sent_at=bindparam("at"),
        fault=bindparam("why"),
    )
    .returning(_OUTBOX)
)


@dataclass(frozen=True, slots=True)
class Due:
    """A row to send, with all that sending needs. `original_state` is "" where the row
    neither edits nor answers another one; `deletes` is a message of its chat to be deleted.
    `unsure`: an earlier try may have arrived; `unreachable`: nothing arrives there now."""

    id: int
    address_id: int
    chat: str
    private: bool
    locale: str | None
    lane: Lane
    notice: Notice
    calm: bool
    attempts: int
    is_edit: bool
    original_state: str
    original_message: str | None
    concerns: str | None = None
    deletes: str | None = None
    unsure: bool = False
    unreachable: bool = False

    @property
    def is_free(self) -> bool:
        """Whether messengers do not count it: an edit, or a deletion."""
        return self.is_edit or self.deletes is not None

    @property
    def order(self) -> tuple[int, bool, int]:
        """Strict priority by lane; in an emergency what belongs to a card goes after cards."""
        return (self.lane, self.lane == Lane.EMERGENCY and self.follows, self.id)

    @property
    def follows(self) -> bool:
        """Whether it answers another message rather than standing alone."""
        return bool(self.original_state) and not self.is_edit


@dataclass(frozen=True, slots=True)
class Closed:
    """Addresses for which not everything may leave now: nothing at all (`busy`), emergencies
    only (`resting`), or only edits and deletions, which messengers do not count (`full`); and
    single rows that are not ready (`unready`)."""

    busy: Collection[int] = ()
    resting: Collection[int] = ()
    full: Collection[int] = ()
    unready: Collection[int] = ()


def list_due(db: Connection, bot: str, now: datetime, closed: Closed, limit: int) -> list[Due]:
    """What may be sent now, urgent first. A row that cannot be read (sealed with a lost key,
    damaged, of an older version) becomes a dead letter and stops no other."""
    wanted = _due_now(bot, now, closed)
    try:
        with db.begin_nested():
            return [_due(row) for row in db.execute(wanted.limit(limit)).mappings()]
    except (InvalidTag, KeyFault, ValueError) as fault:
        log.error("an outbox row cannot be read: %s", type(fault).__name__)
    keys = db.execute(wanted.with_only_columns(_OUTBOX.c.id).limit(limit)).scalars()
    return [due for key in list(keys) if (due := _read_or_bury(db, wanted, key))]


def _due_now(bot: str, now: datetime, closed: Closed) -> Select[Any]:
    follows = (_OUTBOX.c.lane == int(Lane.EMERGENCY)) & _OUTBOX.c.answers.is_not(None)
    emergency = _OUTBOX.c.lane == int(Lane.EMERGENCY)
    is_free = _OUTBOX.c.edits.is_not(None) | _OUTBOX.c.deletes.is_not(None)
    return (
        select(
            *_OUTBOX.c,
            _ADDRESS.c.chat,
            _ADDRESS.c.private,
            _ADDRESS.c.unreachable_at,
            _PERSON.c.locale,
            _ORIGINAL.c.state.label("original_state"),
            _ORIGINAL.c.message_id.label("original_message"),
        )
        .join(_ADDRESS, _ADDRESS.c.id == _OUTBOX.c.address_id)
        .join(_PERSON, _PERSON.c.id == _ADDRESS.c.person_id, isouter=True)
        .join(
            _ORIGINAL,
            _ORIGINAL.c.id == func.coalesce(_OUTBOX.c.edits, _OUTBOX.c.answers),
            isouter=True,
        )
        .where(_OUTBOX.c.bot == bot, _OUTBOX.c.state == "due")
        .where(_OUTBOX.c.not_before.is_(None) | (_OUTBOX.c.not_before <= now))
        # What it edits or answers must have its fate first.
        .where(_ORIGINAL.c.state.is_(None) | (_ORIGINAL.c.state != "due"))
        .where(_OUTBOX.c.address_id.not_in(closed.busy))
        .where(_OUTBOX.c.address_id.not_in(closed.resting) | emergency)
        .where(_OUTBOX.c.address_id.not_in(closed.full) | is_free)
        .where(_OUTBOX.c.id.not_in(closed.unready))
        .order_by(_OUTBOX.c.lane, case((follows, 1), else_=0), _OUTBOX.c.id)
    )


def _read_or_bury(db: Connection, wanted: Select[Any], key: int) -> Due | None:
    try:
        with db.begin_nested():
            return _due(db.execute(wanted.where(_OUTBOX.c.id == key)).mappings().one())
    except (InvalidTag, KeyFault, ValueError) as fault:
        mark_dead(db, key, f"unreadable: {type(fault).__name__}")
        return None


def _due(row: Any) -> Due:
    return Due(
        id=row["id"],
        address_id=row["address_id"],
        chat=row["chat"],
        private=row["private"],
        locale=row["locale"],
        lane=Lane(row["lane"]),
        notice=load_notice(row["notice"]),
        calm=row["calm"],
        attempts=row["attempts"],
        is_edit=row["edits"] is not None,
        original_state=row["original_state"] or "",
        original_message=row["original_message"],
        concerns=row["concerns"],
        deletes=row["deletes"],
        unsure=is_unsure(row["fault"]),
        unreachable=row["unreachable_at"] is not None,
    )


def unsure_fault(fault: str) -> str:
    """A fault after which the message may stand there all the same."""
    return fault if is_unsure(fault) else f"{UNSURE}{fault}"


def is_unsure(fault: str | None) -> bool:
    """Whether this is such a fault."""
    return (fault or "").startswith(UNSURE)


def mark_sent(
    db: Connection, key: int, message_id: str | None, now: datetime, fault: str | None = None
) -> Outbox:
    """The messenger has it: the row as it stands now. `message_id` is None for a notice that
    was gathered with others. `fault` stays where it may stand there twice, or not at all (see
    `unsure_fault`). Raises LookupError."""
    row = find(db, Outbox, _SENDING, key=key, message=message_id, at=now, why=fault)
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
    due = (_OUTBOX.c.address_id == address_id) & (_OUTBOX.c.state == "due")
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
