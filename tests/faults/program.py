"""The program as the system sees it: a process, perhaps with children, each of which can be
killed without warning. Whoever ends by itself is started again, as a service would be.
"""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from tests.journeys.process import MAIN

STOP_SECONDS: Final = 15.0


class Program:
    """`main.py run` with these settings in its environment; all that it says is kept."""

    def __init__(self, environment: Mapping[str, str], said: Path, workers: int = 1) -> None:
        self._environment = dict(environment)
        self._said = said
        self._arguments = ["run"] if workers == 1 else ["run", "--workers", str(workers)]
        self._process: asyncio.subprocess.Process | None = None
        self._groups: list[int] = []
        self.ended_by_itself = 0
        self.killed: dict[str, int] = {}

    @property
    def runs(self) -> bool:
        """Whether its first process does."""
        return self._process is not None and self._process.returncode is None

    async def start(self) -> None:
        """Start it where it does not run."""
        if self.runs:
            return
        with self._said.open("ab") as said:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                str(MAIN),
                *self._arguments,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._groups.append(self._process.pid)

    async def look_after(self, *, expected: bool) -> None:
        """Start it again where it ended by itself, though it was `expected` to run."""
        if expected and not self.runs:
            self.ended_by_itself += 1
            await self.start()

    def pids(self) -> list[int]:
        """Its first process, and all that come from that."""
        return [] if self._process is None or not self.runs else _with_children(self._process.pid)

    async def kill(self, pick: int) -> str:
        """Kill one of its processes; which sort it was, "" where none runs."""
        pids = self.pids()
        if self._process is None or not pids:
            return ""
        pid = pids[pick % len(pids)]
        who = "first process" if pid == pids[0] else "child"
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        if pid == pids[0]:
            await self._process.wait()
        self.killed[who] = self.killed.get(who, 0) + 1
        return who

    async def stop(self) -> None:
        """The end: nothing of it stays, children whose parent was killed neither."""
        if self._process is not None and self.runs:
            self._process.terminate()
            with suppress(TimeoutError):
                async with asyncio.timeout(STOP_SECONDS):
                    await self._process.wait()
        for group in self._groups:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(group, signal.SIGKILL)
        if self._process is not None:
            await self._process.wait()


def _with_children(pid: int) -> list[int]:
    found = [pid]
    for tasks in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            for child in tasks.read_text(encoding="ascii").split():
                found += _with_children(int(child))
    return found
