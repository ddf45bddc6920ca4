"""The message in which a board stands: looked at again it changes in its place, and what is typed
below it means the buttons that stand there now.
"""

from datetime import datetime

from sqlalchemy.engine import Connection

from domain.notices import Notice
from storage import outbox
from storage.tables import Outbox

_OURS = "b:"


def redraw(
    db: Connection, address_id: int, message_id: str, notice: Notice, now: datetime
) -> bool:
    """Put this in the place of a board of ours; False where that message is none."""
    row = outbox.find_by_message(db, address_id, message_id) if message_id else None
    if row is None or not _is_board(row):
        return False
    outbox.edit(db, row.id, notice, now)
    return True


def as_shown(db: Connection, row: Outbox | None) -> Outbox | None:
    """The message as it stands in the chat, where it leads to a board; any other as it is."""
    last = outbox.find_last_edit(db, row.id) if row is not None else None
    if row is None or last is None or not (_is_board(row) or _is_board(last)):
        return row
    return last


def _is_board(row: Outbox) -> bool:
    notice = outbox.load_notice(row.notice)
    return any((each.tap or "").startswith(_OURS) for line in notice.buttons for each in line)
