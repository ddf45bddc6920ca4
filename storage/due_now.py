"""The statement that finds what is due, in one form whatever may not leave just then."""

from functools import cache
from typing import Any, Final

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    LargeBinary,
    Select,
    String,
    all_,
    bindparam,
    case,
    func,
    select,
    type_coerce,
)

from domain.notices import Lane
from storage.outbox import IS_DUE
from storage.rows import table
from storage.tables import Address, Outbox, Person

_READ: Final = (
    "id",
    "address_id",
    "lane",
    "calm",
    "attempts",
    "edits",
    "concerns",
    "once",
    "deletes",
    "fault",
)

_OUTBOX = table(Outbox)
_ADDRESS = table(Address)
_PERSON = table(Person)
_ORIGINAL = _OUTBOX.alias("original")


@cache
def due_now(dialect: str, *, cards_first: bool = False) -> Select[Any]:
    """With "sender", "now", the lists of `storage.owed.Closed` and "most"; urgent first, and with
    `cards_first` the cards of emergencies before what belongs to them."""
    follows = (_OUTBOX.c.lane == int(Lane.EMERGENCY)) & _OUTBOX.c.answers.is_not(None)
    cards = (case((follows, 1), else_=0),) if cards_first else ()
    emergency = _OUTBOX.c.lane == int(Lane.EMERGENCY)
    is_free = _OUTBOX.c.edits.is_not(None) | _OUTBOX.c.deletes.is_not(None)
    no_earlier = _OUTBOX.c.not_before.is_(None) | (_OUTBOX.c.not_before <= bindparam("now"))
    address = _OUTBOX.c.address_id
    return (
        select(
            *(_OUTBOX.c[name] for name in _READ),
            type_coerce(_OUTBOX.c.notice, LargeBinary).label("notice"),
            type_coerce(_ADDRESS.c.chat, LargeBinary).label("chat"),
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
        .where(_OUTBOX.c.bot == bindparam("sender"), IS_DUE, no_earlier)
        # What it edits or answers must have its fate first.
        .where(_ORIGINAL.c.state.is_(None) | (_ORIGINAL.c.state != "due"))
        .where(_is_none_of(address, "busy", dialect))
        .where(_is_none_of(address, "resting", dialect) | emergency)
        .where(_is_none_of(address, "full", dialect) | is_free)
        .where(_is_none_of(_OUTBOX.c.id, "unready", dialect))
        .order_by(_OUTBOX.c.lane, *cards, _OUTBOX.c.id)
        .limit(bindparam("most"))
    )


def _is_none_of(column: ColumnElement[int], name: str, dialect: str) -> ColumnElement[bool]:
    """A list as one value: of a length that the statement need not know."""
    if dialect == "postgresql":
        return column != all_(bindparam(name, type_=ARRAY(BigInteger)))
    listed = func.json_each(bindparam(name, type_=String)).table_valued("value")
    return column.not_in(select(listed.c.value))
