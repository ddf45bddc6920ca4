"""One thread that owns every write: a batch of waiting work, a savepoint each, one commit.

Handlers, actions and settlements are plain functions of a connection; `await writer.run(work)`
returns once what the work wrote is on disk. A piece of work that raises is rolled back alone.
"""

import asyncio
import queue
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Self, TypeVar

from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from storage.engine import empty_log, writer_engine
from storage.savepoints import savepoint

Result = TypeVar("Result")

BATCH_LIMIT = 256


class WriterClosed(Exception):
    """The writer was closed before this work was committed; nothing of it was written."""


@dataclass(slots=True)
class _Job:
    work: Callable[[Connection], Any]
    future: "asyncio.Future[Any]"
    loop: asyncio.AbstractEventLoop
    result: Any = None
    fault: BaseException | None = None

    def settle(self) -> None:
        """Tell the waiting task; in its own loop."""
        if self.future.done():
            return
        if self.fault is None:
            self.future.set_result(self.result)
        else:
            self.future.set_exception(self.fault)


class Writer:
    """Start it with `with Writer(engine) as writer:`; `owed` listeners are called (from the
    writer's thread) after each commit that put something into the outbox, and `more` listeners
    after each of whose work something is left that must follow at once, behind whatever else
    waits (it sets `db.info["more"]`). Work that erases sets `db.info["scrub"]`: the log is
    then emptied, as soon as nobody reads it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = writer_engine(engine)
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="writer")
        self.owed: list[Callable[[], None]] = []
        self.more: list[Callable[[], None]] = []
        self._scrubs = False

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._jobs.put(None)
        self._thread.join()

    async def run(self, work: Callable[[Connection], Result]) -> Result:
        """The work's result, committed. Raises what the work or the commit raised."""
        if not self._thread.is_alive():
            raise WriterClosed
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Result] = loop.create_future()
        self._jobs.put(_Job(work, future, loop))
        return await future

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            batch = [job]
            while len(batch) < BATCH_LIMIT and not self._jobs.empty():
                following = self._jobs.get()
                if following is None:
                    self._jobs.put(None)
                    break
                batch.append(following)
            self._commit(batch)
            _settle(batch)
        self._refuse_the_rest()

    def _commit(self, batch: list[_Job]) -> None:
        try:
            with self._engine.begin() as db:
                db.info["owed"] = db.info["scrub"] = db.info["more"] = False
                for job in batch:
                    _run_one(db, job)
                owed, more = db.info["owed"], db.info["more"]
                self._scrubs |= db.info["scrub"]
        except Exception as fault:  # noqa: BLE001  (the batch is undone: every waiter must know)
            for job in batch:
                job.fault = fault
            return
        if self._scrubs:
            self._scrubs = not empty_log(self._engine)
        for listener in (*(self.owed if owed else ()), *(self.more if more else ())):
            listener()

    def _refuse_the_rest(self) -> None:
        while not self._jobs.empty():
            if job := self._jobs.get():
                job.fault = WriterClosed()
                _settle([job])


def _settle(jobs: list[_Job]) -> None:
    """Wake each loop once, however many of its tasks wait; it may have gone away meanwhile."""
    for loop in {job.loop for job in jobs}:
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(_settle_here, [job for job in jobs if job.loop is loop])


def _settle_here(jobs: list[_Job]) -> None:
    for job in jobs:
        job.settle()


def _run_one(db: Connection, job: _Job) -> None:
    try:
        with savepoint(db):
            job.result = job.work(db)
    except Exception as fault:
        if breaks_transaction(db, fault):
            raise
        job.fault = fault


def breaks_transaction(db: Connection, fault: Exception) -> bool:
    """Whether the database itself failed (disk full, locked, connection lost), so that the
    whole batch is void; a constraint that a handler ran into, or a statement that SQLite does
    not understand, is the work's own fault alone."""
    if not isinstance(fault, DBAPIError) or isinstance(fault, IntegrityError):
        return False
    if fault.connection_invalidated:
        return True
    # A full disk makes SQLite roll back everything by itself, savepoints and all.
    if not getattr(db.connection.dbapi_connection, "in_transaction", True):
        return True
    if _is_wrong_statement(fault.orig):
        return False
    return isinstance(fault, OperationalError)


def _is_wrong_statement(fault: BaseException | None) -> bool:
    """SQLite raises the same class for "no such column" as for "disk full"; its code differs.
    https://www.sqlite.org/rescode.html#error"""
    return getattr(fault, "sqlite_errorname", "") == "SQLITE_ERROR"
