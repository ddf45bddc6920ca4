"""The short road to SQLite must say and read exactly what SQLAlchemy would."""

import sqlite3
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import bindparam, select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from storage.addresses import add_address, add_person
from storage.drafts import add_draft, find_open_draft
from storage.prepared import fetch, scalar, write
from storage.rows import find_by, insert, table
from storage.savepoints import savepoint
from storage.tables import Draft, Person, Ward

_PERSON = table(Person)
_BY_NAME = select(_PERSON).where(_PERSON.c.locale == bindparam("locale")).order_by(_PERSON.c.id)
_IN = (
    select(_PERSON.c.id)
    .where(_PERSON.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(_PERSON.c.id)
)
_NAMES = select(_PERSON.c.name, _PERSON.c.seen_at).where(_PERSON.c.id == bindparam("id"))
_MOVED = (
    _PERSON.update()
    .where(_PERSON.c.id == bindparam("whose"))
    .values(locale="en", seen_at=bindparam("at"))
    .returning(_PERSON.c.locale, _PERSON.c.seen_at)
)
EARLIER = datetime(2026, 11, 22, 9, 30, tzinfo=timezone(timedelta(hours=7)))


def test_every_column_reads_as_it_does_otherwise(db: Connection, now: datetime) -> None:
    person = add_person(db, "Bà Bảy (bịa) \ud83d", "vi", now)
    short = fetch(db, _BY_NAME, {"locale": "vi"})
    assert short == [dict(row) for row in db.execute(_BY_NAME, {"locale": "vi"}).mappings()]
    assert short[0]["name"] == "Bà Bảy (bịa) \ud83d"
    assert short[0]["id"] == person.id
    assert short[0]["seen_at"] == now
    assert short[0]["seen_at"].tzinfo is UTC


def test_one_value(db: Connection, now: datetime) -> None:
    person = add_person(db, "Ông Tư (bịa)", "vi", now)
    assert scalar(db, _NAMES, {"id": person.id}) == "Ông Tư (bịa)"
    assert scalar(db, _NAMES, {"id": person.id + 1}) is None


def test_a_list_of_unknown_length_goes_the_long_way(db: Connection, now: datetime) -> None:
    people = [add_person(db, f"Người bịa {n}", "vi", now).id for n in range(3)]
    assert [row["id"] for row in fetch(db, _IN, {"ids": people[:2]})] == people[:2]
    assert [row["id"] for row in fetch(db, _IN, {"ids": people})] == people


def test_a_change_returns_what_stands_now_and_counts(db: Connection, now: datetime) -> None:
    person = add_person(db, "Cô Năm (bịa)", "vi", now)
    assert fetch(db, _MOVED, {"whose": person.id, "at": EARLIER}) == [
        {"locale": "en", "seen_at": EARLIER}
    ]
    gone = _PERSON.delete().where(_PERSON.c.id == bindparam("whose"))
    assert write(db, gone, {"whose": person.id}) == 1
    assert write(db, gone, {"whose": person.id}) == 0


def test_the_same_insert_with_other_columns(db: Connection, now: datetime) -> None:
    add_person(db, "Chú Ba (bịa)", "vi", now)
    adding = _PERSON.insert()
    first = {"name": "A (bịa)", "locale": "vi", "created_at": now}
    key = write(db, adding, first)
    other = write(db, adding, {**first, "house": "Ngõ bịa 3"})
    assert other == key + 1
    found = find_by(db, Person, id=other)
    assert found is not None
    assert (found.house, found.phone) == ("Ngõ bịa 3", None)


def test_a_constraint_fails_as_it_does_otherwise(db: Connection, now: datetime) -> None:
    address = add_address(db, "bot", "7", now, person_id=add_person(db, "X (bịa)", "vi", now).id)
    add_draft(db, address.id, "report", {}, now)
    with pytest.raises(IntegrityError) as caught, savepoint(db):
        add_draft(db, address.id, "report", {"words": "kín"}, now)
    assert "kín" not in str(caught.value)
    assert find_open_draft(db, address.id) is not None


def test_a_wrong_statement_fails_as_it_does_otherwise(db: Connection) -> None:
    if db.dialect.name == "sqlite":
        db.exec_driver_sql("DROP TABLE ward")
        with pytest.raises(OperationalError, match="no such table"):
            find_by(db, Ward, code="06652")


@pytest.mark.parametrize("value", [{"a": [1, 2.5, None, True, "ạ"]}, "\ud83d", [], 7])
def test_json_comes_back_as_it_was(db: Connection, now: datetime, value: object) -> None:
    address = add_address(db, "bot", "8", now, person_id=add_person(db, "Y (bịa)", "vi", now).id)
    key = insert(db, Draft, address_id=address.id, flow="report", state=value, created_at=now,
                 updated_at=now)  # fmt: skip
    found = find_by(db, Draft, id=key)
    assert found is not None
    assert found.state == value


def _fail_inside(db: Connection, now: datetime) -> None:
    with savepoint(db):
        add_person(db, "Bỏ (bịa)", "vi", now)
        raise LookupError


def test_savepoints_undo_what_is_inside_alone(db: Connection, now: datetime) -> None:
    with savepoint(db):
        kept = add_person(db, "Giữ (bịa)", "vi", now).id
        with pytest.raises(LookupError):
            _fail_inside(db, now)
        with savepoint(db):
            inner = add_person(db, "Giữ nữa (bịa)", "vi", now).id
    assert [row["id"] for row in fetch(db, _BY_NAME, {"locale": "vi"})] == [kept, inner]


def test_a_savepoint_that_fails_raises_as_sqlalchemy_does(db: Connection) -> None:
    """Regression: what the driver raised itself was taken for the work's own fault."""
    if db.dialect.name != "sqlite":
        return
    db.exec_driver_sql("SELECT 1")
    driver = db.connection.dbapi_connection

    def refuse(action: int, *_: object) -> int:
        return sqlite3.SQLITE_DENY if action == sqlite3.SQLITE_SAVEPOINT else sqlite3.SQLITE_OK

    driver.set_authorizer(refuse)  # type: ignore[union-attr]
    try:
        with pytest.raises(DBAPIError), savepoint(db):
            pass
    finally:
        driver.set_authorizer(None)  # type: ignore[union-attr]


def test_what_every_step_asks_for_is_found_by_its_index(db: Connection) -> None:
    """Regression: with the state as a parameter SQLite walked every message ever sent, for each
    look and each message that the messenger took, and every open conversation for each step."""
    if db.dialect.name != "sqlite":
        return
    from storage.drafts import _OPEN_AT
    from storage.due_now import due_now
    from storage.outbox import _DROPPING_EDITS

    expected = {
        due_now("sqlite"): "outbox USING INDEX ix_outbox_due",
        _DROPPING_EDITS: "outbox USING INDEX ix_outbox_edits",
        _OPEN_AT: "draft USING INDEX uq_draft_open",
    }
    for statement, index in expected.items():
        compiled = statement.compile(dialect=db.dialect)
        parameters = tuple(None for _ in compiled.positiontup or ())
        plan = db.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled.string}", parameters).all()
        steps = [str(row[3]) for row in plan]
        assert any(step.startswith(f"SEARCH {index}") for step in steps), steps
