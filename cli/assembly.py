"""The whole program put together for `run`: engine, writer, ticks, webhooks, and the bots."""

import asyncio
import gc
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime

from aiohttp import web

from actions.held_files import file_was_held
from bot.channels.base import Channel, Misconfigured
from bot.media.apart import Washroom
from bot.media.cellar import MEDIA_FOLDER, Cellar
from bot.media.sharing import Sharing
from bot.webhook import Hook, webhook_application
from bot.wording import Wording
from cli.backup_places import Places
from cli.house import house_of
from cli.measures import Measures
from cli.nightly import Nightly
from cli.self_test import SelfTest
from cli.self_test_bot import Means
from cli.serving import Tools, serve_bot
from cli.watching import Watched, watching
from cli.worker import ALONE, Worker
from scheduler.ticks import keep_ticking
from settings import Bot, Settings, inherited_environment
from storage.engine import open_engine
from storage.keys import Keyring, read_keyring
from storage.migrate import upgrade
from storage.roles import Roles
from storage.writer import Writer

log = logging.getLogger(__name__)

FAILED_AGAIN_SECONDS = 3.0
REFUSED_AGAIN_SECONDS = 30.0
SWEEP_SECONDS = 3600.0
# Objects between two looks of the collector. What a step makes it lets go again, with nothing for
# the collector to find; looking every 700 cost a twentieth of the time.
RARELY = (20_000, 20, 20)


async def run(
    settings: Settings,
    clock: Callable[[], datetime],
    random_below: Callable[[int], int],
    worker: Worker = ALONE,
) -> None:
    """Run all bots until cancelled, as one of several processes where `worker` says so. Raises
    KeyFault, and Misconfigured where the only bot's token is refused; of several bots none stops
    another."""
    ring = read_keyring(settings.key_file)
    engine = open_engine(settings.database_url, ring)
    async with AsyncExitStack() as stack:
        stack.callback(engine.dispose)
        upgrade(engine)
        several = worker.of > 1
        writer = stack.enter_context(Writer(engine, beside_others=several))
        roles = Roles(engine, writer.name, writer.call, polite=several)
        stack.enter_context(roles)
        tools = _tools(settings, ring, writer, roles, (clock, random_below), worker)
        await stack.enter_async_context(_listening(settings, tools.hooks, worker))
        names = [bot.name for bot in settings.bots]
        watched = Watched(engine, writer, clock, tools.measures, names, settings.backup_dir)
        await stack.enter_async_context(
            watching(watched, settings.metrics_host, worker.port(settings.metrics_port))
        )
        # What stands now stands until the end: walking through it would hold everything up.
        gc.freeze()
        gc.set_threshold(*RARELY)
        await _keep_all(settings, tools)


def _tools(
    settings: Settings,
    ring: Keyring,
    writer: Writer,
    roles: Roles,
    given: tuple[Callable[[], datetime], Callable[[int], int]],
    worker: Worker,
) -> Tools:
    clock, random_below = given
    channels: dict[str, Channel] = {}
    sharing = Sharing(
        channels,
        writer,
        Cellar(settings.data_dir / MEDIA_FOLDER, ring),
        Washroom(inherited_environment()),
        clock,
        file_was_held,
    )
    return Tools(
        writer,
        Wording(house=house_of(settings)),
        clock,
        random_below,
        {},
        settings.public_url or "",
        sharing,
        channels,
        Measures(),
        roles,
        worker.of,
    )


async def _keep_all(settings: Settings, tools: Tools) -> None:
    try:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(tools.roles.keep("scheduler", lambda: _schedule(settings, tools)))
            for bot in settings.bots:
                tasks.create_task(_keep(bot, tools, alone=len(settings.bots) == 1))
    except ExceptionGroup as group:
        if group.subgroup(Misconfigured):
            raise Misconfigured("the token is refused") from None
        raise


async def _schedule(settings: Settings, tools: Tools) -> None:
    """What is done by the clock, by one process for all of them."""
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(keep_ticking(tools.writer, tools.clock, tools.measures.ticked))
        tasks.create_task(_sweep(tools.sharing))
        tasks.create_task(_keep_backups(settings, tools))
        tasks.create_task(_keep_testing(settings, tools))


async def _sweep(sharing: Sharing) -> None:
    """Take kept files away whose report was erased, at the start and every hour."""
    while True:
        try:
            await sharing.sweep()
        except Exception:
            log.exception("the media folder could not be swept")
        await asyncio.sleep(SWEEP_SECONDS)


async def _keep_backups(settings: Settings, tools: Tools) -> None:
    """Every night, where a folder is named for them."""
    if settings.backup_dir is not None:
        places = Places.of(settings, settings.backup_dir, settings.backup_keep)
        environment = inherited_environment()
        hour = settings.backup_hour
        await Nightly(tools.writer, tools.clock, places, hour, environment).keep()


async def _keep_testing(settings: Settings, tools: Tools) -> None:
    """Every day, whether a report still gets through."""
    means = Means(
        tools.writer,
        tools.wording,
        tools.clock,
        tools.random_below,
        tools.sharing,
        tools.measures,
        tools.workers,
    )
    await SelfTest(means, settings.data_dir).keep()


async def _keep(bot: Bot, tools: Tools, *, alone: bool) -> None:
    """Serve this bot, again and again, whatever happens to it. Raises Misconfigured where it
    is `alone`: then there is nothing left to do but to say so."""
    while True:
        try:
            await serve_bot(bot, tools)
        except Misconfigured:
            if alone:
                raise
            log.error("the messenger refuses this bot's token", extra={"bot": bot.name})
            await asyncio.sleep(REFUSED_AGAIN_SECONDS)
        except Exception:
            log.exception("a bot failed and is started again", extra={"bot": bot.name})
            await asyncio.sleep(FAILED_AGAIN_SECONDS)


@asynccontextmanager
async def _listening(
    settings: Settings, hooks: dict[str, Hook], worker: Worker
) -> AsyncIterator[None]:
    """Serve the webhooks of the bots that have one; each adds its own when it is ready."""
    if not worker.listens or all(bot.mode == "polling" for bot in settings.bots):
        yield
        return
    runner = web.AppRunner(webhook_application(hooks), access_log=None)
    await runner.setup()
    try:
        host, port = settings.listen_host, settings.listen_port
        await web.TCPSite(runner, host, port, reuse_port=worker.shares_port).start()
        yield
    finally:
        await runner.cleanup()
