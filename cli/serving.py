"""One bot served: its two halves, from the first answer of its messenger until cancelled."""

import asyncio
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
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
from bot.draining import SharedIntake
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
from storage.roles import Roles
from storage.writer import Writer

log = logging.getLogger(__name__)

START_AGAIN_SECONDS = 3.0
# Who hears what came of a message, of whichever bot.
LISTENERS = Listeners(card_was_sent, card_was_refused, address_lost, move, quiz_was_counted)

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Tools:
    """What every bot of the process shares; `hooks` are the webhooks that are answered,
    `channels` the bots that run; `workers` is how many processes like this one there are."""

    writer: Writer
    wording: Wording
    clock: Clock
    random_below: Callable[[int], int]
    hooks: dict[str, Hook]
    public_url: str
    sharing: Sharing
    channels: dict[str, Channel]
    measures: Measures
    roles: Roles = field(default_factory=Roles)
    workers: int = 1


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
        async with asyncio.TaskGroup() as tasks:
            sending = tools.roles.keep(f"sender:{bot.name}", lambda: _deliver(bot, channel, tools))
            tasks.create_task(sending)
            tasks.create_task(_receive(bot, channel, taking, tools))
    finally:
        del tools.channels[bot.name]
        await channel.close()


async def _deliver(bot: Bot, channel: TelegramChannel, tools: Tools) -> None:
    settling = Settling(tools.writer, tools.clock, LISTENERS)
    sender = Sender(channel, tools.wording, settling, tools.sharing)
    pace = Pace(bot.rate, bot.private_rate, bot.private_burst, bot.group_rate)
    delivery = Delivery(bot.name, sender, tools.writer, pace)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(introduce(channel, tools.wording))
        tasks.create_task(_run_delivery(delivery, tools))


async def _run_delivery(delivery: Delivery, tools: Tools) -> None:
    tools.writer.owed.append(delivery.wake)
    # After a pause a name that was to be seen for ten minutes must not leave any more.
    await tools.writer.run(lambda db: hide_shown(db, tools.clock()))
    try:
        await delivery.run(tools.clock)
    finally:
        tools.writer.owed.remove(delivery.wake)


async def _receive(bot: Bot, channel: TelegramChannel, taking: Taking, tools: Tools) -> None:
    """Polling, or taking what the webhook stores. Where several processes share a database, one
    polls for all of them, and each takes what any of them stored."""
    if tools.writer.is_shared:
        stores = tools.workers > 1
        intake: Intake = SharedIntake(channel, taking, tools.writer, tools.wording, stores=stores)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(_take_in(bot, channel, intake, tools))
            tasks.create_task(intake.drain())
        return
    intake = Intake(channel, taking, tools.writer, tools.wording)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(_take_in(bot, channel, intake, tools))
        if bot.mode == "webhook":
            tasks.create_task(intake.drain())


async def _take_in(bot: Bot, channel: TelegramChannel, intake: Intake, tools: Tools) -> None:
    """What the messenger has for this bot reaches the inbox."""
    role = f"receiver:{bot.name}"
    if bot.mode == "polling":
        if tools.writer.is_shared:
            tools.measures.polls_no_more(bot.name)
        await tools.roles.keep(role, lambda: _poll(bot, channel, intake, tools))
        return
    with _hooked(bot, intake, tools):
        await tools.roles.keep(role, lambda: _ask_to_be_called(bot, channel, tools))


async def _poll(bot: Bot, channel: TelegramChannel, intake: Intake, tools: Tools) -> None:
    await _accepted(channel, "deleteWebhook", {"drop_pending_updates": False})
    tools.measures.polls(bot.name)
    try:
        await intake.poll()
    finally:
        if tools.writer.is_shared:
            tools.measures.polls_no_more(bot.name)


@contextmanager
def _hooked(bot: Bot, intake: Intake, tools: Tools) -> Iterator[None]:
    """Answer the webhook."""
    tools.hooks[bot.name] = Hook(intake, _secret(bot))
    try:
        yield
    finally:
        del tools.hooks[bot.name]


async def _ask_to_be_called(bot: Bot, channel: TelegramChannel, tools: Tools) -> None:
    """By the messenger, for as long as this process speaks for all of them."""
    query: dict[str, object] = {
        "url": f"{tools.public_url}{hook_path(bot.name)}",
        "secret_token": _secret(bot),
        "allowed_updates": ALLOWED_UPDATES,
    }
    await _accepted(channel, "setWebhook", query)
    await asyncio.Event().wait()


def _secret(bot: Bot) -> str:
    return bot.webhook_secret.get_secret_value() if bot.webhook_secret else ""


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
