"""`main.py run --workers N` on PostgreSQL: a test can kill any of its processes, and knows which
of them has which role."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from storage.role_holders import find_holder, list_processes
from storage.roles import NAME
from tests.journeys.process import MAIN, environment
from tests.journeys.town import Town

PATIENCE: Final = 60.0  # several processes start on a busy machine


@dataclass
class Workers:
    """The parent and its children."""

    town: Town
    parent: asyncio.subprocess.Process

    def holder(self, role: str) -> int | None:
        """The process that has this role now."""
        with self.town.engine.connect() as db:
            name = find_holder(db, role)
        return None if name is None else int(name.removeprefix(NAME))

    async def ready(self, role: str, but: int = 0) -> int:
        """The process that has this role, as soon as another one than `but` has it."""
        async with asyncio.timeout(PATIENCE):
            while (pid := self.holder(role)) in {None, but}:
                await self.town.api.get("state")
        assert pid is not None
        return pid

    def alive(self) -> set[int]:
        """The workers that have a connection for roles."""
        with self.town.engine.connect() as db:
            names = list_processes(db)
        return {int(name.removeprefix(NAME)) for name in names}

    async def all_ready(self, number: int) -> set[int]:
        """Their processes, as soon as there are so many."""
        async with asyncio.timeout(PATIENCE):
            while len(found := self.alive()) < number:
                await self.town.api.get("state")
        return found

    async def gone(self) -> None:
        """Wait until none is left."""
        async with asyncio.timeout(PATIENCE):
            while self.alive():
                await self.town.api.get("state")


def kill(pid: int) -> None:
    """Nothing of it may run any more."""
    os.kill(pid, signal.SIGKILL)


@asynccontextmanager
async def workers(
    town: Town, number: int = 2, folder: Path | None = None
) -> AsyncIterator[Workers]:
    """They run while the block does; then all are ended, and nothing is left of them."""
    mine = environment(town)
    if folder is not None:
        # Another machine: its own folder, the same keys.
        mine |= {"TUQUAN_DATA_DIR": str(folder), "TUQUAN_KEY_FILE": str(town.settings.key_file)}
    parent = await asyncio.create_subprocess_exec(
        sys.executable, str(MAIN), "run", "--workers", str(number), env=mine
    )
    running = Workers(town, parent)
    try:
        yield running
    finally:
        if parent.returncode is None:
            parent.terminate()
        await parent.wait()
