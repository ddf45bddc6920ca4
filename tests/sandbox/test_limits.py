"""The limits to the millisecond, on a clock that is moved by hand."""

from __future__ import annotations

import pytest

from sandbox.limits import BotLimits
from tests.sandbox.town import Bot, Caller, HandClock, in_base64, picture

GROUP = -4_100_000_001


@pytest.fixture
def limits(clock: HandClock) -> BotLimits:
    return BotLimits(clock)


def test_thirty_in_any_second(limits: BotLimits, clock: HandClock) -> None:
    assert [limits.admit(person) for person in range(1, 31)] == [0] * 30
    clock.move(0.999)
    assert limits.admit(31) == 1
    # Refused: the whole bot is blocked for the second that was named, from the refusal on.
    clock.move(0.5)
    assert limits.admit(32) == 1
    clock.move(0.5)
    assert limits.admit(33) == 0


def test_the_window_slides(limits: BotLimits, clock: HandClock) -> None:
    for person in range(1, 16):
        assert limits.admit(person) == 0
    clock.move(0.5)
    for person in range(16, 31):
        assert limits.admit(person) == 0
    clock.move(0.5)
    assert [limits.admit(person) for person in range(31, 46)] == [0] * 15
    assert limits.admit(46) == 1


def test_a_private_chat_has_a_burst_of_three_then_one_a_second(
    limits: BotLimits, clock: HandClock
) -> None:
    assert [limits.admit(7) for _ in range(4)] == [0, 0, 0, 1]
    clock.move(0.75)
    assert limits.admit(7) == 1
    assert limits.admit(8) == 0
    clock.move(0.25)
    assert [limits.admit(7), limits.admit(7)] == [0, 1]


def test_one_a_second_is_never_refused(limits: BotLimits, clock: HandClock) -> None:
    for _ in range(120):
        assert limits.admit(7) == 0
        clock.move(1.0)


def test_twenty_a_minute_for_a_group(limits: BotLimits, clock: HandClock) -> None:
    for _ in range(20):
        assert limits.admit(GROUP) == 0
        clock.move(0.5)
    assert limits.admit(GROUP) == 50
    assert limits.admit(GROUP - 1) == 0
    clock.move(49.5)
    assert limits.admit(GROUP) == 1
    clock.move(0.5)
    assert limits.admit(GROUP) == 0


def test_each_item_of_an_album_counts(limits: BotLimits, clock: HandClock) -> None:
    assert limits.admit(GROUP, 10) == 0
    assert limits.admit(GROUP, 10) == 0
    assert limits.admit(GROUP, 1) == 60
    clock.move(1.0)
    # Ten at once in a private chat are let through, and paid off at one a second.
    assert limits.admit(7, 10) == 0
    assert limits.admit(7) == 8


def test_switched_off_everything_is_counted_and_passes(limits: BotLimits) -> None:
    limits.on = False
    assert [limits.admit(7) for _ in range(50)] == [0] * 50
    assert limits.report() == {
        "made": 50,
        "refused": 0,
        "accepted": 50,
        "by_chat": {"7": {"made": 50, "refused": 0}},
    }


async def test_a_refusal_on_the_wire(
    caller: Caller, bot: Bot, person: int, clock: HandClock
) -> None:
    for _ in range(3):
        await bot.does("sendMessage", chat_id=person, text="x")
    status, body = await bot.call("sendMessage", chat_id=person, text="x")
    assert status == 429
    assert body == {
        "ok": False,
        "error_code": 429,
        "parameters": {"retry_after": 1},
        "description": "Too Many Requests: retry after 1",
    }
    counts = await caller.ask("GET", f"bots/{bot.id}/limits")
    assert (counts["made"], counts["refused"]) == (4, 1)
    assert counts["by_chat"] == {str(person): {"made": 4, "refused": 1}}
    clock.move(1.0)
    await bot.does("sendMessage", chat_id=person, text="x")


async def test_edits_answers_and_questions_are_free(bot: Bot, person: int) -> None:
    sent = await bot.does("sendMessage", chat_id=person, text="0")
    for number in range(1, 50):
        await bot.does(
            "editMessageText", chat_id=person, message_id=sent["message_id"], text=str(number)
        )
        await bot.does("sendChatAction", chat_id=person, action="typing")
        await bot.does("getChat", chat_id=person)


async def test_switch_per_bot(caller: Caller, bot: Bot, person: int) -> None:
    changed = await caller.ask("PATCH", f"bots/{bot.id}", {"limits": False})
    assert changed["limits"] is False
    for _ in range(40):
        await bot.does("sendMessage", chat_id=person, text="x")
    await caller.ask("PATCH", f"bots/{bot.id}", {"limits": True})
    for _ in range(3):
        await bot.does("sendMessage", chat_id=person, text="x")
    assert (await bot.fails("sendMessage", chat_id=person, text="x")).startswith("429")


async def test_an_album_in_a_group_counts_each_item(caller: Caller, bot: Bot) -> None:
    chat = await caller.group([await caller.person()], [bot.id])
    await caller.says(
        (await caller.ask("GET", "state"))["people"][0]["id"],
        chat,
        "@thu_bot",
        photo=in_base64(picture()),
    )
    photo = (await bot.updates())[-1]["message"]["photo"][0]["file_id"]
    media = [{"type": "photo", "media": photo}] * 10
    await bot.does("sendMediaGroup", chat_id=chat, media=media)
    await bot.does("sendMediaGroup", chat_id=chat, media=media)
    assert (await bot.fails("sendMessage", chat_id=chat, text="x")).startswith("429")
