"""Several processes writing into one PostgreSQL: who works alone, and who beside others.

Every piece of work was written for a single writer: it reads, decides, and writes. So it runs
alone (the default), under an advisory lock that nobody else holds; beside others only what
touches nothing but its own conversation, which is not believed but watched, statement by
statement (docs/decisions/0017-several-processes.md).
"""

from hashlib import sha256
from typing import Any, Final

from sqlalchemy import TextClause, UpdateBase, event, func, select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError, IntegrityError

# A table, and what is done to it.
Deeds = frozenset[tuple[str, str]]
_VERBS: Final = ("insert", "update")

# What a step of one conversation may write beside others: its update, its draft, who it is, and
# what it is answered. What was owed already it may not change: that is being sent meanwhile.
ANSWERING: Final[Deeds] = frozenset(
    {("outbox", "insert")}
    | {(name, verb) for name in ("inbox", "draft", "address", "person") for verb in _VERBS}
)
# What the one sender of a bot may write beside others: what became of a row.
SETTLING: Final[Deeds] = frozenset({("outbox", "update")})
# A process that freezes in the middle of its work must not hold up all others for ever.
FROZEN_AFTER: Final = "10s"
# https://www.postgresql.org/docs/current/errcodes-appendix.html: serialization_failure,
# deadlock_detected. Nothing is wrong with the work: done again, it succeeds.
_CROSSED: Final = frozenset({"40001", "40P01"})


class NotAlone(Exception):
    """This work needs to be alone; of what it wrote nothing may stay."""


def key_of(name: str) -> int:
    """The number by which PostgreSQL knows this lock (a signed 64-bit integer)."""
    return int.from_bytes(sha256(f"tuquan:{name}".encode()).digest()[:8], "big", signed=True)


_WRITING: Final = key_of("writing")
_FROZEN: Final = func.set_config("idle_in_transaction_session_timeout", FROZEN_AFTER, True)
_ALONE: Final = select(_FROZEN, func.pg_advisory_xact_lock(_WRITING))
_BESIDE: Final = select(_FROZEN, func.pg_advisory_xact_lock_shared(_WRITING))


def begin_alone(db: Connection) -> None:
    """Until the end of this transaction nobody else writes; the first thing in it."""
    if db.dialect.name == "postgresql":
        db.execute(_ALONE)


def begin_changing(db: Connection) -> None:
    """The same for a change of the layout, which may think for as long as it likes."""
    if db.dialect.name == "postgresql":
        db.execute(select(func.pg_advisory_xact_lock(_WRITING)))


def begin_beside(db: Connection) -> None:
    """Until the end of this transaction nobody works alone; the first thing in it. A statement
    that would write more than `db.info["may"]` has (of the type Deeds) raises NotAlone."""
    db.execute(_BESIDE)
    if not event.contains(db, "before_execute", _watch):
        event.listen(db, "before_execute", _watch)


def is_alone(db: Connection) -> bool:
    """Whether nobody else writes while this transaction goes on; so it is unless the writer was
    asked for something else."""
    return bool(db.info.get("alone", True))


def needs_to_be_alone(fault: BaseException | None) -> bool:
    """Whether work that failed so beside others must be done once more alone. Two that make the
    same row at the same time look to one of them like a broken constraint."""
    return isinstance(fault, NotAlone | IntegrityError)


def is_crossed(fault: BaseException) -> bool:
    """Whether two transactions stood in each other's way, and this one was undone for it."""
    return isinstance(fault, DBAPIError) and getattr(fault.orig, "sqlstate", "") in _CROSSED


def _watch(db: Connection, statement: Any, _many: Any, _one: Any, _options: Any) -> None:
    """Raises NotAlone."""
    if is_alone(db):
        return
    if isinstance(statement, TextClause):
        raise NotAlone("text")
    if isinstance(statement, UpdateBase):
        deed = (getattr(statement.table, "name", ""), statement.__visit_name__)
        if deed not in db.info["may"]:
            raise NotAlone(*deed)
