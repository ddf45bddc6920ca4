"""`/metrics` for Prometheus and `/healthz` for whoever restarts or alarms, on a port of their own
that by default only this machine can reach.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from cli.measures import Measures, age
from domain.notices import Lane
from storage.backup_folder import newest_at
from storage.letters import count_dead, count_parked
from storage.queues import Queue, list_queues
from storage.writer import Writer, WriterClosed

EMERGENCY_LATE_SECONDS: Final = 10.0
# A long poll takes 25 s and 15 more where nothing comes; after a failure it rests at most 30 s.
POLL_LATE_SECONDS: Final = 180.0


@dataclass(frozen=True, slots=True)
class Watched:
    """What is looked at: the queues of these bots, the writer, the folder of backups. Whatever
    does not answer within `patience` seconds has stalled."""

    engine: Engine
    writer: Writer
    clock: Callable[[], datetime]
    measures: Measures
    bots: Collection[str]
    backups: Path | None
    patience: float = 5.0

    def queues(self) -> dict[Lane, Queue]:
        """A reader's look, which no writer waits for. Raises SQLAlchemyError."""
        with self.engine.connect() as db:
            return list_queues(db, self.bots, self.clock())

    def page(self) -> bytes:
        """Raises SQLAlchemyError, OSError."""
        now = self.clock()
        with self.engine.connect() as db:
            queues, (dead, parked) = list_queues(db, self.bots, now), _astray(db)
        newest = newest_at(self.backups) if self.backups else None
        backup_age = (now - newest).total_seconds() if newest else None
        return self.measures.page(queues, dead, parked, backup_age, now)

    async def faults(self) -> dict[str, float | str]:
        """What must not stay as it is, with its figure; {} when all is well."""
        found: dict[str, float | str] = {}
        try:
            async with asyncio.timeout(self.patience):
                waits = age((await asyncio.to_thread(self.queues))[Lane.EMERGENCY], self.clock())
                if waits > EMERGENCY_LATE_SECONDS:
                    found["emergency_waits_seconds"] = round(waits, 1)
        except (SQLAlchemyError, TimeoutError) as fault:
            found["database"] = type(fault).__name__
        try:
            async with asyncio.timeout(self.patience):
                await self.writer.run(lambda _: None)
        except (SQLAlchemyError, TimeoutError, WriterClosed) as fault:
            found["writer"] = type(fault).__name__
        if (silent := self.measures.poll_age()) > POLL_LATE_SECONDS:
            found["poll_age_seconds"] = round(silent, 1)
        return found


def watching_application(watched: Watched) -> web.Application:
    """Two pages to be read, and nothing else."""

    async def metrics(_: web.Request) -> web.Response:
        try:
            page = await asyncio.to_thread(watched.page)
        except (SQLAlchemyError, OSError) as fault:
            return web.Response(status=503, text=type(fault).__name__)
        return web.Response(body=page, headers={"Content-Type": CONTENT_TYPE_LATEST})

    async def health(_: web.Request) -> web.Response:
        faults = await watched.faults()
        said = {"status": "fault" if faults else "ok", "faults": faults}
        return web.Response(
            status=503 if faults else 200,
            text=json.dumps(said),
            content_type="application/json",
        )

    application = web.Application()
    application.router.add_get("/metrics", metrics)
    application.router.add_get("/healthz", health)
    return application


@asynccontextmanager
async def watching(watched: Watched, host: str, port: int | None) -> AsyncIterator[None]:
    """Serve both while the block runs; nothing without a port."""
    if port is None:
        yield
        return
    runner = web.AppRunner(watching_application(watched), access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        yield
    finally:
        await runner.cleanup()


def _astray(db: Connection) -> tuple[int, int]:
    return count_dead(db), count_parked(db)
