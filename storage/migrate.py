"""Bring a database to the newest schema, or say that it is not there yet."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection, Engine

from storage.engine import writer_engine
from storage.locks import begin_changing

FOLDER = Path(__file__).resolve().parent / "migrations"


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Up to `revision`, in one transaction: a failing migration leaves nothing behind."""
    with _changing(engine) as db:
        command.upgrade(_config(db), revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Down to `revision` ("base" is the empty database)."""
    with _changing(engine) as db:
        command.downgrade(_config(db), revision)


def pending(engine: Engine) -> bool:
    """Whether `upgrade` would change anything."""
    newest = ScriptDirectory.from_config(_config(None)).get_current_head()
    return current_revision(engine) != newest


def current_revision(engine: Engine) -> str | None:
    """The layout that the database has; None where it has none yet."""
    with engine.connect() as db:
        return MigrationContext.configure(db).get_current_revision()


@contextmanager
def _changing(engine: Engine) -> Iterator[Connection]:
    """A transaction in which SQLite's tables may be made anew: dropping one deletes its rows,
    so that foreign keys are not watched meanwhile but checked at the end.

    https://sqlite.org/lang_altertable.html#otheralter
    """
    with writer_engine(engine).connect() as db:
        if engine.dialect.name != "sqlite":
            with db.begin():
                begin_changing(db)
                yield db
            return
        _watch_foreign_keys(db, "OFF")
        try:
            with db.begin():
                yield db
                if broken := db.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise RuntimeError(f"a migration breaks a foreign key of {broken[0]}")
        finally:
            _watch_foreign_keys(db, "ON")


def _watch_foreign_keys(db: Connection, setting: str) -> None:
    """Not within a transaction, where SQLite ignores it."""
    cursor = db.connection.cursor()
    cursor.execute(f"PRAGMA foreign_keys={setting}")
    cursor.close()


def _config(db: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = db
    return config
