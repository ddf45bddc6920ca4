"""A few invented rows in every table, with every kind of value, for what must carry them all."""

from datetime import timedelta
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Integer
from sqlalchemy.engine import Connection
from sqlmodel import SQLModel

from storage.columns import Sealed, SealedApart, SealedJson, UtcDateTime
from tests.conftest import START

ROWS = 3


def fill(db: Connection) -> None:
    """Three rows a table; what may be missing is missing in the last one."""
    for table in SQLModel.metadata.sorted_tables:
        rows = [
            {c.name: _value(c, number) for c in table.columns} for number in range(1, ROWS + 1)
        ]
        db.execute(table.insert(), rows)


def _value(column: Column[Any], number: int) -> Any:
    if column.nullable and number == ROWS:
        return None
    for key in column.foreign_keys:
        target = key.column
        return _value(target, min(number, ROWS)) if not target.foreign_keys else number
    match column.type:
        case UtcDateTime():
            return START + timedelta(days=number, microseconds=number)
        case Sealed() | SealedApart():
            return f"Lời bịa số {number}"
        case SealedJson() | JSON():
            return {"lời": [f"bịa {number}", None, 1.5, {"json": True}]}
        case Boolean():
            return number % 2 == 0
        case Integer():
            return number
    # Sorted by a language, these come in another order than by their bytes.
    return f"{('b', 'B', 'ă')[number - 1]}{number}"
