"""What processes on one PostgreSQL call to each other: that there is something to do. With the
transaction that makes it so, so that nobody is called too early or for nothing.
"""

from collections.abc import Collection
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

OWED: Final = "owed"  # something is in the outbox
MORE: Final = "more"  # a tick has more to do at once
STORED: Final = "stored"  # an update waits in the inbox
ALL: Final = (OWED, MORE, STORED)

CHANNEL: Final = "tuquan"


def tell_others(db: Connection, speaker: str, told: Collection[str]) -> None:
    """When this transaction is committed, and only then; `speaker` is who calls."""
    if told and db.dialect.name == "postgresql":
        db.execute(select(func.pg_notify(CHANNEL, " ".join((speaker, *told)))))


def heard(payload: str, listener: str) -> list[str]:
    """What is called; nothing where the listener called it, who knows it already."""
    speaker, *told = payload.split()
    return [] if speaker == listener else [each for each in told if each in ALL]
