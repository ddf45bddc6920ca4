"""`run --workers N`: several processes that share the work on one PostgreSQL, and one that keeps
them. Who does what they settle among themselves (storage/roles.py), so that the same holds for
programs on several machines; a process that ends is only started again.
"""

import asyncio
import logging
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

from bot.channels.base import Misconfigured
from cli.logs import set_up_logs
from cli.run import Ended, run_checked, run_until_stopped
from cli.terminal import Terminal
from cli.worker import Worker, when_left
from settings import Settings
from storage.engine import is_shareable

log = logging.getLogger(__name__)

MAIN: Final = Path(__file__).resolve().parent.parent / "main.py"
AGAIN_SECONDS: Final = 0.3
LONGEST_PAUSE_SECONDS: Final = 30.0
# Who ended sooner will probably end again: the next pause is twice as long.
HEALTHY_SECONDS: Final = 10.0
# What is on the wire is settled first (bot/delivery/loop.py), or it would be sent twice.
STOP_WITHIN_SECONDS: Final = 15.0
WRONG_SETTINGS: Final = 2
REFUSED: Final = 3

Process = asyncio.subprocess.Process


def run_workers(
    settings: Settings, clock: Callable[[], datetime], named: Path | None, number: int
) -> int:
    """Keep `number` workers until stopped; `named` is the settings file, where it was named. 1
    where something must be put right first."""
    if not is_shareable(settings.database_url):
        Terminal(settings.language).say("terminal.workers_need_postgresql")
        return 1
    return run_checked(settings, clock, lambda: _keep_all(named, number))


def run_worker(
    settings: Settings,
    clock: Callable[[], datetime],
    random_below: Callable[[int], int],
    number: int,
    of: int,
) -> int:
    """One of them, until it is stopped or who started it is gone. What must be right before a
    start was looked at by them."""
    set_up_logs(settings.log, settings.secrets())

    async def program() -> None:
        from cli.assembly import run

        if (running := asyncio.current_task()) is not None:
            when_left(running.cancel)
        await run(settings, clock, random_below, Worker(number, of))

    return run_until_stopped(program(), Terminal(settings.language), REFUSED)


async def _keep_all(named: Path | None, number: int) -> None:
    try:
        async with asyncio.TaskGroup() as tasks:
            for each in range(1, number + 1):
                tasks.create_task(_keep(named, each, number))
    except* Ended as group:
        (*_, ended) = group.exceptions
        fault = ended if isinstance(ended, Ended) else Ended(1)
    else:
        return
    if fault.code == REFUSED:
        raise Misconfigured("the token is refused")
    raise fault


async def _keep(named: Path | None, number: int, of: int) -> None:
    """This worker, started again whenever it ends by itself. Raises Ended where another start
    would end in the same way."""
    pause = AGAIN_SECONDS
    while True:
        begun = time.monotonic()
        code = await _run_one(named, number, of)
        if code in {WRONG_SETTINGS, REFUSED}:
            raise Ended(code)
        lived = time.monotonic() - begun
        pause = AGAIN_SECONDS if lived > HEALTHY_SECONDS else min(LONGEST_PAUSE_SECONDS, pause)
        log.warning("a worker ended and is started again", extra={"worker": number, "code": code})
        await asyncio.sleep(pause)
        pause *= 2


async def _run_one(named: Path | None, number: int, of: int) -> int:
    settings = () if named is None else ("--settings", str(named))
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, str(MAIN), *settings, "run"),
        *("--workers", str(of), "--worker", str(number)),
        stdin=asyncio.subprocess.PIPE,
    )
    log.info("a worker was started", extra={"worker": number, "pid": process.pid})
    try:
        return await process.wait()
    finally:
        await _stop(process)


async def _stop(process: Process) -> None:
    """It ends when its standard input does, which every system has; else by force."""
    if process.returncode is not None:
        return
    if process.stdin is not None:
        process.stdin.close()
    try:
        async with asyncio.timeout(STOP_WITHIN_SECONDS):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()
