"""The load server as a process: it speaks what a bot's client speaks, and ends by itself."""

import asyncio
import json
from typing import Any

import aiohttp

from benchmarks.one_run import Load, line_of, load_server
from benchmarks.script import PEER
from benchmarks.variants import AIOGRAM_MEMORY
from tests.benchmarks.bots import RightBot


async def answer_all(url: str, bot: RightBot, *, as_form: bool) -> None:
    """Poll and answer until cancelled, as JSON or as a form, like one client or another."""
    async with aiohttp.ClientSession(f"{url}/bot1:x/") as session:
        while True:
            query = {"offset": bot.offset, "timeout": 5}
            for update in await call(session, "getUpdates", query, as_form=False):
                for reply in bot.replies(update):
                    await call(session, "sendMessage", reply, as_form=as_form)


async def call(
    session: aiohttp.ClientSession, method: str, query: dict[str, Any], *, as_form: bool
) -> Any:
    form = aiohttp.FormData(default_to_multipart=True)
    for name, value in query.items():
        form.add_field(name, value if isinstance(value, str) else json.dumps(value))
    sent = session.post(method, data=form) if as_form else session.post(method, json=query)
    async with sent as answer:
        found = await answer.json()
        assert found["ok"]
        return found["result"]


async def figures_of(bot: RightBot, *, as_form: bool = False) -> dict[str, Any]:
    load = Load(people=5, seconds=0.5, warm_up=0.1, settle=0.3)
    async with load_server(AIOGRAM_MEMORY, load) as (server, url):
        answering = asyncio.ensure_future(answer_all(url, bot, as_form=as_form))
        assert await line_of(server) == {"measures": True}
        found = await line_of(server)
        answering.cancel()
        await asyncio.gather(answering, return_exceptions=True)
    assert server.returncode == 0
    return found


async def test_a_right_bot_is_measured() -> None:
    for as_form in (False, True):
        found = await figures_of(RightBot(), as_form=as_form)
        assert found["steps"] > 0
        assert 0 < found["p50_ms"] <= found["p95_ms"] <= found["max_ms"]
        assert 0 < found["server_busy"] < 1
        assert found["conversations"] > 0
        assert not any(found[fault] for fault in ("wrong", "dropped", "twice", "late"))


async def test_a_wrong_bot_is_found_out() -> None:
    found = await figures_of(RightBot(lambda reply, _step: [{**reply, "text": "?"}]))
    assert found["wrong"] > 0
    assert "'Choose' not in '?'" in found["examples"][0]


async def test_an_answer_that_never_comes_is_missed_at_the_end() -> None:
    last = len(PEER) - 1
    found = await figures_of(RightBot(lambda reply, step: [] if step == last else [reply]))
    assert found["dropped"] == 5
