"""What words alone look like on the wire, and which messages are words alone."""

import sys
from dataclasses import replace

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.channels.base import Outgoing, Upload, WordedButton, WordedContact
from bot.channels.telegram import TelegramChannel
from bot.channels.telegram_text import is_text, text_call
from domain.notices import Pin
from sandbox.server import serve
from tests.messenger import messenger

SAID = Outgoing(
    "5",
    "<b>Chào</b>",
    ((WordedButton("Có", tap="f:1"), WordedButton("Xem", link="https://vi.vn")),),
)


def test_buttons_press_or_open() -> None:
    method, query = text_call(SAID)
    assert method == "sendMessage"
    assert query["parse_mode"] == "HTML"
    (row,) = query["reply_markup"]["inline_keyboard"]
    assert row == [{"text": "Có", "callback_data": "f:1"}, {"text": "Xem", "url": "https://vi.vn"}]
    assert "disable_notification" not in query


def test_a_reply_is_sent_even_where_what_it_answers_is_gone() -> None:
    _, query = text_call(replace(SAID, reply_to="7", silent=True, plain=True))
    assert query["reply_parameters"] == {"message_id": 7, "allow_sending_without_reply": True}
    assert query["disable_notification"]
    assert "parse_mode" not in query


def test_an_edit_neither_rings_nor_answers() -> None:
    method, query = text_call(replace(SAID, edits="9", silent=True, reply_to="7"))
    assert method == "editMessageText"
    assert query["message_id"] == 9
    assert not query.keys() & {"disable_notification", "reply_parameters"}


def test_an_edit_without_buttons_takes_the_old_ones_away() -> None:
    _, query = text_call(Outgoing("5", "Xong rồi ạ", edits="9"))
    assert "reply_markup" not in query


def test_an_answer_is_asked_for_where_there_are_no_buttons() -> None:
    _, query = text_call(Outgoing("5", "Ở đâu ạ?", ask_reply=True))
    assert query["reply_markup"] == {"force_reply": True}


@pytest.mark.parametrize(
    "message",
    [
        Outgoing("5", media=(Upload("photo", b"x", "anh.jpg", "image/jpeg"),)),
        Outgoing("5", pin=Pin(20.95, 107.08)),
        Outgoing("5", contact=WordedContact("113", "Công an")),
        Outgoing("5", edits="9", closes_poll=True),
    ],
)
def test_everything_else_is_not_words_alone(message: Outgoing) -> None:
    assert not is_text(message)


async def test_words_are_sent_and_edited_without_aiogram() -> None:
    loaded = {name for name in sys.modules if name.split(".")[0] == "aiogram"}
    async with serve() as served, messenger(served.url) as api:
        bot = await api.post("bots", name="Bot bịa", username="bia_bot", messenger="telegram")
        named = {"name": "Nguyễn Văn Bịa", "language": "vi", "messenger": "telegram"}
        person = (await api.post("people", **named))["id"]
        await api.post("start", **{"from": person}, bot=bot["id"])
        channel = TelegramChannel("phuong", bot["token"], served.url)
        try:
            sent = await channel.send(Outgoing(str(person), "Một"))
            edited = await channel.send(Outgoing(str(person), "Hai", edits=sent.message_id))
        finally:
            await channel.close()
        seen = await api.get(f"chats/{bot['id']}/messages", **{"as": person})
    assert edited.message_id == sent.message_id
    assert [m["text"] for m in seen["messages"] if m["from"]["is_bot"]] == ["Hai"]
    assert {name for name in sys.modules if name.split(".")[0] == "aiogram"} == loaded


async def test_half_a_letter_of_a_phone_that_was_cut_short_gets_through_both_ways() -> None:
    asked: list[dict[str, object]] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append(await request.json())
        return web.json_response({"ok": True, "result": [{"update_id": 1, "said": "cháy \ud83d"}]})

    app = web.Application()
    app.router.add_post("/{call:.*}", answer)
    async with TestServer(app) as served:
        channel = TelegramChannel("phuong", "1:x", str(served.make_url("")))
        try:
            received = await channel.receive()
            await channel.send(Outgoing("5", "Bà viết: cháy \ud83d"))
        finally:
            await channel.close()
    assert received[0]["said"] == "cháy \ud83d"
    assert asked[-1]["text"] == "Bà viết: cháy \ud83d"
