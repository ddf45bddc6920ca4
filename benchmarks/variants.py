"""The bots of the comparison as processes: ours as it is shipped but for its pace, and peers."""

import inspect
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy.engine import URL

import main
from benchmarks.processes import pin
from benchmarks.servers import fresh_database, redis_missing
from cli.children import start_python, stop
from cli.demo_seed import Stage, seed
from cli.demo_ward import BOT_NAME, CAST, GROUPS, WARD_CODE
from settings import inherited_environment
from storage.engine import open_engine, writer_engine
from storage.keys import new_keyring, write_keyring
from storage.migrate import upgrade

ROOT: Final = Path(__file__).resolve().parent.parent
TOKEN: Final = "1234567:benchmarkbenchmarkbenchmark"
UNPACED: Final = {
    "rate": 100_000, "private_rate": 100_000, "private_burst": 1000, "group_rate": 10_000_000,
}  # fmt: skip
KEY_FILE: Final = "tuquan.key"
DATABASE_FILE: Final = "tuquan.sqlite3"


@dataclass(frozen=True, slots=True)
class Variant:
    """`kind` is "ours" or a peer's module; `keeps` what it keeps its state in; `latency` is how
    many seconds each call of the API takes."""

    name: str
    kind: str
    keeps: str
    workers: int = 1
    latency: float = 0.0

    @property
    def is_ours(self) -> bool:
        """Whether it is the bot of this repository."""
        return self.kind == "ours"

    @property
    def script(self) -> str:
        """The conversation that it is led through."""
        return "ours" if self.is_ours else "peer"


SQLITE: Final = Variant("sqlite", "ours", "sqlite")
POSTGRES_1: Final = Variant("postgres1", "ours", "postgresql")
POSTGRES_2: Final = Variant("postgres2", "ours", "postgresql", workers=2)
AIOGRAM_MEMORY: Final = Variant("aiogram_memory", "aiogram_bot", "memory")
AIOGRAM_REDIS: Final = Variant("aiogram_redis", "aiogram_bot", "redis")
PTB_PICKLE: Final = Variant("ptb_pickle", "ptb_bot", "pickle")
SQLITE_50MS: Final = replace(SQLITE, name="sqlite_50ms", latency=0.05)
PTB_50MS: Final = replace(PTB_PICKLE, name="ptb_pickle_50ms", latency=0.05)
VARIANTS: Final = {
    each.name: each
    for each in (
        SQLITE, POSTGRES_1, POSTGRES_2, AIOGRAM_MEMORY, AIOGRAM_REDIS, PTB_PICKLE, SQLITE_50MS,
        PTB_50MS,
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rest:
    """What a bot stands on: a folder of its own, and the servers that run. `is_full`: the folder
    holds a database and its key already, of many wards of which this bot serves the demo's."""

    folder: Path
    postgres: URL | None = None
    redis: str = ""
    is_full: bool = False


def missing(variant: Variant) -> str:
    """Why this variant cannot run here; "" where it can."""
    if variant.keeps == "redis":
        return redis_missing()
    if variant.workers > 1 and "workers" not in inspect.signature(main.run).parameters:
        return "main.py run has no --workers"
    return ""


@asynccontextmanager
async def running(variant: Variant, url: str, rest: Rest) -> AsyncIterator[Any]:
    """The bot's process, alone on the first processor; more than one worker may use all."""
    if variant.is_ours:
        environment = prepare(variant, url, rest)
        arguments = [str(ROOT / "main.py"), "run"]
        if variant.workers > 1:
            arguments += ["--workers", str(variant.workers)]
    else:
        environment = _environment()
        where = {"redis": rest.redis, "pickle": str(rest.folder / "persistence.pickle")}
        arguments = ["-m", f"benchmarks.peers.{variant.kind}", url]
        arguments += [where[variant.keeps]] if variant.keeps in where else []
    bot = await start_python(arguments, ROOT, environment)
    if variant.workers == 1:
        pin(bot.pid, 0)
    try:
        yield bot
    finally:
        await stop(bot)


def prepare(variant: Variant, url: str, rest: Rest) -> dict[str, str]:
    """A fresh data folder with the demo's ward; the environment of a bot that serves it."""
    address = f"sqlite:///{(rest.folder / DATABASE_FILE).as_posix()}"
    if variant.keeps == "postgresql":
        if rest.postgres is None:
            raise ValueError("no server runs")
        address = fresh_database(rest.postgres, "benchmark")
    if not rest.is_full:
        fill(address, rest.folder)
    serves = {"neighbourhoods": [WARD_CODE]} if rest.is_full else {}
    bot = {"name": BOT_NAME, "token": TOKEN, "api_base": url, **UNPACED, **serves}
    return {
        **_environment(),
        "TUQUAN_DATA_DIR": str(rest.folder),
        "TUQUAN_DATABASE_URL": address,
        "TUQUAN_LOG": "warning",
        "TUQUAN_BOTS": json.dumps([bot]),
    }


def fill(address: str, folder: Path) -> None:
    """The tables, the demo's ward in them, and the key beside them."""
    ring = new_keyring()
    write_keyring(folder / KEY_FILE, ring)
    engine = open_engine(address, ring)
    upgrade(engine)
    with writer_engine(engine).begin() as db:
        seed(db, stage(), datetime.now(UTC))
    engine.dispose()


def stage() -> Stage:
    """Where the demo's people and groups can be reached at the load server."""
    cast = {name: 1000 + n for n, name in enumerate(CAST)}
    groups = {name: -1000 - n for n, name in enumerate(GROUPS)}
    return Stage(1, TOKEN, cast, groups)


def _environment() -> dict[str, str]:
    """Whoever runs a bot has its modules compiled from the second start on."""
    inherited = inherited_environment()
    inherited.pop("PYTHONDONTWRITEBYTECODE", None)
    return inherited
