"""Bring a database to the newest schema, or say that it is not there yet."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection, Engine

from storage.engine import writer_engine

FOLDER = Path(__file__).resolve().parent / "migrations"


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Up to `revision`, in one transaction: a failing migration leaves nothing behind."""
    with writer_engine(engine).begin() as db:
        command.upgrade(_config(db), revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Down to `revision` ("base" is the empty database)."""
    with writer_engine(engine).begin() as db:
        command.downgrade(_config(db), revision)


def pending(engine: Engine) -> bool:
    """Whether `upgrade` would change anything."""
    newest = ScriptDirectory.from_config(_config(None)).get_current_head()
    with engine.connect() as db:
        return MigrationContext.configure(db).get_current_revision() != newest


def _config(db: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = db
    return config
