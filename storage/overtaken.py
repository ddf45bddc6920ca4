"""An answer that overtakes us: it replies to a message whose number another process, which sent
it, has not written down yet."""

from sqlalchemy import exists, select
from sqlalchemy.engine import Connection

from storage.addresses import find_address
from storage.rows import table
from storage.tables import Outbox

_OUTBOX = table(Outbox)


def is_unsettled(db: Connection, bot: str, chat: str, message_id: str) -> bool:
    """Whether this message may be one of those that are being sent to this chat."""
    address = find_address(db, bot, chat)
    if address is None:
        return False
    here = _OUTBOX.c.address_id == address.id
    known = exists(select(_OUTBOX.c.id).where(here, _OUTBOX.c.message_id == message_id))
    owed = exists(select(_OUTBOX.c.id).where(here, _OUTBOX.c.state == "due"))
    return bool(db.execute(select(owed & ~known)).scalar())
