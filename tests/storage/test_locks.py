"""Several writers on one PostgreSQL: alone by default, beside others only for what is watched."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

import pytest
from sqlalchemy import select, text
from sqlalchemy.engine import Connection, Engine

from storage import inbox, outbox
from storage.addresses import add_address, add_person, find_address
from storage.drafts import add_draft, find_open_draft
from storage.locks import ANSWERING, SETTLING, is_alone
from storage.migrate import upgrade
from storage.rows import add, change, table
from storage.tables import Person, Ward
from storage.writer import Writer
from tests.conftest import START
from tests.storage.conftest import NewEngine

PATIENCE = 15.0


@dataclass
class Pair:
    """Two processes' writers, and the engine that they share."""

    engine: Engine
    one: Writer
    other: Writer


@pytest.fixture
def pair(new_engine: NewEngine) -> Iterator[Pair]:
    engine = new_engine("postgresql")
    upgrade(engine)
    with Writer(engine, beside_others=True) as one, Writer(engine, beside_others=True) as other:
        yield Pair(engine, one, other)


@dataclass
class Held:
    """Work that goes on until it is let go."""

    begun: threading.Event = field(default_factory=threading.Event)
    may_end: threading.Event = field(default_factory=threading.Event)

    def __call__(self, db: Connection) -> bool:
        self.begun.set()
        assert self.may_end.wait(PATIENCE)
        return is_alone(db)


async def test_two_work_beside_each_other_and_who_must_be_alone_waits(pair: Pair) -> None:
    held = Held()
    async with asyncio.timeout(PATIENCE), asyncio.TaskGroup() as tasks:
        beside = tasks.create_task(pair.one.run(held, beside=ANSWERING))
        await asyncio.to_thread(held.begun.wait)
        assert await pair.other.run(is_alone, beside=SETTLING) is False
        alone = tasks.create_task(pair.other.run(is_alone))
        done, _ = await asyncio.wait({alone}, timeout=0.3)
        assert not done
        held.may_end.set()
        assert (await beside, await alone) == (False, True)


async def test_who_is_alone_has_nobody_beside(pair: Pair) -> None:
    held = Held()
    async with asyncio.timeout(PATIENCE), asyncio.TaskGroup() as tasks:
        alone = tasks.create_task(pair.one.run(held))
        await asyncio.to_thread(held.begun.wait)
        beside = tasks.create_task(pair.other.run(is_alone, beside=ANSWERING))
        done, _ = await asyncio.wait({beside}, timeout=0.3)
        assert not done
        held.may_end.set()
        assert (await alone, await beside) == (True, False)


def make_a_ward(db: Connection) -> None:
    add(db, Ward(code="06658", name="Phường bịa"))


def change_what_is_owed(db: Connection) -> None:
    person = add_person(db, "Bà Tám (bịa)", "vi", START)
    address = add_address(db, "phuong", "7008", START, person_id=person.id)
    inbox.record(db, "phuong", 1, "7008", START)
    deletion = outbox.delete(db, address, "5", START)
    outbox.owe_again(db, deletion, START)


def say_it_ourselves(db: Connection) -> None:
    db.execute(text("SELECT 1"))


@pytest.mark.parametrize("work", [make_a_ward, change_what_is_owed, say_it_ourselves])
async def test_what_turns_out_to_write_more_is_done_once_more_alone(
    pair: Pair, work: Callable[[Connection], None]
) -> None:
    tried: list[bool] = []

    def watched(db: Connection) -> int:
        tried.append(is_alone(db))
        add_person(db, "Ông Chín (bịa)", "vi", START)
        work(db)
        return len(tried)

    assert await pair.one.run(watched, beside=ANSWERING) == 2
    assert tried == [False, True]
    with pair.engine.connect() as db:
        people = list(db.execute(select(table(Person).c.name)).scalars())
    assert people.count("Ông Chín (bịa)") == 1


async def test_what_two_make_at_the_same_time_is_looked_at_again_alone(pair: Pair) -> None:
    """The second waits for the first one's row, fails on it, and then finds it."""
    wrote, may_end = threading.Event(), threading.Event()

    def first(db: Connection) -> bool:
        begin_once(db)
        wrote.set()
        return may_end.wait(PATIENCE)

    def second(db: Connection) -> tuple[bool, bool]:
        return begin_once(db), is_alone(db)

    async with asyncio.timeout(PATIENCE), asyncio.TaskGroup() as tasks:
        await pair.one.run(make_an_address)
        one = tasks.create_task(pair.one.run(first, beside=ANSWERING))
        await asyncio.to_thread(wrote.wait)
        other = tasks.create_task(pair.other.run(second, beside=ANSWERING))
        done, _ = await asyncio.wait({other}, timeout=0.3)
        assert not done
        may_end.set()
        assert await one
        assert await other == (False, True)


def make_an_address(db: Connection) -> None:
    person = add_person(db, "Bà Mười (bịa)", "vi", START)
    add_address(db, "phuong", "7010", START, person_id=person.id)


def begin_once(db: Connection) -> bool:
    """Whether it was begun here: one conversation at most is open in a chat."""
    address = find_address(db, "phuong", "7010")
    assert address is not None
    if find_open_draft(db, address.id) is not None:
        return False
    add_draft(db, address.id, "report", {}, START)
    return True


async def test_who_crossed_each_other_begin_anew_and_nothing_is_lost(pair: Pair) -> None:
    def make(db: Connection) -> tuple[int, int]:
        first, second = (add_person(db, name, "vi", START) for name in ("A (bịa)", "B (bịa)"))
        return first.id, second.id

    first, second = await pair.one.run(make)
    both = threading.Barrier(2)
    tries: list[str] = []

    def crossing(name: str, keys: tuple[int, int]) -> Callable[[Connection], None]:
        def work(db: Connection) -> None:
            tries.append(name)
            change(db, Person, keys[0], locale=name)
            if len(tries) <= 2:
                both.wait(PATIENCE)
            change(db, Person, keys[1], locale=name)

        return work

    async with asyncio.timeout(PATIENCE), asyncio.TaskGroup() as tasks:
        tasks.create_task(pair.one.run(crossing("en", (first, second)), beside=ANSWERING))
        tasks.create_task(pair.other.run(crossing("vi", (second, first)), beside=ANSWERING))
    assert len(tries) >= 3
    with pair.engine.connect() as db:
        assert len(set(db.execute(select(table(Person).c.locale)).scalars())) == 1


async def test_a_single_process_is_always_alone(new_engine: NewEngine, now: datetime) -> None:
    for kind in ("sqlite", "postgresql"):
        engine = new_engine(kind)
        upgrade(engine)
        with Writer(engine) as writer:
            assert await writer.run(is_alone, beside=ANSWERING)
            await writer.run(make_a_ward, beside=ANSWERING)
