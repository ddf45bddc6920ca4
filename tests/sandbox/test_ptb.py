"""python-telegram-bot as a client: an implementation that has nothing in common with aiogram."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from telegram import Bot as Ptb
from telegram import (
    BotCommand,
    ChatMemberOwner,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
)
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter

from tests.sandbox.town import Bot, Caller, in_base64, picture


@pytest.fixture
async def ptb(caller: Caller, bot: Bot) -> AsyncIterator[Ptb]:
    async with Ptb(
        bot.token, base_url=f"{caller.url}/bot", base_file_url=f"{caller.url}/file/bot"
    ) as client:
        yield client


async def test_text_keyboard_callback_edit(
    caller: Caller, bot: Bot, person: int, ptb: Ptb
) -> None:
    assert ptb.username == bot.username
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Có", callback_data="yes")]])
    sent = await ptb.send_message(
        person, "<i>Cháy</i> 😀 <b>x</b>", parse_mode="HTML", reply_markup=keyboard
    )
    assert sent.parse_entities() == {sent.entities[0]: "Cháy", sent.entities[1]: "x"}
    async with asyncio.timeout(5):
        tap = {"from": person, "chat": bot.id, "message_id": sent.message_id, "label": "Có"}
        waiting = asyncio.create_task(caller.ask("POST", "taps", tap))
        (update,) = await ptb.get_updates(timeout=5)
        assert update.callback_query is not None
        await update.callback_query.answer("Dạ", show_alert=True)
        assert await waiting == {"text": "Dạ", "alert": True, "answered": True}
    edited = await update.callback_query.edit_message_text("Đã báo")
    assert not isinstance(edited, bool)
    assert edited.text == "Đã báo"


async def test_photo_up_and_file_down(person: int, ptb: Ptb) -> None:
    content = picture()
    sent = await ptb.send_photo(person, content, caption="ảnh")
    file = await ptb.get_file(sent.photo[-1].file_id)
    assert bytes(await file.download_as_bytearray()) == content
    album = await ptb.send_media_group(person, [InputMediaPhoto(content)] * 2)
    assert album[0].media_group_id == album[1].media_group_id


async def test_what_people_send(caller: Caller, bot: Bot, person: int, ptb: Ptb) -> None:
    blob = in_base64(b"invented")
    await caller.says(person, bot.id, voice={"data": blob, "duration": 5})
    await caller.says(person, bot.id, location={"latitude": 20.951, "longitude": 107.085})
    chat = await caller.group([person], [bot.id], [person])
    updates = await ptb.get_updates(allowed_updates=["message", "my_chat_member"])
    assert updates[0].message is not None
    assert updates[0].message.voice is not None
    assert updates[1].message is not None
    assert updates[1].message.location is not None
    owner = (await ptb.get_chat_administrators(chat))[0]
    assert isinstance(owner, ChatMemberOwner)
    assert (await ptb.get_chat(chat)).title == "Khu phố thử"
    assert (await ptb.get_chat_member(chat, bot.id)).status == "member"
    assert await ptb.set_my_commands([BotCommand("bao_tin", "Báo tin")])
    assert (await ptb.get_webhook_info()).url == ""


async def test_errors(caller: Caller, bot: Bot, person: int, ptb: Ptb) -> None:
    with pytest.raises(BadRequest, match="not found"):
        await ptb.send_message(-5, "x")
    with pytest.raises(Forbidden, match="bot can't initiate conversation"):
        await ptb.send_message(await caller.person(), "x")
    chat = await caller.group([person], [bot.id])
    new = (await caller.ask("POST", f"chats/{chat}/migrate"))["id"]
    with pytest.raises(ChatMigrated) as moved:
        await ptb.send_message(chat, "x")
    assert moved.value.new_chat_id == new
    for _ in range(3):
        await ptb.send_message(person, "x")
    with pytest.raises(RetryAfter) as refused:
        await ptb.send_message(person, "x")
    assert refused.value.retry_after == timedelta(seconds=1)
    with pytest.raises(InvalidToken):
        async with Ptb("1:wrong", base_url=f"{caller.url}/bot"):
            pass
