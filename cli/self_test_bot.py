"""The bot of the self-test: both halves as cli/serving.py has them for a real one, with a
messenger inside the program, and what its reporter says there.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.channels.loopback import Loopback
from bot.delivery.loop import Delivery
from bot.delivery.pace import Pace
from bot.delivery.sender import Sender
from bot.delivery.settling import Settling
from bot.draining import SharedIntake
from bot.handlers.turn import BotFacts, Turn
from bot.intake import Intake
from bot.media.sharing import Sharing
from bot.taking import Taking
from bot.wording import DEFAULT_LOCALE, Wording
from cli.measures import Measures
from cli.serving import LISTENERS
from domain.notices import Text
from domain.self_test import KIND, SELF_BOT, SELF_WARD
from storage.writer import Writer

# Its messenger has no limits, and it must not wait for any.
_PACE: Final = Pace(1000.0, 1000.0, 1000, 60_000.0)

Handle = Callable[[Turn], None]


@dataclass(frozen=True, slots=True)
class Means:
    """What it borrows of the program; `workers` is how many processes like this one there are."""

    writer: Writer
    wording: Wording
    clock: Callable[[], datetime]
    random_below: Callable[[int], int]
    sharing: Sharing
    measures: Measures
    workers: int = 1


def script_of(wording: Wording) -> tuple[dict[str, str], dict[str, str]]:
    """What Loopback's reporter types and presses: somebody who has an idea, and does not give
    their name."""
    said = {step: Text(f"self_test.reporter.{step}") for step in ("what", "place")}
    typed = {step: wording.label(text, DEFAULT_LOCALE) for step, text in said.items()}
    return {"": "/baotin", **typed}, {"kind": KIND, "name": "no"}


@asynccontextmanager
async def serving(means: Means, handle: Handle, channel: Loopback) -> AsyncIterator[None]:
    """Both halves of its bot, as cli/serving.py has them; stopped when the block ends."""
    intake, delivery = _intake(means, handle, channel), _delivery(means, channel)
    halves = [delivery.run(means.clock), intake.poll()]
    if means.writer.is_shared:
        halves.append(intake.drain())
    means.writer.owed.append(delivery.wake)
    try:
        async with asyncio.TaskGroup() as tasks:
            running = [tasks.create_task(half) for half in halves]
            try:
                yield
            finally:
                await channel.close()
                for half in running:
                    half.cancel()
    finally:
        means.writer.owed.remove(delivery.wake)


def _intake(means: Means, handle: Handle, channel: Loopback) -> Intake:
    wording = means.wording
    facts = BotFacts(
        SELF_BOT,
        SELF_BOT,
        (SELF_WARD,),
        wording.say,
        wording.label,
        wording.labels_ever,
    )
    taking = Taking(facts, handle, means.clock, means.random_below)
    if not means.writer.is_shared:
        return Intake(channel, taking, means.writer, wording)
    stores = means.workers > 1
    return SharedIntake(channel, taking, means.writer, wording, stores=stores)


def _delivery(means: Means, channel: Loopback) -> Delivery:
    settling = Settling(means.writer, means.clock, LISTENERS)
    sender = Sender(channel, means.wording, settling, means.sharing)
    return Delivery(SELF_BOT, sender, means.writer, _PACE)
