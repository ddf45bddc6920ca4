"""A bot in the sandbox whose handler simply repeats what it is told."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import col, select

from bot.channels.telegram import TelegramChannel
from bot.handlers.turn import BotFacts, Turn
from bot.intake import Intake
from bot.taking import Taking
from bot.wording import Wording
from domain.notices import Notice, Text, plain
from sandbox.server import serve
from storage.outbox import load_notice
from storage.rows import rows
from storage.tables import Inbox, Outbox
from storage.writer import Writer
from tests.conftest import Clock
from tests.messenger import Messenger, Persona, messenger


@dataclass
class Door:
    """Everything between the messenger and an outbox row."""

    api: Messenger
    bot: dict[str, object]
    engine: Engine
    writer: Writer
    clock: Clock
    heard: list[str] = field(default_factory=list)
    channels: list[TelegramChannel] = field(default_factory=list)

    async def person(self) -> Persona:
        """Somebody who has pressed Start."""
        made = await self.api.post(
            "people", name="Bà Sáu (bịa)", language="vi", messenger="telegram"
        )
        persona = Persona(self.api, made["id"], int(str(self.bot["id"])))
        await persona.starts()
        return persona

    def repeat(self, turn: Turn) -> None:
        """The handler: words that contain "hỏng" make it fail after it has written."""
        text = turn.incoming.text
        self.heard.append(text)
        turn.say(Notice(plain(text)))
        if "hỏng" in text:
            raise RuntimeError(text)

    def intake(self, kind: type[TelegramChannel] = TelegramChannel) -> Intake:
        """A receiving half of its own, as after a restart."""
        channel = kind("phuong", str(self.bot["token"]), self.api.url)
        self.channels.append(channel)
        facts = BotFacts("phuong", "tro_ly_bot")
        taking = Taking(facts, self.repeat, self.clock, lambda below: below - 1)
        return Intake(channel, taking, self.writer, Wording())

    @asynccontextmanager
    async def polling(self) -> AsyncIterator[None]:
        """Poll while the block runs."""
        async with self.running(self.intake().poll):
            yield

    @asynccontextmanager
    async def running(self, work: Callable[[], Coroutine[Any, Any, None]]) -> AsyncIterator[None]:
        """This while the block runs."""
        task = asyncio.create_task(work())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait until it holds: looked at after each of the writer's commits."""
        async with asyncio.timeout(15):
            while not condition():
                await self.writer.run(lambda _db: None)

    def owed(self) -> list[str]:
        """The words or keys of every outbox row, in order."""
        with self.engine.connect() as db:
            found = rows(db, Outbox, select(Outbox).order_by(col(Outbox.id)))
        notices = [load_notice(row.notice) for row in found]
        return [_words(notice.text) for notice in notices if notice.text]

    def inbox(self) -> list[tuple[str, bool]]:
        """(state, whether the payload is kept) of every update, in order."""
        with self.engine.connect() as db:
            found = rows(db, Inbox, select(Inbox).order_by(col(Inbox.id)))
        return [(row.state, row.payload is not None) for row in found]


def _words(text: Text) -> str:
    """What was answered; a newcomer's first answer stands below the numbers to call."""
    lines = text.params.get("lines")
    if isinstance(lines, tuple) and isinstance(below := lines[-1].params.get("text"), Text):
        text = below
    return str(text.params.get("words", text.key))


@pytest.fixture
async def door(engine: Engine, clock: Clock) -> AsyncIterator[Door]:
    async with serve() as served, messenger(served.url) as api:
        bot = await api.post("bots", name="Trợ lý", username="tro_ly_bot", messenger="telegram")
        with Writer(engine) as writer:
            made = Door(api, bot, engine, writer, clock)
            yield made
            for channel in made.channels:
                await channel.close()
