"""What `doctor` says of the processes that serve a PostgreSQL."""

from collections.abc import Iterator

from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from cli.database import opened
from cli.findings import Finding, State
from domain.notices import Text
from settings import Settings
from storage.health import database_exists
from storage.keys import KeyFault
from storage.role_holders import find_holder, list_processes


def check_workers(settings: Settings) -> list[Finding]:
    """How many there are, and what nobody does though somebody is there; nothing on SQLite, or
    where the database has its own fault."""
    if not database_exists(settings.database_url):
        return []
    try:
        with opened(settings) as engine, engine.connect() as db:
            if db.dialect.name != "postgresql":
                return []
            return list(_look(db, [bot.name for bot in settings.bots]))
    except (KeyFault, SQLAlchemyError):
        return []


def _look(db: Connection, bots: list[str]) -> Iterator[Finding]:
    number = len(list_processes(db))
    yield Finding("workers", State.OK, Text("doctor.workers.number", {"number": number}))
    if not number:
        return
    roles = ["scheduler", *(f"{part}:{bot}" for bot in bots for part in ("sender", "receiver"))]
    if idle := [role for role in roles if find_holder(db, role) is None]:
        words = Text("doctor.workers.idle", {"roles": ", ".join(idle)})
        yield Finding("workers", State.WARN, words, Text("doctor.workers.idle_do"))
