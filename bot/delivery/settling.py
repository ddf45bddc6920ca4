"""What came of a send, written in the writer: sent, not yet, dead, moved. Without this the same
message would be sent again, so it is tried until it is written."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from bot.delivery.gathering import Parcel
from domain.errors import wordless
from domain.notices import Lane
from storage import addresses, deliveries
from storage.faults import breaks_transaction
from storage.jobs import Result
from storage.locks import SETTLING, Deeds, is_alone
from storage.outbox import get
from storage.owed import Due, is_any_due
from storage.savepoints import savepoint
from storage.tables import Address, Outbox
from storage.writer import Writer

log = logging.getLogger(__name__)

AGAIN_SECONDS = 1.0
# Why a message was not tried at all (actions/board_reasons.py and cli/letter_reasons.py read it).
NOT_REACHED: Final = "the address cannot be reached"

Heard = Callable[[Connection, Outbox, datetime], None]
Counted = Callable[[Connection, Outbox, tuple[int, ...], datetime], None]


def _uncounted(db: Connection, row: Outbox, votes: tuple[int, ...], now: datetime) -> None:
    """Nobody asked."""


@dataclass(frozen=True, slots=True)
class Listeners:
    """Who hears what came of it, in the settling transaction: of every row that the
    messenger took, if it matters (storage.deliveries.Taken), and of every row that it will never
    take, so that a receipt can say so; of an address that was just `lost`, and of a group that
    lives on as another chat, so that the ward can know. `moved` also moves it. `counted` hears of
    the row that closed a poll, and how many chose each option."""

    accepted: Heard
    refused: Heard
    lost: Callable[[Connection, Address, datetime], None]
    moved: Callable[[Connection, Address, str, datetime], object]
    counted: Counted = _uncounted


@dataclass(frozen=True, slots=True)
class _Came:
    """What the messenger answered, and what is written with it."""

    message_id: str | None
    also: Callable[[Connection], None] | None
    votes: tuple[int, ...]
    doubt: str | None


def _fault(due: Due, fault: str) -> str:
    """That an earlier try may have arrived is never forgotten."""
    return deliveries.unsure_fault(fault) if due.unsure else fault


class Settling:
    """For one bot."""

    def __init__(
        self, writer: Writer, clock: Callable[[], datetime], listeners: Listeners
    ) -> None:
        self._writer = writer
        self._clock = clock
        self._listeners = listeners

    async def sent(
        self,
        parcel: Parcel,
        message_id: str,
        also: Callable[[Connection], None] | None = None,
        votes: tuple[int, ...] = (),
        doubt: str | None = None,
    ) -> bool:
        """The messenger has it; gathered rows have no message of their own. `also` is written
        with it. `doubt` is why it is not certain that it has it. Whether more is owed."""
        own_message = message_id if len(parcel) == 1 else None
        came = _Came(own_message, also, votes, doubt)
        work = partial(self._mark_sent, parcel=parcel, came=came)
        # Of what is no card nobody hears, unless it was erased meanwhile: then it is done once
        # more, alone.
        alone = also is not None or votes or any(due.is_card for due in parcel)
        beside = None if alone else SETTLING
        # The next answer of a conversation comes at once, and both can be committed together.
        patient = all(due.lane == Lane.CONVERSATION for due in parcel)
        careful = partial(work, apart=True)
        return await self._write(work, careful, beside=beside, patient=patient)

    async def failed(self, due: Due, fault: str, passed_for: timedelta | None) -> None:
        """Not yet; for `passed_for` others of its chat may pass it."""
        not_before = None if passed_for is None else self._clock() + passed_for
        work = partial(
            deliveries.mark_failed,
            key=due.id,
            attempts=due.attempts + 1,
            fault=_fault(due, fault),
            not_before=not_before,
        )
        await self._write(work, beside=SETTLING)

    async def dead(self, parcel: Parcel, reason: str, *, tried: bool = True) -> None:
        """It will never be accepted: a dead letter for an operator."""
        await self._write(partial(self._bury, parcel=parcel, reason=reason, tried=tried))

    async def passed_over(self, parcel: Parcel) -> None:
        """Nothing arrives there until somebody is heard from: it is not even tried."""
        await self.dead(parcel, NOT_REACHED, tried=False)

    async def unreachable(self, parcel: Parcel, reason: str) -> None:
        """Nothing that waits for this address can leave: all of it is dead."""
        await self._write(partial(self._close, parcel=parcel, reason=reason))

    async def moved(self, parcel: Parcel, chat: str) -> None:
        """The group lives on as `chat`, and all that is owed follows it."""
        await self._write(partial(self._migrate, key=parcel[0].address_id, chat=chat))

    async def dropped(self, due: Due) -> None:
        """It lost its meaning."""
        await self._write(partial(deliveries.mark_dropped, key=due.id))

    def _mark_sent(
        self, db: Connection, parcel: Parcel, came: _Came, *, apart: bool = False
    ) -> bool:
        """The listeners in savepoints of their own (`apart`) only once one has failed: nearly
        none ever does, and every message would pay for it."""
        now = self._clock()
        if came.also is not None:
            came.also(db)
        for due in parcel:
            unsure = due.unsure or came.doubt is not None
            fault = deliveries.unsure_fault(came.doubt or "sent again") if unsure else None
            taken = deliveries.mark_sent(db, due.id, came.message_id, now, fault)
            if not (taken.matters or came.votes):
                continue
            told = partial(self._accepted, db, due.id, came.votes, now)
            if apart:
                self._aside(db, told, due.id)
            else:
                told()
        return is_any_due(db, taken.bot)

    def _accepted(self, db: Connection, key: int, votes: tuple[int, ...], now: datetime) -> None:
        row = deliveries.get_sent(db, key)
        self._listeners.accepted(db, row, now)
        if votes:
            self._listeners.counted(db, row, votes, now)

    def _bury(self, db: Connection, parcel: Parcel, reason: str, *, tried: bool) -> None:
        for due in parcel:
            deliveries.mark_dead(db, due.id, _fault(due, reason), tried=tried)
            self._tell(db, self._listeners.refused, due.id)

    def _close(self, db: Connection, parcel: Parcel, reason: str) -> None:
        key = parcel[0].address_id
        reached = addresses.get_address(db, key).unreachable_at is None
        addresses.set_unreachable(db, key, self._clock())
        if reached:
            address = addresses.get_address(db, key)
            self._aside(db, partial(self._listeners.lost, db, address, self._clock()), key)
        self._bury(db, parcel, reason, tried=True)
        for waiting in deliveries.list_due_for(db, key):
            deliveries.mark_dead(db, waiting, NOT_REACHED)
            self._tell(db, self._listeners.refused, waiting)

    def _migrate(self, db: Connection, key: int, chat: str) -> None:
        self._listeners.moved(db, addresses.get_address(db, key), chat, self._clock())

    def _tell(self, db: Connection, heard: Heard, key: int) -> None:
        self._aside(db, lambda: heard(db, get(db, key), self._clock()), key)

    def _aside(self, db: Connection, told: Callable[[], None], key: int) -> None:
        """A listener that fails must not make a message that was sent look unsent."""
        try:
            with savepoint(db):
                told()
        except Exception as fault:
            # Beside other processes it is not told at all, but done once more, alone.
            if breaks_transaction(db, fault) or not is_alone(db):
                raise
            log.error("somebody was not told", exc_info=wordless(fault), extra={"row": key})

    async def _write(
        self,
        work: Callable[[Connection], Result],
        careful: Callable[[Connection], Result] | None = None,
        *,
        beside: Deeds | None = None,
        patient: bool = False,
    ) -> Result:
        """Until it is written; after a failure the `careful` way, where there is one. `beside`
        and `patient` as for the writer."""
        while True:
            try:
                return await self._writer.run(work, beside=beside, patient=patient)
            except Exception as fault:
                if careful is None and not isinstance(fault, SQLAlchemyError):
                    raise
                log.error("cannot settle: %s", type(fault).__name__)
                if careful is None:
                    await asyncio.sleep(AGAIN_SECONDS)
                work, careful = careful or work, None
