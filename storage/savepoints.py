"""Savepoints: what is done in one is undone alone where it fails.

On SQLite as two statements of the driver, which cost a sixtieth of SQLAlchemy's bookkeeping
around them; every update, settlement and look is in one.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from sqlalchemy.engine import Connection

from storage.prepared import as_raised


@contextmanager
def savepoint(db: Connection) -> Iterator[None]:
    """May be nested. SQLite's RELEASE and ROLLBACK TO mean the innermost one of that name
    (https://www.sqlite.org/lang_savepoint.html)."""
    if db.dialect.name != "sqlite" or not db.in_transaction():
        with db.begin_nested():
            yield
        return
    _say(db, "SAVEPOINT tuquan")
    try:
        yield
    except BaseException:
        _undo(db)
        raise
    _say(db, "RELEASE tuquan")


def _undo(db: Connection) -> None:
    """Where even that fails, nothing of the whole transaction may stay."""
    connection = cast("sqlite3.Connection", db.connection.dbapi_connection)
    # A full disk makes SQLite roll back everything by itself, savepoints and all.
    if not connection.in_transaction:
        return
    try:
        connection.execute("ROLLBACK TO tuquan")
        connection.execute("RELEASE tuquan")
    except sqlite3.Error:
        connection.rollback()


def _say(db: Connection, sql: str) -> None:
    connection = cast("sqlite3.Connection", db.connection.dbapi_connection)
    try:
        connection.execute(sql)
    except sqlite3.Error as fault:
        raise as_raised(db, sql, fault) from fault
