"""Who does what only one may do at a time: an advisory lock of PostgreSQL for each role, held by
the process that has it for as long as its connection lives. SQLite has one process: it has all.

One thread and one connection of its own for a process: a look every quarter of a second asks for
the roles that are wished for, proves that we live, and brings what other processes call.
"""

import asyncio
import logging
import os
import threading
import time
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final, Self

from sqlalchemy import func, select
from sqlalchemy.engine import Connection, Engine

from storage import calls
from storage.locks import key_of

log = logging.getLogger(__name__)

LOOK_SECONDS: Final = 0.25
# The holder gives up before the server takes it away: a machine that vanished, or a process that
# froze, is silent for so long that the server ends its session, and its locks with it.
STALE_SECONDS: Final = 4.0
SILENT_FOR: Final = "8s"
ASK_SECONDS: Final = 0.5
# Who was given a role lets others ask first for so long, so that the roles are spread.
POLITE_SECONDS: Final = 0.8
NAME: Final = "tuquan"

Work = Callable[[], Coroutine[Any, Any, None]]


@dataclass(eq=False)
class _Wish:
    role: str
    loop: asyncio.AbstractEventLoop
    granted: asyncio.Event = field(default_factory=asyncio.Event)
    lost: asyncio.Event = field(default_factory=asyncio.Event)
    held: bool = False
    over: bool = False

    def tell(self, event: asyncio.Event) -> None:
        """From the thread; the loop may have ended meanwhile."""
        with suppress(RuntimeError):
            self.loop.call_soon_threadsafe(event.set)


class Roles:
    """Start it with `with Roles(engine) as roles:`. `call` hears, in its thread, what other
    processes call (storage/calls.py), but not what `listener` called itself. `polite`: other
    processes of the same kind are about, who are to have roles too. Without an engine of
    PostgreSQL there is one process, which has every role."""

    def __init__(
        self,
        engine: Engine | None = None,
        listener: str = "",
        call: Callable[[str], None] = lambda _name: None,
        *,
        polite: bool = False,
    ) -> None:
        self._listener = listener
        self._call = call
        self._polite = polite
        self._wishes: list[_Wish] = []
        self._closing = threading.Event()
        self._seen_at = 0.0
        self._asks_at = 0.0
        self._thread: threading.Thread | None = None
        if engine is not None and engine.dialect.name == "postgresql":
            self._thread = threading.Thread(target=self._work, args=(engine,), name="roles")

    def __enter__(self) -> Self:
        if self._thread is not None:
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        if self._thread is not None:
            self._thread.join()

    async def keep(self, role: str, work: Work) -> None:
        """Do this work whenever this process has the role, and nowhere else meanwhile; when it
        is lost the work is cancelled, and begun anew when it is had again. Ends with the work;
        raises what it raises, in a group."""
        if self._thread is None:
            await work()
            return
        while True:
            wish = _Wish(role, asyncio.get_running_loop())
            self._wishes.append(wish)
            try:
                await wish.granted.wait()
                log.info("a role was taken", extra={"role": role})
                if await self._while_held(wish, work):
                    return
                log.warning("a role was lost", extra={"role": role})
            finally:
                wish.over = True

    async def _while_held(self, wish: _Wish, work: Work) -> bool:
        """Whether the work came to its end."""
        async with asyncio.TaskGroup() as tasks:
            working = tasks.create_task(work())
            watching = tasks.create_task(self._until_lost(wish))
            await asyncio.wait({working, watching}, return_when=asyncio.FIRST_COMPLETED)
            ended = working.done()
            for task in (working, watching):
                task.cancel()
        return ended

    async def _until_lost(self, wish: _Wish) -> None:
        while not wish.lost.is_set() and time.monotonic() - self._seen_at < STALE_SECONDS:
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_SECONDS):
                    await wish.lost.wait()

    def _work(self, engine: Engine) -> None:
        while not self._closing.is_set():
            try:
                with engine.connect() as db:
                    self._serve(db.execution_options(isolation_level="AUTOCOMMIT"))
            except Exception as fault:  # noqa: BLE001  (the driver's own come unwrapped)
                log.error("the roles' connection broke: %s", type(fault).__name__)
            finally:
                self._lose_all()
            self._closing.wait(LOOK_SECONDS)

    def _serve(self, db: Connection) -> None:
        # Never back into the pool: whoever ends this connection ends the roles with it.
        db.detach()
        _prepare(db)
        driver: Any = db.connection.dbapi_connection
        while not self._closing.is_set():
            self._ask(db)
            self._seen_at = time.monotonic()
            for note in driver.notifies(timeout=LOOK_SECONDS):
                for name in calls.heard(note.payload, self._listener):
                    self._call(name)

    def _ask(self, db: Connection) -> None:
        db.execute(select(1))
        asks = time.monotonic() >= self._asks_at
        for wish in tuple(self._wishes):
            if wish.over:
                self._give_back(db, wish)
            elif asks and not wish.held:
                self._asks_at = time.monotonic() + ASK_SECONDS
                if self._try(db, wish) and self._polite:
                    self._asks_at = time.monotonic() + POLITE_SECONDS
                    asks = False

    def _try(self, db: Connection, wish: _Wish) -> bool:
        if not db.execute(select(func.pg_try_advisory_lock(role_key(wish.role)))).scalar():
            return False
        # Before anybody hears of it: that it is had is as fresh as the answer.
        self._seen_at = time.monotonic()
        wish.held = True
        wish.tell(wish.granted)
        return True

    def _give_back(self, db: Connection, wish: _Wish) -> None:
        self._wishes.remove(wish)
        if wish.held:
            db.execute(select(func.pg_advisory_unlock(role_key(wish.role))))

    def _lose_all(self) -> None:
        for wish in tuple(self._wishes):
            if wish.held:
                self._wishes.remove(wish)
                wish.tell(wish.lost)


def role_key(role: str) -> int:
    """The number of its lock."""
    return key_of(f"role:{role}")


def _prepare(db: Connection) -> None:
    """Hear what is called, and be ended by the server when it hears nothing from us. (Before
    PostgreSQL 14 only the connection's own keep-alive does that.)"""
    # So that an operator sees in pg_stat_activity which process it is.
    db.exec_driver_sql(f"SET application_name = '{NAME} {os.getpid()}'")
    db.exec_driver_sql(f"LISTEN {calls.CHANNEL}")
    if db.dialect.server_version_info and db.dialect.server_version_info >= (14,):
        db.exec_driver_sql(f"SET idle_session_timeout = '{SILENT_FOR}'")
