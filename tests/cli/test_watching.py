"""What a watcher outside reads: figures without anybody's words, and red when it must be."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from sqlalchemy.engine import Connection, Engine

from bot.channels.base import Outgoing, Unavailable
from bot.delivery.splitting import split
from cli.counted import CountedChannel
from cli.measures import Measures
from cli.watching import POLL_LATE_SECONDS, Watched, watching, watching_application
from domain.notices import Lane, Notice, Text
from storage import inbox, outbox
from storage.addresses import add_address
from storage.writer import Writer
from tests.conftest import Clock

Get = Callable[[str], Any]


class Seconds:
    """Moved by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def watched(engine: Engine, clock: Clock, seconds: Seconds, tmp_path: Path) -> Watched:
    measures = Measures(seconds)
    writer = Writer(engine)
    return Watched(engine, writer, clock, measures, ["phuong"], tmp_path / "safe", patience=0.5)


@pytest.fixture
async def get(watched: Watched) -> AsyncIterator[Get]:
    """get("/healthz") gives (status, body)."""
    runner = web.AppRunner(watching_application(watched))
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    url = site.name
    port = runner.addresses[0][1]
    assert url

    async def ask(path: str) -> tuple[int, Any]:
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"http://127.0.0.1:{port}{path}") as answer,
        ):
            is_json = "json" in answer.content_type
            return answer.status, await (answer.json() if is_json else answer.text())

    yield ask
    await runner.cleanup()


def put(lane: Lane, clock: Clock) -> Callable[[Connection], int]:
    def work(db: Connection) -> int:
        chat = add_address(db, "phuong", f"chat bịa {lane.name}", clock())
        return outbox.put(db, chat, Notice(Text("menu.ask")), lane, clock())

    return work


async def test_an_emergency_that_waits_for_more_than_ten_seconds_is_red(
    watched: Watched, get: Get, clock: Clock
) -> None:
    with watched.writer:
        await watched.writer.run(put(Lane.NOTICE, clock))
        clock.move(seconds=60)
        await watched.writer.run(put(Lane.EMERGENCY, clock))
        clock.move(seconds=10)
        assert await get("/healthz") == (200, {"status": "ok", "faults": {}})
        clock.move(seconds=1)
        found = {"emergency_waits_seconds": 11.0}
        assert await get("/healthz") == (503, {"status": "fault", "faults": found})


async def test_a_writer_that_has_ended_or_hangs_is_red(watched: Watched, get: Get) -> None:
    gate, held = threading.Event(), threading.Event()

    def hang(_: Connection) -> None:
        held.set()
        gate.wait(10)

    with watched.writer:
        hanging = asyncio.ensure_future(watched.writer.run(hang))
        await asyncio.to_thread(held.wait)
        status, said = await get("/healthz")
        assert (status, said["faults"]) == (503, {"writer": "TimeoutError"})
        gate.set()
        await hanging
        assert (await get("/healthz"))[0] == 200
    status, said = await get("/healthz")
    assert (status, said["faults"]) == (503, {"writer": "WriterClosed"})


async def test_a_poller_that_fell_silent_is_red(
    watched: Watched, get: Get, seconds: Seconds
) -> None:
    with watched.writer:
        watched.measures.polls("phuong")
        watched.measures.polls("khac")
        seconds.now += POLL_LATE_SECONDS
        watched.measures.polled("khac")
        assert (await get("/healthz"))[0] == 200
        seconds.now += 1
        watched.measures.polls("phuong")  # started again, but the messenger never answered
        status, said = await get("/healthz")
        assert (status, said["faults"]) == (503, {"poll_age_seconds": POLL_LATE_SECONDS + 1})


async def test_a_database_that_is_away_is_red(watched: Watched, get: Get, engine: Engine) -> None:
    with watched.writer, engine.begin() as db:
        db.exec_driver_sql("ALTER TABLE outbox RENAME TO elsewhere")
    assert (await get("/metrics"))[0] == 503
    status, said = await get("/healthz")
    assert (status, said["faults"]["database"]) == (503, "OperationalError")


async def test_the_figures_are_there_and_nothing_else(
    watched: Watched, get: Get, clock: Clock
) -> None:
    with watched.writer as writer:
        await writer.run(put(Lane.EMERGENCY, clock))
        await writer.run(lambda db: inbox.park(db, "phuong", 1, clock(), {"text": "lời"}, "x"))
        clock.move(seconds=4)
        (folder := watched.backups or Path()).mkdir()
        made = (clock() - timedelta(hours=2)).strftime("%Y%m%d-%H%M%S")
        (folder / f"tuquan-{made}.backup").touch()
        watched.measures.ticked("send_due", clock())
        watched.measures.timed(split_it)("x")
        watched.measures.sent("throttled", again=True)
        status, page = await get("/metrics")
    assert status == 200
    for line in (
        'tuquan_queue_rows{lane="emergency"} 1.0',
        'tuquan_queue_oldest_seconds{lane="emergency"} 4.0',
        'tuquan_queue_oldest_seconds{lane="broadcast"} 0.0',
        "tuquan_parked_updates 1.0",
        "tuquan_dead_letters 0.0",
        "tuquan_backup_age_seconds 7200.0",
        'tuquan_sends_total{outcome="throttled"} 1.0',
        "tuquan_retries_total 1.0",
        "tuquan_handler_seconds_count 1.0",
    ):
        assert line in page, page
    (ticked,) = (line for line in page.split("\n") if line.startswith("tuquan_tick"))
    assert 'job="send_due"' in ticked
    assert float(ticked.split()[-1]) == clock().timestamp()
    assert not any(word in page for word in ("bịa", "lời", "phuong"))


def split_it(words: str) -> None:
    split(words, 10)


async def test_sends_are_counted_by_what_the_messenger_said() -> None:
    measures = Measures()
    channel = CountedChannel("phuong", "7000000009:" + "C" * 35, "http://127.0.0.1:9", measures)
    for call in (channel.send(Outgoing("1", "x")), channel.delete("1", "1")):
        with pytest.raises(Unavailable):
            await call
    await channel.close()
    page = measures.page({}, 0, 0, None, Clock()()).decode()
    failed = [line for line in page.split("\n") if line.startswith("tuquan_sends_total")]
    assert sum(float(line.split()[-1]) for line in failed) == 2
    assert all("accepted" not in line for line in failed)
    assert "tuquan_retries_total 2.0" in page


async def test_without_a_port_nothing_is_served(watched: Watched) -> None:
    before = len(asyncio.all_tasks())
    async with watching(watched, "127.0.0.1", None):
        assert len(asyncio.all_tasks()) == before
