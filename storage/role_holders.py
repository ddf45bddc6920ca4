"""Who serves this database now, and who has which role: for an operator, and before a key is
changed under somebody's feet. PostgreSQL knows; on SQLite nobody else is there."""

from typing import Final

from sqlalchemy import text
from sqlalchemy.engine import Connection

from storage.roles import NAME, role_key

_PROCESSES: Final = text(
    "SELECT application_name FROM pg_stat_activity"
    " WHERE application_name LIKE :name AND datname = current_database()"
)
# A bigint lock is shown as its two halves.
# https://www.postgresql.org/docs/current/view-pg-locks.html
_HOLDER: Final = text(
    "SELECT activity.application_name FROM pg_locks AS held"
    " JOIN pg_stat_activity AS activity USING (pid)"
    " WHERE held.locktype = 'advisory' AND held.granted AND held.objsubid = 1"
    " AND activity.datname = current_database()"
    " AND held.classid = :high AND held.objid = :low"
)


def list_processes(db: Connection) -> list[str]:
    """Each as "tuquan" and its number on its own machine, also those of other machines."""
    if db.dialect.name != "postgresql":
        return []
    return list(db.execute(_PROCESSES, {"name": f"{NAME} %"}).scalars())


def find_holder(db: Connection, role: str) -> str | None:
    """The process that has this role now."""
    key = role_key(role) % 2**64
    found: str | None = db.execute(_HOLDER, {"high": key >> 32, "low": key % 2**32}).scalar()
    return found
