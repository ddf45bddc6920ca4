"""Polls: what bots and people see of them, and what is refused with Telegram's own words."""

from __future__ import annotations

from typing import Any

import pytest
from aiogram import Bot as Aiogram
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from playwright.async_api import Browser, expect
from telegram import Bot as Ptb

from sandbox.telegram.table import COUNTED_NAMES
from tests.browser import NEEDS_CHROMIUM, browser
from tests.sandbox.town import Bot, Caller

__all__ = ["browser"]
OPTIONS = ["Pháo nổ", "Pháo hoa không nổ", "Không loại nào"]
QUIZ: dict[str, Any] = {
    "question": "Đám cưới được dùng loại nào?",
    "options": OPTIONS,
    "type": "quiz",
    "correct_option_ids": [1],
    "explanation": "Pháo hoa không nổ (bịa, Điều 0).",
}


async def _votes(caller: Caller, person: int, chat: int, message: int, *at: int) -> int:
    vote = {"from": person, "chat": chat, "message_id": message, "options": list(at)}
    return int((await caller.try_ask("POST", "votes", vote))[0])


async def test_a_quiz_in_a_group(caller: Caller, bot: Bot) -> None:
    one, two = await caller.person("Bà Bịa"), await caller.person("Ông Bịa")
    chat = await caller.group([one, two], [bot.id])
    sent = await bot.does("sendPoll", chat_id=chat, **QUIZ)
    number = sent["message_id"]
    assert sent["poll"]["correct_option_ids"] == [1]
    (seen,) = [m for m in await caller.sees(one, chat) if "poll" in m]
    assert "correct_option_ids" not in seen["poll"]
    assert "explanation" not in seen["poll"]

    await bot.confirmed()
    assert await _votes(caller, one, chat, number, 1) == 200
    assert await _votes(caller, one, chat, number, 0) == 409
    (update,) = await bot.confirmed()
    assert update["poll"]["total_voter_count"] == 1
    assert str(one) not in str(update)
    mine = (await caller.sees(one, chat))[-1]["poll"]
    assert (mine["chosen"], mine["correct_option_ids"]) == (1, [1])
    assert mine["explanation"] == QUIZ["explanation"]
    theirs = (await caller.sees(two, chat))[-1]["poll"]
    assert [option["voter_count"] for option in theirs["options"]] == [0, 0, 0]

    assert await _votes(caller, two, chat, number, 2) == 200
    stopped = await bot.does("stopPoll", chat_id=chat, message_id=number)
    assert [option["voter_count"] for option in stopped["options"]] == [0, 1, 1]
    assert stopped["is_closed"]
    assert [update["poll"]["is_closed"] for update in await bot.updates()] == [False, True]
    assert await _votes(caller, two, chat, number, 1) == 409
    again = await bot.fails("stopPoll", chat_id=chat, message_id=number)
    assert again == "400 Bad Request: poll has already been closed"


async def test_a_choice_that_is_no_quiz_can_be_taken_back(
    caller: Caller, bot: Bot, person: int
) -> None:
    sent = await bot.does("sendPoll", chat_id=person, question="Họp hôm nào?", options=OPTIONS)
    for chosen, total in (((0,), 1), ((2,), 1), ((), 0)):
        assert await _votes(caller, person, bot.id, sent["message_id"], *chosen) == 200
        poll = (await caller.sees(person, bot.id))[-1]["poll"]
        assert poll["total_voter_count"] == total
        assert "correct_option_ids" not in poll


async def test_a_forward_is_the_same_poll_and_only_the_first_can_be_stopped(
    caller: Caller, bot: Bot, person: int
) -> None:
    chat = await caller.group([person], [bot.id])
    sent = await bot.does("sendPoll", chat_id=person, **QUIZ)
    forward = {"chat_id": chat, "from_chat_id": person, "message_id": sent["message_id"]}
    passed = await bot.does("forwardMessage", **forward)
    assert passed["poll"]["id"] == sent["poll"]["id"]
    assert await bot.fails("copyMessage", **forward) == "404 Not Found"
    said = await bot.fails("stopPoll", chat_id=chat, message_id=passed["message_id"])
    assert said == "400 Bad Request: poll can't be stopped"
    assert await _votes(caller, person, chat, passed["message_id"], 0) == 200
    assert await _votes(caller, person, bot.id, sent["message_id"], 1) == 409


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"question": " "}, "poll question must be non-empty"),
        ({"question": "x" * 301}, "poll question length must not exceed 300"),
        ({"options": ["x"]}, "poll must have at least 2 option"),
        ({"options": ["x", ""]}, "poll options must be non-empty"),
        ({"options": ["x", "y" * 101]}, "poll options length must not exceed 100"),
        ({"options": "x"}, "can't parse options JSON object"),
        ({"correct_option_ids": [3]}, "wrong correct option ID specified"),
        ({"correct_option_ids": None}, "wrong correct option ID specified"),
        ({"explanation": "x" * 201}, "message is too long"),
        ({"explanation": "a\nb\nc\nd"}, "message is too long"),
        ({"explanation": "<b>x", "explanation_parse_mode": "HTML"}, "can't parse entities"),
    ],
)
async def test_what_is_refused(bot: Bot, person: int, changed: dict[str, Any], said: str) -> None:
    answer = await bot.fails("sendPoll", chat_id=person, **{**QUIZ, **changed})
    assert answer.startswith(f"400 Bad Request: {said}")


async def test_what_is_not_played_never_pretends(caller: Caller, bot: Bot, person: int) -> None:
    await caller.ask("PATCH", f"bots/{bot.id}", {"limits": False})
    for more in ({"is_anonymous": False}, {"open_period": 60}, {"allows_multiple_answers": True}):
        assert await bot.fails("sendPoll", chat_id=person, **QUIZ, **more) == "404 Not Found"
    sent = await bot.does("sendMessage", chat_id=person, text="x")
    said = await bot.fails("stopPoll", chat_id=person, message_id=sent["message_id"])
    assert said == "400 Bad Request: message is not a poll"


async def test_both_client_libraries_read_it(caller: Caller, bot: Bot, person: int) -> None:
    session = AiohttpSession(api=TelegramAPIServer.from_base(caller.url))
    async with Aiogram(bot.token, session=session).context() as aiogram:
        sent = await aiogram.send_poll(person, **QUIZ)
        assert sent.poll is not None
        assert sent.poll.correct_option_ids == [1]
        await _votes(caller, person, bot.id, sent.message_id, 1)
        (update,) = await aiogram.get_updates(offset=-1)
        assert update.poll is not None
        assert update.poll.total_voter_count == 1
        stopped = await aiogram.stop_poll(person, sent.message_id)
        assert [option.voter_count for option in stopped.options] == [0, 1, 0]
    async with Ptb(bot.token, base_url=f"{caller.url}/bot") as ptb:
        shown = await ptb.send_poll(person, "Hỏi?", OPTIONS, type="quiz", correct_option_ids=[2])
        assert shown.poll is not None
        assert shown.poll.type == "quiz"


def test_polls_count_against_the_limits() -> None:
    assert "sendPoll" in COUNTED_NAMES
    assert "stopPoll" not in COUNTED_NAMES


@NEEDS_CHROMIUM[0]
@NEEDS_CHROMIUM[1]
async def test_a_quiz_on_the_page(caller: Caller, bot: Bot, person: int, browser: Browser) -> None:
    page = await browser.new_page(viewport={"width": 480, "height": 800})
    await bot.does("sendPoll", chat_id=person, **QUIZ)
    await page.goto(f"{caller.url}/?as={person}&chat={bot.id}")
    poll = page.get_by_test_id("poll")
    await expect(poll).to_contain_text("Câu đố không nêu tên")
    await expect(poll.get_by_test_id("explanation")).to_have_count(0)
    await poll.get_by_test_id("option").nth(0).click()
    await expect(poll.get_by_test_id("explanation")).to_contain_text("Điều 0")
    await expect(poll.get_by_test_id("option").nth(1)).to_contain_text("đúng")
    await expect(poll.get_by_test_id("option").nth(0)).to_contain_text("bạn đã chọn")
    await expect(poll.get_by_test_id("votes")).to_have_text("1 lượt trả lời")
