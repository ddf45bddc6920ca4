"""The chat page in a real browser: what a person can do there reaches the bot, and comes back."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser import NEEDS_CHROMIUM, browser
from tests.sandbox.town import Bot, Caller, buttons, kinds, picture

__all__ = ["browser"]
pytestmark = NEEDS_CHROMIUM


@pytest.fixture
async def page(browser: Browser) -> AsyncIterator[Page]:
    page = await browser.new_page(viewport={"width": 1280, "height": 800})
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.on("console", lambda line: broken.append(line.text) if line.type == "error" else None)
    yield page
    assert broken == []


async def _next(bot: Bot, kind: str = "message") -> Any:
    """The next update of this kind, all confirmed up to it."""
    while True:
        updates = await bot.updates(timeout=10)
        assert updates, "the bot waited ten seconds for nothing"
        await bot.updates(offset=updates[0]["update_id"] + 1, limit=1)
        if kinds(updates[:1]) == [kind]:
            return updates[0][kind]


async def test_from_the_first_screen_to_a_tapped_button(
    caller: Caller, bot: Bot, page: Page
) -> None:
    person = await caller.person("Bà Bịa", role="cư dân")
    await page.goto(caller.url)
    await page.get_by_test_id(f"person-{person}").click()
    await page.get_by_test_id(f"chat-{bot.id}").click()
    await page.get_by_test_id("start").click()
    assert (await _next(bot))["text"] == "/start"
    sent = await bot.does(
        "sendMessage",
        chat_id=person,
        text="<b>Cháy</b> ở đâu ạ?",
        parse_mode="HTML",
        reply_markup=buttons(("Ở nhà", "home")),
    )
    bubble = page.locator(f"[data-testid=message][data-message-id='{sent['message_id']}']")
    await expect(bubble.locator("strong")).to_have_text("Cháy")
    await bubble.get_by_test_id("button").click()
    query = await _next(bot, "callback_query")
    assert query["data"] == "home"
    await bot.does(
        "answerCallbackQuery", callback_query_id=query["id"], text="Đã ghi", show_alert=True
    )
    await expect(page.get_by_test_id("alert")).to_contain_text("Đã ghi")
    await page.get_by_test_id("alert-ok").click()
    await bot.does("editMessageText", chat_id=person, message_id=sent["message_id"], text="Rõ ạ")
    await expect(bubble).to_contain_text("Rõ ạ")
    await expect(bubble.get_by_test_id("edited")).to_be_visible()
    await expect(bubble.get_by_test_id("button")).to_have_count(0)


async def test_writing_and_attaching(
    caller: Caller, bot: Bot, person: int, page: Page, tmp_path: Path
) -> None:
    await page.goto(f"{caller.url}/?as={person}&chat={bot.id}")
    await page.get_by_test_id("composer").fill("Cháy ở cuối ngõ")
    await page.get_by_test_id("composer").press("Enter")
    assert (await _next(bot))["text"] == "Cháy ở cuối ngõ"
    (tmp_path / "a.png").write_bytes(picture())
    await page.get_by_test_id("attach-photo").set_input_files(tmp_path / "a.png")
    assert (await _next(bot))["photo"][-1]["width"] == 640
    await expect(page.locator("[data-testid=message] img")).to_be_visible()
    await page.get_by_test_id("attach").locator("summary").click()
    await page.get_by_test_id("attach-location").click()
    await page.get_by_test_id("send-location").click()
    assert (await _next(bot))["location"] == {"latitude": 20.951, "longitude": 107.085}
    await expect(page.locator(".place")).to_contain_text("20.95100, 107.08500")


async def test_what_bots_ask_for_below_the_text(
    caller: Caller, bot: Bot, person: int, page: Page
) -> None:
    await page.goto(f"{caller.url}/?as={person}&chat={bot.id}")
    await expect(page.get_by_test_id("message")).to_have_count(1)
    keyboard = {"keyboard": [[{"text": "Báo tin"}]], "one_time_keyboard": True}
    await bot.does("sendMessage", chat_id=person, text="Chọn", reply_markup=keyboard)
    await page.get_by_test_id("reply-button").click()
    assert (await _next(bot))["text"] == "Báo tin"
    await expect(page.get_by_test_id("reply-keyboard")).to_be_hidden()
    asked = await bot.does(
        "sendMessage",
        chat_id=person,
        text="Tên?",
        reply_markup={"force_reply": True},
        disable_notification=True,
    )
    await expect(page.get_by_test_id("reply-bar")).to_contain_text("Tên?")
    await expect(page.get_by_test_id("silent")).to_be_visible()
    await page.get_by_test_id("composer").fill("Bịa")
    await page.get_by_test_id("send").click()
    assert (await _next(bot))["reply_to_message"]["message_id"] == asked["message_id"]


async def test_words_are_never_code(caller: Caller, bot: Bot, person: int, page: Page) -> None:
    evil = "<img src=x onerror=\"document.title='hỏng'\"><script>1</script>"
    await caller.ask("POST", "people", {"name": evil, "messenger": "telegram"})
    await caller.says(person, bot.id, evil)
    link = {"offset": 0, "length": 1, "type": "text_link", "url": "javascript:alert(1)"}
    await bot.does("sendMessage", chat_id=person, text="x", entities=[link])
    await page.goto(f"{caller.url}/?as={person}&chat={bot.id}")
    await expect(page.get_by_test_id("message").nth(1)).to_contain_text(evil)
    await expect(page.locator("[data-testid=message] img")).to_have_count(0)
    await expect(page.locator("a[href^='javascript']")).to_have_count(0)


async def test_a_deep_link_leads_from_the_group_to_the_private_chat(
    caller: Caller, bot: Bot, page: Page
) -> None:
    person = await caller.person()
    chat = await caller.group([person], [bot.id])
    await bot.does(
        "sendMessage",
        chat_id=chat,
        parse_mode="HTML",
        text='<a href="https://t.me/thu_bot?start=kp_3">Báo tin riêng</a>, hoặc '
        "gọi 113, +84 900 000 001",
    )
    await page.goto(f"{caller.url}/?as={person}&chat={chat}")
    await expect(page.locator("a[href='tel:113']")).to_be_visible()
    await expect(page.locator("a[href='tel:+84900000001']")).to_be_visible()
    await page.get_by_role("link", name="Báo tin riêng").click()
    await expect(page.get_by_test_id("chat-title")).to_have_text("Bot thử")
    await expect(page).to_have_url(re.compile(f"chat={bot.id}"))
    while (await _next(bot)).get("text") != "/start kp_3":
        continue


async def test_two_people_side_by_side(caller: Caller, bot: Bot, page: Page) -> None:
    one, two = await caller.person("Một"), await caller.person("Hai")
    chat = await caller.group([one, two], [bot.id])
    await page.goto(f"{caller.url}/?as={one}&chat={chat}&beside={two}")
    right = page.get_by_test_id(f"pane-{two}")
    await expect(right.get_by_test_id(f"chat-{chat}")).to_be_visible()
    await page.get_by_test_id(f"pane-{one}").get_by_test_id("composer").fill("có ai không?")
    await page.get_by_test_id(f"pane-{one}").get_by_test_id("send").click()
    await expect(right.get_by_test_id(f"chat-{chat}")).to_contain_text("có ai không?")
    # The notice that the group was made, and the question.
    await expect(right.locator(".unread")).to_have_text("2")
    await right.get_by_test_id(f"chat-{chat}").click()
    await expect(right.get_by_test_id("message").last).to_contain_text("có ai không?")
    await expect(right.locator(".unread")).to_have_count(0)


async def test_a_phone(caller: Caller, bot: Bot, person: int, browser: Browser) -> None:
    page = await browser.new_page(viewport={"width": 360, "height": 740}, color_scheme="dark")
    await bot.does(
        "sendMessage",
        chat_id=person,
        text="Một dòng chữ dài " * 20,
        reply_markup=buttons(("Một nút có nhiều chữ để xem có tràn không", "a")),
    )
    await page.goto(f"{caller.url}/?as={person}")
    await page.get_by_test_id(f"chat-{bot.id}").click()
    await expect(page.get_by_test_id("composer")).to_be_visible()
    await expect(page.get_by_test_id(f"chat-{bot.id}")).to_be_hidden()
    assert await page.evaluate("document.documentElement.scrollWidth") == 360
    boxes = await page.get_by_test_id("button").all()
    assert (await boxes[0].bounding_box() or {"height": 0.0})["height"] >= 44
    await page.get_by_test_id("back").click()
    await expect(page.get_by_test_id(f"chat-{bot.id}")).to_be_visible()
    await page.get_by_test_id("to-people").click()
    await page.get_by_test_id("language").click()
    await expect(page.get_by_role("heading", name="Choose who to be")).to_be_visible()


async def test_the_keyboard_alone_is_enough(
    caller: Caller, bot: Bot, person: int, page: Page
) -> None:
    await page.goto(f"{caller.url}/?as={person}")
    await page.get_by_test_id(f"chat-{bot.id}").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_test_id("composer")).to_be_focused()
    await page.keyboard.type("bằng phím")
    await page.keyboard.press("Enter")
    assert (await _next(bot))["text"] == "bằng phím"
    for control in await page.locator("button, input, textarea, summary, a").all():
        name = await control.evaluate(
            "e => e.ariaLabel || e.textContent.trim() || e.labels?.[0]?.textContent || ''"
        )
        assert name, await control.evaluate("e => e.outerHTML")
