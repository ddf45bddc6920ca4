"""Databases of a test's own, of both kinds."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Engine, make_url

from storage.engine import open_engine
from storage.keys import Keyring

NewEngine = Callable[[str], Engine]


@pytest.fixture
def new_engine(
    request: pytest.FixtureRequest, tmp_path: Path, keyring: Keyring
) -> Iterator[NewEngine]:
    """new_engine("sqlite") is an empty database without tables; each call another one."""
    made: list[Engine] = []

    def make(kind: str) -> Engine:
        name = f"t{abs(hash(request.node.nodeid)) % 10**9}_{len(made)}"
        if kind == "sqlite":
            url = make_url(f"sqlite:///{tmp_path / name}.sqlite3")
        else:
            url = make_url(request.getfixturevalue("postgres_url"))
            server = open_engine(url, keyring)
            with server.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
                db.execute(text(f"CREATE DATABASE {name}"))
            server.dispose()
            url = url.set(database=name)
        made.append(open_engine(url, keyring))
        return made[-1]

    yield make
    for engine in made:
        engine.dispose()
