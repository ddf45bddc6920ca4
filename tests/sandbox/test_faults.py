"""What goes wrong on purpose, as a bot meets it on the wire."""

from __future__ import annotations

import aiohttp
import pytest

from tests.sandbox.town import Bot, Caller, HandClock


async def _fault(caller: Caller, kind: str, **more: object) -> None:
    assert (await caller.ask("POST", "faults", {"kind": kind, **more}))["id"] > 0


async def test_a_broken_server(caller: Caller, bot: Bot, person: int) -> None:
    await _fault(caller, "http_500", method="sendMessage", times=1)
    said = await bot.fails("sendMessage", chat_id=person, text="x")
    assert said == "500 Internal Server Error"
    await bot.does("sendMessage", chat_id=person, text="x")


async def test_a_broken_gateway_speaks_html(caller: Caller, bot: Bot) -> None:
    await _fault(caller, "http_502_html", times=1)
    async with caller.session.get(f"{caller.url}/bot{bot.token}/getMe") as response:
        assert response.status == 502
        assert response.content_type == "text/html"
        assert "502 Bad Gateway" in await response.text()


@pytest.mark.parametrize(("kind", "arrives"), [("drop_before", 0), ("drop_after", 1)])
async def test_a_cut_connection(
    caller: Caller, bot: Bot, person: int, kind: str, arrives: int
) -> None:
    await _fault(caller, kind, method="sendMessage", times=1)
    with pytest.raises(aiohttp.ClientConnectionError):
        await bot.call("sendMessage", chat_id=person, text="x")
    assert len(await caller.sees(person, bot.id)) == 1 + arrives
    (call,) = (await caller.ask("GET", "sent", method="sendMessage"))["calls"]
    assert call["fault"] == kind
    assert call["status"] == (200 if arrives else None)


async def test_a_demand_to_wait(caller: Caller, bot: Bot, person: int) -> None:
    await _fault(caller, "retry_after", seconds=17, method="sendMessage", times=1)
    _, body = await bot.call("sendMessage", chat_id=person, text="x")
    assert body["parameters"] == {"retry_after": 17}


async def test_slowness_delays_and_nothing_else(caller: Caller, bot: Bot) -> None:
    await _fault(caller, "slow", seconds=0.01)
    assert (await bot.does("getMe"))["id"] == bot.id
    assert (await caller.ask("GET", "sent"))["calls"][0]["fault"] == "slow"


async def test_a_fault_strikes_only_whom_it_is_for(caller: Caller, bot: Bot, person: int) -> None:
    other = await caller.bot("khac_bot")
    friend = await caller.person()
    await caller.start(friend, bot)
    await _fault(caller, "http_500", bot=bot.id, chat=person)
    assert (await other.does("getMe"))["id"] == other.id
    await bot.does("sendMessage", chat_id=friend, text="x")
    assert (await bot.fails("sendMessage", chat_id=person, text="x")).startswith("500")
    await caller.ask("DELETE", "faults")
    await bot.does("sendMessage", chat_id=person, text="x")


async def test_an_outage_ends_by_the_clock(caller: Caller, bot: Bot, clock: HandClock) -> None:
    await _fault(caller, "http_500", seconds=30)
    assert (await bot.fails("getMe")).startswith("500")
    clock.move(29.9)
    assert (await bot.fails("getMe")).startswith("500")
    clock.move(0.1)
    await bot.does("getMe")


async def test_a_fault_by_chance(caller: Caller, bot: Bot) -> None:
    await _fault(caller, "http_500", probability=0.5)
    statuses = [(await bot.call("getMe"))[0] for _ in range(60)]
    assert 10 < statuses.count(500) < 50
    await caller.ask("DELETE", "faults")
    await _fault(caller, "http_500", probability=0.0)
    assert (await bot.call("getMe"))[0] == 200
