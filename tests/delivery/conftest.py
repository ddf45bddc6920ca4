"""A sandbox, a bot in it, and a delivery that runs against a database of its own."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy.engine import Connection, Engine

from bot.channels.telegram import TelegramChannel
from bot.delivery.loop import Delivery
from bot.delivery.pace import Pace
from bot.delivery.sender import Sender
from bot.delivery.settling import Counted, Listeners, Settling
from bot.media.apart import Washroom
from bot.media.cellar import Cellar
from bot.media.sharing import Sharing
from bot.wording import Wording
from domain.notices import Lane, Notice, plain
from sandbox.server import Served, serve
from settings import inherited_environment
from storage import addresses, outbox
from storage.keys import Keyring
from storage.people import migrate_group
from storage.tables import Address, IncidentMedia, Outbox
from storage.writer import Writer
from tests.conftest import Clock
from tests.messenger import Messenger, Persona, messenger


def say(words: str) -> Notice:
    return Notice(plain(words))


@dataclass
class Post:
    """Everything between an outbox row and the messenger."""

    api: Messenger
    bot: dict[str, object]
    engine: Engine
    writer: Writer
    clock: Clock
    accepted: list[int]
    refused: list[int]
    cellar: Cellar
    held: list[tuple[int, str, bool]] = field(default_factory=list)
    others: dict[str, TelegramChannel] = field(default_factory=dict)
    lost: list[int] = field(default_factory=list)
    counted: Counted = lambda _db, _row, _votes, _now: None

    async def person(self, name: str = "Bà Hoa (bịa)") -> tuple[Persona, Address]:
        """Somebody who has pressed Start."""
        made = await self.api.post("people", name=name, language="vi", messenger="telegram")
        persona = Persona(self.api, made["id"], int(str(self.bot["id"])))
        await persona.starts()
        return persona, await self.writer.run(self._private(str(persona.id)))

    async def group(self, *members: Persona) -> tuple[int, Address]:
        """A group that the bot sits in."""
        ids = [member.id for member in members]
        chat = await self.api.post(
            "chats",
            title="Nhóm (bịa)",
            type="supergroup",
            messenger="telegram",
            members=ids,
            bots=[self.bot["id"]],
            admins=ids,
        )
        return chat["id"], await self.writer.run(self._group(str(chat["id"])))

    def _private(self, chat: str) -> Callable[[Connection], Address]:
        def make(db: Connection) -> Address:
            person = addresses.add_person(db, "Người (bịa)", "vi", self.clock())
            return addresses.add_address(db, "phuong", chat, self.clock(), person_id=person.id)

        return make

    def _group(self, chat: str) -> Callable[[Connection], Address]:
        return lambda db: addresses.add_address(db, "phuong", chat, self.clock())

    async def owe(
        self,
        address: Address,
        notice: Notice | str,
        lane: Lane = Lane.CONVERSATION,
        **more: object,
    ) -> int:
        """Put one row."""
        owed = say(notice) if isinstance(notice, str) else notice
        return await self.writer.run(
            lambda db: outbox.put(db, address, owed, lane, self.clock(), **more)  # type: ignore[arg-type]
        )

    async def edit(self, row: int, notice: Notice) -> int:
        """Owe new content of an earlier row."""
        return await self.writer.run(lambda db: outbox.edit(db, row, notice, self.clock()))

    def row(self, key: int) -> Outbox:
        """The row as it is on disk."""
        with self.engine.connect() as db:
            return outbox.get(db, key)

    @asynccontextmanager
    async def delivering(
        self, pace: Pace | None = None, kind: type[TelegramChannel] = TelegramChannel
    ) -> AsyncIterator[Sharing]:
        """Deliver while the block runs."""
        channel = kind("phuong", str(self.bot["token"]), self.api.url)
        listeners = Listeners(self._accept, self._refuse, self._lose, migrate_group, self.counted)
        settling = Settling(self.writer, self.clock, listeners)
        sharing = Sharing(
            {"phuong": channel, **self.others},
            self.writer,
            self.cellar,
            Washroom(inherited_environment()),
            self.clock,
            self._hold_back,
        )
        sender = Sender(channel, Wording(), settling, sharing)
        delivery = Delivery("phuong", sender, self.writer, pace or Pace())
        self.writer.owed[:] = [delivery.wake]
        running = asyncio.create_task(delivery.run(self.clock))
        try:
            yield sharing
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
            await channel.close()

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait until it holds: looked at after each of the writer's commits."""
        async with asyncio.timeout(15):
            while not condition():
                await self.writer.run(lambda _db: None)

    def _lose(self, db: Connection, address: Address, now: datetime) -> None:
        self.lost.append(address.id)

    def _accept(self, _db: Connection, row: Outbox, _now: datetime) -> None:
        self.accepted.append(row.id)

    def _refuse(self, _db: Connection, row: Outbox, _now: datetime) -> None:
        self.refused.append(row.id)

    def _hold_back(
        self,
        _db: Connection,
        row: Outbox,
        _file: IncidentMedia,
        why: str,
        first: bool,
        _now: object,
    ) -> None:
        self.held.append((row.id, why, first))


@pytest.fixture
async def served() -> AsyncIterator[Served]:
    async with serve() as running:
        yield running


@pytest.fixture
async def post(
    served: Served, engine: Engine, clock: Clock, keyring: Keyring, tmp_path: Path
) -> AsyncIterator[Post]:
    async with messenger(served.url) as api:
        bot = await api.post(
            "bots", name="Trợ lý (bịa)", username="tro_ly_bot", messenger="telegram"
        )
        with Writer(engine) as writer:
            cellar = Cellar(tmp_path / "media", keyring)
            yield Post(api, bot, engine, writer, clock, [], [], cellar)
