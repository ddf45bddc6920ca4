"""Two schedulers on one database: each occurrence is posted once, and nobody waits crosswise."""

import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.engine import Connection, Engine

from actions.announcing import pause, stop
from actions.broadcasting import release_held
from actions.occurrences import send_due
from domain.recurrence import once
from storage import announcements, posts
from storage.addresses import get_person
from storage.announcement_tables import Post
from storage.engine import open_engine, writer_engine
from storage.keys import Keyring
from storage.migrate import upgrade
from storage.rows import rows, table
from storage.tables import Outbox
from tests.actions.speakers import Speakers
from tests.precinct import Precinct

SCHEDULERS = 4


@pytest.fixture(params=["sqlite", "postgresql"])
def own_engine(
    request: pytest.FixtureRequest, tmp_path: Path, keyring: Keyring
) -> Iterator[Engine]:
    """A database of the test's own of each kind, for what commits in several connections."""
    url = f"sqlite:///{tmp_path / 'several.sqlite3'}"
    if request.param == "postgresql":
        server = make_url(request.getfixturevalue("postgres_url"))
        server = server.set(drivername="postgresql+psycopg")
        name = f"several_{uuid4().hex}"
        administration = create_engine(server, isolation_level="AUTOCOMMIT")
        with administration.connect() as db:
            db.execute(text(f"CREATE DATABASE {name}"))
        administration.dispose()
        url = server.set(database=name).render_as_string(hide_password=False)
    engine = open_engine(url, keyring)
    upgrade(engine)
    yield engine
    engine.dispose()


def plan(engine: Engine, now: datetime, number: int = 12) -> list[int]:
    """So many announcements that are due in an hour; their ids."""
    with writer_engine(engine).begin() as db:
        town = Speakers(Precinct(db, now))
        town.rhythm(town.khu2, posts_a_day=1000)
        rule = once(now + timedelta(hours=1))
        return [town.announce(rule=rule).id for _ in range(number)]


def together(engine: Engine, deed: object, now: datetime) -> list[BaseException]:
    """Several schedulers do it at the same moment, each in a transaction of its own."""
    barrier, faults = threading.Barrier(SCHEDULERS), list[BaseException]()

    def look() -> None:
        barrier.wait()
        try:
            with writer_engine(engine).begin() as db:
                deed(db, now)  # type: ignore[operator]
        except Exception as fault:  # noqa: BLE001  (shown by the test)
            faults.append(fault)

    threads = [threading.Thread(target=look) for _ in range(SCHEDULERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return faults


def copies(db: Connection) -> list[int | None]:
    """The occurrences of all posts."""
    return [post.occurrence_id for post in rows(db, Post, table(Post).select())]


def test_each_occurrence_is_posted_once(own_engine: Engine, now: datetime) -> None:
    keys = plan(own_engine, now)
    assert together(own_engine, send_due, now + timedelta(hours=1)) == []
    with own_engine.connect() as db:
        found = copies(db)
        assert len(found) == len(set(found)) == len(keys)
        owed = [row.concerns for row in rows(db, Outbox, table(Outbox).select())]
        assert sorted(filter(None, owed)) == sorted({each for each in owed if each})
        assert {announcements.get(db, key).state for key in keys} == {"ended"}


def test_what_is_held_is_released_once(own_engine: Engine, now: datetime) -> None:
    night = now + timedelta(hours=14)
    with writer_engine(own_engine).begin() as db:
        town = Speakers(Precinct(db, night))
        town.announce()
    morning = night + timedelta(hours=8)
    assert together(own_engine, release_held, morning) == []
    with own_engine.connect() as db:
        (row,) = [row for row in rows(db, Outbox, table(Outbox).select()) if row.lane == 3]
        assert (row.state, row.not_before) == ("due", None)


def test_the_same_time_is_planned_once(own_engine: Engine, now: datetime) -> None:
    (key,) = plan(own_engine, now, 1)
    due = now + timedelta(days=5)
    together(own_engine, lambda db, _: announcements.plan(db, key, due, due), now)
    with own_engine.connect() as db:
        found = [each.due_at for each in announcements.list_occurrences(db, key)]
        assert found.count(due) == 1


@pytest.mark.parametrize("deed", [stop, pause])
def test_stopped_while_a_scheduler_looks_it_is_not_posted(
    own_engine: Engine, now: datetime, deed: object
) -> None:
    """On PostgreSQL the scheduler reads before the stop is committed, and waits for it."""
    if own_engine.dialect.name == "sqlite":
        has_one_writer(own_engine)
        return
    (key,) = plan(own_engine, now, 1)
    at = now + timedelta(hours=1)
    looked = threading.Event()

    def look() -> None:
        with own_engine.begin() as db:
            assert announcements.list_due(db, at) == [key]
            looked.set()
            send_due(db, at)

    with own_engine.begin() as db:
        leader = get_person(db, announcements.get(db, key).author_id)
        deed(db, key, leader, now)  # type: ignore[operator]
        thread = threading.Thread(target=look)
        thread.start()
        assert looked.wait(10)
    thread.join()
    with own_engine.connect() as db:
        assert copies(db) == []
        assert posts.list_held(db) == []


def has_one_writer(engine: Engine) -> None:
    """There nothing can come in between: its transactions begin with the write lock."""
    with writer_engine(engine).begin() as db:
        assert db.get_execution_options()["sqlite_begin"] == "IMMEDIATE"
