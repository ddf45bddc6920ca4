"""The bot as a process of its own, which a test can kill without warning and start again."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from settings import HOUSE, inherited_environment
from tests.journeys.town import Town

MAIN = Path(__file__).parent.parent.parent / "main.py"


class BotProcess:
    """`main.py run` against the town's sandbox and database."""

    def __init__(self, town: Town) -> None:
        self._environment = environment(town)
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start it; it is ready when it answers."""
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, str(MAIN), "run", env=self._environment
        )

    async def kill(self) -> None:
        """End it as abruptly as the system can: nothing of it may run any more."""
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()

    async def restart(self) -> None:
        """Kill it and start another."""
        await self.kill()
        await self.start()


@asynccontextmanager
async def bot_process(town: Town) -> AsyncIterator[BotProcess]:
    """Runs while the block does."""
    process = BotProcess(town)
    await process.start()
    try:
        yield process
    finally:
        await process.kill()


def environment(town: Town) -> dict[str, str]:
    """The town's settings as environment variables."""
    bots = []
    for bot in town.settings.bots:
        values = bot.model_dump(mode="json", exclude_defaults=True)
        bots.append({**values, "token": bot.token.get_secret_value()})
    return {
        **inherited_environment(),
        "TUQUAN_DATA_DIR": str(town.settings.data_dir),
        "TUQUAN_DATABASE_URL": town.settings.database_url,
        "TUQUAN_LOG": "warning",
        **{f"TUQUAN_{name.upper()}": getattr(town.settings, name) for name in HOUSE},
        "TUQUAN_BOTS": json.dumps(bots),
    }
