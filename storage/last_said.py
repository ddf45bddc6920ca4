"""What was last said in a chat: it decides what plain words there mean."""

from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, func
from sqlalchemy.engine import Connection
from sqlmodel import col, select

from storage.rows import find_kept
from storage.subjects import ASIDE, NEWS, NUMBER
from storage.tables import Outbox

_ABOUT: Final = func.coalesce(col(Outbox.concerns), "")
# Messages of their own. (Nearly every row edits nothing: asked for NULL as such, SQLite would
# walk the index of `edits`, which is the whole table, and not the chat's rows.)
_SAID: Final = (
    select(Outbox)
    .where(col(Outbox.address_id) == bindparam("address_id"))
    .where(func.coalesce(col(Outbox.edits), 0) == 0)
    .where(func.coalesce(col(Outbox.deletes), "") == "")
    .order_by(col(Outbox.id).desc())
    .limit(1)
)
_IS_HELD: Final = (
    _ABOUT.startswith("post:") & (col(Outbox.state) == "due") & col(Outbox.not_before).is_not(None)
)
_LAST: Final = _SAID.where(
    col(Outbox.state) != "dropped",
    ~_ABOUT.startswith(f"{NEWS}:"),
    _ABOUT != NUMBER,
    ~_IS_HELD,
)
_NEWEST: Final = _LAST.where(_ABOUT != ASIDE)
_NEWEST_ABOUT: Final = _SAID.where(
    col(Outbox.concerns).startswith(bindparam("about")),
    col(Outbox.created_at) > bindparam("since"),
)


def find_newest(db: Connection, address_id: int) -> Outbox | None:
    """The newest message; an edit leaves a message where it stands. "There is news" (see
    actions/quiet.py) says nothing that words could follow from, and may still be waiting;
    neither does a number to tap, nor the line that a draft still waits. A post that is held was
    not seen yet."""
    return find_kept(db, Outbox, _NEWEST, address_id=address_id)


def is_set_apart(db: Connection, address_id: int) -> bool:
    """Whether the line that a draft still waits is the last that was said: what stands above it
    was asked for, and nothing came after it."""
    last = find_kept(db, Outbox, _LAST, address_id=address_id)
    return last is not None and last.concerns == ASIDE


def find_newest_about(
    db: Connection, address_id: int, subject: str, since: datetime
) -> Outbox | None:
    """The newest message whose `concerns` begins with `subject` ("question")."""
    about = f"{subject}:"
    return find_kept(db, Outbox, _NEWEST_ABOUT, address_id=address_id, about=about, since=since)
