"""aiogram as a client: what the bot itself speaks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiogram import Bot as Aiogram
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyParameters,
)

from tests.sandbox.town import Bot, Caller, in_base64, picture


def client_of(url: str, token: str) -> Aiogram:
    return Aiogram(token, session=AiohttpSession(api=TelegramAPIServer.from_base(url)))


@pytest.fixture
async def aiogram(caller: Caller, bot: Bot) -> AsyncIterator[Aiogram]:
    client = client_of(caller.url, bot.token)
    yield client
    await client.session.close()


async def test_text_keyboard_callback_edit(
    caller: Caller, bot: Bot, person: int, aiogram: Aiogram
) -> None:
    assert (await aiogram.get_me()).username == bot.username
    button = InlineKeyboardButton(text="Có", callback_data="yes")
    sent = await aiogram.send_message(
        person,
        '😀 <b>Cháy</b> &amp; <a href="https://x.vn/">khói</a>',
        parse_mode="HTML",
        reply_markup=InlineKeyboardMarkup(inline_keyboard=[[button]]),
    )
    assert sent.text == "😀 Cháy & khói"
    assert [(e.type, e.offset, e.length) for e in sent.entities or []] == [
        ("bold", 3, 4),
        ("text_link", 10, 4),
    ]
    async with asyncio.timeout(5):
        tap = {"from": person, "chat": bot.id, "message_id": sent.message_id, "data": "yes"}
        waiting = asyncio.create_task(caller.ask("POST", "taps", tap))
        (update,) = await aiogram.get_updates(timeout=5)
        assert update.callback_query is not None
        await aiogram.answer_callback_query(update.callback_query.id, text="Dạ")
        assert (await waiting)["text"] == "Dạ"
    edited = await aiogram.edit_message_text("Đã báo", chat_id=person, message_id=sent.message_id)
    assert not isinstance(edited, bool)
    assert edited.text == "Đã báo"
    assert edited.reply_markup is None


async def test_photo_up_and_file_down(person: int, aiogram: Aiogram) -> None:
    content = picture(2000, 1500, "JPEG")
    sent = await aiogram.send_photo(person, BufferedInputFile(content, "a.jpg"), caption="ảnh")
    assert sent.photo is not None
    assert [(size.width, size.height) for size in sent.photo] == [
        (90, 67),
        (320, 240),
        (800, 600),
        (1280, 960),
    ]
    stream = await aiogram.download(sent.photo[-1].file_id)
    assert stream is not None
    assert stream.read() == content
    again = await aiogram.send_photo(person, sent.photo[-1].file_id)
    assert again.photo is not None
    assert again.photo[-1].file_unique_id == sent.photo[-1].file_unique_id
    with pytest.raises(TelegramBadRequest, match="IMAGE_PROCESS_FAILED"):
        await aiogram.send_photo(person, BufferedInputFile(b"no picture", "a.jpg"))


async def test_an_album(caller: Caller, person: int, aiogram: Aiogram) -> None:
    files = [BufferedInputFile(picture(300, 200 + n), f"{n}.png") for n in range(3)]
    sent = await aiogram.send_media_group(person, [InputMediaPhoto(media=f) for f in files])
    assert len({message.media_group_id for message in sent}) == 1
    assert [message.message_id for message in sent] == list(
        range(sent[0].message_id, sent[0].message_id + 3)
    )


async def test_other_kinds(caller: Caller, bot: Bot, person: int, aiogram: Aiogram) -> None:
    await caller.ask("PATCH", f"bots/{bot.id}", {"limits": False})
    file = BufferedInputFile(b"invented", "đơn.pdf")
    sent = await aiogram.send_document(person, file, caption="đơn")
    assert sent.document is not None
    assert sent.document.file_name == "đơn.pdf"
    assert (await aiogram.send_voice(person, file, duration=7)).voice is not None
    assert (await aiogram.send_video(person, file)).video is not None
    assert (await aiogram.send_audio(person, file)).audio is not None
    assert (await aiogram.send_sticker(person, file)).sticker is not None
    assert (await aiogram.send_location(person, 20.951, 107.085)).location is not None
    assert (await aiogram.send_venue(person, 20.951, 107.085, "Nhà văn hóa", "Khu 1")).venue
    assert (await aiogram.send_contact(person, "+84900000001", "Người Bịa")).contact is not None
    copied = await aiogram.copy_message(person, person, sent.message_id)
    assert copied.message_id > sent.message_id
    forwarded = await aiogram.forward_message(person, person, sent.message_id)
    assert forwarded.forward_origin is not None
    assert await aiogram.send_chat_action(person, "typing")


async def test_keyboards_that_bots_are_not_shown(
    caller: Caller, bot: Bot, person: int, aiogram: Aiogram
) -> None:
    sent = await aiogram.send_message(person, "Tên?", reply_markup=ForceReply())
    assert sent.reply_markup is None
    keyboard = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="Báo tin")]])
    await aiogram.send_message(
        person,
        "Chọn",
        reply_markup=keyboard,
        reply_parameters=ReplyParameters(message_id=sent.message_id),
    )
    seen = (await caller.sees(person, bot.id))[-1]
    assert seen["reply_markup"]["keyboard"] == [[{"text": "Báo tin"}]]
    assert seen["reply_to_message"]["text"] == "Tên?"


async def test_profile_and_chats(caller: Caller, bot: Bot, person: int, aiogram: Aiogram) -> None:
    commands = [BotCommand(command="bao_tin", description="Báo tin")]
    assert await aiogram.set_my_commands(commands)
    kept = [(one.command, one.description) for one in await aiogram.get_my_commands()]
    assert kept == [("bao_tin", "Báo tin")]
    assert await aiogram.delete_my_commands()
    assert await aiogram.set_my_description("Bot của khu phố")
    assert await aiogram.set_my_short_description("Bot")
    assert await aiogram.set_chat_menu_button()
    chat = await caller.group([person], [bot.id], [person, bot.id])
    assert (await aiogram.get_chat(chat)).title == "Khu phố thử"
    assert (await aiogram.get_chat(person)).type == "private"
    assert {one.status for one in await aiogram.get_chat_administrators(chat)} == {
        "creator",
        "administrator",
    }
    assert await aiogram.get_chat_member_count(chat) == 2
    await caller.ask("POST", f"chats/{chat}/members", {"remove": [bot.id], "by": person})
    await caller.says(person, bot.id, photo=in_base64(picture()))
    updates = await aiogram.get_updates()
    assert [update.event_type for update in updates][-1] == "message"


async def test_errors(caller: Caller, bot: Bot, person: int, aiogram: Aiogram) -> None:
    stranger = await caller.person()
    with pytest.raises(TelegramForbiddenError, match="can't initiate conversation"):
        await aiogram.send_message(stranger, "x")
    with pytest.raises(TelegramBadRequest, match="can't parse entities"):
        await aiogram.send_message(person, "<b>x", parse_mode="HTML")
    chat = await caller.group([person], [bot.id])
    await caller.ask("POST", f"chats/{chat}/migrate")
    with pytest.raises(TelegramMigrateToChat):
        await aiogram.send_message(chat, "x")
    for _ in range(2):
        await aiogram.send_message(person, "x")
    with pytest.raises(TelegramRetryAfter) as refused:
        await aiogram.send_message(person, "x")
    assert refused.value.retry_after == 1
    wrong = client_of(caller.url, "1:wrong")
    with pytest.raises(TelegramUnauthorizedError):
        await wrong.get_me()
    await wrong.session.close()


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("http_500", TelegramServerError),
        ("http_502_html", ClientDecodeError),
        ("drop_before", TelegramNetworkError),
        ("drop_after", TelegramNetworkError),
    ],
)
async def test_faults(
    caller: Caller, person: int, aiogram: Aiogram, kind: str, error: type[Exception]
) -> None:
    await caller.ask("POST", "faults", {"kind": kind, "times": 1})
    with pytest.raises(error):
        await aiogram.send_message(person, "x")
