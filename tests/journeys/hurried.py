"""The real program whose clock a test moves, and whose ticks come every second: what takes
people minutes or years takes a journey seconds. `python -m tests.journeys.hurried run` is
`main.py run` but for that; all that the process says is kept in a file.
"""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from tests.journeys.process import environment
from tests.journeys.town import Town

_ROOT: Final = Path(__file__).parent.parent.parent
_AHEAD: Final = "JOURNEY_AHEAD"  # names the file that holds by how many seconds


class Hurried:
    """`main.py` against a town's sandbox and database, in processes of its own."""

    def __init__(self, town: Town, folder: Path) -> None:
        self._ahead = folder / "ahead"
        self._said = folder / "said"
        self._environment = {
            **environment(town),
            "TUQUAN_LOG": "debug",
            _AHEAD: str(self._ahead),
        }
        self._span = timedelta()
        self.move()

    def move(self, **span: float) -> None:
        """Later by `timedelta(**span)`, for the program alone."""
        self._span += timedelta(**span)
        fresh = self._ahead.with_suffix(".new")
        fresh.write_text(str(self._span.total_seconds()), encoding="utf-8")
        fresh.replace(self._ahead)

    @property
    def said(self) -> bytes:
        """All that it wrote to standard output and standard error so far."""
        return self._said.read_bytes()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """`run`, as long as the block does; then killed, so that nothing is tidied up."""
        with self._said.open("ab") as said:
            process = await asyncio.create_subprocess_exec(
                *self._program("run"),
                cwd=_ROOT,
                env=self._environment,
                stdout=said,
                stderr=subprocess.STDOUT,
            )
        try:
            yield
            assert process.returncode is None, self.said.decode()[-2000:]
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()

    async def answers(self, *command: str) -> str:
        """What another command writes, to the end."""
        process = await asyncio.create_subprocess_exec(
            *self._program(*command),
            cwd=_ROOT,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        said, _ = await process.communicate()
        return said.decode()

    @staticmethod
    def _program(*command: str) -> tuple[str, ...]:
        return (sys.executable, "-m", "tests.journeys.hurried", *command)


def _main() -> None:
    import main
    from cli import assembly
    from scheduler import ticks

    def clock() -> datetime:
        ahead = Path(os.environ[_AHEAD]).read_text(encoding="utf-8")
        return datetime.now(UTC) + timedelta(seconds=float(ahead))

    main.clock = clock
    assembly.SWEEP_SECONDS = 1.0
    ticks.TICKS.update(dict.fromkeys(ticks.TICKS, 1))
    main.app()


if __name__ == "__main__":
    _main()
