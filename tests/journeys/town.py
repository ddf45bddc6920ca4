"""The demo's invented ward with the whole program in it, for tests that live through a day."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
from sqlalchemy import text
from sqlalchemy.engine import Engine

from cli.assembly import run
from cli.demo_seed import Stage, seed, set_stage
from cli.demo_ward import BOT_NAME
from cli.sandbox_client import SandboxClient
from sandbox.server import serve
from settings import Settings
from storage.engine import open_engine, writer_engine
from storage.keys import new_keyring, read_keyring, write_keyring
from storage.migrate import upgrade
from tests.house import CONTROLLER
from tests.messenger import PATIENCE, Messenger, Persona

SWIFT = {"rate": 2000, "private_rate": 1000, "private_burst": 1000, "group_rate": 100_000}


def present() -> datetime:
    """The real clock: whole-program journeys run in real time."""
    return datetime.now(UTC)


@dataclass
class Town:
    """People by their part in the demo's cast, and the chats they share."""

    api: Messenger
    stage: Stage
    settings: Settings
    engine: Engine
    people: dict[str, Persona] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Persona:
        """`town.resident`, `town.officer`…"""
        if name.startswith("_") or name not in self.stage.cast:
            raise AttributeError(name)
        if name not in self.people:
            self.people[name] = Persona(self.api, self.stage.cast[name], self.stage.bot)
        return self.people[name]

    def chat(self, name: str) -> int:
        """A group by its part: police, mediation, neighbourhood, neighbourhood2."""
        return self.stage.groups[name]

    async def start(self, *names: str) -> None:
        """These open their private chat; the greetings are read."""
        for name in names:
            persona: Persona = getattr(self, name)
            await persona.starts()
            await persona.sees("113")

    async def quiet(self) -> None:
        """Wait until nothing is owed any more, as a person takes longer to read than that."""
        owed = text("SELECT count(*) FROM outbox WHERE state = 'due'")
        async with asyncio.timeout(PATIENCE):
            while True:
                with self.engine.connect() as db:
                    if db.execute(owed).scalar_one() == 0:
                        return
                await self.api.get("state")

    @asynccontextmanager
    async def bot(self, clock: Callable[[], datetime] = present) -> AsyncIterator[None]:
        """The bot runs while the block does."""
        running = asyncio.create_task(run(self.settings, clock, secrets.randbelow))
        try:
            yield
        finally:
            running.cancel()
            failed = (await asyncio.gather(running, return_exceptions=True))[0]
            if failed is not None and not isinstance(failed, asyncio.CancelledError):
                raise failed


@asynccontextmanager
async def open_town(
    folder: Path,
    *,
    limits: bool = False,
    trial: bool = False,
    database_url: str | None = None,
    **bot: object,
) -> AsyncIterator[Town]:
    """A sandbox, a seeded database, and no bot running yet. Without `limits` neither the
    messenger limits nor the bot paces itself, so that journeys take no longer than they must;
    `trial` is a ward that has not named who answers for the bot."""
    pace = {} if limits else SWIFT
    async with AsyncExitStack() as stack:
        served = await stack.enter_async_context(serve())
        session = await stack.enter_async_context(aiohttp.ClientSession())
        api = Messenger(served.url, session)
        stage = await set_stage(SandboxClient(session, served.url))
        if not limits:
            await api.patch(f"bots/{stage.bot}", limits=False)
        bot_settings = {
            "name": BOT_NAME,
            "token": stage.token,
            "api_base": served.url,
            **pace,
            **bot,
        }
        settings = Settings.model_validate(
            {
                **({} if trial else CONTROLLER),
                "data_dir": folder,
                "database_url": database_url
                or f"sqlite:///{(folder / 'town.sqlite3').as_posix()}",
                "bots": [bot_settings],
            }
        )
        yield Town(api, stage, settings, stack.enter_context(_prepared(settings, stage)))


@contextmanager
def _prepared(settings: Settings, stage: Stage) -> Iterator[Engine]:
    if not settings.key_file.exists():
        write_keyring(settings.key_file, new_keyring())
    engine = open_engine(settings.database_url, read_keyring(settings.key_file))
    upgrade(engine)
    with writer_engine(engine).begin() as db:
        seed(db, stage, present())
    yield engine
    engine.dispose()
