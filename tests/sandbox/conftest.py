"""A sandbox with a clock that stands still, and a caller for it."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator

import aiohttp
import pytest

# python-telegram-bot warns about durations in seconds otherwise, and warnings are errors here.
os.environ.setdefault("PTB_TIMEDELTA", "1")

from sandbox.server import Served, serve
from tests.sandbox.town import Bot, Caller, HandClock


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
async def served(clock: HandClock) -> AsyncIterator[Served]:
    async with serve(clock=clock) as running:
        yield running


@pytest.fixture
async def caller(served: Served) -> AsyncIterator[Caller]:
    async with aiohttp.ClientSession() as session:
        yield Caller(served.url, session)


@pytest.fixture
async def bot(caller: Caller) -> Bot:
    return await caller.bot()


@pytest.fixture
async def person(caller: Caller, bot: Bot) -> int:
    """Somebody who has pressed Start; the bot has seen it."""
    person = await caller.person()
    await caller.start(person, bot)
    await bot.confirmed()
    return person
