"""The bots of the comparison as processes: ours as it is shipped but for its pace, and peers."""

import asyncio
import json
import os
import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from cli.children import start_python, stop
from cli.demo_seed import Stage, seed
from cli.demo_ward import BOT_NAME, CAST, GROUPS
from settings import inherited_environment
from storage.engine import open_engine, writer_engine
from storage.keys import new_keyring, write_keyring
from storage.migrate import upgrade

ROOT: Final = Path(__file__).resolve().parent.parent
TOKEN: Final = "1234567:benchmarkbenchmarkbenchmark"
UNPACED: Final = {
    "rate": 100_000, "private_rate": 100_000, "private_burst": 1000, "group_rate": 10_000_000,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Variant:
    """`database` is that of ours, "" for a peer, whose module is `module`."""

    name: str
    script: str
    database: str = ""
    module: str = ""
    extra: tuple[str, ...] = ()


OURS_SQLITE: Final = Variant("ours on SQLite", "ours", database="sqlite")
AIOGRAM_MEMORY: Final = Variant("aiogram, memory", "peer", module="aiogram_bot")
PTB_PICKLE: Final = Variant("python-telegram-bot, pickle", "peer", module="ptb_bot")


@asynccontextmanager
async def running(variant: Variant, url: str, folder: Path) -> AsyncIterator[Any]:
    """The bot's process, alone on the first processor where there are two."""
    if variant.module:
        arguments = ["-m", f"benchmarks.peers.{variant.module}", url, *variant.extra]
        if variant is PTB_PICKLE:
            arguments.append(str(folder / "persistence.pickle"))
        bot = await start_python(arguments, ROOT, dict(os.environ))
    else:
        environment = prepare(variant, url, folder)
        bot = await start_python([str(ROOT / "main.py"), "run"], ROOT, environment)
    pin(bot.pid, 0)
    try:
        yield bot
    finally:
        await stop(bot)


def prepare(variant: Variant, url: str, folder: Path) -> dict[str, str]:
    """A fresh data folder with the demo's ward; the environment of a bot that serves it."""
    ring = new_keyring()
    write_keyring(folder / "tuquan.key", ring)
    address = f"sqlite:///{(folder / 'tuquan.sqlite3').as_posix()}"
    if variant.database != "sqlite":
        address = variant.database
    engine = open_engine(address, ring)
    upgrade(engine)
    cast = {name: 1000 + n for n, name in enumerate(CAST)}
    groups = {name: -1000 - n for n, name in enumerate(GROUPS)}
    with writer_engine(engine).begin() as db:
        seed(db, Stage(1, TOKEN, cast, groups), datetime.now(UTC))
    engine.dispose()
    bot = {"name": BOT_NAME, "token": TOKEN, "api_base": url, **UNPACED}
    return {
        **inherited_environment(),
        "TUQUAN_DATA_DIR": str(folder),
        "TUQUAN_DATABASE_URL": address,
        "TUQUAN_LOG": "warning",
        "TUQUAN_BOTS": json.dumps([bot]),
    }


def pin(process: int, processor: int) -> None:
    """Keep a process on one processor, so that the crowd never takes the bot's time."""
    if sys.platform == "linux" and (os.cpu_count() or 1) > processor:
        os.sched_setaffinity(process, {processor})


async def line_of(process: asyncio.subprocess.Process) -> dict[str, Any]:
    """The next line of JSON that a process writes."""
    if process.stdout is None:
        raise ValueError("the process has no pipe")
    found: dict[str, Any] = json.loads(await process.stdout.readline())
    return found


def empty(folder: Path) -> None:
    """Nothing of one run reaches the next."""
    shutil.rmtree(folder, ignore_errors=True)
