"""One bot served: its two halves, from the first answer of its messenger until cancelled."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from actions.law_quiz import quiz_was_counted
from actions.receipts import card_was_refused, card_was_sent
from actions.reveals import hide_shown
from actions.waiting import move
from actions.ward_news import address_lost
from bot.channels.base import Channel, Misconfigured, SendError
from bot.channels.telegram import TelegramChannel
from bot.channels.telegram_updates import ALLOWED_UPDATES
from bot.delivery.loop import Delivery
from bot.delivery.pace import Pace
from bot.delivery.sender import Sender
from bot.delivery.settling import Listeners, Settling
from bot.handlers import router
from bot.handlers.turn import BotFacts
from bot.intake import Intake
from bot.introduction import introduce
from bot.media.sharing import Sharing
from bot.taking import Taking
from bot.webhook import Hook, hook_path
from bot.wording import Wording
from cli.counted import CountedChannel
from cli.measures import Measures
from cli.served import served_wards
from settings import Bot
from storage.writer import Writer

log = logging.getLogger(__name__)

START_AGAIN_SECONDS = 3.0

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Tools:
    """What every bot of the process shares; `hooks` are the webhooks that are answered,
    `channels` the bots that run."""

    writer: Writer
    wording: Wording
    clock: Clock
    random_below: Callable[[int], int]
    hooks: dict[str, Hook]
    public_url: str
    sharing: Sharing
    channels: dict[str, Channel]
    measures: Measures


async def serve_bot(bot: Bot, tools: Tools) -> None:
    """Until cancelled. Raises Misconfigured for a refused token."""
    token = bot.token.get_secret_value()
    channel = CountedChannel(bot.name, token, bot.api_base, tools.measures)
    if bot.mode == "polling":
        tools.measures.polls(bot.name)
    tools.channels[bot.name] = channel
    try:
        me = await _accepted(channel, "getMe", {})
        facts = BotFacts(
            bot.name,
            str(me["username"]),
            served_wards(bot),
            tools.wording.say,
            tools.wording.label,
            tools.wording.labels_ever,
            hears_groups=bool(me.get("can_read_all_group_messages")),
        )
        handle = tools.measures.timed(router.handle)
        taking = Taking(facts, handle, tools.clock, tools.random_below)
        intake = Intake(channel, taking, tools.writer, tools.wording)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(_deliver(bot, channel, tools))
            tasks.create_task(introduce(channel, tools.wording))
            tasks.create_task(_receive(bot, channel, intake, tools))
    finally:
        del tools.channels[bot.name]
        await channel.close()


async def _deliver(bot: Bot, channel: TelegramChannel, tools: Tools) -> None:
    listeners = Listeners(card_was_sent, card_was_refused, address_lost, move, quiz_was_counted)
    settling = Settling(tools.writer, tools.clock, listeners)
    sender = Sender(channel, tools.wording, settling, tools.sharing)
    pace = Pace(bot.rate, bot.private_rate, bot.private_burst, bot.group_rate)
    delivery = Delivery(bot.name, sender, tools.writer, pace)
    tools.writer.owed.append(delivery.wake)
    # After a pause a name that was to be seen for ten minutes must not leave any more.
    await tools.writer.run(lambda db: hide_shown(db, tools.clock()))
    try:
        await delivery.run(tools.clock)
    finally:
        tools.writer.owed.remove(delivery.wake)


async def _receive(bot: Bot, channel: TelegramChannel, intake: Intake, tools: Tools) -> None:
    """Polling, or taking what the webhook stores."""
    if bot.mode == "polling":
        await _accepted(channel, "deleteWebhook", {"drop_pending_updates": False})
        await intake.poll()
        return
    async with _hooked(bot, channel, intake, tools):
        await intake.drain()


@asynccontextmanager
async def _hooked(
    bot: Bot, channel: TelegramChannel, intake: Intake, tools: Tools
) -> AsyncIterator[None]:
    """Answer the webhook, then ask the messenger to call it."""
    secret = bot.webhook_secret.get_secret_value() if bot.webhook_secret else ""
    tools.hooks[bot.name] = Hook(intake, secret)
    query: dict[str, object] = {
        "url": f"{tools.public_url}{hook_path(bot.name)}",
        "secret_token": secret,
        "allowed_updates": ALLOWED_UPDATES,
    }
    try:
        await _accepted(channel, "setWebhook", query)
        yield
    finally:
        del tools.hooks[bot.name]


async def _accepted(
    channel: TelegramChannel, method: str, query: dict[str, object]
) -> dict[str, object]:
    """Ask until the messenger agrees; only a refused token is final. Raises Misconfigured."""
    while True:
        try:
            answer = await channel.call(method, query)
        except Misconfigured:
            raise
        except SendError as fault:
            log.error("%s was not accepted yet: %s", method, fault)
            await asyncio.sleep(START_AGAIN_SECONDS)
        else:
            return answer if isinstance(answer, dict) else {}
