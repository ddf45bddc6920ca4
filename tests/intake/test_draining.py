"""What is stored first is taken by whoever is free: in order, each once, and nothing too early."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from sqlalchemy.engine import Connection

from bot.channels.telegram import TelegramChannel
from bot.draining import EARLY_FOR, SharedIntake
from bot.handlers.turn import BotFacts
from bot.taking import Taking
from bot.wording import Wording
from storage.addresses import find_address
from storage.deliveries import mark_sent
from storage.keys import mark
from storage.outbox import find_by_message
from storage.rows import list_by, rows, table
from storage.tables import Inbox, Outbox
from tests.intake.conftest import Door
from tests.intake.test_intake import update

CHAT = "7000009"


def shared(door: Door, *, stores: bool = True) -> SharedIntake:
    """The receiving half of one of several processes."""
    channel = TelegramChannel("phuong", str(door.bot["token"]), door.api.url)
    door.channels.append(channel)
    facts = BotFacts("phuong", "tro_ly_bot")
    taking = Taking(facts, door.repeat, door.clock, lambda below: below - 1)
    return SharedIntake(channel, taking, door.writer, Wording(), stores=stores)


async def test_what_is_polled_is_stored_with_its_chat_and_taken_by_another(door: Door) -> None:
    resident = await door.person()
    for words in ("một", "tin hỏng", "ba"):
        await resident.says(words)
    async with door.running(shared(door).poll):
        await door.until(lambda: len(door.inbox()) == 4)
        # The first round of a poller takes what somebody stored before it; these came later.
        assert door.inbox() == [("new", True)] * 4
    with door.engine.connect() as db:
        kept = list_by(db, Inbox)
        assert {row.conversation for row in kept} == {mark(db, str(resident.id))}
    async with door.running(shared(door).drain):
        await door.until(lambda: "ba" in door.owed())
    assert door.owed() == ["/start", "một", "intake.failed", "ba"]
    assert [state for state, _ in door.inbox()] == ["done", "done", "parked", "done"]


async def test_a_process_that_does_not_share_takes_first_what_was_stored(door: Door) -> None:
    resident = await door.person()
    await resident.says("trước")
    async with door.running(shared(door).poll):
        await door.until(lambda: len(door.inbox()) == 2)
    await resident.says("sau")
    async with door.running(shared(door, stores=False).poll):
        await door.until(lambda: "sau" in door.owed())
    assert door.owed() == ["/start", "trước", "sau"]


async def test_what_concerns_nobody_is_not_kept_and_what_is_unreadable_holds_up_nothing(
    door: Door,
) -> None:
    intake = shared(door)
    await intake.store({"update_id": 1, "message": {"nonsense": True}})
    await intake.store({"update_id": 2, "poll": {}})
    await intake.store(update(3))
    async with door.running(intake.drain):
        await door.until(lambda: "tin 3" in door.owed())
    assert door.inbox() == [("parked", True), ("done", False), ("done", False)]


def sent_off(number: int, chat: int) -> dict[str, object]:
    """Somebody else presses "send" at the end of a report."""
    whom = {"id": chat, "is_bot": False, "first_name": "Bà Tám (bịa)"}
    message = {"message_id": 7, "date": 0, "chat": {"id": chat, "type": "private"}, "text": "…"}
    press = {"id": "1", "from": whom, "chat_instance": "1", "message": message}
    return {"update_id": number, "callback_query": {**press, "data": "f:1:review:send"}}


async def test_what_is_filed_for_others_is_not_tried_beside_them_first(door: Door) -> None:
    """Regression: five hundred who sent their reports at the same time waited twice as long."""
    intake = shared(door)
    await intake.store(sent_off(1, chat=7000010))
    await intake.store(update(2))
    async with door.running(intake.drain):
        await door.until(lambda: len(door.heard) == 2)
    assert door.heard == ["tin 2", ""]


def reply(number: int, to: int) -> dict[str, object]:
    ours = {"id": 1, "is_bot": True, "first_name": "Trợ lý"}
    whole = update(number)
    message = whole["message"]
    assert isinstance(message, dict)
    message["reply_to_message"] = {"message_id": to, "from": ours, "chat": message["chat"]}
    return whole


@asynccontextmanager
async def replying(door: Door, to: int) -> AsyncIterator[None]:
    """Somebody was answered, and their reply to a message of ours is stored."""
    intake = shared(door)
    await intake.store(update(1))
    async with door.running(intake.drain):
        await door.until(lambda: "tin 1" in door.owed())
        await intake.store(reply(2, to))
        yield


async def test_a_reply_waits_until_it_is_written_to_what_it_replies(door: Door) -> None:
    async with replying(door, to=501):
        for _ in range(20):
            await door.writer.run(lambda _db: None)
        assert "tin 2" not in door.owed()
        await door.writer.run(partial(note_sent, door=door, message_id="501"))
        await door.until(lambda: "tin 2" in door.owed())


async def test_a_reply_to_what_nobody_knows_waits_no_longer_than_a_moment(door: Door) -> None:
    async with replying(door, to=502):
        door.clock.move(seconds=EARLY_FOR.total_seconds() + 1)
        await door.until(lambda: "tin 2" in door.owed())
    with door.engine.connect() as db:
        address = find_address(db, "phuong", CHAT)
        assert address is not None
        assert find_by_message(db, address.id, "502") is None


def note_sent(db: Connection, door: Door, message_id: str) -> None:
    (row,) = rows(db, Outbox, table(Outbox).select().limit(1))
    mark_sent(db, row.id, message_id, door.clock())


async def test_a_clock_that_was_set_back_keeps_no_reply_waiting(door: Door) -> None:
    """Regression: a reply that seemed to come from the future waited until the clock was there."""
    async with replying(door, to=502):
        door.clock.move(hours=-1)
        await door.until(lambda: "tin 2" in door.owed())
