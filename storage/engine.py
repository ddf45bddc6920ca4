"""Engines for SQLite (the embedded default) and PostgreSQL, with savepoints that hold.

pysqlite's own transaction handling lets a released savepoint survive the rollback of its
batch, so the driver is told to leave BEGIN to us.
"""

import sqlite3
from pathlib import Path
from typing import Any, cast

from sqlalchemy import event, make_url
from sqlalchemy.engine import URL, Connection, Engine
from sqlmodel import create_engine

from storage.keys import Keyring, attach_keyring
from storage.prepared import as_raised

BUSY_TIMEOUT_MS = 5_000
# A server that vanished is noticed within seconds; the system's own keep-alive takes two hours.
# https://www.postgresql.org/docs/current/libpq-connect.html
_VANISHED = {
    "connect_timeout": "5",
    "keepalives_idle": "3",
    "keepalives_interval": "2",
    "keepalives_count": "2",
    "tcp_user_timeout": "8000",
}
# Whatever of these the server knows (it ignores some for a connection within the machine). A step
# that ran into a time limit of the server's would be done again for ever.
_CLIENT_VANISHED = """
    SELECT set_config(name, wished, false) FROM pg_settings
    JOIN (VALUES ('tcp_keepalives_idle', '4'), ('tcp_keepalives_interval', '2'),
        ('tcp_keepalives_count', '2'), ('tcp_user_timeout', '8000'),
        ('statement_timeout', '0'), ('lock_timeout', '0')) AS ours (key, wished)
    ON name = key
"""


def open_engine(url: str | URL, ring: Keyring) -> Engine:
    """An engine whose readers do not block the writer; `writer_engine` makes the writer's."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        engine = _sqlite_engine(parsed)
    else:
        engine = _postgresql_engine(parsed)
    attach_keyring(engine, ring)
    return engine


def is_shareable(url: str | URL) -> bool:
    """Whether several processes may work on this database."""
    return make_url(url).get_backend_name() == "postgresql"


def writer_engine(engine: Engine) -> Engine:
    """The same engine, whose transactions take SQLite's write lock as they begin."""
    return engine.execution_options(sqlite_begin="IMMEDIATE")


def empty_log(engine: Engine) -> bool:
    """Write SQLite's log back into the database and cut it to nothing, so that it holds no
    copy of what was erased; False while somebody still reads, for whom nobody waits here.
    PostgreSQL does the like by itself in time (docs/data.md)."""
    if engine.dialect.name != "sqlite":
        return True
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("PRAGMA busy_timeout=0")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (busy, *_) = cursor.fetchone() or (1,)
        cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        cursor.close()
    except sqlite3.OperationalError:
        busy = 1
    finally:
        connection.close()
    return not busy


def _postgresql_engine(url: URL) -> Engine:
    engine = create_engine(
        url.set(drivername="postgresql+psycopg", query={**_VANISHED, **url.query}),
        pool_pre_ping=True,
        hide_parameters=True,
        # Whatever the server has by default: storage/locks.py relies on it.
        isolation_level="READ COMMITTED",
    )
    event.listen(engine, "connect", _prepare_postgresql)
    return engine


def _prepare_postgresql(connection: Any, _record: Any) -> None:
    """The same for the server, which must not keep for hours what a vanished machine locked."""
    with connection.cursor() as cursor:
        cursor.execute(_CLIENT_VANISHED)
    connection.commit()


def _sqlite_engine(url: URL) -> Engine:
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url,
        connect_args={"isolation_level": None, "check_same_thread": False},
        hide_parameters=True,  # the values of a failing statement must not reach a log
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "secure_delete=ON",
        "trusted_schema=OFF",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(db: Connection) -> None:
    mode = db.get_execution_options().get("sqlite_begin", "DEFERRED")
    connection = cast("sqlite3.Connection", db.connection.dbapi_connection)
    try:
        connection.execute(f"BEGIN {mode}")
    except sqlite3.Error as fault:
        raise as_raised(db, "BEGIN", fault) from fault
