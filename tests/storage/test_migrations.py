"""Migrations: up, down, with data, on both databases; and equal to the tables in code."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from cryptography.exceptions import InvalidTag
from sqlalchemy.engine import Engine
from sqlmodel import SQLModel

from storage import addresses
from storage.engine import open_engine
from storage.keys import Keyring
from storage.migrate import downgrade, pending, upgrade
from tests.conftest import START


def test_the_migrations_make_exactly_the_tables_of_the_code(shared_engine: Engine) -> None:
    with shared_engine.connect() as db:
        context = MigrationContext.configure(db)
        assert compare_metadata(context, SQLModel.metadata) == []


def test_up_down_and_up_again_with_data(engine: Engine) -> None:
    with engine.begin() as db:
        addresses.add_person(db, "Ông Bình (nhân vật bịa)", "vi", START)
    assert not pending(engine)
    downgrade(engine, "base")
    assert pending(engine)
    upgrade(engine)
    assert not pending(engine)


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
