"""What was last said in a chat: it decides what plain words there mean."""

from datetime import datetime

from sqlalchemy import ColumnElement, func
from sqlalchemy.engine import Connection
from sqlmodel import col, select

from storage.rows import find
from storage.subjects import NEWS, NUMBER
from storage.tables import Outbox


def find_newest(db: Connection, address_id: int) -> Outbox | None:
    """The newest message; an edit leaves a message where it stands. "There is news" (see
    actions/quiet.py) says nothing that words could follow from, and may still be waiting;
    neither does a number to tap."""
    about = func.coalesce(col(Outbox.concerns), "")
    wordless = about.startswith(f"{NEWS}:") | (about == NUMBER)
    return _newest(db, _said_in(address_id) & (col(Outbox.state) != "dropped") & ~wordless)


def find_newest_about(
    db: Connection, address_id: int, subject: str, since: datetime
) -> Outbox | None:
    """The newest message whose `concerns` begins with `subject` ("question")."""
    about = col(Outbox.concerns).startswith(f"{subject}:")
    return _newest(db, _said_in(address_id) & about & (col(Outbox.created_at) > since))


def _said_in(address_id: int) -> ColumnElement[bool]:
    """Messages of their own. (Nearly every row edits nothing: asked for NULL as such, SQLite
    would walk the index of `edits`, which is the whole table, and not the chat's rows.)"""
    own = (col(Outbox.address_id) == address_id) & (func.coalesce(col(Outbox.edits), 0) == 0)
    return own & (func.coalesce(col(Outbox.deletes), "") == "")


def _newest(db: Connection, wanted: ColumnElement[bool]) -> Outbox | None:
    return find(db, Outbox, select(Outbox).where(wanted).order_by(col(Outbox.id).desc()).limit(1))
