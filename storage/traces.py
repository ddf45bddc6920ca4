"""What can be read in one private chat: our messages and the person's own, so that they can be
taken back there, and their words erased here.
"""

from collections.abc import Collection
from datetime import datetime

from cryptography.exceptions import InvalidTag
from sqlalchemy.engine import Connection
from sqlmodel import col, select

from domain.notices import Notice
from storage.keys import KeyFault, mark
from storage.outbox import IS_DUE, get, load_notice
from storage.rows import rows, table
from storage.tables import Address, Draft, Inbox, Outbox

_OUTBOX = table(Outbox)
_WITHOUT_WORDS = [column for column in _OUTBOX.c if column.name != "notice"]
# A draft in one of these states can be read, or taken back, by whoever holds the phone.
_LEFT = ("open", "cancelled")


def list_ours(db: Connection, address_id: int, since: datetime) -> list[Outbox]:
    """All that was owed to this chat since then, edits too, the newest first; without the
    words, so that one that cannot be read stops nothing."""
    wanted = (
        (col(Outbox.address_id) == address_id)
        & (col(Outbox.created_at) >= since)
        & col(Outbox.deletes).is_(None)
    )
    listed = select(*_WITHOUT_WORDS).where(wanted).order_by(col(Outbox.id).desc())
    return [Outbox(notice=None, **row) for row in db.execute(listed).mappings()]


def find_notice(db: Connection, row_id: int) -> Notice | None:
    """What one of them says; None where it cannot be read any more."""
    try:
        return load_notice(get(db, row_id).notice)
    except (InvalidTag, KeyFault, LookupError, ValueError):
        return None


def list_theirs(db: Connection, address: Address, since: datetime) -> list[str]:
    """The person's own messages received since then, by their ids, the newest first."""
    wanted = (
        (col(Inbox.bot) == address.bot)
        & (col(Inbox.conversation) == mark(db, address.chat))
        & (col(Inbox.received_at) >= since)
        & col(Inbox.message_id).is_not(None)
    )
    listed = select(Inbox.message_id).where(wanted).order_by(col(Inbox.id).desc())
    return [str(message_id) for message_id in db.execute(listed).scalars()]


def list_left_drafts(db: Connection, address_id: int) -> list[Draft]:
    """The open one and those that can be taken back."""
    wanted = (col(Draft.address_id) == address_id) & col(Draft.status).in_(_LEFT)
    return rows(db, Draft, select(Draft).where(wanted).order_by(col(Draft.id)))


def list_done_drafts(db: Connection, address_id: int, since: datetime) -> list[Draft]:
    """Those that were answered to their end since then."""
    wanted = (
        (col(Draft.address_id) == address_id)
        & (col(Draft.status) == "done")
        & (col(Draft.updated_at) >= since)
    )
    return rows(db, Draft, select(Draft).where(wanted).order_by(col(Draft.id)))


def erase(db: Connection, row_ids: Collection[int]) -> None:
    """Empty these rows; what still waits is never sent."""
    these = _OUTBOX.c.id.in_(list(row_ids))
    due = these & IS_DUE
    db.execute(_OUTBOX.update().where(due).values(state="dropped"))
    db.execute(_OUTBOX.update().where(these).values(notice={}, erased=True))
