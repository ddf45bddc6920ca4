"""The writer: one commit for a batch, a savepoint for each piece of work, all or nothing."""

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import OperationalError

from storage import addresses
from storage.rows import table
from storage.tables import Person
from storage.writer import Writer, WriterClosed
from tests.conftest import START

PEOPLE = table(Person)


def add_person(db: Connection) -> int:
    return addresses.add_person(db, "Bà Hạnh (nhân vật bịa)", "vi", START).id


def count(engine: Engine) -> int:
    with engine.connect() as db:
        return db.execute(select(func.count()).select_from(PEOPLE)).scalar_one()


async def test_work_is_on_disk_when_run_returns(engine: Engine) -> None:
    with Writer(engine) as writer:
        assert await writer.run(add_person) == 1
        assert count(engine) == 1


async def test_a_failing_work_is_undone_alone(engine: Engine) -> None:
    def fail(db: Connection) -> None:
        add_person(db)
        raise ValueError("a fault of the work's own")

    with Writer(engine) as writer:
        results = await asyncio.gather(
            writer.run(add_person),
            writer.run(fail),
            writer.run(add_person),
            return_exceptions=True,
        )
    assert isinstance(results[1], ValueError)
    assert count(engine) == 2


@asynccontextmanager
async def busy(writer: Writer) -> AsyncIterator[None]:
    """The writer is held inside an earlier batch, so that what is asked for now waits together."""
    started, gate = threading.Event(), threading.Event()

    def hold(_db: Connection) -> None:
        started.set()
        gate.wait(10)

    held = asyncio.create_task(writer.run(hold))
    await asyncio.to_thread(started.wait, 10)
    yield
    await asyncio.sleep(0)
    gate.set()
    await held


async def test_waiting_work_shares_one_commit(engine: Engine) -> None:
    with Writer(engine) as writer:
        async with busy(writer):
            waiting = [asyncio.create_task(writer.run(_transaction)) for _ in range(5)]
        transactions = await asyncio.gather(*waiting)
    assert len({id(transaction) for transaction in transactions}) == 1


def _transaction(db: Connection) -> object:
    return db.get_transaction()


async def test_a_database_fault_undoes_the_whole_batch_and_everyone_hears(engine: Engine) -> None:
    def break_down(db: Connection) -> None:
        db.exec_driver_sql("PRAGMA max_page_count = 1")  # a full disk
        for _ in range(500):
            add_person(db)

    with Writer(engine) as writer:
        async with busy(writer):
            works = [add_person, add_person, add_person, break_down]
            waiting = [asyncio.create_task(writer.run(work)) for work in works]
        results = await asyncio.gather(*waiting, return_exceptions=True)
        assert all(isinstance(result, OperationalError) for result in results)
        assert count(engine) == 0


async def test_a_wrong_statement_is_the_works_own_fault(engine: Engine) -> None:
    def misspell(db: Connection) -> None:
        db.execute(text("SELECT * FROM no_such_table"))

    with Writer(engine) as writer:
        async with busy(writer):
            works = [add_person, misspell, add_person]
            waiting = [asyncio.create_task(writer.run(work)) for work in works]
        results = await asyncio.gather(*waiting, return_exceptions=True)
    assert [isinstance(result, OperationalError) for result in results] == [False, True, False]
    assert count(engine) == 2


async def test_a_closed_writer_says_so(engine: Engine) -> None:
    with Writer(engine) as writer:
        pass
    with pytest.raises(WriterClosed):
        await writer.run(add_person)
