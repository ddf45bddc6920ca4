"""A crowd that reports at once: `python -m benchmarks.crowd --residents 200 [--limits]`.

Messenger, bot and crowd are three processes. Every resident goes through the whole report
flow; a step is timed from the moment the messenger took the resident's message to the moment
the reply stands in their chat. Prints one JSON object: rate, latencies, and what must hold.
"""

import argparse
import asyncio
import json
import secrets
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
from sqlalchemy import select
from sqlalchemy.engine import Engine

from cli.children import start_python, stop
from cli.demo_seed import Stage, seed, set_stage
from cli.demo_ward import BOT_NAME
from cli.sandbox_client import SandboxClient
from domain.notices import Lane
from settings import inherited_environment
from storage.engine import open_engine, writer_engine
from storage.keys import new_keyring, write_keyring
from storage.migrate import upgrade
from storage.rows import table
from storage.tables import Incident, Outbox

ROOT = Path(__file__).resolve().parent.parent
TOO_MANY = 429
PATIENCE = 600.0
UNPACED = {"rate": 5000, "private_rate": 1000, "private_burst": 1000, "group_rate": 1_000_000}
URGENT = ("cháy nhà ở đầu ngõ, khói mù mịt", "1", "1", "Ngõ 4, nhà số 9", "2", "1")
CALM = ("hàng xóm hát karaoke to quá", "1", "1", "Ngõ 4, nhà số 9", "2", "1")
OUTBOX = table(Outbox)
IN_FLIGHT = timedelta(seconds=1)


@dataclass
class Crowd:
    """The people, and how long each of their steps took in seconds."""

    url: str
    bot: int
    session: aiohttp.ClientSession
    latencies: list[float] = field(default_factory=list)

    async def report(self, person: int, answers: tuple[str, ...]) -> None:
        """One whole report."""
        for words in ("/baotin", *answers):
            await self.step(person, words)

    async def step(self, person: int, words: str) -> None:
        """Say something and wait for what the bot answers to it."""
        body = {"from": person, "chat": self.bot, "text": words}
        said = await self._post("messages", body)
        began = time.monotonic()
        await self._answer(person, said["seq"])
        self.latencies.append(time.monotonic() - began)

    async def start(self, person: int) -> None:
        """Press Start and read the greeting."""
        pressed = await self._post("start", {"from": person, "bot": self.bot})
        await self._answer(person, pressed["seq"])

    async def _answer(self, person: int, after: int) -> None:
        query = {"as": str(person), "after": str(after), "wait": "60"}
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            url = f"{self.url}/sandbox/chats/{self.bot}/messages"
            async with self.session.get(url, params=query) as answer:
                found = (await answer.json())["messages"]
            if any(message["from"]["is_bot"] for message in found):
                return
        raise TimeoutError(f"no answer to {person}")

    async def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        async with self.session.post(f"{self.url}/sandbox/{path}", json=body) as answer:
            answer.raise_for_status()
            said: dict[str, Any] = await answer.json()
            return said


@dataclass
class Scene:
    """A running messenger and bot."""

    url: str
    stage: Stage
    engine: Engine
    client: SandboxClient
    session: aiohttp.ClientSession


@asynccontextmanager
async def scene(folder: Path, *, limits: bool) -> AsyncIterator[Scene]:
    """Both processes, a seeded database, and a session to speak through."""
    arguments = ["-m", "sandbox", "--port", "0"]
    sandbox = await start_python(arguments, ROOT, inherited_environment(), pipe=True)
    connector = aiohttp.TCPConnector(limit=0)
    bot = None
    async with aiohttp.ClientSession(connector=connector) as session:
        try:
            url = str(json.loads(await _line(sandbox))["url"])
            client = SandboxClient(session, url)
            stage = await set_stage(client)
            if not limits:
                await session.patch(f"{url}/sandbox/bots/{stage.bot}", json={"limits": False})
            engine = _database(folder, stage)
            environment = _environment(folder, stage, url, limits=limits)
            bot = await start_python([str(ROOT / "main.py"), "run"], ROOT, environment)
            yield Scene(url, stage, engine, client, session)
            engine.dispose()
        finally:
            await stop(bot, sandbox)


async def _line(process: asyncio.subprocess.Process) -> bytes:
    if process.stdout is None:
        raise ValueError("the process has no pipe")
    return await process.stdout.readline()


def _database(folder: Path, stage: Stage) -> Engine:
    ring = new_keyring()
    write_keyring(folder / "tuquan.key", ring)
    engine = open_engine(f"sqlite:///{(folder / 'tuquan.sqlite3').as_posix()}", ring)
    upgrade(engine)
    with writer_engine(engine).begin() as db:
        seed(db, stage, datetime.now(UTC))
    return engine


def _environment(folder: Path, stage: Stage, url: str, *, limits: bool) -> dict[str, str]:
    bot = {"name": BOT_NAME, "token": stage.token, "api_base": url}
    bots = [bot if limits else {**bot, **UNPACED}]
    return {
        **inherited_environment(),
        "TUQUAN_DATA_DIR": str(folder),
        "TUQUAN_LOG": "warning",
        "TUQUAN_BOTS": json.dumps(bots),
    }


async def measure(residents: int, *, limits: bool) -> dict[str, Any]:
    """Run it; the figures, and what went wrong (all zeros where nothing did)."""
    with tempfile.TemporaryDirectory() as name:
        async with scene(Path(name), limits=limits) as staged:
            crowd = Crowd(staged.url, staged.stage.bot, staged.session)
            label = f"{secrets.token_hex(2)}"
            people = [
                await staged.client.add_person(f"Cư dân bịa {label} {n}", "Cư dân")
                for n in range(residents)
            ]
            await asyncio.gather(*(crowd.start(person) for person in people))
            began = time.monotonic()
            await asyncio.gather(
                *(
                    crowd.report(person, URGENT if n % 4 == 0 else CALM)
                    for n, person in enumerate(people)
                )
            )
            seconds = time.monotonic() - began
            await _all_sent(staged.engine)
            return {
                "residents": residents,
                "limits": limits,
                **_figures(crowd.latencies, seconds),
                **await _faults(staged, residents),
            }


def _figures(latencies: list[float], seconds: float) -> dict[str, Any]:
    hundredths = statistics.quantiles(latencies, n=100)
    return {
        "steps": len(latencies),
        "seconds": round(seconds, 2),
        "steps_per_second": round(len(latencies) / seconds, 1),
        "p50_ms": round(hundredths[49] * 1000, 1),
        "p95_ms": round(hundredths[94] * 1000, 1),
        "max_ms": round(max(latencies) * 1000, 1),
    }


async def _all_sent(engine: Engine) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with engine.connect() as db:
            if not db.execute(select(OUTBOX.c.id).where(OUTBOX.c.state == "due").limit(1)).first():
                return
        await asyncio.sleep(0.2)
    raise TimeoutError("something is still owed")


async def _faults(staged: Scene, residents: int) -> dict[str, Any]:
    url = f"{staged.url}/sandbox/sent"
    async with staged.session.get(url, params={"bot": str(staged.stage.bot)}) as answer:
        calls = (await answer.json())["calls"]
    refused = [call["answer"]["description"] for call in calls if call["status"] == TOO_MANY]
    with staged.engine.connect() as db:
        incidents = len(db.execute(select(table(Incident).c.id)).all())
        rows = db.execute(select(OUTBOX)).all()
    cards = [row for row in rows if row.once and ":card:" in row.once]
    return {
        "incidents_missing_or_doubled": incidents - residents,
        "cards": len(cards),
        "cards_lost": sum(row.state != "sent" for row in cards),
        "cards_gathered": sum(row.message_id is None for row in cards),
        "dead_letters": sum(row.state == "dead" for row in rows),
        "calls_refused": len(refused),
        "refusals": refused[:5],
        "calm_sent_before_waiting_urgent": _overtaken(cards),
        "urgent_card_slowest_s": _slowest([row for row in cards if not row.calm]),
    }


def _overtaken(cards: list[Any]) -> int:
    """Calm cards that left while an urgent one had been waiting."""
    urgent = [row for row in cards if row.lane == Lane.EMERGENCY]
    calm = [row for row in cards if row.calm]
    return sum(
        any(u.created_at + IN_FLIGHT < c.sent_at < u.sent_at - IN_FLIGHT for u in urgent)
        for c in calm
    )


def _slowest(cards: list[Any]) -> float:
    waits = [(row.sent_at - row.created_at).total_seconds() for row in cards]
    return round(max(waits, default=0.0), 2)


def main() -> None:
    """Read the options, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--residents", type=int, default=200)
    parser.add_argument("--limits", action="store_true")
    options = parser.parse_args()
    figures = asyncio.run(measure(options.residents, limits=options.limits))
    sys.stdout.write(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main()
