"""The daily self-test: a report that nobody wrote goes through the real intake, flow, outbox and
delivery of a bot of its own, is timed, and deleted; the administrators hear when it fails.

Nothing of it may disturb anybody: it has a time limit, its own task, and whatever it leaves when
the program is killed is deleted by the next one (docs/decisions/0015).
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from actions.self_test import clear_remains, clear_stage, progress_of, set_stage, tell_failure
from bot.channels.loopback import Loopback
from bot.handlers import router
from cli.self_test_bot import Handle, Means, script_of, serving
from cli.self_test_note import read_note, write_note
from domain.errors import wordless
from domain.self_test import LIMIT_SECONDS, Run, fault_of, is_due
from storage.writer import WriterClosed

log = logging.getLogger(__name__)

# A start is busy enough.
FIRST_LOOK_SECONDS: Final = 60.0
LOOK_SECONDS: Final = 60.0
# In which the database must answer once the test is over.
_PATIENCE_SECONDS: Final = 30.0
_SOON_SECONDS: Final = 0.05
_LATER_SECONDS: Final = 1.0
_BROKEN = (SQLAlchemyError, WriterClosed, TimeoutError)


class SelfTest:
    """`folder` keeps its note; `loopback` makes the messenger of each run."""

    def __init__(
        self,
        means: Means,
        folder: Path,
        handle: Handle = router.handle,
        loopback: Callable[[], Loopback] | None = None,
        limit: float = LIMIT_SECONDS,
    ) -> None:
        self._means = means
        self._folder = folder
        self._handle = handle
        self._loopback = loopback or (lambda: Loopback(*script_of(means.wording)))
        self._limit = limit
        self._last = read_note(folder)

    async def keep(self) -> None:
        """Until cancelled."""
        self._means.measures.self_tested(self._last)
        try:
            await self._keep_looking()
        finally:
            self._means.measures.self_tested(None)

    async def _keep_looking(self) -> None:
        await asyncio.sleep(FIRST_LOOK_SECONDS)
        started = True
        while True:
            try:
                await self.look(started=started)
            except Exception as fault:
                log.error("the self-test could not be looked after", exc_info=wordless(fault))
            started = False
            await asyncio.sleep(LOOK_SECONDS)

    async def look(self, *, started: bool) -> None:
        """Run it where it is due, else delete what a broken one left. Raises SQLAlchemyError,
        OSError."""
        if is_due(self._last, self._means.clock(), started=started):
            await self.run()
        elif await self._means.writer.run(clear_remains):
            log.warning("a self-test that was broken off was cleared away")

    async def run(self) -> Run:
        """One test, whatever the hour; how it ended."""
        run = Run(self._means.clock())
        self._keep(run)
        run = await self._tried(run)
        self._keep(run)
        self._means.measures.self_tested(run)
        if run.fault:
            log.error("the self-test failed: %s", run.fault)
            now = self._means.clock()
            await self._means.writer.run(partial(tell_failure, fault=run.fault, now=now))
        else:
            log.info("the self-test succeeded", extra={"seconds": run.seconds})
        return run

    async def _tried(self, run: Run) -> Run:
        try:
            async with asyncio.timeout(self._limit):
                run = replace(run, seconds=await self._go_through(self._loopback()))
        except TimeoutError:
            log.error("the self-test did not end in time")
        except Exception as fault:
            log.error("the self-test broke", exc_info=wordless(fault))
            if _is_of_database(fault):
                run = replace(run, fault="database")
        if not run.has_ended:
            run = replace(run, fault=await self._why())
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                await self._means.writer.run(clear_stage)
        except _BROKEN as fault:
            log.error("the self-test was not cleared away", exc_info=wordless(fault))
            return replace(run, seconds=None, fault=run.fault or "database")
        return run

    async def _go_through(self, channel: Loopback) -> float | None:
        """Seconds from the first words to “đã nhận”, None where it got stuck. Raises
        SQLAlchemyError."""
        writer, clock = self._means.writer, self._means.clock
        await writer.run(partial(set_stage, now=clock()))
        async with serving(self._means, self._handle, channel):
            channel.begin()
            is_complete = await self._comes_through(channel)
        return channel.heard_at - channel.said_at if is_complete else None

    async def _comes_through(self, channel: Loopback) -> bool:
        """False where nothing more will come, which need not be waited out."""
        pause, silent_since = _SOON_SECONDS, None
        while not (progress := await self._means.writer.run(progress_of)).is_complete:
            now_since = None if progress.is_moving else channel.silent_since
            if progress.parked or (now_since is not None and now_since == silent_since):
                return False
            silent_since = now_since
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LATER_SECONDS)
        return True

    async def _why(self) -> str:
        """What stopped it, by how far it has come."""
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                return fault_of(await self._means.writer.run(progress_of))
        except _BROKEN:
            return "database"

    def _keep(self, run: Run) -> None:
        """Also where no file can be written: it must not run every minute then."""
        self._last = run
        try:
            write_note(self._folder, run)
        except OSError as fault:
            log.error("the note of the self-test was not written: %s", type(fault).__name__)


def _is_of_database(fault: Exception) -> bool:
    found = fault.subgroup(SQLAlchemyError) if isinstance(fault, ExceptionGroup) else fault
    return isinstance(found, SQLAlchemyError | ExceptionGroup)
