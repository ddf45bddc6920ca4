"""Core statements that are built once, run on SQLite without the road through SQLAlchemy.

SQLAlchemy still writes the SQL and knows how each type is stored; but to find out both anew for
every statement takes it four times as long as SQLite needs for the statement itself
(docs/decisions/0018). Another database, whose own driver takes longest, gets them as ever.
"""

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final, cast

from sqlalchemy import Delete, Insert, Select, Update
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import TypeEngine

Statement = Select[Any] | Insert | Update | Delete
Process = Callable[[Any], Any] | None

# Where a connection keeps what it has prepared, among what is noted with it.
_KEPT: Final = "prepared"


@dataclass(frozen=True, slots=True)
class _Prepared:
    """`parameters` are the names in the order of the question marks, `given` what the statement
    itself says of them; `changed` and `columns` how values are turned on their way in and out."""

    sql: str
    parameters: tuple[tuple[str, Process], ...]
    given: dict[str, Any]
    columns: tuple[tuple[str, Process], ...]
    inserts: bool


def fetch(db: Connection, statement: Statement, values: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of a SELECT or of a RETURNING, by the names of their columns. `statement` must be
    one that stays (a module's constant, a cached one): it is prepared once. Raises what
    SQLAlchemy would."""
    prepared = _prepared(db, statement, values)
    if prepared is None:
        return [dict(row) for row in db.execute(statement, values).mappings()]
    found = _all(db, prepared, values)
    names = prepared.columns
    return [
        {
            name: value if process is None else process(value)
            for (name, process), value in zip(names, row, strict=True)
        }
        for row in found
    ]


def scalar(db: Connection, statement: Statement, values: dict[str, Any]) -> Any:
    """The first column of the first row, None where there is none; as for `fetch`."""
    prepared = _prepared(db, statement, values)
    if prepared is None:
        return db.execute(statement, values).scalar()
    found = _all(db, prepared, values)
    if not found:
        return None
    row = found[0]
    process = prepared.columns[0][1]
    return row[0] if process is None else process(row[0])


def write(db: Connection, statement: Statement, values: dict[str, Any]) -> int:
    """Do what gives no rows: after an INSERT the new row's id (without meaning for a table whose
    key is no integer), else how many rows it met; as for `fetch`."""
    prepared = _prepared(db, statement, values)
    if prepared is not None:
        cursor = _run(db, prepared, values)
        return cast("int", cursor.lastrowid) if prepared.inserts else cursor.rowcount
    result = db.execute(statement, values)
    if not isinstance(statement, Insert):
        return result.rowcount
    key: Any = result.inserted_primary_key[0] if result.inserted_primary_key else 0
    return key if isinstance(key, int) else 0


def _prepared(db: Connection, statement: Statement, values: Iterable[str]) -> _Prepared | None:
    """None where SQLAlchemy must do it: for another database, outside a transaction, or because
    the SQL depends on the values (a list of unknown length)."""
    if db.dialect.name != "sqlite" or not db.in_transaction():
        return None
    kept: dict[Any, _Prepared | None] = db.info.setdefault(_KEPT, {})
    # An INSERT or UPDATE names the columns that it is given.
    key = statement if isinstance(statement, Select) else (statement, *values)
    try:
        return kept[key]
    except KeyError:
        kept[key] = found = _prepare(db.dialect, statement, tuple(values))
        return found


def _prepare(dialect: Dialect, statement: Statement, names: tuple[str, ...]) -> _Prepared | None:
    compiled = statement.compile(dialect=dialect, column_keys=list(names))
    binds = compiled.binds
    varies = any(bind.expanding or bind.literal_execute for bind in binds.values())
    if varies or compiled.insert_prefetch or compiled.update_prefetch:
        return None
    order = compiled.positiontup or ()
    return _Prepared(
        compiled.string,
        tuple((name, _process_in(dialect, binds[name].type)) for name in order),
        {name: value for name, value in compiled.params.items() if name not in names},
        tuple(
            (column.key or "", _process_out(dialect, column.type))
            for column in statement.exported_columns
        ),
        isinstance(statement, Insert),
    )


def _process_in(dialect: Dialect, kind: TypeEngine[Any]) -> Process:
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _process_out(dialect: Dialect, kind: TypeEngine[Any]) -> Process:
    return kind.dialect_impl(dialect).result_processor(dialect, None)


def _run(db: Connection, prepared: _Prepared, values: dict[str, Any]) -> sqlite3.Cursor:
    said = {**prepared.given, **values} if prepared.given else values
    parameters = [
        said[name] if process is None else process(said[name])
        for name, process in prepared.parameters
    ]
    connection = cast("sqlite3.Connection", db.connection.dbapi_connection)
    try:
        return connection.execute(prepared.sql, parameters)
    except sqlite3.Error as fault:
        raise as_raised(db, prepared.sql, fault) from fault


def _all(db: Connection, prepared: _Prepared, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    cursor = _run(db, prepared, values)
    try:
        return cursor.fetchall()
    except sqlite3.Error as fault:
        raise as_raised(db, prepared.sql, fault) from fault


def as_raised(db: Connection, sql: str, fault: sqlite3.Error) -> BaseException:
    """As SQLAlchemy raises it. The values must not reach a log, so it is not told them."""
    return cast(
        "BaseException",
        DBAPIError.instance(
            sql,
            None,
            fault,
            sqlite3.Error,
            hide_parameters=True,
            dialect=db.dialect,
        ),
    )
