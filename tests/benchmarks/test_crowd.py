"""The crowd of the load server finds every answer that is wrong, missing, or sent twice: figures
about a bot that answers badly would be worth nothing.
"""

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from typing import ClassVar

import pytest

from benchmarks.crowd_of_steps import Crowd, Habits
from benchmarks.script import PEER
from tests.benchmarks.bots import Reply, RightBot, lead

LAST = len(PEER) - 1


async def led(bot: RightBot, habits: Habits | None = None) -> Crowd:
    """Ten people at once, thirty conversations."""
    crowd = Crowd(PEER, 10, habits or Habits())
    await lead(crowd, bot, 30)
    return crowd


def spoiling(step: int, *texts: str) -> RightBot:
    """A bot that says these instead, at this step of the third person only."""

    def spoil(reply: Reply, at: int) -> list[Reply]:
        is_theirs = at == step and reply["chat_id"] % 10 == 3
        return (
            [{**reply, "text": text or reply["text"]} for text in texts] if is_theirs else [reply]
        )

    return RightBot(spoil)


async def test_nothing_is_found_where_all_is_right() -> None:
    found = (await led(RightBot())).seen.faults()
    assert found.pop("conversations") >= 30
    assert found == {"dropped": 0, "wrong": 0, "twice": 0, "late": 0, "examples": []}


async def test_presses_and_updates_come_twice_and_a_right_bot_bears_it() -> None:
    crowd = await led(RightBot(), Habits(double=1.0, duplicate=1.0))
    assert crowd.seen.conversations >= 30
    assert (crowd.seen.wrong, crowd.seen.twice) == ([], 0)


async def test_a_bot_that_takes_a_repeated_update_again_is_found() -> None:
    class Forgetful(RightBot):
        said: ClassVar[dict[int, list[Reply]]] = {}

        def replies(self, update: Reply) -> Iterator[Reply]:
            fresh = list(super().replies(update))
            yield from self.said.setdefault(update["update_id"], fresh)

    crowd = await led(Forgetful(), Habits(duplicate=1.0))
    assert crowd.seen.wrong or crowd.seen.twice


@pytest.mark.parametrize("step", range(len(PEER)))
async def test_a_wrong_answer_is_found_at_every_step(step: int) -> None:
    found = (await led(spoiling(step, "something else"))).seen.faults()
    assert found["wrong"] >= 1
    assert "something else" in found["examples"][0]


async def test_the_answer_to_somebody_else_is_a_wrong_one() -> None:
    crowd = await led(spoiling(LAST, "Received. hàng xóm hát karaoke to quá, 999"))
    assert len(crowd.seen.wrong) >= 1


@pytest.mark.parametrize("step", range(len(PEER)))
async def test_an_answer_that_comes_twice_is_found_at_every_step(step: int) -> None:
    seen = (await led(spoiling(step, "", ""))).seen
    assert seen.twice or seen.wrong
    if step == LAST:
        assert (seen.twice, seen.wrong) == (3, [])


async def test_who_is_not_answered_was_dropped() -> None:
    crowd = Crowd(PEER, 10, Habits())
    await lead(crowd, spoiling(LAST), 1000)
    await crowd.end(settle=0.05)
    assert crowd.seen.dropped == 10
    assert crowd.seen.owed == 0


async def test_nobody_waits_longer_than_their_patience_and_late_answers_count_apart() -> None:
    crowd = Crowd(PEER, 1, Habits(patience=0.1))
    (update,) = await crowd.updates(0, 1.0, 100)
    watching = asyncio.ensure_future(crowd.watch())
    # Somebody new comes instead.
    await crowd.updates(update["update_id"] + 1, 5.0, 100)
    watching.cancel()
    with suppress(asyncio.CancelledError):
        await watching
    assert crowd.seen.dropped == 1
    chat = update["message"]["chat"]["id"]
    for _ in range(2):
        crowd.called("sendMessage", {"chat_id": chat, "text": "Choose"})
    assert (crowd.seen.late, crowd.seen.twice) == (1, 1)


async def test_everybody_stops_for_a_look_and_goes_on() -> None:
    crowd, bot = Crowd(PEER[:3], 5, Habits()), RightBot()
    crowd.hold_at = 20
    await lead(crowd, bot, 1000)
    assert crowd.held.is_set()
    assert crowd.seen.conversations == 24
    crowd.go_on()
    await lead(crowd, bot, 40)
    assert crowd.seen.conversations >= 40
    assert crowd.seen.owed == 5
