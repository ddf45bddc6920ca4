"""One parcel on its way: worded, sent, and what came of it settled in the writer."""

import asyncio
import logging
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial

from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from bot.channels.base import (
    BadMarkup,
    Channel,
    Migrated,
    Outgoing,
    Refused,
    SendError,
    Unavailable,
    Unchanged,
    Unreachable,
)
from bot.delivery.gathering import Parcel, gather, is_void
from bot.delivery.splitting import split
from bot.wording import DEFAULT_LOCALE, Wording
from domain.notices import Lane
from storage import addresses, deliveries
from storage.outbox import get
from storage.people import migrate_group
from storage.tables import Outbox
from storage.writer import Writer

log = logging.getLogger(__name__)

SETTLE_AGAIN_SECONDS = 1.0
LONGEST_BACKOFF = {Lane.EMERGENCY: 5.0, Lane.CONVERSATION: 15.0}
DEFAULT_BACKOFF = 60.0

Heard = Callable[[Connection, Outbox, datetime], None]


class Sender:
    """Sends for one bot. `accepted` and `refused` hear, in the settling transaction, of every
    row that the messenger took or will never take, so that a receipt can say so."""

    def __init__(
        self,
        channel: Channel,
        writer: Writer,
        wording: Wording,
        clock: Callable[[], datetime],
        accepted: Heard,
        refused: Heard,
    ) -> None:
        self._channel = channel
        self._writer = writer
        self._wording = wording
        self._clock = clock
        self._accepted = accepted
        self._refused = refused

    async def send(self, parcel: Parcel) -> None:
        """Send and settle. Raises SendError where the same parcel must be tried again."""
        if len(parcel) == 1 and is_void(parcel[0]):
            await self._settle(partial(deliveries.mark_dropped, key=parcel[0].id))
            return
        try:
            message_id = await self._try(parcel)
        except (Unreachable, Refused) as fault:
            await self._give_up(parcel, fault)
        except Migrated as fault:
            await self._settle(partial(self._migrate, key=parcel[0].address_id, chat=fault.chat))
            raise
        except Unavailable as fault:
            await self._note_failure(parcel, fault)
            raise
        else:
            await self._settle(partial(self._mark_sent, parcel=parcel, message_id=message_id))

    async def _try(self, parcel: Parcel) -> str:
        try:
            return await self._send(self._word(parcel))
        except Unchanged:
            return parcel[0].original_message or ""
        except Unavailable as fault:
            # A broadcast is never blindly repeated: better missing in one chat than doubled.
            if fault.uncertain and parcel[0].lane == Lane.BROADCAST:
                return ""
            raise

    async def kill(self, parcel: Parcel, fault: Exception) -> None:
        """A fault of ours (words missing, say): a dead letter, and the others go on."""
        await self._settle(partial(self._bury, parcel=parcel, reason=type(fault).__name__))

    def backoff(self, parcel: Parcel) -> float:
        """Seconds until the next try, with jitter so that chats do not return together."""
        longest = LONGEST_BACKOFF.get(parcel[0].lane, DEFAULT_BACKOFF)
        return min(longest, 0.5 * 2.0 ** min(parcel[0].attempts, 10)) * random.uniform(0.7, 1.0)

    def _word(self, parcel: Parcel) -> Outgoing:
        due = parcel[0]
        notice = due.notice if len(parcel) == 1 else gather(parcel)
        return self._wording.word(
            notice,
            due.locale or DEFAULT_LOCALE,
            chat=due.chat,
            edits=due.original_message if due.is_edit else None,
            reply_to=None if due.is_edit else due.original_message,
        )

    async def _send(self, message: Outgoing) -> str:
        *first, last = split(message.text, self._channel.capabilities.text_limit)
        for part in first:
            await self._send_part(replace(message, text=part, buttons=(), ask_reply=False))
        return await self._send_part(replace(message, text=last))

    async def _send_part(self, message: Outgoing) -> str:
        try:
            return await self._channel.send(message)
        except BadMarkup:
            log.error("markup refused, sent as plain text")
            return await self._channel.send(self._wording.without_markup(message))

    def _mark_sent(self, db: Connection, parcel: Parcel, message_id: str) -> None:
        now = self._clock()
        own_message = message_id if len(parcel) == 1 else None
        for due in parcel:
            deliveries.mark_sent(db, due.id, own_message, now)
            self._accepted(db, get(db, due.id), now)

    async def _give_up(self, parcel: Parcel, fault: SendError) -> None:
        log.warning("given up: %s", type(fault).__name__, extra={"row": parcel[0].id})
        if isinstance(fault, Unreachable):
            await self._settle(partial(self._close_address, parcel=parcel, reason=str(fault)))
        else:
            await self._settle(partial(self._bury, parcel=parcel, reason=str(fault)))

    def _bury(self, db: Connection, parcel: Parcel, reason: str) -> None:
        for due in parcel:
            deliveries.mark_dead(db, due.id, reason)
            self._refused(db, get(db, due.id), self._clock())

    def _migrate(self, db: Connection, key: int, chat: str) -> None:
        migrate_group(db, addresses.get_address(db, key), chat, self._clock())

    def _close_address(self, db: Connection, parcel: Parcel, reason: str) -> None:
        """Nothing that waits for an unreachable address can leave: all of it is dead."""
        key = parcel[0].address_id
        addresses.set_unreachable(db, key, self._clock())
        self._bury(db, parcel, reason)
        for row_id in deliveries.list_due_for(db, key):
            deliveries.mark_dead(db, row_id, "the address cannot be reached")
            self._refused(db, get(db, row_id), self._clock())

    async def _note_failure(self, parcel: Parcel, fault: SendError) -> None:
        due = parcel[0]
        log.warning("not sent yet: %s", fault, extra={"row": due.id, "attempts": due.attempts})
        await self._settle(
            partial(
                deliveries.mark_failed, key=due.id, attempts=due.attempts + 1, fault=str(fault)
            )
        )

    async def _settle(self, work: Callable[[Connection], None]) -> None:
        """What came of a send must be written, or it would be sent again: try until it is."""
        while True:
            try:
                return await self._writer.run(work)
            except DBAPIError as fault:
                log.error("cannot settle: %s", type(fault).__name__)
                await asyncio.sleep(SETTLE_AGAIN_SECONDS)
