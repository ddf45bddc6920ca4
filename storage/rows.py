"""Rows of Core statements as SQLModel objects, typed, without the cost of an ORM session."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, TypeVar, cast

from sqlalchemy import Insert, Select, Table, Update, bindparam
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, RowMapping
from sqlalchemy.orm import ClassManager, configure_mappers
from sqlalchemy.orm.attributes import manager_of_class
from sqlalchemy.sql import Executable
from sqlmodel import SQLModel

from storage.prepared import Statement, fetch, write

Row = TypeVar("Row", bound=SQLModel)
Item = TypeVar("Item")


def table(model: type[SQLModel]) -> Table:
    """The Core table of a model."""
    found: Table = model.__table__  # type: ignore[attr-defined]
    return found


def find(db: Connection, model: type[Row], statement: Select[Any], **values: Any) -> Row | None:
    """The first row as an object of its model, or None; for a statement that was built just for
    this. `values` are those of its `bindparam`s."""
    row = db.execute(statement, values).mappings().first()
    return None if row is None else loaded(model, row)


def rows(db: Connection, model: type[Row], statement: Executable, **values: Any) -> list[Row]:
    """All rows as objects of their model; as for `find`."""
    return [loaded(model, row) for row in db.execute(statement, values).mappings()]


def find_kept(db: Connection, model: type[Row], statement: Statement, **values: Any) -> Row | None:
    """Like `find`, faster, for a statement that stays: a module's constant, built once."""
    found = fetch(db, statement, values)
    return loaded(model, found[0]) if found else None


def rows_kept(db: Connection, model: type[Row], statement: Statement, **values: Any) -> list[Row]:
    """Like `rows`, faster, for a statement that stays."""
    return [loaded(model, row) for row in fetch(db, statement, values)]


def find_by(db: Connection, model: type[Row], **values: Any) -> Row | None:
    """The first row whose columns have these values (the primary key decides which)."""
    return find_kept(db, model, _by(model, tuple(values)), **values)


def list_by(db: Connection, model: type[Row], **values: Any) -> list[Row]:
    """All rows whose columns have these values, in the order of the primary key."""
    return rows_kept(db, model, _by(model, tuple(values)), **values)


def loaded(model: type[Row], values: RowMapping | dict[str, Any]) -> Row:
    """An object of its model as it stands in the database: its columns are not set one by one
    through the model's own `__init__`, which takes longer than to read them."""
    row: Row = _manager(model).new_instance()
    row.__dict__.update(cast("dict[str, Any]", values))
    return row


def add(db: Connection, row: SQLModel) -> int:
    """Insert; the new row's id (without meaning for a table whose key is no integer)."""
    values = {name: value for name, value in row.__dict__.items() if name[0] != "_"}
    if values.get("id", 0) is None:
        del values["id"]
    return write(db, _insert(type(row)), values)


def insert(db: Connection, model: type[SQLModel], **values: Any) -> int:
    """Like `add`, without the object: what is not given has the model's default."""
    return write(db, _insert(model), {**_defaults(model), **values})


def added(db: Connection, model: type[Row], **values: Any) -> Row:
    """Insert, for a model whose `id` is made here; the row as it stands now."""
    key = insert(db, model, **values)
    return loaded(model, {**_defaults(model), **values, "id": key})


def insert_once(
    db: Connection, model: type[SQLModel], unique: tuple[str, ...], **values: Any
) -> int | None:
    """Like `insert`; None, and nothing written, where a row has these values of the `unique`
    columns already."""
    found = fetch(db, _insert_once(model, unique, db.dialect.name), {**_defaults(model), **values})
    return int(found[0]["id"]) if found else None


def change(db: Connection, model: type[SQLModel], key: int, **values: Any) -> None:
    """Set columns of the row whose primary key is `key`."""
    write(db, _update(model), {"row_key": key, **values})


def in_batches(several: Sequence[Item], most: int = 500) -> Iterator[Sequence[Item]]:
    """One part after the other, so that no statement has more parameters than a database takes."""
    for start in range(0, len(several), most):
        yield several[start : start + most]


@cache
def _manager(model: type[SQLModel]) -> ClassManager[Any]:
    configure_mappers()
    return manager_of_class(model)


# Built once: SQLAlchemy recognises the same statement object faster than an equal one.
@cache
def _by(model: type[SQLModel], names: tuple[str, ...]) -> Select[Any]:
    target = table(model)
    wanted = (target.c[name] == bindparam(name) for name in names)
    return target.select().where(*wanted).order_by(*target.primary_key.columns)


@cache
def _insert(model: type[SQLModel]) -> Insert:
    return table(model).insert()


@cache
def _insert_once(model: type[SQLModel], unique: tuple[str, ...], dialect: str) -> Insert:
    """psycopg does not count the rows of an insert: it is asked for the row itself."""
    target = table(model)
    inserting = postgresql.insert if dialect == "postgresql" else sqlite.insert
    once = inserting(target).on_conflict_do_nothing(index_elements=list(unique))
    return once.returning(target.c.id)


@cache
def _defaults(model: type[SQLModel]) -> dict[str, Any]:
    fields = model.model_fields.items()
    return {
        name: field.default for name, field in fields if not field.is_required() and name != "id"
    }


@cache
def _update(model: type[SQLModel]) -> Update:
    target = table(model)
    column = next(iter(target.primary_key.columns))
    return target.update().where(column == bindparam("row_key"))
