"""A copy that stands in a chat is edited in its place, exactly once for each thing said of it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy.engine import Connection

from actions.announcement_face import reworded
from domain.corrections import REACHES_BACK, Kind
from domain.notices import Notice
from storage import corrections, outbox
from storage.corrections import Copy
from storage.tables import Outbox


def edit_copy(
    db: Connection,
    copy: Copy,
    face: Notice,
    once: str,
    now: datetime,
    *,
    row: Outbox | None = None,
    kind: Kind = Kind.CORRECTED,
) -> None:
    """These words in its place; below what is cancelled or cleared no button stays."""
    row = row or outbox.get(db, copy.outbox_id)
    notice = reworded(outbox.load_notice(row.notice), face)
    if kind is not Kind.CORRECTED:
        notice = replace(notice, buttons=())
    outbox.edit(db, row.id, notice, now, once=once)


def reached_since(db: Connection, announcement_ids: Iterable[int], now: datetime) -> datetime:
    """Copies older than this are left as they are: those of the newest time are reached however
    old they are."""
    newest = (corrections.newest_sent_at(db, key) for key in announcement_ids)
    return min((now - REACHES_BACK, *(at for at in newest if at is not None)))
