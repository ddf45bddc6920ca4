"""Whoever stands by looks at the end of what owes something, as part of it."""

import gc
import weakref
from collections.abc import Callable

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Connection, Engine

from storage import addresses
from storage.rows import list_by
from storage.tables import Person
from storage.writer import Writer
from tests.conftest import START


def owe(name: str) -> Callable[[Connection], None]:
    """Something is owed from now on, here told by a person's name."""

    def work(db: Connection) -> None:
        addresses.add_person(db, f"{name} (bịa)", "vi", START)
        db.info["owed"] = True

    return work


def names(db: Connection) -> list[str]:
    return [str(person.name) for person in list_by(db, Person)]


class Called:
    """A listener that notes how often it was called."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> None:
        self.times += 1


async def test_it_sees_what_is_owed_and_is_not_called(engine: Engine) -> None:
    called = Called()
    with Writer(engine) as writer:
        writer.owed.append(called)
        seen = writer.stand_by(called, names)
        await writer.run(owe("Bà Sáu"))
        assert await seen == ["Bà Sáu (bịa)"]
        assert called.times == 0
        await writer.run(owe("Ông Tư"))
        await writer.run(lambda _db: None)
    assert called.times == 1


async def test_what_owes_nothing_is_not_looked_at(engine: Engine) -> None:
    called = Called()
    with Writer(engine) as writer:
        writer.owed.append(called)
        seen = writer.stand_by(called, names)
        await writer.run(lambda db: addresses.add_person(db, "Cô Năm (bịa)", "vi", START))
        await writer.run(lambda _db: None)
        assert not seen.done()
        await writer.run(owe("Bà Sáu"))
        assert len(await seen) == 2
    assert called.times == 0


async def test_whoever_found_nothing_stands_by_still(engine: Engine) -> None:
    called = Called()

    def sixth(db: Connection) -> list[str] | None:
        return [name for name in names(db) if "Sáu" in name] or None

    with Writer(engine) as writer:
        writer.owed.append(called)
        seen = writer.stand_by(called, sixth)
        await writer.run(owe("Ông Tư"))
        await writer.run(lambda _db: None)
        assert not seen.done()
        await writer.run(owe("Bà Sáu"))
        assert await seen == ["Bà Sáu (bịa)"]
    assert called.times == 0


async def test_whoever_gave_up_is_called_again(engine: Engine) -> None:
    called = Called()
    with Writer(engine) as writer:
        writer.owed.append(called)
        writer.stand_by(called, names).cancel()
        await writer.run(owe("Bà Sáu"))
        await writer.run(lambda _db: None)
    assert called.times == 1


async def test_a_look_that_fails_undoes_nothing_else(engine: Engine) -> None:
    def fail(db: Connection) -> list[str]:
        raise LookupError(names(db))

    called = Called()
    with Writer(engine) as writer:
        writer.owed.append(called)
        seen = writer.stand_by(called, fail)
        await writer.run(owe("Bà Sáu"))
        with pytest.raises(LookupError):
            await seen
        assert await writer.run(names) == ["Bà Sáu (bịa)"]


async def test_a_look_that_breaks_the_transaction_breaks_it_once(engine: Engine) -> None:
    """As SQLite does when the disk fails, or memory, in the middle of a read: it undoes
    everything by itself. What was owed must not pass for committed; and the look, which is
    somebody else's, must not undo the next either."""
    called = Called()

    def spoil(db: Connection) -> list[str]:
        names(db)
        db.execute(text("ROLLBACK"))
        raise MemoryError

    with Writer(engine) as writer:
        writer.owed.append(called)
        seen = writer.stand_by(called, spoil)
        with pytest.raises(MemoryError):
            await writer.run(owe("Bà Sáu"))
        await writer.run(owe("Ông Tư"))
        assert await writer.run(names) == ["Ông Tư (bịa)"]
        assert not seen.done()
    assert called.times == 1


async def test_nobody_who_gave_up_is_kept(engine: Engine) -> None:
    given_up = Called()
    kept = weakref.ref(given_up)
    with Writer(engine) as writer:
        writer.stand_by(given_up, names).cancel()
        del given_up
        await writer.run(owe("Bà Sáu"))
        await writer.run(lambda _db: None)
        gc.collect()
        assert kept() is None
