"""Savepoints: what is done in one is undone alone where it fails.

On SQLite as two statements of the driver, which cost a sixtieth of SQLAlchemy's bookkeeping
around them; every update, settlement and look is in one.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from sqlalchemy.engine import Connection


@contextmanager
def savepoint(db: Connection) -> Iterator[None]:
    """May be nested. SQLite's RELEASE and ROLLBACK TO mean the innermost one of that name
    (https://www.sqlite.org/lang_savepoint.html)."""
    if db.dialect.name != "sqlite" or not db.in_transaction():
        with db.begin_nested():
            yield
        return
    connection = cast("sqlite3.Connection", db.connection.dbapi_connection)
    connection.execute("SAVEPOINT tuquan")
    try:
        yield
    except BaseException:
        # A full disk makes SQLite roll back everything by itself, savepoints and all.
        if connection.in_transaction:
            connection.execute("ROLLBACK TO tuquan")
            connection.execute("RELEASE tuquan")
        raise
    connection.execute("RELEASE tuquan")
