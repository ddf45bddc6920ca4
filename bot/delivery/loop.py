"""The delivery of one bot: what is owed leaves, urgent first, at the messenger's pace."""

import asyncio
import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy.exc import SQLAlchemyError

from bot.channels.base import Migrated, Misconfigured, SendError, Throttled
from bot.delivery.chats import Chats
from bot.delivery.gathering import Parcel, messages, parcels
from bot.delivery.looking import Looking
from bot.delivery.pace import GROUP_WINDOW, BotPace, Pace, Trip
from bot.delivery.sender import Sender
from domain.errors import wordless
from domain.notices import Lane
from storage import deliveries
from storage.locks import SETTLING
from storage.owed import Due
from storage.writer import Writer

log = logging.getLogger(__name__)

STALE_SECONDS = 0.5  # after which what was read is read again: somebody may have dropped it
IDLE_SECONDS = 5.0  # a look without being woken, for rows that another process put
MISCONFIGURED_SECONDS = 30.0
UNFORESEEN_SECONDS = 15.0
FINISH_SECONDS = 10.0


class Delivery:
    """Run it with `await delivery.run()`; `wake` may be called from any thread."""

    def __init__(self, bot: str, sender: Sender, writer: Writer, pace: Pace) -> None:
        self._bot = bot
        self._sender = sender
        self._writer = writer
        self._chats = Chats(pace)
        self._pace = BotPace(pace)
        self._stirred = asyncio.Event()
        self._wakes = 0
        self._looks_again = False
        self._stops = False
        self._preparing = sender.preparing(self._stir)
        self._looking = Looking(bot, writer, self._chats, self._preparing, self._see)
        self._throttled: dict[int, float] = {}
        self._loop: asyncio.AbstractEventLoop | None = None

    def wake(self) -> None:
        """Something new is owed, and may be more urgent than what is being sent."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._see)

    async def run(self, clock: Callable[[], datetime]) -> None:
        """Deliver until cancelled."""
        self._loop = asyncio.get_running_loop()
        await self._remember_pace(clock())
        seen: list[Due] | None = None
        async with asyncio.TaskGroup() as tasks:
            try:
                while True:
                    self._stirred.clear()
                    self._looks_again = False
                    idle_for = await self._dispatch(tasks, clock(), seen)
                    seen = await self._rest(idle_for, clock)
            except asyncio.CancelledError:
                await self._finish()
                raise

    async def _finish(self) -> None:
        """What is on the wire when we are stopped is settled first, or it would come twice."""
        self._stops = True
        try:
            async with asyncio.timeout(FINISH_SECONDS):
                while self._chats.in_flight:
                    self._stirred.clear()
                    await self._stirred.wait()
        except TimeoutError:
            log.warning("stopped with messages still on the wire")

    async def _remember_pace(self, now: datetime) -> None:
        """What left in the last minute still counts after a restart."""
        window = timedelta(seconds=GROUP_WINDOW)
        work = partial(deliveries.sent_since, bot=self._bot, since=now - window)
        for address_id, sent_at, private in await self._writer.run(work, beside=SETTLING):
            # A clock that was ahead must not silence a chat for as long as it was.
            age = max(0.0, (now - sent_at).total_seconds())
            self._chats.pace_of(address_id, private=private).take(time.monotonic() - age)

    async def _rest(self, seconds: float, clock: Callable[[], datetime]) -> list[Due] | None:
        """Wait for a reason to go on; what may leave then, None where one must look."""
        if self._stirred.is_set():
            return None
        self._looking.stand_by(self.wake, clock)
        try:
            await self._is_stirred_within(seconds)
        finally:
            seen = self._looking.seen()
        return None if self._looks_again else seen

    async def _dispatch(
        self, tasks: asyncio.TaskGroup, now: datetime, seen: list[Due] | None
    ) -> float:
        """Start all sends that may start, of what was `seen` or else is due; seconds until a look
        is worthwhile again."""
        try:
            rows = await self._looking.look(now) if seen is None else seen
        except SQLAlchemyError as fault:
            log.error("cannot read what is due: %s", type(fault).__name__)
            return 1.0
        ready = self._preparing.ready(tasks, rows)
        looked_at = time.monotonic()
        leaving = parcels(ready, self._chats, looked_at)
        for parcel in leaving:
            if not await self._is_its_turn(parcel, looked_at):
                return 0.0
            self._start(tasks, parcel, time.monotonic())
        if seen and not leaving:
            # Its chats have no room any more; others may have been hidden behind them.
            self._stir()
        return min(IDLE_SECONDS, self._chats.next_change(time.monotonic()) or IDLE_SECONDS)

    async def _is_its_turn(self, parcel: Parcel, looked_at: float) -> bool:
        """Wait for the pace; False where we must look again instead."""
        urgent = parcel[0].lane == Lane.EMERGENCY
        while (delay := self._pace.delay(time.monotonic(), urgent=urgent)) > 0:
            if await self._is_stirred_within(delay):
                if self._looks_again:
                    return False
                self._stirred.clear()
        return time.monotonic() - looked_at < STALE_SECONDS

    def _start(self, tasks: asyncio.TaskGroup, parcel: Parcel, now: float) -> None:
        due, count = parcel[0], messages(parcel)
        self._pace.take(now, count)
        if len(parcel) > 1:
            self._chats.gathered(due.address_id, now)
        self._chats.in_flight.add(due.address_id)
        tasks.create_task(self._send(parcel, self._preparing.start(parcel)))

    async def _send(self, parcel: Parcel, uploads: int) -> None:
        due, wakes, smooth, more = parcel[0], self._wakes, False, True
        trip = Trip(self._pace, time.monotonic(), messages(parcel))
        try:
            more = await self._sender.send(parcel, trip.answered)
            # Nothing but more of the same can have waited for this chat.
            smooth = due.lane == Lane.BROADCAST and wakes == self._wakes
        except SendError as fault:
            self._postpone(parcel, fault, time.monotonic())
        except Exception as fault:
            # Unforeseen: it stays owed, and neither its chat nor the bot may die of it.
            log.error("a notice could not be sent", exc_info=wordless(fault))
            self._chats.rest(due.address_id, time.monotonic() + UNFORESEEN_SECONDS, due.lane)
        finally:
            trip.answered()
            now = time.monotonic()
            self._chats.pace_of(due.address_id, private=due.private).take(now, trip.messages)
            self._chats.in_flight.discard(due.address_id)
            self._preparing.finish(parcel, uploads)
            # What another process owed may have been looked for while this chat was busy, and yet
            # too late to be counted when this was settled.
            more = more or (self._writer.is_shared and wakes != self._wakes)
            if more or uploads or self._stops:
                self._stir(looks_again=not smooth or bool(uploads))

    def _postpone(self, parcel: Parcel, fault: SendError, now: float) -> None:
        due = parcel[0]
        match fault:
            case Throttled():
                self._hold(parcel, fault.retry_after.total_seconds(), now)
            case Misconfigured():
                log.error("the messenger refuses this bot's token", extra={"bot": self._bot})
                self._pace.hold(now, MISCONFIGURED_SECONDS)
            case Migrated():
                return
            case _:
                until = now + self._sender.backoff(parcel)
                self._chats.rest(due.address_id, until, due.lane)

    def _hold(self, parcel: Parcel, seconds: float, now: float) -> None:
        """A refusal names no scope: it is the chat's, until a second chat is refused too."""
        due = parcel[0]
        self._chats.pace_of(due.address_id, private=due.private).hold(now, seconds)
        self._chats.rest(due.address_id, now + seconds)
        self._throttled = {key: at for key, at in self._throttled.items() if at > now}
        self._throttled[due.address_id] = now + seconds
        if len(self._throttled) > 1:
            self._pace.hold(now, seconds)

    def _see(self, *, looks_again: bool = True) -> None:
        """Something new is owed."""
        self._wakes += 1
        self._stir(looks_again=looks_again)

    def _stir(self, *, looks_again: bool = True) -> None:
        """The pace may have changed; with `looks_again` also what may leave."""
        self._looks_again |= looks_again
        self._stirred.set()

    async def _is_stirred_within(self, seconds: float) -> bool:
        """Whether something new is owed, or a chat came free, within these seconds."""
        try:
            async with asyncio.timeout(seconds):
                return await self._stirred.wait()
        except TimeoutError:
            return False
