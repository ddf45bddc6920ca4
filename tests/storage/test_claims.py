"""Stored updates as several processes take them: each conversation's in order, each once."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Connection, Engine

from storage import inbox
from storage.migrate import upgrade
from tests.storage.conftest import NewEngine


@pytest.fixture
def stored(new_engine: NewEngine, now: datetime) -> Iterator[Engine]:
    """Two chats, whose updates came by turns; one of another bot."""
    engine = new_engine("postgresql")
    upgrade(engine)
    with engine.begin() as db:
        for number, chat in ((1, "a"), (2, "b"), (3, "a"), (4, "b"), (5, "c")):
            inbox.record(db, "phuong", number, chat, now, payload={"n": number})
        inbox.record(db, "khac", 1, "a", now, payload={"n": 1})
    yield engine
    engine.dispose()


def claimed(db: Connection, limit: int = 9) -> list[int]:
    return [row.update_id for row in inbox.claim(db, "phuong", limit)]


def test_the_first_of_each_conversation_and_nothing_twice(stored: Engine) -> None:
    with stored.begin() as one, stored.begin() as other:
        assert claimed(one, 2) == [1, 2]
        # Neither what the first one has, nor what follows it.
        assert claimed(other) == [5]


def test_what_follows_comes_when_what_was_before_it_is_done(stored: Engine) -> None:
    with stored.begin() as db:
        (first, *_) = inbox.claim(db, "phuong", 1)
        inbox.finish(db, first.id, "a")
        assert claimed(db) == [2, 3, 5]


def test_of_some_rows_those_that_may_be_handled_now(stored: Engine) -> None:
    with stored.begin() as db:
        keys = {row.update_id: row.id for row in inbox.list_waiting(db, "phuong", 9)}
        found = inbox.claim(db, "phuong", 9, keys=[keys[2], keys[3]])
        assert [row.update_id for row in found] == [2]
        assert inbox.claim(db, "phuong", 9, keys=[]) == []


def test_what_is_parked_holds_up_nothing(stored: Engine, now: datetime) -> None:
    with stored.begin() as db:
        inbox.park(db, "phuong", 1, now, {"n": 1}, "ValueError", conversation="a")
        assert claimed(db) == [2, 3, 5]


def test_what_cannot_be_read_is_parked_and_holds_up_nothing(stored: Engine) -> None:
    with stored.begin() as db:
        db.execute(text("UPDATE inbox SET payload = '\\x0102030405' WHERE update_id = 2"))
    with stored.begin() as db:
        assert claimed(db) == [1, 5]
        states = db.execute(text("SELECT state FROM inbox WHERE bot = 'phuong' ORDER BY id"))
        assert list(states.scalars()) == ["new", "parked", "new", "new", "new"]
        assert claimed(db) == [1, 4, 5]
