"""A copy is equal row for row, in either direction, or there is none."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import SQLModel

from storage import portable
from storage.addresses import add_person, get_person
from storage.copying import CannotCopy, Copied, Differs, copy_database
from storage.migrate import downgrade, upgrade
from tests.conftest import START
from tests.storage.conftest import NewEngine
from tests.storage.filled import ROWS, fill


def full(engine: Engine) -> Engine:
    upgrade(engine)
    with engine.begin() as db:
        portable.check_references_late(db)
        fill(db)
    return engine


def everything(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    """All values as the program reads them: unsealed."""
    with engine.connect() as db:
        return {
            table.name: [tuple(row) for row in db.execute(select(table).order_by(key))]
            for table in SQLModel.metadata.sorted_tables
            for key in table.primary_key.columns
        }


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("sqlite", "sqlite"),
        ("sqlite", "postgresql"),
        ("postgresql", "sqlite"),
        ("postgresql", "postgresql"),
    ],
)
def test_every_value_of_every_table_arrives(
    source: str, target: str, new_engine: NewEngine
) -> None:
    ours, theirs = full(new_engine(source)), new_engine(target)
    tables = len(SQLModel.metadata.sorted_tables)
    assert copy_database(ours, theirs) == Copied(tables, ROWS * tables)
    read = {name: sorted(map(repr, rows)) for name, rows in everything(theirs).items()}
    assert read == {name: sorted(map(repr, rows)) for name, rows in everything(ours).items()}
    with theirs.begin() as db:
        # The next number is free, also where the database counts by itself.
        person = add_person(db, "Bà Sáu (nhân vật bịa)", "vi", START)
        assert person.id == ROWS + 1
        assert get_person(db, person.id).name == "Bà Sáu (nhân vật bịa)"


def test_a_full_target_is_not_touched(new_engine: NewEngine) -> None:
    ours, theirs = full(new_engine("sqlite")), new_engine("sqlite")
    upgrade(theirs)
    with theirs.begin() as db:
        add_person(db, "Ông Tư (nhân vật bịa)", "vi", START)
    before = everything(theirs)
    with pytest.raises(CannotCopy) as refused:
        copy_database(ours, theirs)
    assert refused.value.why == "not_empty"
    assert everything(theirs) == before


def test_two_layouts_are_refused(new_engine: NewEngine) -> None:
    ours, theirs = full(new_engine("sqlite")), new_engine("sqlite")
    upgrade(theirs)
    downgrade(theirs, "0001")
    with pytest.raises(CannotCopy) as refused:
        copy_database(ours, theirs)
    assert refused.value.why == "layouts"
    with pytest.raises(CannotCopy) as refused:
        copy_database(new_engine("sqlite"), theirs)
    assert refused.value.why == "no_layout"


SPOIL = {
    "sqlite": (
        "CREATE TRIGGER spoil AFTER INSERT ON campaign BEGIN"
        " UPDATE campaign SET name = 'khác' WHERE id = NEW.id; END",
        "DROP TRIGGER spoil",
    ),
    "postgresql": (
        "CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS"
        " 'BEGIN NEW.name := ''khác''; RETURN NEW; END';"
        " CREATE TRIGGER spoil BEFORE INSERT ON campaign FOR EACH ROW EXECUTE FUNCTION spoil()",
        "DROP TRIGGER spoil ON campaign",
    ),
}


@pytest.mark.parametrize("target", ["sqlite", "postgresql"])
def test_what_arrives_otherwise_is_undone(target: str, new_engine: NewEngine) -> None:
    """Something between us and the disk changes a value: the target itself must have it right."""
    ours, theirs = full(new_engine("sqlite")), new_engine(target)
    upgrade(theirs)
    spoil, mend = SPOIL[target]
    with theirs.begin() as db:
        db.execute(text(spoil))
    with pytest.raises(Differs) as found:
        copy_database(ours, theirs)
    assert found.value.tables == ["campaign"]
    assert not any(everything(theirs).values())
    with theirs.begin() as db:
        db.execute(text(mend))
    assert copy_database(ours, theirs).rows > 0


def test_a_broken_reference_is_not_carried_over(new_engine: NewEngine) -> None:
    ours = full(new_engine("sqlite"))
    with ours.connect() as db:
        db.connection.cursor().execute("PRAGMA foreign_keys=OFF")
        with db.begin():
            db.execute(text("DELETE FROM neighbourhood WHERE id = 2"))
    with pytest.raises(Differs):
        copy_database(ours, new_engine("sqlite"))
    with pytest.raises(SQLAlchemyError):
        copy_database(ours, target := new_engine("postgresql"))
    assert not any(everything(target).values())
