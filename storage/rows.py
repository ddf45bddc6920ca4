"""Rows of Core statements as SQLModel objects, typed, without the cost of an ORM session."""

from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Insert, Table, Update, bindparam
from sqlalchemy.engine import Connection
from sqlalchemy.sql import Executable
from sqlmodel import SQLModel

Row = TypeVar("Row", bound=SQLModel)


def table(model: type[SQLModel]) -> Table:
    """The Core table of a model."""
    found: Table = model.__table__  # type: ignore[attr-defined]
    return found


def find(db: Connection, model: type[Row], statement: Executable) -> Row | None:
    """The first row as an object of its model, or None."""
    row = db.execute(statement).mappings().first()
    return None if row is None else model(**row)


def rows(db: Connection, model: type[Row], statement: Executable) -> list[Row]:
    """All rows as objects of their model."""
    return [model(**row) for row in db.execute(statement).mappings()]


def add(db: Connection, row: SQLModel) -> int:
    """Insert; the new row's integer id (0 for tables with another key)."""
    values = {name: value for name, value in row.__dict__.items() if name[0] != "_"}
    if values.get("id", 0) is None:
        del values["id"]
    result = db.execute(_insert(type(row)), values)
    key: Any = result.inserted_primary_key[0] if result.inserted_primary_key else 0
    return key if isinstance(key, int) else 0


def change(db: Connection, model: type[SQLModel], key: int, **values: Any) -> None:
    """Set columns of the row whose primary key is `key`."""
    db.execute(_update(model), {"row_key": key, **values})


# Built once: SQLAlchemy recognises the same statement object faster than an equal one.
@cache
def _insert(model: type[SQLModel]) -> Insert:
    return table(model).insert()


@cache
def _update(model: type[SQLModel]) -> Update:
    target = table(model)
    column = next(iter(target.primary_key.columns))
    return target.update().where(column == bindparam("row_key"))
