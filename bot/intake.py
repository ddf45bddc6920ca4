"""The receiving half of one bot: raw updates from the messenger into the writer.

A poller confirms a batch to the messenger only after its commit. A webhook stores first and
answers, and what it stored is then taken in the order of the update ids.
"""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from bot.channels.base import Channel, Misconfigured, SendError, Throttled
from bot.taking import Received, Spinner, Taking
from bot.wording import Wording
from storage import inbox
from storage.writer import Writer

log = logging.getLogger(__name__)

LONGEST_PAUSE_SECONDS = 30.0
# So many at once are a crowd: their answers leave before the messenger is asked again, and what
# comes in meanwhile is taken in one transaction. Most answers come sooner for it, none later by
# more than these few milliseconds (docs/decisions/0018).
CROWD = 4
BREATH_SECONDS = 0.008
DRAIN_BATCH = 100
# What reading an update of an unknown shape raises.
UNREADABLE = (LookupError, TypeError, ValueError, AttributeError)


class Intake:
    """Run either `poll`, or `drain` beside a webhook that calls `store`."""

    def __init__(self, channel: Channel, taking: Taking, writer: Writer, wording: Wording) -> None:
        self._channel = channel
        self._taking = taking
        self._writer = writer
        self._wording = wording
        self._stored = asyncio.Event()

    async def poll(self) -> None:
        """Long polling until cancelled; what the database cannot take is asked for again."""
        failures = 0
        async with asyncio.TaskGroup() as spinners:
            while True:
                try:
                    updates = await self._channel.receive()
                    await self._take_polled(updates, spinners)
                    self._channel.confirm(updates)
                    failures = 0
                    if len(updates) >= CROWD:
                        await asyncio.sleep(BREATH_SECONDS)
                except (SendError, SQLAlchemyError) as fault:
                    failures += 1
                    await asyncio.sleep(_pause(fault, failures))

    async def store(self, update: Mapping[str, Any]) -> None:
        """A webhook's half: once this returns the update is on disk and may be acknowledged."""
        await self._writer.run(partial(self._taking.store, update=update))
        self._stored.set()

    async def drain(self) -> None:
        """Take what webhooks stored, in order, until cancelled."""
        self._stored.set()
        async with asyncio.TaskGroup() as spinners:
            while True:
                await self._stored.wait()
                self._stored.clear()
                try:
                    while await self._take_stored(spinners):
                        pass
                except SQLAlchemyError as fault:
                    await asyncio.sleep(_pause(fault, 1))
                    self._stored.set()

    async def _take_polled(
        self, updates: Sequence[Mapping[str, Any]], spinners: asyncio.TaskGroup
    ) -> None:
        await self._take(await self._read_all(updates), spinners)

    async def _take(self, batch: Sequence[Received], spinners: asyncio.TaskGroup) -> None:
        if not batch:
            return
        taken = await self._writer.run(partial(self._taking.take_all, batch=batch))
        for spinner in taken:
            spinners.create_task(self._answer(spinner))

    async def _take_stored(self, spinners: asyncio.TaskGroup) -> bool:
        bot = self._taking.facts.name
        rows = await self._writer.run(partial(inbox.list_waiting, bot=bot, limit=DRAIN_BATCH))
        stored = [row.id for row in rows]
        await self._take(await self._read_all([row.payload for row in rows], stored), spinners)
        return bool(rows)

    async def _read_all(
        self, updates: Sequence[Mapping[str, Any]], stored: Sequence[int | None] = ()
    ) -> list[Received]:
        """In their order. The messenger is asked about all of those at once of which it must be
        asked something; of private ones never."""
        keys = stored or [None] * len(updates)
        found = [self._read(update, key) for update, key in zip(updates, keys, strict=True)]
        groups = [n for n, each in enumerate(found) if each.incoming and not each.incoming.private]
        completed = await asyncio.gather(*(self._completed(found[n]) for n in groups))
        for n, each in zip(groups, completed, strict=True):
            found[n] = each
        return found

    def _read(self, update: Mapping[str, Any], stored: int | None = None) -> Received:
        """An update of a shape that we cannot read is parked like one that fails."""
        try:
            return Received(update, self._channel.read(update), stored)
        except UNREADABLE as fault:
            return Received(update, None, stored, fault)

    async def _completed(self, received: Received) -> Received:
        try:
            incoming = received.incoming and await self._channel.complete(received.incoming)
            return replace(received, incoming=incoming)
        except UNREADABLE as fault:
            return replace(received, incoming=None, fault=fault)

    async def _answer(self, spinner: Spinner) -> None:
        """Best effort: whatever fails here, the update is taken and nobody may suffer."""
        try:
            words = self._wording.label(spinner.text, spinner.locale) if spinner.text else ""
            await self._channel.answer_tap(spinner.answer_id, words, alert=spinner.alert)
        except Exception:
            log.exception("a tap was not answered")


def _pause(fault: Exception, failures: int) -> float:
    """Seconds to wait before the next try."""
    log.error("cannot receive: %s", type(fault).__name__)
    if isinstance(fault, Throttled):
        return fault.retry_after.total_seconds()
    if isinstance(fault, Misconfigured):
        return LONGEST_PAUSE_SECONDS
    return min(LONGEST_PAUSE_SECONDS, 0.2 * 2.0 ** min(failures, 8))
