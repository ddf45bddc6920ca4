"""What is owed now: the rows of the outbox that may leave, urgent first."""

import json
import logging
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, cast

from cryptography.exceptions import InvalidTag
from sqlalchemy import Select, bindparam, select
from sqlalchemy.engine import Connection, Dialect

from domain.notices import Lane, Notice
from storage.cards import is_card
from storage.columns import open_json, open_text
from storage.deliveries import is_unsure, mark_dead
from storage.due_now import due_now
from storage.keys import KeyFault
from storage.outbox import IS_DUE, load_notice, opened
from storage.prepared import fetch, scalar
from storage.rows import Item, table
from storage.savepoints import savepoint
from storage.tables import Outbox

log = logging.getLogger(__name__)

_OUTBOX = table(Outbox)
_ANY_DUE: Final = select(_OUTBOX.c.id).where(_OUTBOX.c.bot == bindparam("sender"), IS_DUE).limit(1)


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
    is_card: bool = False
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
    single rows that are not ready (`unready`). Of an address that is not `crowded` the first row
    is enough, since it leaves as it is; None: of every address all of them are wanted."""

    busy: Collection[int] = ()
    resting: Collection[int] = ()
    full: Collection[int] = ()
    unready: Collection[int] = ()
    crowded: Collection[int] | None = None


def list_due(db: Connection, bot: str, now: datetime, closed: Closed, limit: int) -> list[Due]:
    """What may be sent now, urgent first. A row that cannot be read (sealed with a lost key,
    damaged, of an older version) becomes a dead letter and stops no other."""
    wanted = due_now(db.dialect.name)
    values = {"sender": bot, "now": now, "most": limit, **_closed(db.dialect.name, closed)}
    try:
        return list(_wanted(db, _fetch(db, wanted, values), closed))
    except (InvalidTag, KeyFault, ValueError) as fault:
        log.error("an outbox row cannot be read: %s", type(fault).__name__)
    keys = db.execute(wanted.with_only_columns(_OUTBOX.c.id), values).scalars()
    return [due for key in list(keys) if (due := _read_or_bury(db, wanted, values, key))]


def is_any_due(db: Connection, bot: str) -> bool:
    """Whether this bot owes anybody anything, even if it may not leave yet."""
    return scalar(db, _ANY_DUE, {"sender": bot}) is not None


def _closed(dialect: str, closed: Closed) -> dict[str, Any]:
    lists = {
        "busy": closed.busy,
        "resting": closed.resting,
        "full": closed.full,
        "unready": closed.unready,
    }
    if dialect == "postgresql":
        return {name: list(keys) for name, keys in lists.items()}
    return {name: json.dumps(list(keys)) for name, keys in lists.items()}


def _fetch(db: Connection, wanted: Select[Any], values: dict[str, Any]) -> list[dict[str, Any]]:
    """Cards of emergencies before what belongs to them. The database sorts by that only where
    there are more emergencies than are asked for: else it would have to join and sort all that
    is due for every look, where its index has them in their order already."""
    rows = fetch(db, wanted, values)
    if len(rows) == values["most"] and rows[-1]["lane"] == Lane.EMERGENCY:
        return fetch(db, due_now(db.dialect.name, cards_first=True), values)
    return sorted(rows, key=_follows) if rows and rows[0]["lane"] == Lane.EMERGENCY else rows


def _follows(row: dict[str, Any]) -> tuple[int, bool]:
    urgent = row["lane"] == Lane.EMERGENCY
    return row["lane"], urgent and bool(row["original_state"]) and row["edits"] is None


def _wanted(db: Connection, rows: list[dict[str, Any]], closed: Closed) -> Iterator[Due]:
    """To read all that waits for one chat, whenever something of it leaves, would take longer the
    more there is."""
    alone: set[int] = set()
    for row in rows:
        if row["address_id"] in alone:
            continue
        due = _due(db, row)
        roomy = closed.crowded is not None and due.address_id not in closed.crowded
        # Where files must be made ready first, others of that chat pass them.
        if roomy and not due.notice.media:
            alone.add(due.address_id)
        yield due


def _read_or_bury(
    db: Connection, wanted: Select[Any], values: dict[str, Any], key: int
) -> Due | None:
    try:
        with savepoint(db):
            row = db.execute(wanted.where(_OUTBOX.c.id == key), values).mappings().one()
            return _due(db, row)
    except (InvalidTag, KeyFault, ValueError) as fault:
        mark_dead(db, key, f"unreadable: {type(fault).__name__}")
        return None


def _due(db: Connection, row: Any) -> Due:
    return Due(
        id=row["id"],
        address_id=row["address_id"],
        chat=_opened(db, row["chat"], open_text),
        private=row["private"],
        locale=row["locale"],
        lane=Lane(row["lane"]),
        notice=_opened(db, row["notice"], _open_notice),
        calm=row["calm"],
        attempts=row["attempts"],
        is_edit=row["edits"] is not None,
        original_state=row["original_state"] or "",
        original_message=row["original_message"],
        concerns=row["concerns"],
        is_card=is_card(row["once"]),
        deletes=row["deletes"],
        unsure=is_unsure(row["fault"]),
        unreachable=row["unreachable_at"] is not None,
    )


def _opened(db: Connection, sealed: bytes, opening: Callable[[Dialect, bytes], Item]) -> Item:
    """Opened once: what waits is looked at with every message that leaves, and no two sealed
    values are the same. Raises what opening one does."""
    found = opened(db)
    if sealed not in found:
        found[sealed] = opening(db.dialect, sealed)
    return cast("Item", found[sealed])


def _open_notice(dialect: Dialect, sealed: bytes) -> Notice:
    return load_notice(open_json(dialect, sealed))
