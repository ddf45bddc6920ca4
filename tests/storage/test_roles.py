"""Roles on a real PostgreSQL: one holder at a time, lost at once, taken over by another."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.engine import Engine

from storage import calls
from storage.engine import open_engine
from storage.keys import Keyring
from storage.locks import key_of
from storage.roles import NAME, Roles, role_key
from tests.storage.conftest import NewEngine

ROLE = "sender:phuong"


@dataclass
class Work:
    """Work that can be waited for, and that says when it was begun and broken off."""

    begun: asyncio.Event = field(default_factory=asyncio.Event)
    broken: asyncio.Event = field(default_factory=asyncio.Event)

    async def __call__(self) -> None:
        self.begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            self.broken.set()


@asynccontextmanager
async def keeping(roles: Roles, role: str, work: Work) -> AsyncIterator[None]:
    """This process wishes for the role while the block runs."""
    async with asyncio.TaskGroup() as tasks:
        task = tasks.create_task(roles.keep(role, work))
        try:
            yield
        finally:
            task.cancel()


async def within(event: asyncio.Event, seconds: float = 15.0) -> None:
    async with asyncio.timeout(seconds):
        await event.wait()


@pytest.fixture
def postgres(postgres_url: str, keyring: Keyring) -> Iterator[Engine]:
    engine = open_engine(postgres_url, keyring)
    yield engine
    engine.dispose()


async def test_without_postgresql_every_role_is_had(new_engine: NewEngine) -> None:
    work = Work()
    with Roles(new_engine("sqlite")) as roles:
        async with keeping(roles, ROLE, work):
            await within(work.begun)


async def test_one_has_it_and_the_other_gets_it_when_the_first_ends(postgres: Engine) -> None:
    first, second, elsewhere = Work(), Work(), Work()
    with Roles(postgres) as one, Roles(postgres) as other:
        async with keeping(one, ROLE, first):
            await within(first.begun)
            async with keeping(other, ROLE, second), keeping(other, "scheduler", elsewhere):
                # That the other one is granted another role shows that it asked for both.
                await within(elsewhere.begun)
                assert not second.begun.is_set()
                one.__exit__()
                await within(second.begun)
                await within(first.broken)


async def test_a_holder_whose_connection_breaks_stops_at_once_and_asks_again(
    postgres: Engine,
) -> None:
    works: list[Work] = []

    async def work() -> None:
        works.append(Work())
        await works[-1]()

    with Roles(postgres) as roles:
        async with asyncio.TaskGroup() as tasks:
            task = tasks.create_task(roles.keep(ROLE, work))
            await until(lambda: bool(works) and works[0].begun.is_set())
            break_off(postgres)
            await within(works[0].broken)
            await until(lambda: len(works) > 1 and works[1].begun.is_set())
            task.cancel()


async def test_a_holder_that_freezes_gives_up_before_another_gets_it(
    postgres: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server ends a session from which nothing comes any more, whoever still has it open."""
    monkeypatch.setattr("storage.roles.SILENT_FOR", "2s")
    monkeypatch.setattr("storage.roles.STALE_SECONDS", 1.0)
    frozen, work, thaw = Work(), Work(), threading.Event()

    def freeze(_name: str) -> None:
        thaw.wait()

    with (
        Roles(postgres, "me", freeze) as roles,
        Roles(postgres) as other,
    ):
        try:
            async with keeping(roles, ROLE, frozen):
                await within(frozen.begun)
                async with keeping(other, ROLE, work):
                    with postgres.begin() as db:
                        calls.tell_others(db, "somebody", [calls.OWED])
                    await within(frozen.broken)
                    assert not work.begun.is_set()
                    await within(work.begun)
        finally:
            thaw.set()


async def test_what_another_process_calls_is_heard_and_ones_own_is_not(postgres: Engine) -> None:
    heard: asyncio.Queue[str] = asyncio.Queue()
    loop, work = asyncio.get_running_loop(), Work()

    def hear(name: str) -> None:
        loop.call_soon_threadsafe(heard.put_nowait, name)

    with Roles(postgres, "me", hear) as roles:
        async with keeping(roles, ROLE, work):
            await within(work.begun)
            with postgres.begin() as db:
                calls.tell_others(db, "me", [calls.MORE])
                calls.tell_others(db, "somebody", [calls.OWED])
            async with asyncio.timeout(15):
                assert await heard.get() == calls.OWED
            assert heard.empty()


async def test_what_is_rolled_back_calls_nobody(postgres: Engine) -> None:
    heard: asyncio.Queue[str] = asyncio.Queue()
    loop, work = asyncio.get_running_loop(), Work()

    def hear(name: str) -> None:
        loop.call_soon_threadsafe(heard.put_nowait, name)

    with Roles(postgres, "me", hear) as roles:
        async with keeping(roles, ROLE, work):
            await within(work.begun)
            with postgres.connect() as db, db.begin() as transaction:
                calls.tell_others(db, "somebody", [calls.OWED])
                transaction.rollback()
            with postgres.begin() as db:
                calls.tell_others(db, "somebody", [calls.STORED])
            async with asyncio.timeout(15):
                assert await heard.get() == calls.STORED


def test_locks_of_different_names_are_different() -> None:
    names = ("writing", "role:scheduler", "role:sender:a", "role:sender:b")
    assert len({key_of(name) for name in names}) == len(names)
    assert role_key("scheduler") == key_of("role:scheduler")


def break_off(engine: Engine) -> None:
    """As when the network or the server fails: every process's connection for roles."""
    activity = text(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE application_name LIKE :name AND datname = current_database()"
    )
    with engine.begin() as db:
        assert db.execute(activity, {"name": f"{NAME} %"}).scalars().all() == [True]
        assert db.execute(select(func.count())).scalar() == 1


async def until(condition: Callable[[], bool]) -> None:
    """Waited for in turns of the loop; the thread works meanwhile."""
    async with asyncio.timeout(15):
        while not condition():
            await asyncio.to_thread(lambda: None)
