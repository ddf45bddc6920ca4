"""Which faults void a whole transaction, and which are one piece of work's own."""

from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError


def breaks_transaction(db: Connection, fault: Exception) -> bool:
    """Whether the database itself failed (disk full, locked, connection lost), so that the
    whole batch is void; a constraint that a handler ran into, or a statement that SQLite does
    not understand, is the work's own fault alone."""
    if db.invalidated or getattr(fault, "connection_invalidated", False):
        return True
    # A full disk, or a lack of memory, makes SQLite roll back everything by itself, savepoints
    # and all, whatever Python then raises (https://www.sqlite.org/lang_transaction.html).
    if not getattr(db.connection.dbapi_connection, "in_transaction", True):
        return True
    if not isinstance(fault, DBAPIError) or isinstance(fault, IntegrityError):
        return False
    if _is_wrong_statement(fault.orig):
        return False
    return isinstance(fault, OperationalError)


def _is_wrong_statement(fault: BaseException | None) -> bool:
    """SQLite raises the same class for "no such column" as for "disk full"; its code differs.
    https://www.sqlite.org/rescode.html#error"""
    return getattr(fault, "sqlite_errorname", "") == "SQLITE_ERROR"
