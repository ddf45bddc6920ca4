"""A messenger, a bot and a ward of many neighbourhoods, each with its group: the scene of the
broadcast benchmark.
"""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import aiohttp
from sqlalchemy.engine import Engine

from actions.codes import unused_code
from actions.rooms import bind_room
from benchmarks.crowd import ROOT, Crowd
from cli.children import start_python, stop
from cli.demo_seed import Stage, seed, set_stage
from cli.demo_ward import BOT_NAME, WARD_CODE
from cli.sandbox_client import SandboxClient
from domain.roles import Purpose, Role
from settings import inherited_environment
from storage import announcements, posts, wards
from storage.addresses import add_address, find_address
from storage.announcement_tables import Announcement
from storage.engine import open_engine, writer_engine
from storage.keys import new_keyring, write_keyring
from storage.migrate import upgrade
from storage.rows import table
from storage.tables import Outbox

WORDS: Final = "Chiều mai diễn tập chữa cháy ở sân nhà văn hóa (lời bịa)"
OUTBOX = table(Outbox)


@dataclass
class Scene:
    """A running messenger and bot; `chats` are all groups that a broadcast goes to."""

    crowd: Crowd
    stage: Stage
    engine: Engine
    client: SandboxClient
    places: tuple[int, ...]


@asynccontextmanager
async def scene(folder: Path, chats: int, latency: int) -> AsyncIterator[Scene]:
    """Both processes, a ward with so many neighbourhoods that each have a chat."""
    environment = inherited_environment()
    sandbox = await start_python(["-m", "sandbox", "--port", "0"], ROOT, environment, pipe=True)
    bot = None
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector) as session:
        try:
            line = await sandbox.stdout.readline() if sandbox.stdout else b"{}"
            url = str(json.loads(line)["url"])
            client = SandboxClient(session, url)
            stage = await set_stage(client)
            members = [stage.cast["leader"]]
            groups = [
                await client.add_group(f"Nhóm bịa {n}", members, stage.bot) for n in range(chats)
            ]
            engine, places = _database(folder, stage, groups)
            bot = await start_python(
                [str(ROOT / "main.py"), "run"], ROOT, _environment(folder, stage, url)
            )
            crowd = Crowd(url, stage.bot, session)
            await crowd.start(stage.cast["officer"])
            body = {"latency_ms": latency}
            await session.patch(f"{url}/sandbox/bots/{stage.bot}", json=body)
            yield Scene(crowd, stage, engine, client, places)
            engine.dispose()
        finally:
            await stop(bot, sandbox)


def _database(folder: Path, stage: Stage, groups: list[int]) -> tuple[Engine, tuple[int, ...]]:
    ring = new_keyring()
    write_keyring(folder / "tuquan.key", ring)
    engine = open_engine(f"sqlite:///{(folder / 'tuquan.sqlite3').as_posix()}", ring)
    upgrade(engine)
    now, places = datetime.now(UTC), []
    with writer_engine(engine).begin() as db:
        seed(db, stage, now)
        officer = find_address(db, BOT_NAME, str(stage.cast["officer"]))
        for number, group in enumerate(groups):
            name = f"Khu bịa {number}"
            place = wards.add_neighbourhood(db, WARD_CODE, name, name.casefold()).id
            address = add_address(db, BOT_NAME, str(group), now, title=name)
            by = officer.person_id or 0 if officer else 0
            bind_room(db, address, Purpose.NEIGHBOURHOOD, WARD_CODE, place, by, now)
            # It must not matter at which hour this runs.
            posts.set_rhythm(db, place, quiet=[], posts_a_day=1000)
            places.append(place)
        db.execute(OUTBOX.delete())
    return engine, tuple(places)


def _environment(folder: Path, stage: Stage, url: str) -> dict[str, str]:
    return {
        **inherited_environment(),
        "TUQUAN_DATA_DIR": str(folder),
        "TUQUAN_LOG": "warning",
        "TUQUAN_BOTS": json.dumps([{"name": BOT_NAME, "token": stage.token, "api_base": url}]),
    }


def plan(staged: Scene, number: int) -> int:
    """An announcement of the police to all of the neighbourhoods, due now; its id."""
    now = datetime.now(UTC)
    with writer_engine(staged.engine).begin() as db:
        officer = find_address(db, BOT_NAME, str(staged.stage.cast["officer"]))
        row = Announcement(
            code=unused_code(db, lambda below: (number * 7919 + 11) % below),
            ward_code=WARD_CODE,
            author_id=(officer.person_id if officer else None) or 0,
            author_role=Role.OFFICER.value,
            words=WORDS,
            bot=BOT_NAME,
            late_for=3600,
            created_at=now,
        )
        key = announcements.add_announcement(db, row).id
        announcements.set_targets(db, key, [(place, None) for place in staged.places])
        announcements.plan(db, key, now, now)
    return key
