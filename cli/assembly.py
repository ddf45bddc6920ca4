"""The whole program put together for `run`: engine, writer, and each bot's two halves."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from actions.receipts import card_was_refused, card_was_sent
from bot.channels.base import Misconfigured, SendError
from bot.channels.telegram import TelegramChannel
from bot.channels.telegram_updates import ALLOWED_UPDATES
from bot.delivery.loop import Delivery
from bot.delivery.pace import Pace
from bot.delivery.sender import Sender
from bot.handlers import router
from bot.handlers.turn import BotFacts
from bot.intake import Intake
from bot.introduction import introduce
from bot.taking import Taking
from bot.webhook import Hook, hook_path, webhook_application
from bot.wording import Wording
from cli.served import served_wards
from scheduler.ticks import start_ticks
from settings import Bot, Settings
from storage.engine import open_engine
from storage.keys import read_keyring
from storage.migrate import upgrade
from storage.writer import Writer

log = logging.getLogger(__name__)

START_AGAIN_SECONDS = 3.0

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Tools:
    """What every bot of the process shares."""

    writer: Writer
    wording: Wording
    clock: Clock
    random_below: Callable[[int], int]


@dataclass(frozen=True, slots=True)
class RunningBot:
    """One bot, ready to receive and to send."""

    settings: Bot
    channel: TelegramChannel
    intake: Intake
    delivery: Delivery


async def run(settings: Settings, clock: Clock, random_below: Callable[[int], int]) -> None:
    """Run all bots until cancelled. Raises KeyFault, and Misconfigured for a refused token."""
    engine = open_engine(settings.database_url, read_keyring(settings.key_file))
    upgrade(engine)
    async with AsyncExitStack() as stack:
        writer = stack.enter_context(Writer(engine))
        tools = Tools(writer, Wording(), clock, random_below)
        bots = [await stack.enter_async_context(_open(bot, tools)) for bot in settings.bots]
        ticks = start_ticks(writer, clock)
        stack.callback(ticks.shutdown, wait=False)
        await stack.enter_async_context(_listening(settings, bots))
        async with asyncio.TaskGroup() as tasks:
            for bot in bots:
                tasks.create_task(bot.delivery.run(clock))
                tasks.create_task(_receiving(bot))


@asynccontextmanager
async def _open(bot: Bot, tools: Tools) -> AsyncIterator[RunningBot]:
    channel = TelegramChannel(bot.name, bot.token.get_secret_value(), bot.api_base)
    try:
        facts = BotFacts(bot.name, await _username(channel), served_wards(bot))
        taking = Taking(facts, router.handle, tools.clock, tools.random_below)
        sender = Sender(
            channel, tools.writer, tools.wording, tools.clock, card_was_sent, card_was_refused
        )
        pace = Pace(bot.rate, bot.private_rate, bot.private_burst, bot.group_rate)
        delivery = Delivery(bot.name, sender, tools.writer, pace)
        tools.writer.owed.append(delivery.wake)
        await introduce(channel, tools.wording)
        yield RunningBot(
            bot, channel, Intake(channel, taking, tools.writer, tools.wording), delivery
        )
    finally:
        await channel.close()


async def _username(channel: TelegramChannel) -> str:
    """Wait for the messenger; only a refused token is final."""
    while True:
        try:
            return str((await channel.call("getMe", {}))["username"])
        except Misconfigured:
            raise
        except SendError as fault:
            log.error("the messenger does not answer yet: %s", fault)
            await asyncio.sleep(START_AGAIN_SECONDS)


async def _receiving(bot: RunningBot) -> None:
    """Polling, or taking what the webhook stored."""
    if bot.settings.mode == "webhook":
        await bot.intake.drain()
        return
    await _until_accepted(bot.channel, "deleteWebhook", {"drop_pending_updates": False})
    await bot.intake.poll()


@asynccontextmanager
async def _listening(settings: Settings, bots: Sequence[RunningBot]) -> AsyncIterator[None]:
    """Serve the webhooks, then ask the messenger to call them."""
    hooked = [bot for bot in bots if bot.settings.mode == "webhook"]
    if not hooked:
        yield
        return
    hooks = {bot.settings.name: Hook(bot.intake, _secret(bot.settings)) for bot in hooked}
    runner = web.AppRunner(webhook_application(hooks), access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, settings.listen_host, settings.listen_port).start()
        for bot in hooked:
            query: dict[str, object] = {
                "url": f"{settings.public_url}{hook_path(bot.settings.name)}",
                "secret_token": _secret(bot.settings),
                "allowed_updates": ALLOWED_UPDATES,
            }
            await _until_accepted(bot.channel, "setWebhook", query)
        yield
    finally:
        await runner.cleanup()


async def _until_accepted(channel: TelegramChannel, method: str, query: dict[str, object]) -> None:
    while True:
        try:
            await channel.call(method, query)
        except Misconfigured:
            raise
        except SendError as fault:
            log.error("%s was not accepted yet: %s", method, fault)
            await asyncio.sleep(START_AGAIN_SECONDS)
        else:
            return


def _secret(bot: Bot) -> str:
    return bot.webhook_secret.get_secret_value() if bot.webhook_secret else ""
