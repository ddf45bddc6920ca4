"""What the writer saw is acted upon only as long as it holds."""

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy.engine import Connection, Engine

from bot.delivery.chats import Chats
from bot.delivery.looking import LOOKAHEAD, Looking
from bot.delivery.pace import Pace
from bot.delivery.preparing import Preparing
from domain.notices import Lane, Notice, plain
from storage import addresses, deliveries, outbox
from storage.tables import Address
from storage.writer import Writer
from tests.conftest import Clock


@dataclass
class Desk:
    """A delivery that stands by, without a messenger."""

    writer: Writer
    clock: Clock
    chats: Chats = field(default_factory=lambda: Chats(Pace()))
    stirs: list[bool] = field(default_factory=list)

    def __post_init__(self) -> None:
        idle = Preparing("phuong", None, None, lambda: None)  # type: ignore[arg-type]
        self.looking = Looking("phuong", self.writer, self.chats, idle, self._stir)

    def _stir(self, *, looks_again: bool = True) -> None:
        self.stirs.append(looks_again)

    def stand_by(self) -> None:
        self.looking.stand_by(lambda: None, self.clock)

    async def address(self, chat: str, bot: str = "phuong") -> Address:
        return await self.writer.run(lambda db: addresses.add_address(db, bot, chat, self.clock()))

    def owes(self, address: Address, words: str) -> Callable[[Connection], int]:
        said = Notice(plain(words))
        return lambda db: outbox.put(db, address, said, Lane.CONVERSATION, self.clock())

    def sends(self, key: int) -> Callable[[Connection], object]:
        return lambda db: deliveries.mark_sent(db, key, "501", self.clock(), None)

    def seen(self) -> list[int] | None:
        found = self.looking.seen()
        return None if found is None else [due.id for due in found]


async def test_what_is_owed_is_seen_without_another_turn(engine: Engine, clock: Clock) -> None:
    with Writer(engine) as writer:
        desk = Desk(writer, clock)
        home = await desk.address("5")
        desk.stand_by()
        key = await writer.run(desk.owes(home, "Chào bà"))
        await asyncio.sleep(0)
        assert desk.stirs == [False]
        assert desk.seen() == [key]
        assert desk.seen() is None


async def test_what_another_bot_owes_is_none_of_its_business(engine: Engine, clock: Clock) -> None:
    with Writer(engine) as writer:
        desk = Desk(writer, clock)
        other = await desk.address("5", "phuong_khac")
        desk.stand_by()
        await writer.run(desk.owes(other, "Chào ông"))
        await writer.run(lambda _db: None)
        assert desk.stirs == []
        assert desk.seen() is None


async def test_of_many_for_one_chat_with_room_the_first_is_seen(
    engine: Engine, clock: Clock
) -> None:
    with Writer(engine) as writer:
        desk = Desk(writer, clock)
        home = await desk.address("5")
        desk.stand_by()
        many = [desk.owes(home, f"Tin {n}") for n in range(LOOKAHEAD)]
        await writer.run(lambda db: [owe(db) for owe in many])
        await asyncio.sleep(0)
        assert len(desk.seen() or ()) == 1


async def test_what_was_sent_after_the_look_is_not_seen_as_due(
    engine: Engine, clock: Clock
) -> None:
    """The loop is held up while the writer looks, and then settles what is on the wire: both
    come to light at once, and the row that was due when it looked must not be sent again."""
    with Writer(engine) as writer:
        desk = Desk(writer, clock)
        here, there = await desk.address("5"), await desk.address("6")
        first = await writer.run(desk.owes(here, "Một"))
        desk.chats.in_flight.add(here.id)
        desk.stand_by()
        begun, gate, told = threading.Event(), threading.Event(), threading.Semaphore(0)

        def owing(db: Connection) -> int:
            begun.set()
            assert gate.wait(10)
            return desk.owes(there, "Hai")(db)

        def settling(db: Connection) -> None:
            desk.sends(first)(db)
            db.info["owed"] = True

        async def on_the_wire() -> None:
            await writer.run(settling)
            desk.chats.in_flight.discard(here.id)

        looked = asyncio.create_task(writer.run(owing))
        await asyncio.to_thread(begun.wait, 10)
        sent = asyncio.create_task(on_the_wire())
        await asyncio.sleep(0)
        writer.owed.append(told.release)
        gate.set()
        assert told.acquire(timeout=10)
        assert told.acquire(timeout=10)
        second = await looked
        await sent
        assert desk.seen() == [second]


async def test_what_was_settled_with_the_look_leaves_its_chat_free(
    engine: Engine, clock: Clock
) -> None:
    """The answer to the next message of the same person: both are committed together."""
    with Writer(engine) as writer:
        desk = Desk(writer, clock)
        here = await desk.address("5")
        first = await writer.run(desk.owes(here, "Một"))
        desk.chats.in_flight.add(here.id)
        desk.stand_by()
        begun, gate = threading.Event(), threading.Event()

        def hold(_db: Connection) -> None:
            begun.set()
            assert gate.wait(10)

        async def on_the_wire() -> None:
            await writer.run(desk.sends(first))
            desk.chats.in_flight.discard(here.id)

        held = asyncio.create_task(writer.run(hold))
        await asyncio.to_thread(begun.wait, 10)
        sent = asyncio.create_task(on_the_wire())
        await asyncio.sleep(0)
        answered = asyncio.create_task(writer.run(desk.owes(here, "Hai")))
        await asyncio.sleep(0)
        gate.set()
        await asyncio.gather(held, sent)
        assert desk.seen() == [await answered]
