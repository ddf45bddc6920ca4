"""The child processes of the demo: started, watched, started again, and always ended."""

import asyncio
import logging
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

STOP_WITHIN_SECONDS = 5.0
START_AGAIN_AFTER_SECONDS = 0.5

Process = asyncio.subprocess.Process
log = logging.getLogger(__name__)


async def start_python(
    arguments: Sequence[str], folder: Path, environment: Mapping[str, str], *, pipe: bool = False
) -> Process:
    """This Python with these arguments; what it prints goes to our standard error, or with
    `pipe` to the process's `stdout`."""
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *arguments,
        cwd=folder,
        env={**environment, "PYTHONUTF8": "1"},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE if pipe else sys.stderr,
    )


async def stop(*processes: Process | None) -> None:
    """Ask each to end, and end it by force where it does not."""
    running = [p for p in processes if p is not None and p.returncode is None]
    for process in running:
        process.terminate()
    for process in running:
        try:
            async with asyncio.timeout(STOP_WITHIN_SECONDS):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()


class KeptAlive:
    """A child that is started again whenever it ends by itself; `started` hears of each."""

    def __init__(
        self,
        arguments: Sequence[str],
        folder: Path,
        environment: Mapping[str, str],
        started: Callable[[int], None],
    ) -> None:
        self._arguments = arguments
        self._folder = folder
        self._environment = environment
        self._started = started
        self.process: Process | None = None

    async def keep(self) -> None:
        """Until cancelled; the child is then ended."""
        try:
            while True:
                self.process = await start_python(self._arguments, self._folder, self._environment)
                self._started(self.process.pid)
                code = await self.process.wait()
                log.warning("the bot ended (%s) and is started again", code)
                await asyncio.sleep(START_AGAIN_AFTER_SECONDS)
        finally:
            await stop(self.process)
