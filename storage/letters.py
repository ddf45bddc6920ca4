"""What went astray, counted for the operator: messages that no messenger will take, and
updates that could not be handled.
"""

from sqlalchemy import func
from sqlalchemy.engine import Connection
from sqlmodel import select

from storage.tables import Inbox, Outbox


def count_dead(db: Connection) -> int:
    """Messages that were given up."""
    wanted = select(func.count()).select_from(Outbox).where(Outbox.state == "dead")
    return int(db.execute(wanted).scalar_one())


def count_parked(db: Connection) -> int:
    """Updates that were set aside; storage.inbox.list_parked has them."""
    wanted = select(func.count()).select_from(Inbox).where(Inbox.state == "parked")
    return int(db.execute(wanted).scalar_one())
