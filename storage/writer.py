"""One thread that owns every write: a batch of waiting work, a savepoint each, one commit.

Handlers, actions and settlements are plain functions of a connection; `await writer.run(work)`
returns once what the work wrote is on disk. A piece of work that raises is rolled back alone.
"""

import asyncio
import logging
import queue
import threading
import time
from collections.abc import Callable, Container, Iterator
from contextlib import contextmanager
from typing import Self
from uuid import uuid4

from sqlalchemy.engine import Connection, Engine

from storage import calls, locks
from storage.engine import empty_log, writer_engine
from storage.jobs import Job, Result, run_one, settle

log = logging.getLogger(__name__)

Listener = Callable[[], None]

BATCH_LIMIT = 256
PATIENCE_SECONDS = 0.02
# Times that a batch is begun anew because another process stood in its way.
CROSSINGS = 5


class WriterClosed(Exception):
    """The writer was closed before this work was committed; nothing of it was written."""


class Writer:
    """Start it with `with Writer(engine) as writer:`; `owed` listeners are called (from the
    writer's thread) after each commit that put something into the outbox, `more` listeners
    after each of whose work something is left that must follow at once, behind whatever else
    waits (it sets `db.info["more"]`), `stored` ones after each that stored an update; so are
    those of other processes on the same PostgreSQL. Work that erases sets `db.info["scrub"]`:
    the log is then emptied, as soon as nobody reads it."""

    def __init__(self, engine: Engine, *, beside_others: bool = False) -> None:
        """`beside_others`: other processes write into this PostgreSQL as busily as this one,
        so that what may run beside them does."""
        self._engine = writer_engine(engine)
        self._beside_others = beside_others
        self.name = uuid4().hex
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="writer")
        self.owed: list[Listener] = []
        self.more: list[Listener] = []
        self.stored: list[Listener] = []
        self._standing: dict[Listener, Job] = {}
        self._looked: dict[Listener, Job] = {}
        self._scrubs = False
        self._kept: Connection | None = None

    @property
    def is_shared(self) -> bool:
        """Whether other processes may write into this database as well."""
        return self._engine.dialect.name == "postgresql"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._jobs.put(None)
        self._thread.join()

    async def run(
        self,
        work: Callable[[Connection], Result],
        *,
        beside: locks.Deeds | None = None,
        patient: bool = False,
    ) -> Result:
        """The work's result, committed. Raises what the work or the commit raised. It may run
        `beside` other processes' where it writes no more than this (storage/locks.py); what turns
        out to write more is done once more, alone. What is `patient` waits a moment for other
        work, and is committed with it: the disk is asked once for both."""
        if not self._thread.is_alive():
            raise WriterClosed
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Result] = loop.create_future()
        may = beside if self._beside_others else None
        self._jobs.put(Job(work, future, loop, may, patient))
        return await future

    def stand_by(
        self, listener: Listener, look: Callable[[Connection], Result | None]
    ) -> "asyncio.Future[Result]":
        """Instead of calling this `owed` listener, `look` at the end of each transaction that
        owes something, as part of it; what it gives once that is committed, as soon as that is
        not None. Those who wait are told in the order of the transactions. Cancel it before
        looking otherwise. Not where other processes write: they only call listeners."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Result] = loop.create_future()
        self._standing[listener] = Job(look, future, loop)
        return future

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            batch = self._batch(job)
            told = self._commit(batch)
            self._scrub()
            looked, self._looked = self._looked, {}
            # First those who waited: what they do next may be what the others look for.
            settle([*batch, *self._found(looked)])
            for call in told:
                self.call(call, but=looked)
        self._refuse_the_rest()
        self._give_up_connection()

    def _scrub(self) -> None:
        """What fails here is tried again after the next commit; the writer must live on."""
        try:
            self._scrubs = self._scrubs and not empty_log(self._engine)
        except Exception:
            log.exception("the log could not be emptied")

    def _batch(self, first: Job) -> list[Job]:
        """What waits by now, with what comes while all of it is patient."""
        batch = [first]
        until = time.monotonic() + PATIENCE_SECONDS
        while len(batch) < BATCH_LIMIT:
            patient = all(job.patient for job in batch)
            try:
                left = max(0.0, until - time.monotonic()) if patient else 0.0
                following = self._jobs.get(timeout=left) if left else self._jobs.get_nowait()
            except queue.Empty:
                break
            if following is None:
                self._jobs.put(None)
                break
            batch.append(following)
        return batch

    def _commit(self, batch: list[Job]) -> set[str]:
        """What others are to be told of."""
        told: set[str] = set()
        beside = [job for job in batch if job.may is not None]
        if beside:
            told |= self._write(beside, alone=False)
        alone = [j for j in batch if j.may is None or locks.needs_to_be_alone(j.fault)]
        if alone:
            told |= self._write(alone, alone=True)
        return told

    def _write(self, batch: list[Job], *, alone: bool) -> set[str]:
        for left in reversed(range(CROSSINGS)):
            try:
                return self._transact(batch, alone=alone)
            except Exception as fault:  # noqa: BLE001  (undone: every waiter must know)
                # Whose look it was that broke it, it must not break the next one: all are called.
                self._standing.clear()
                if left and locks.is_crossed(fault):
                    continue
                for job in batch:
                    job.fault = fault
                break
        return set()

    def _transact(self, batch: list[Job], *, alone: bool) -> set[str]:
        """One transaction; what others are to be told of. Raises what voids all of it."""
        with self._transaction() as db:
            db.info.update(owed=False, scrub=False, more=False, stored=False, alone=alone)
            if alone:
                locks.begin_alone(db)
            else:
                locks.begin_beside(db)
            for job in batch:
                job.fault, db.info["may"] = None, job.may
                run_one(db, job)
            looked = self._look(db) if db.info[calls.OWED] else {}
            told = {call for call in calls.ALL if db.info[call]}
            calls.tell_others(db, self.name, told)
            self._scrubs |= db.info["scrub"]
        self._looked |= looked
        return told

    def _look(self, db: Connection) -> dict[Listener, Job]:
        for each, job in self._standing.copy().items():
            if not job.is_wanted:
                self._standing.pop(each, None)
        looked = self._standing.copy()
        for job in looked.values():
            job.result = job.fault = None
            run_one(db, job)
        return looked

    def _found(self, looked: dict[Listener, Job]) -> list[Job]:
        """Those who stood by and have something now: they do so no longer."""
        found = {each: job for each, job in looked.items() if job.has_ended}
        for each in found:
            self._standing.pop(each, None)
        return list(found.values())

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        """On SQLite upon a connection that stays: to take one from the pool and to give it back
        takes longer than the transaction of a step. After a fault it is given up."""
        if self.is_shared:
            with self._engine.begin() as db:
                yield db
            return
        try:
            self._kept = self._kept or self._engine.connect()
            with self._kept.begin():
                yield self._kept
        except BaseException:
            self._give_up_connection()
            raise

    def _give_up_connection(self) -> None:
        if self._kept is not None:
            kept, self._kept = self._kept, None
            kept.close()

    def call(self, name: str, but: Container[Listener] = ()) -> None:
        """Let who listens know: something is owed (those excepted who have looked already),
        something more is left, or was stored."""
        listeners = {calls.OWED: self.owed, calls.MORE: self.more, calls.STORED: self.stored}
        for listener in tuple(listeners[name]):
            if listener not in but:
                listener()

    def _refuse_the_rest(self) -> None:
        while not self._jobs.empty():
            if job := self._jobs.get():
                job.fault = WriterClosed()
                settle([job])
