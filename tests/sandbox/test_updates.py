"""Updates: kept until confirmed, long polling, what is shown to whom, duplicates and disorder."""

from __future__ import annotations

import asyncio

import pytest

from sandbox.server import Served
from tests.sandbox.town import Bot, Caller, buttons, kinds


async def test_kept_until_an_offset_confirms_them(caller: Caller, bot: Bot, person: int) -> None:
    for number in range(120):
        await caller.says(person, bot.id, str(number))
    first = await bot.updates(limit=1000)
    assert len(first) == 100
    ids = [update["update_id"] for update in first]
    assert ids == list(range(ids[0], ids[0] + 100))
    assert await bot.updates() == first
    rest = await bot.updates(offset=ids[-1] + 1)
    assert [update["message"]["text"] for update in rest] == [str(n) for n in range(100, 120)]
    assert [u["message"]["text"] for u in await bot.updates(offset=-1)] == ["119"]
    assert await bot.updates(offset=rest[-1]["update_id"] + 1) == []


async def test_a_long_poll_wakes_for_a_message(
    served: Served, caller: Caller, bot: Bot, person: int
) -> None:
    async with asyncio.timeout(5):
        poll = asyncio.create_task(bot.updates(timeout=50))
        await served.world.bots[bot.id].mailbox.hanging.wait()
        await caller.says(person, bot.id, "đây")
        assert (await poll)[0]["message"]["text"] == "đây"


async def test_a_second_poll_ends_the_first(
    served: Served, caller: Caller, bot: Bot, person: int
) -> None:
    async with asyncio.timeout(5):
        first = asyncio.create_task(bot.fails("getUpdates", timeout=50))
        await served.world.bots[bot.id].mailbox.hanging.wait()
        second = asyncio.create_task(bot.updates(timeout=50))
        assert (await first).startswith("409 Conflict: terminated by other getUpdates request")
        await served.world.bots[bot.id].mailbox.hanging.wait()
        await caller.says(person, bot.id, "x")
        assert len(await second) == 1


async def test_only_allowed_updates_are_kept(caller: Caller, bot: Bot, person: int) -> None:
    await bot.updates(allowed_updates=["message"])
    await caller.ask("POST", "blocks", {"from": person, "bot": bot.id, "blocked": True})
    await caller.start(person, bot)
    assert kinds(await bot.updates()) == ["message"]
    await bot.updates(allowed_updates=[])
    await caller.ask("POST", "blocks", {"from": person, "bot": bot.id, "blocked": True})
    assert kinds(await bot.updates()) == ["message", "my_chat_member"]


async def test_chat_member_only_for_admins_who_ask(caller: Caller, bot: Bot) -> None:
    other = await caller.bot("khac_bot")
    chief, newcomer = await caller.person(), await caller.person("Người Mới")
    chat = await caller.group([chief], [bot.id, other.id], [chief, bot.id], "supergroup")
    wanted = ["message", "chat_member"]
    for one in (bot, other):
        await one.confirmed(allowed_updates=wanted)
    await caller.ask("POST", f"chats/{chat}/members", {"add": [newcomer], "by": chief})
    assert kinds(await bot.updates()) == ["chat_member", "message"]
    change = (await bot.updates())[0]["chat_member"]
    assert (change["from"]["id"], change["new_chat_member"]["status"]) == (chief, "member")
    assert kinds(await other.updates()) == ["message"]


async def test_privacy_mode(caller: Caller, bot: Bot) -> None:
    person, friend = await caller.person(), await caller.person("Bạn")
    chat = await caller.group([person, friend], [bot.id])
    mine = await bot.does("sendMessage", chat_id=chat, text="Chào bà con")
    await bot.confirmed()

    async def seen(text: str, **more: object) -> bool:
        await caller.says(person, chat, text, **more)
        return len(await bot.confirmed()) == 1

    theirs = (await caller.says(friend, chat, "chuyện riêng"))["message_id"]
    assert not await seen("chuyện riêng")
    assert not await seen("xem @thu_bot_khac")
    assert not await seen("/giup@khac_bot")
    assert not await seen("trả lời bạn", reply_to=theirs)
    assert await seen("xem @thu_bot nhé")
    assert await seen("cháy", mention=True)
    assert await seen("/giup")
    assert await seen("/giup@Thu_Bot ngay")
    assert await seen("trả lời bot", reply_to=mine["message_id"])
    await caller.ask("PATCH", f"bots/{bot.id}", {"can_read_all_group_messages": True})
    assert await seen("chuyện chung")
    await caller.ask("PATCH", f"bots/{bot.id}", {"can_read_all_group_messages": False})
    await caller.ask("POST", f"chats/{chat}/members", {"promote": [bot.id], "by": person})
    await bot.confirmed()
    assert await seen("chuyện chung")


async def test_bots_do_not_hear_bots_or_themselves(caller: Caller, bot: Bot) -> None:
    other = await caller.bot("khac_bot")
    chat = await caller.group([await caller.person()], [bot.id, other.id], [bot.id, other.id])
    await bot.confirmed()
    await other.confirmed()
    await bot.does("sendMessage", chat_id=chat, text="@khac_bot /xin")
    assert await bot.updates() == await other.updates() == []


async def test_an_edit_is_an_update(caller: Caller, bot: Bot, person: int) -> None:
    said = await caller.says(person, bot.id, "cháy")
    answer = await caller.ask(
        "PATCH",
        "messages",
        {"from": person, "chat": bot.id, "message_id": said["message_id"], "text": "cháy nhà"},
    )
    assert answer["edit_date"] >= answer["date"]
    edited = (await bot.updates())[-1]["edited_message"]
    assert (edited["text"], edited["message_id"]) == ("cháy nhà", said["message_id"])


async def test_replies_and_commands_in_updates(caller: Caller, bot: Bot, person: int) -> None:
    first = await bot.does("sendMessage", chat_id=person, text="hỏi")
    await caller.says(person, bot.id, "😀 /bao_tin@thu_bot", reply_to=first["message_id"])
    message = (await bot.updates())[-1]["message"]
    assert message["reply_to_message"]["text"] == "hỏi"
    assert message["reply_to_message"]["from"]["is_bot"] is True
    assert message["entities"] == [{"offset": 3, "length": 16, "type": "bot_command"}]


async def test_taps_reach_the_bot_and_the_answer_comes_back(
    caller: Caller, bot: Bot, person: int
) -> None:
    sent = await bot.does(
        "sendMessage",
        chat_id=person,
        text="Cháy ở đâu ạ?",
        reply_markup=buttons(("🏠 Nhà", "home"), ("Ngõ", "lane")),
    )
    tap = {"from": person, "chat": bot.id, "message_id": sent["message_id"]}
    async with asyncio.timeout(5):
        waiting = asyncio.create_task(caller.ask("POST", "taps", {**tap, "label": "Nhà"}))
        query = (await bot.updates(timeout=5))[0]["callback_query"]
        assert (query["data"], query["from"]["id"]) == ("home", person)
        assert query["message"]["reply_markup"] == sent["reply_markup"]
        await bot.does(
            "answerCallbackQuery", callback_query_id=query["id"], text="Đã ghi", show_alert=True
        )
        assert await waiting == {"text": "Đã ghi", "alert": True, "answered": True}
    assert (await caller.try_ask("POST", "taps", {**tap, "label": "Xóm"}))[0] == 404
    assert (await caller.try_ask("POST", "taps", {**tap, "data": "never"}))[0] == 404


async def test_a_tap_on_a_button_that_was_taken_away(
    caller: Caller, bot: Bot, person: int
) -> None:
    sent = await bot.does(
        "sendMessage", chat_id=person, text="x", reply_markup=buttons(("A", "a"))
    )
    await bot.does("editMessageText", chat_id=person, message_id=sent["message_id"], text="y")
    async with asyncio.timeout(5):
        body = {"from": person, "chat": bot.id, "message_id": sent["message_id"], "data": "a"}
        waiting = asyncio.create_task(caller.ask("POST", "taps", body))
        query = (await bot.updates(timeout=5))[0]["callback_query"]
        await bot.does("answerCallbackQuery", callback_query_id=query["id"])
        assert (await waiting)["answered"] is True


async def test_an_unanswered_tap_says_so(
    caller: Caller, bot: Bot, person: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = await bot.does(
        "sendMessage", chat_id=person, text="x", reply_markup=buttons(("A", "a"))
    )
    monkeypatch.setattr("sandbox.taps.ANSWER_WITHIN", 0.01)
    answer = await caller.ask(
        "POST",
        "taps",
        {"from": person, "chat": bot.id, "message_id": sent["message_id"], "label": "A"},
    )
    assert answer == {"text": None, "alert": False, "answered": False}


async def test_a_duplicated_update_comes_again_after_it_was_confirmed(
    caller: Caller, bot: Bot, person: int
) -> None:
    await caller.ask("POST", "faults", {"kind": "duplicate_update", "bot": bot.id, "times": 1})
    await caller.says(person, bot.id, "một")
    first = await bot.updates()
    offset = first[-1]["update_id"] + 1
    assert await bot.updates(offset=offset) == first
    assert await bot.updates(offset=offset) == []


async def test_reordered_updates(caller: Caller, bot: Bot, person: int) -> None:
    await caller.ask("POST", "faults", {"kind": "reorder_updates", "times": 1})
    for text in ("một", "hai", "ba"):
        await caller.says(person, bot.id, text)
    assert [u["message"]["text"] for u in await bot.updates()] == ["ba", "hai", "một"]
    assert [u["message"]["text"] for u in await bot.updates()] == ["một", "hai", "ba"]
