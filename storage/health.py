"""What doctor asks of an open database: is it as durable as promised, and can it be read?"""

from pathlib import Path
from typing import NamedTuple

from sqlalchemy import make_url
from sqlalchemy.engine import Connection
from sqlmodel import select

from storage.rows import find
from storage.tables import Person


class Durability(NamedTuple):
    """`journal` and `synchronous` as the database says them; PostgreSQL's are its own."""

    journal: str
    synchronous: str

    @property
    def holds(self) -> bool:
        """Whether what is committed survives a power cut."""
        return self.journal in ("wal", "") and self.synchronous in ("full", "on")


_SQLITE_LEVELS = ("off", "normal", "full", "extra")


def durability(db: Connection) -> Durability:
    """How this connection writes. Raises SQLAlchemyError where the database is away."""
    if db.dialect.name != "sqlite":
        return Durability("", str(db.exec_driver_sql("SHOW synchronous_commit").scalar()))
    journal = db.exec_driver_sql("PRAGMA journal_mode").scalar()
    level = db.exec_driver_sql("PRAGMA synchronous").scalar()
    return Durability(str(journal), _SQLITE_LEVELS[int(level or 0)])


def open_a_sealed_value(db: Connection) -> bool:
    """False where nothing is sealed yet. Raises KeyFault or InvalidTag for a wrong key."""
    return find(db, Person, select(Person).limit(1)) is not None


def database_exists(url: str) -> bool:
    """Whether there is anything to open; for a server only opening it will tell."""
    parsed = make_url(url)
    in_a_file = parsed.get_backend_name() == "sqlite" and parsed.database
    return not in_a_file or Path(str(parsed.database)).exists()
