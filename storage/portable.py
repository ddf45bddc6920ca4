"""The rows of every table in one form that both kinds of database read and write alike: a line of
JSON a row, sealed values as they lie. Backups, and copies from one database to another, use it.

The tables are read from the database itself, not from our models, so that a backup of an older
layout can be put back as it was.
"""

import base64
import hashlib
import json
from binascii import b2a_base64
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import JSON, LargeBinary, MetaData, String, Table, collate, func, select, text
from sqlalchemy.engine import Connection
from sqlalchemy.sql.elements import ColumnElement

REVISIONS: Final = "alembic_version"
BATCH: Final = 500
# Made once: json.dumps makes an encoder for every call with options.
_dump: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


class Fingerprint(NamedTuple):
    """How many rows a table has, and the SHA-256 (hex) of all of them in order."""

    rows: int
    sha256: str


class Measure:
    """Takes a fingerprint while lines pass by."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self._rows = 0

    def add(self, lines: Iterable[str]) -> None:
        """These come next."""
        for line in lines:
            self._hash.update(line.encode() + b"\n")
            self._rows += 1

    def taken(self) -> Fingerprint:
        """Of all so far."""
        return Fingerprint(self._rows, self._hash.hexdigest())


def tables_of(db: Connection) -> list[Table]:
    """All tables as they are here, what is referred to before what refers to it."""
    metadata = MetaData()
    metadata.reflect(db)
    return [table for table in metadata.sorted_tables if table.name != REVISIONS]


def is_empty(db: Connection, tables: Sequence[Table]) -> bool:
    """Whether no table holds a row."""
    return all(db.execute(select(1).select_from(t).limit(1)).first() is None for t in tables)


def batches(db: Connection, table: Table) -> Iterator[list[str]]:
    """All rows as lines, ordered by the primary key, at most `BATCH` at a time."""
    columns = sorted(table.columns, key=lambda column: column.name)
    carried = [(column.name, isinstance(column.type, JSON)) for column in columns]
    wanted = select(*columns).order_by(*(_ordered(db, k) for k in table.primary_key.columns))
    with db.execute(wanted.execution_options(yield_per=BATCH)) as result:
        for rows in result.partitions(BATCH):
            yield [_line(row, carried) for row in rows]


def fingerprint(db: Connection, table: Table) -> Fingerprint:
    """Reads the whole table."""
    measure = Measure()
    for lines in batches(db, table):
        measure.add(lines)
    return measure.taken()


def insert_lines(db: Connection, table: Table, lines: Sequence[str]) -> None:
    """Put rows as `batches` gave them. Raises KeyError and ValueError for a line that is none
    of this table's."""
    naive = db.dialect.name == "sqlite"
    rows = [
        {name: _valued(value, naive=naive) for name, value in json.loads(line).items()}
        for line in lines
    ]
    if rows:
        if set(rows[0]) != {column.name for column in table.columns}:
            raise KeyError(f"other columns than {table.name} has")
        db.execute(table.insert(), rows)


def check_references_late(db: Connection) -> None:
    """Within a transaction: on SQLite rows may come in any order, foreign keys are looked at
    as it is committed."""
    if db.dialect.name == "sqlite":
        db.execute(text("PRAGMA defer_foreign_keys=ON"))


def faults_of_file(db: Connection) -> list[str]:
    """What SQLite itself finds wrong; PostgreSQL never lets a broken reference in."""
    if db.dialect.name != "sqlite":
        return []
    said = [str(row[0]) for row in db.execute(text("PRAGMA integrity_check")) if row[0] != "ok"]
    return said + [
        f"reference of {row[0]}" for row in db.execute(text("PRAGMA foreign_key_check"))
    ]


def set_sequences(db: Connection, tables: Iterable[Table]) -> None:
    """On PostgreSQL the next row gets a number of its own, not one that was copied."""
    if db.dialect.name != "postgresql":
        return
    for table in tables:
        (key, *others) = table.primary_key.columns
        named = db.dialect.identifier_preparer.format_table(table)
        owned = select(func.pg_get_serial_sequence(named, key.name))
        sequence = None if others else db.execute(owned).scalar()
        highest = db.execute(select(func.max(key))).scalar() if sequence else None
        if highest is not None:
            db.execute(select(func.setval(sequence, highest)))


def sealed_values(db: Connection, table: Table, names: Sequence[str]) -> Iterator[bytes]:
    """Every value of these columns, as it lies."""
    wanted = [table.c[name] for name in names if name in table.c]
    sealed = [column for column in wanted if isinstance(column.type, LargeBinary)]
    if sealed:
        with db.execute(select(*sealed).execution_options(yield_per=BATCH)) as result:
            for row in result:
                yield from (value for value in row if value is not None)


def _line(row: Iterable[Any], carried: Sequence[tuple[str, bool]]) -> str:
    named = zip(row, carried, strict=True)
    values = {name: _plain(value, is_json=is_json) for value, (name, is_json) in named}
    return _dump(values)


def _ordered(db: Connection, key: ColumnElement[Any]) -> ColumnElement[Any]:
    """PostgreSQL sorts words by the server's language, SQLite by their bytes."""
    is_text = isinstance(key.type, String) and db.dialect.name == "postgresql"
    return collate(key, "C") if is_text else key


def _plain(value: Any, *, is_json: bool) -> Any:
    if value is None:
        return None
    if is_json:
        return {"json": value}
    match value:
        case bool() | int() | float() | str():
            return value
        case bytes() | memoryview():
            return {"bytes": b2a_base64(value, newline=False).decode()}
        case datetime():
            # SQLite gives it without a zone, PostgreSQL in that of its session.
            aware = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
            return {"at": aware.isoformat(timespec="microseconds")}
    raise TypeError(f"a value of type {type(value).__name__} cannot be carried over")


def _valued(plain: Any, *, naive: bool) -> Any:
    match plain:
        case {"json": value}:
            return value
        case {"bytes": str(written)}:
            return base64.b64decode(written, validate=True)
        case {"at": str(written)}:
            at = datetime.fromisoformat(written)
            return at.replace(tzinfo=None) if naive else at
        case dict() | list():
            raise ValueError("a value of no known form")
    return plain
