"""What waits for the writer: work, and whom to tell what came of it."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy.engine import Connection

from storage import locks
from storage.faults import breaks_transaction
from storage.savepoints import savepoint

Result = TypeVar("Result")


@dataclass(slots=True)
class Job:
    """Work with what came of it, and who waits for that."""

    work: Callable[[Connection], Any]
    future: "asyncio.Future[Any]"
    loop: asyncio.AbstractEventLoop
    may: locks.Deeds | None = None
    patient: bool = False
    result: Any = None
    fault: BaseException | None = None

    @property
    def is_wanted(self) -> bool:
        """Whether somebody still waits for it."""
        return not self.future.done()

    @property
    def has_ended(self) -> bool:
        """Whether anything came of it."""
        return self.result is not None or self.fault is not None

    def settle(self) -> None:
        """Tell the waiting task; in its own loop."""
        if not self.is_wanted:
            return
        if self.fault is None:
            self.future.set_result(self.result)
        else:
            self.future.set_exception(self.fault)


def settle(jobs: list[Job]) -> None:
    """Wake each loop once, however many of its tasks wait; it may have gone away meanwhile."""
    for loop in {job.loop for job in jobs}:
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(_settle_here, [job for job in jobs if job.loop is loop])


def _settle_here(jobs: list[Job]) -> None:
    for job in jobs:
        job.settle()


def run_one(db: Connection, job: Job) -> None:
    """Do it in a savepoint of its own. Raises what voids the whole transaction."""
    try:
        with savepoint(db):
            job.result = job.work(db)
    except Exception as fault:
        if breaks_transaction(db, fault):
            raise
        job.fault = fault
