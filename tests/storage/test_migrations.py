"""Migrations: up, down, with data, on both databases; and equal to the tables in code."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from cryptography.exceptions import InvalidTag
from sqlalchemy.engine import Connection, Engine
from sqlmodel import SQLModel

from storage import addresses, incidents, outbox
from storage.engine import open_engine
from storage.keys import Keyring, keyring_of_dialect
from storage.migrate import downgrade, pending, upgrade
from storage.subjects import subject_in
from tests.conftest import START


def test_the_migrations_make_exactly_the_tables_of_the_code(shared_engine: Engine) -> None:
    with shared_engine.connect() as db:
        context = MigrationContext.configure(db)
        assert compare_metadata(context, SQLModel.metadata) == []


def test_up_down_and_up_again_with_data(own_engine: Engine) -> None:
    with own_engine.begin() as db:
        addresses.add_person(db, "Ông Bình (nhân vật bịa)", "vi", START)
    assert not pending(own_engine)
    downgrade(own_engine, "base")
    assert pending(own_engine)
    upgrade(own_engine)
    assert not pending(own_engine)


def test_words_are_not_in_the_database_file_nor_its_log(engine: Engine) -> None:
    canary = "Chim hoàng yến bịa 4711"
    with engine.begin() as db:
        addresses.add_person(db, canary, "vi", START)
    folder = Path(str(engine.url.database)).parent
    stored = b"".join(file.read_bytes() for file in folder.iterdir())
    assert canary.encode() not in stored
    assert "hoàng yến".encode() not in stored


def test_another_ring_cannot_read(engine: Engine) -> None:

    with engine.begin() as db:
        person = addresses.add_person(db, "Bà Lan (nhân vật bịa)", "vi", START)
    stranger = open_engine(engine.url, Keyring({1: b"x" * 32}))
    with stranger.connect() as db, pytest.raises(InvalidTag):
        addresses.get_person(db, person.id)
    stranger.dispose()


def test_the_links_of_older_reports_are_set_apart_and_put_back(engine: Engine) -> None:
    downgrade(engine, "0001")
    with engine.begin() as db:
        _report_of_before(db)
    upgrade(engine)
    with engine.connect() as db:
        row = outbox.get(db, 9)
        assert (incidents.find_reporter(db, 1), incidents.find_receipt(db, 1)) == (5, 9)
        assert subject_in(db, row.concerns) == ("receipt", 1)
        assert ":1" not in str(row.concerns)
        assert incidents.find_filed(db, 33) == incidents.get(db, 1)
    downgrade(engine, "0001")
    with engine.connect() as db:
        kept = db.exec_driver_sql("SELECT receipt_id FROM incident").scalar()
        assert kept == 9
        assert db.exec_driver_sql("SELECT concerns FROM outbox").scalar() == "receipt:1"
    upgrade(engine)


def _report_of_before(db: Connection) -> None:
    """One report with its receipt, as the first tables had them."""
    at, ring = "2026-11-22 02:00:00", keyring_of_dialect(db.dialect)
    rows: tuple[tuple[str, dict[str, object]], ...] = (
        ("ward", {"code": "06650", "name": "Phường Hạ Long"}),
        ("person", {"id": 3, "name": ring.seal(b"Lan"), "locale": "vi", "created_at": at}),
        (
            "address",
            {"id": 5, "bot": "halong", "chat": ring.seal(b"7"), "chat_mark": ring.mark("7"),
             "private": 1, "title": ring.seal(b""), "person_id": 3, "created_at": at},
        ),
        (
            "incident",
            {"id": 1, "code": "48271936", "draft_id": 33, "kind": "NOISE", "urgency": 4,
             "ward_code": "06650", "words": ring.seal(b"x"), "named": 0, "state": "new",
             "receipt_id": 9, "created_at": at},
        ),
        (
            "incident_reporter",
            {"incident_id": 1, "address": ring.seal(b"5"), "address_mark": ring.mark("address:5")},
        ),
        (
            "outbox",
            {"id": 9, "bot": "halong", "address_id": 5, "lane": 1, "notice": ring.seal(b"{}"),
             "concerns": "receipt:1", "calm": 0, "state": "sent", "erased": 0, "attempts": 1,
             "created_at": at},
        ),
    )  # fmt: skip
    for table, values in rows:
        names, marks = ", ".join(values), ", ".join("?" for _ in values)
        insert = f"INSERT INTO {table} ({names}) VALUES ({marks})"
        db.exec_driver_sql(insert, tuple(values.values()))
