"""The receiving half of a bot on PostgreSQL, where several processes may share the work: whoever
gets an update from the messenger stores it, and whoever is free takes it, each conversation's in
their order.
"""

import asyncio
import logging
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any, Final

from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.base import Channel, Incoming
from bot.handlers.pressing import sends_off
from bot.intake import Intake
from bot.taking import Received, Spinner, Taking
from bot.wording import Wording
from storage import inbox
from storage.faults import breaks_transaction
from storage.locks import ANSWERING, is_alone
from storage.overtaken import is_unsettled
from storage.tables import Inbox
from storage.writer import Writer

log = logging.getLogger(__name__)

# At a time, so that another process finds work too and nobody who must be alone waits for long.
BATCH: Final = 48
# A look without being called, for what somebody stored and then died.
LOOK_SECONDS: Final = 2.0
# Nobody types faster; a program that does waits until it is written to what it replies.
EARLY_FOR: Final = timedelta(seconds=2)
EARLY_SECONDS: Final = 0.05


@dataclass(frozen=True, slots=True)
class Drained:
    """What came of one round: the spinners of the taps, the rows that must be done alone, and
    how many came too early (see `_is_early`)."""

    spinners: list[Spinner]
    left: list[Inbox]
    count: int
    early: list[Inbox]


class SharedIntake(Intake):
    """Run `drain` always; `poll` where this process asks the messenger. With `stores` what was
    polled is stored for whoever is free, else taken here at once."""

    def __init__(
        self,
        channel: Channel,
        taking: Taking,
        writer: Writer,
        wording: Wording,
        *,
        stores: bool,
    ) -> None:
        super().__init__(channel, taking, writer, wording)
        self._stores = stores

    async def poll(self) -> None:
        """Whatever an earlier process stored comes before what is new."""
        async with asyncio.TaskGroup() as spinners:
            await self._take_all_stored(spinners)
        await super().poll()

    async def store(self, update: Mapping[str, Any]) -> None:
        """See `Intake.store`."""
        await self._store([update])

    async def drain(self) -> None:
        """Take what anybody stored, until cancelled."""
        loop = asyncio.get_running_loop()

        def wake() -> None:
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(self._stored.set)

        self._writer.stored.append(wake)
        try:
            async with asyncio.TaskGroup() as spinners:
                while True:
                    self._stored.clear()
                    await self._take_all_stored(spinners)
                    with suppress(TimeoutError):
                        async with asyncio.timeout(LOOK_SECONDS):
                            await self._stored.wait()
        finally:
            self._writer.stored.remove(wake)

    async def _take_all_stored(self, spinners: asyncio.TaskGroup) -> None:
        try:
            while await self._take_stored(spinners):
                pass
        except SQLAlchemyError as fault:
            log.error("cannot take what is stored: %s", type(fault).__name__)

    async def _take_polled(
        self, updates: Sequence[Mapping[str, Any]], spinners: asyncio.TaskGroup
    ) -> None:
        if not self._stores:
            await super()._take_polled(updates, spinners)
        elif updates:
            await self._store(updates)

    async def _store(self, updates: Sequence[Mapping[str, Any]]) -> None:
        batch = [self._read(update) for update in updates]
        await self._writer.run(partial(self._taking.store_all, batch=batch), beside=ANSWERING)

    async def _take_stored(self, spinners: asyncio.TaskGroup) -> bool:
        """One round: what can be done beside others, and then what must be alone."""
        done = await self._writer.run(self._take_beside, beside=ANSWERING)
        self._answer_all(done.spinners, spinners)
        if done.left:
            keys = [row.id for row in done.left]
            read = await self._read_all([row.payload for row in done.left], keys)
            batch = dict(zip(keys, read, strict=True))
            taken = await self._writer.run(partial(self._take_alone, batch=batch))
            self._answer_all(taken, spinners)
        if done.early:
            await asyncio.sleep(EARLY_SECONDS)
        return done.count > 0

    def _take_beside(self, db: Connection) -> Drained:
        rows = inbox.claim(db, self._taking.facts.name, BATCH)
        done = Drained([], [], len(rows), [])
        for row in rows:
            received = self._read(row.payload, row.id)
            if self._is_early(db, row, received.incoming):
                done.early.append(row)
                continue
            if not _is_ones_own(received.incoming):
                done.left.append(row)
                continue
            try:
                done.spinners.extend(self._taking.take_all(db, [received]))
            except Exception as fault:
                if breaks_transaction(db, fault) or is_alone(db):
                    raise
                done.left.append(row)
        return done

    def _is_early(self, db: Connection, row: Inbox, incoming: Incoming | None) -> bool:
        """Whether it replies to what is being sent: another process has yet to write that it
        was. It waits, and its conversation with it."""
        if incoming is None or not incoming.reply_to_bot or incoming.reply_to is None:
            return False
        # A clock that was set back, or another machine's that is ahead, must keep nobody waiting.
        if not timedelta(0) <= self._taking.clock() - row.received_at <= EARLY_FOR:
            return False
        return is_unsettled(db, incoming.bot, incoming.chat, incoming.reply_to)

    def _take_alone(self, db: Connection, batch: Mapping[int, Received]) -> list[Spinner]:
        rows = inbox.claim(db, self._taking.facts.name, len(batch), keys=batch.keys())
        return self._taking.take_all(db, [batch[row.id] for row in rows])

    def _answer_all(self, taken: Collection[Spinner], spinners: asyncio.TaskGroup) -> None:
        for spinner in taken:
            spinners.create_task(self._answer(spinner))


def _is_ones_own(incoming: Incoming | None) -> bool:
    """Whether it is said in somebody's private chat, where most of it concerns nobody else; of
    a group the messenger may have to be asked something. What is sent off there is filed for
    others: to try that beside them first would only take as long again."""
    if incoming is None:
        return True
    sends = incoming.tap is not None and sends_off(incoming.tap.data)
    return incoming.private and incoming.event is None and not sends
