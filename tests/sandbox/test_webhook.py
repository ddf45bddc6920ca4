"""Webhook delivery: secret, order, repetition until 2xx, and getUpdates shut meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from tests.sandbox.town import Bot, Caller

SECRET = "invented-secret"


class Hook:
    """A bot's own web server; it refuses as many deliveries as it is told to."""

    def __init__(self) -> None:
        self.url = ""
        self.refuse = 0
        self.tried: list[Any] = []
        self.met = asyncio.Event()
        self.got: asyncio.Queue[Any] = asyncio.Queue()
        self.secrets: set[str | None] = set()

    async def take(self, request: web.Request) -> web.Response:
        update = await request.json()
        self.tried.append(update)
        self.met.set()
        self.secrets.add(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        if self.refuse:
            self.refuse -= 1
            return web.Response(status=503)
        self.got.put_nowait(update)
        return web.Response()

    async def texts(self, number: int) -> list[str]:
        async with asyncio.timeout(5):
            return [(await self.got.get())["message"]["text"] for _ in range(number)]


@pytest.fixture
async def hook(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Hook]:
    monkeypatch.setattr("sandbox.webhook.BACKOFF", (0.0, 0.01))
    hook = Hook()
    app = web.Application()
    app.router.add_post("/hook", hook.take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield hook
    await runner.cleanup()


async def test_delivery_with_the_secret_in_order(
    caller: Caller, bot: Bot, person: int, hook: Hook
) -> None:
    await caller.says(person, bot.id, "trước đó")
    await bot.does("setWebhook", url=hook.url, secret_token=SECRET)
    for number in range(5):
        await caller.says(person, bot.id, str(number))
    assert await hook.texts(6) == ["trước đó", "0", "1", "2", "3", "4"]
    assert hook.secrets == {SECRET}


async def test_repeated_until_it_is_taken(
    caller: Caller, bot: Bot, person: int, hook: Hook
) -> None:
    hook.refuse = 3
    await bot.does("setWebhook", url=hook.url)
    await caller.says(person, bot.id, "một")
    await caller.says(person, bot.id, "hai")
    assert await hook.texts(2) == ["một", "hai"]
    assert [update["message"]["text"] for update in hook.tried] == ["một"] * 4 + ["hai"]
    info = await bot.does("getWebhookInfo")
    assert info["last_error_message"] == (
        "Wrong response from the webhook: 503 Service Unavailable"
    )
    assert info["url"] == hook.url


async def test_getupdates_and_webhook_exclude_each_other(
    caller: Caller, bot: Bot, person: int, hook: Hook
) -> None:
    await bot.does("setWebhook", url=hook.url)
    assert (await bot.fails("getUpdates")).startswith(
        "409 Conflict: can't use getUpdates method while webhook is active"
    )
    await bot.does("deleteWebhook")
    await caller.says(person, bot.id, "x")
    assert len(await bot.updates()) == 1
    await bot.does("deleteWebhook", drop_pending_updates=True)
    assert await bot.updates() == []


async def test_what_was_not_taken_waits(caller: Caller, bot: Bot, person: int, hook: Hook) -> None:
    hook.refuse = 1_000_000
    await bot.does("setWebhook", url=hook.url)
    await caller.says(person, bot.id, "x")
    assert (await bot.does("getWebhookInfo"))["pending_update_count"] == 1
    await bot.does("setWebhook", url="")
    assert [u["message"]["text"] for u in await bot.updates()] == ["x"]


async def test_one_chat_does_not_hold_up_another(
    caller: Caller, bot: Bot, person: int, hook: Hook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sandbox.webhook.BACKOFF", (3600.0,))
    friend = await caller.person()
    await caller.start(friend, bot)
    await bot.confirmed()
    hook.refuse = 1
    await bot.does("setWebhook", url=hook.url)
    await caller.says(person, bot.id, "kẹt")
    async with asyncio.timeout(5):
        await hook.met.wait()
    await caller.says(friend, bot.id, "qua")
    assert await hook.texts(1) == ["qua"]


async def test_duplicates_and_disorder(caller: Caller, bot: Bot, person: int, hook: Hook) -> None:
    for text in ("một", "hai", "ba"):
        await caller.says(person, bot.id, text)
    await caller.ask("POST", "faults", {"kind": "reorder_updates", "times": 1})
    await caller.ask("POST", "faults", {"kind": "duplicate_update", "times": 1})
    await bot.does("setWebhook", url=hook.url)
    assert await hook.texts(4) == ["hai", "hai", "một", "ba"]


async def test_only_https_or_loopback(bot: Bot) -> None:
    assert await bot.fails("setWebhook", url="http://example.vn/hook") == (
        "400 Bad Request: bad webhook: An HTTPS URL must be provided for webhook"
    )
