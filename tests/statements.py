"""What is sent to a database, whichever road it takes: the driver is asked, not SQLAlchemy."""

from sqlalchemy import event
from sqlalchemy.engine import Connection

_BESIDE = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN")


def statements(db: Connection) -> list[str]:
    """The first words of the statements from now on, without what only frames them."""
    seen: list[str] = []

    def note(statement: str) -> None:
        word = statement.split(maxsplit=1)[0]
        if word not in _BESIDE:
            seen.append(word)

    if db.dialect.name == "sqlite":
        db.connection.dbapi_connection.set_trace_callback(note)  # type: ignore[union-attr]
    else:
        event.listen(db, "before_cursor_execute", lambda *args: note(args[2]))
    return seen
