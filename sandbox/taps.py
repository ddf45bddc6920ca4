"""Taps on inline buttons: from the press to the bot's answerCallbackQuery."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sandbox import views
from sandbox.ids import chat_instance_of
from sandbox.model import Bot, Message, Person, Wire

if TYPE_CHECKING:
    from sandbox.world import World

# A person's client stops the spinner then; the query itself stays answerable a little longer.
ANSWER_WITHIN = 10.0
QUERY_LIVES_FOR = 60.0


@dataclass(eq=False)
class Tap:
    """One press that has not been answered, or was answered lately."""

    bot: Bot
    person: Person
    message: Message
    at: float
    answer: asyncio.Future[Wire]


class Taps:
    """The callback queries that can still be answered, by id, oldest first."""

    def __init__(self) -> None:
        self._open: dict[str, Tap] = {}

    def find(self, query_id: str, bot: Bot, now: float) -> Tap | None:
        """The tap behind this query of this bot, unless it is too old."""
        tap = self._open.get(query_id)
        if tap is None or tap.bot is not bot or now - tap.at > QUERY_LIVES_FOR:
            return None
        return tap

    def begin(self, world: World, bot: Bot, person: Person, message: Message, data: str) -> Tap:
        """Send the bot a callback_query."""
        now = world.clock()
        self._forget_old(now)
        tap = Tap(bot, person, message, now, asyncio.get_running_loop().create_future())
        query_id = world.ids.query()
        self._open[query_id] = tap
        bot.mailbox.push(
            "callback_query",
            {
                "id": query_id,
                "from": person.user,
                "message": views.for_bot(world, message, bot),
                "chat_instance": chat_instance_of(message.chat.id),
                "data": data,
            },
        )
        return tap

    def _forget_old(self, now: float) -> None:
        while self._open:
            query_id, tap = next(iter(self._open.items()))
            if now - tap.at <= QUERY_LIVES_FOR:
                return
            del self._open[query_id]


async def answered(tap: Tap) -> Wire:
    """The bot's answer to a tap, or the empty one after ANSWER_WITHIN seconds."""
    try:
        async with asyncio.timeout(ANSWER_WITHIN):
            return await asyncio.shield(tap.answer)
    except TimeoutError:
        return {"text": None, "alert": False, "answered": False}
