"""What went astray, for the operator: messages that no messenger will take, and updates that
could not be handled. Nobody's words are read here, and nothing is unsealed; and nothing of the
self-test is shown, which clears away after itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Select, case, func, or_, select
from sqlalchemy.engine import Connection

from domain.self_test import SELF_BOT
from storage.deliveries import UNSURE, is_unsure
from storage.inbox import IS_PARKED
from storage.outbox import IS_DUE
from storage.rows import table
from storage.tables import Address, Inbox, Outbox, Room

_OUTBOX = table(Outbox)
_ADDRESS = table(Address)
_ROOM = table(Room)
# What may leave only after this is held until somebody lets it go (storage/posts.py).
_HELD: Final = datetime(9000, 1, 1, tzinfo=UTC)
_REAL: Final = _OUTBOX.c.bot != SELF_BOT
_SHOWN: Final = tuple(column for column in _OUTBOX.c if column.name != "notice")


@dataclass(frozen=True, slots=True)
class Letter:
    """A row of the outbox without its words. `purpose` is what its chat serves now ("" for
    nothing, and for a person's), since `bound_at`; `state` is due, sent, dead or dropped."""

    id: int
    bot: str
    address_id: int
    lane: int
    state: str
    private: bool
    unreachable_at: datetime | None
    purpose: str
    bound_at: datetime | None
    edits: int | None
    answers: int | None
    deletes: bool
    concerns: str | None
    once: str | None
    erased: bool
    attempts: int
    fault: str | None
    created_at: datetime

    @property
    def is_unsure(self) -> bool:
        """Whether a try of it may have arrived."""
        return is_unsure(self.fault)


@dataclass(frozen=True, slots=True)
class Count:
    """So many rows of a lane in a state (`held`: due, but only when somebody lets them go);
    `unsure` of them may stand there twice, or not at all."""

    lane: int
    state: str
    number: int
    unsure: int


def count_dead(db: Connection) -> int:
    """Messages that were given up."""
    dead = (_OUTBOX.c.state == "dead") & _REAL
    wanted = select(func.count()).select_from(_OUTBOX).where(dead)
    return int(db.execute(wanted).scalar_one())


def count_parked(db: Connection) -> int:
    """Updates that were set aside; storage.inbox.list_parked has them."""
    inbox = table(Inbox)
    wanted = select(func.count()).select_from(inbox).where(IS_PARKED, inbox.c.bot != SELF_BOT)
    return int(db.execute(wanted).scalar_one())


def count_by_lane(db: Connection) -> list[Count]:
    """Every lane and state in which there is anything; reads the whole table."""
    held = IS_DUE & (_OUTBOX.c.not_before >= _HELD)
    state = case((held, "held"), else_=_OUTBOX.c.state).label("how")
    unsure = func.sum(case((_OUTBOX.c.fault.startswith(UNSURE), 1), else_=0))
    counted = select(_OUTBOX.c.lane, state, func.count(), unsure).where(_REAL)
    found = db.execute(counted.group_by(_OUTBOX.c.lane, state).order_by(_OUTBOX.c.lane, state))
    return [Count(lane, how, number, int(sure)) for lane, how, number, sure in found]


def list_oldest(db: Connection) -> list[Letter]:
    """Of each lane the row that has waited longest, held ones left out."""
    waits = or_(_OUTBOX.c.not_before.is_(None), _OUTBOX.c.not_before < _HELD)
    due = select(func.min(_OUTBOX.c.id)).where(IS_DUE, waits, _REAL)
    keys = list(db.execute(due.group_by(_OUTBOX.c.lane)).scalars())
    return _letters(db, _letter().where(_OUTBOX.c.id.in_(keys)).order_by(_OUTBOX.c.lane))


def list_dead(db: Connection, after: int, limit: int) -> list[Letter]:
    """Dead letters whose id is above `after`, the oldest first."""
    dead = (_OUTBOX.c.state == "dead") & (_OUTBOX.c.id > after) & _REAL
    return _letters(db, _letter().where(dead).order_by(_OUTBOX.c.id).limit(limit))


def find_letter(db: Connection, key: int) -> Letter | None:
    """One row, in whatever state."""
    return next(iter(_letters(db, _letter().where(_OUTBOX.c.id == key))), None)


def has_newer_edit(db: Connection, letter: Letter) -> bool:
    """Whether something later was put in the place of what this edit says."""
    later = (_OUTBOX.c.edits == letter.edits) & (_OUTBOX.c.id > letter.id)
    later &= _OUTBOX.c.once.is_(None)
    return db.execute(select(_OUTBOX.c.id).where(later).limit(1)).first() is not None


def make_due(db: Connection, letter: Letter) -> bool:
    """Owe a dead letter anew, and with it the newest state that it was to be changed to, which
    died with it; False where it is not dead any more. That a try may have arrived stays noted."""
    dead = (_OUTBOX.c.id == letter.id) & (_OUTBOX.c.state == "dead") & _OUTBOX.c.erased.is_(False)
    fault = letter.fault if letter.is_unsure else None
    anew: dict[str, Any] = {"state": "due", "attempts": 0, "not_before": None}
    if not db.execute(_OUTBOX.update().where(dead).values(fault=fault, **anew)).rowcount:
        return False
    db.info["owed"] = True
    edits = (_OUTBOX.c.edits == letter.id) & _OUTBOX.c.once.is_(None)
    newest = db.execute(select(func.max(_OUTBOX.c.id)).where(edits)).scalar()
    lost = (_OUTBOX.c.id == newest) & _OUTBOX.c.state.in_(("dead", "dropped"))
    lost &= _OUTBOX.c.erased.is_(False)
    db.execute(_OUTBOX.update().where(lost).values(fault=None, **anew))
    return True


def _letter() -> Select[Any]:
    serves = (_ROOM.c.address_id == _OUTBOX.c.address_id) & _ROOM.c.ended_at.is_(None)
    return (
        select(
            *_SHOWN,
            _ADDRESS.c.private,
            _ADDRESS.c.unreachable_at,
            _ROOM.c.purpose,
            _ROOM.c.bound_at,
        )
        .join(_ADDRESS, _ADDRESS.c.id == _OUTBOX.c.address_id)
        .join(_ROOM, serves, isouter=True)
    )


def _letters(db: Connection, wanted: Select[Any]) -> list[Letter]:
    found: Sequence[Any] = db.execute(wanted).mappings().all()
    return [_read(row) for row in found]


def _read(row: Any) -> Letter:
    return Letter(
        id=row["id"],
        bot=row["bot"],
        address_id=row["address_id"],
        lane=row["lane"],
        state=row["state"],
        private=row["private"],
        unreachable_at=row["unreachable_at"],
        purpose=row["purpose"] or "",
        bound_at=row["bound_at"],
        edits=row["edits"],
        answers=row["answers"],
        deletes=row["deletes"] is not None,
        concerns=row["concerns"],
        once=row["once"],
        erased=row["erased"],
        attempts=row["attempts"],
        fault=row["fault"],
        created_at=row["created_at"],
    )
