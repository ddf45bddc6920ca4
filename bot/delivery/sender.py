"""One parcel on its way: worded, cut to what the messenger takes, sent, and settled."""

import logging
import random
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

from bot.channels.base import (
    BadMarkup,
    Channel,
    Migrated,
    Outgoing,
    Refused,
    SendError,
    Sent,
    Unavailable,
    Unchanged,
    Unreachable,
)
from bot.delivery.gathering import Parcel, gather, is_void
from bot.delivery.preparing import Preparing
from bot.delivery.settling import Settling
from bot.delivery.splitting import shorten, split
from bot.media.sharing import Sharing, remember
from bot.wording import DEFAULT_LOCALE, Wording
from domain.errors import wordless
from domain.notices import Lane
from storage.deliveries import unsure_fault
from storage.owed import Due

log = logging.getLogger(__name__)

LONGEST_BACKOFF = {Lane.EMERGENCY: 5.0, Lane.CONVERSATION: 15.0}
DEFAULT_BACKOFF = 60.0
# Tries after which a message that fails while others succeed no longer holds up its chat.
PATIENCE = 6

Act = Callable[[], Awaitable[Sent]]


class Sender:
    """Sends for one bot."""

    def __init__(
        self, channel: Channel, wording: Wording, settling: Settling, sharing: Sharing
    ) -> None:
        self._channel = channel
        self._wording = wording
        self._settling = settling
        self._sharing = sharing
        self._parts_sent: dict[int, int] = {}
        self._successes = 0
        self._failing_since: dict[int, int] = {}

    async def send(self, parcel: Parcel, answered: Callable[[], None] = lambda: None) -> bool:
        """Send and settle; `answered` is called as soon as the messenger has answered. Whether
        more may be owed. Raises SendError where the chat must rest and try again."""
        if len(parcel) == 1 and is_void(parcel[0]):
            await self._settling.dropped(parcel[0])
            return True
        if parcel[0].unreachable:
            await self._settling.passed_over(parcel)
            return True
        act = await self._act(parcel)
        more = act is None or await self._settle(parcel, act, answered)
        self._sharing.release(parcel[0])
        self._parts_sent.pop(parcel[0].id, None)
        self._failing_since.pop(parcel[0].id, None)
        return more

    def preparing(self, wake: Callable[[], None]) -> Preparing:
        """What makes the files of this bot's messages ready."""
        return Preparing(self._channel.name, self._sharing, self._settling, wake)

    def backoff(self, parcel: Parcel) -> float:
        """Seconds until the next try, with jitter so that chats do not return together."""
        longest = LONGEST_BACKOFF.get(parcel[0].lane, DEFAULT_BACKOFF)
        return min(longest, 0.5 * 2.0 ** min(parcel[0].attempts, 10)) * random.uniform(0.7, 1.0)

    async def _act(self, parcel: Parcel) -> Act | None:
        """What is to be done with this parcel; None where nothing is left to do."""
        due = parcel[0]
        if due.deletes is not None:
            return partial(self._delete, due.chat, due.deletes)
        if due.notice.pins is not None:
            return partial(self._pin, due)
        message = await self._worded(parcel)
        if message is None:
            return None
        if message.media:
            return partial(self._share, due, message)
        return partial(self._send, due.id, message)

    async def _settle(self, parcel: Parcel, act: Act, answered: Callable[[], None]) -> bool:
        """Whether more may be owed."""
        try:
            try:
                sent = await self._try(parcel, act)
            finally:
                answered()
        except Unreachable as fault:
            log.warning("unreachable", extra={"row": parcel[0].id})
            await self._settling.unreachable(parcel, str(fault))
        except Refused as fault:
            log.error("refused for good", extra={"row": parcel[0].id})
            await self._settling.dead(parcel, self._reason(parcel[0], fault))
        except Migrated as fault:
            await self._settling.moved(parcel, fault.chat)
            raise
        except Unavailable as fault:
            # A broadcast is never blindly repeated: better missing in one chat than doubled.
            if fault.uncertain and parcel[0].lane == Lane.BROADCAST:
                await self._settling.sent(parcel, "", doubt=str(fault))
            else:
                await self._fail(parcel, fault)
        else:
            self._successes += 1
            uploaded = self._sharing.uploaded(parcel[0], sent.files)
            also = partial(remember, bot=self._channel.name, due=parcel[0], uploaded=uploaded)
            return await self._settling.sent(
                parcel, sent.message_id, also if uploaded else None, sent.votes
            )
        return True

    async def _try(self, parcel: Parcel, act: Act) -> Sent:
        try:
            return await act()
        except Unchanged:
            return Sent(parcel[0].original_message or "")

    def _reason(self, due: Due, fault: SendError) -> str:
        """What is noted of a failure; that something may stand there all the same."""
        twice = self._parts_sent.get(due.id, 0) > 0 and isinstance(fault, Refused)
        cut_off = isinstance(fault, Unavailable) and fault.uncertain and not due.is_free
        return unsure_fault(str(fault)) if twice or cut_off else str(fault)

    async def _fail(self, parcel: Parcel, fault: Unavailable) -> None:
        """Rest the chat, so that order holds; but what fails again and again while others
        succeed steps aside, and the rest of its chat goes on. Raises the fault to rest."""
        due = parcel[0]
        log.warning("not sent yet: %s", fault, extra={"row": due.id, "attempts": due.attempts})
        others = self._successes - self._failing_since.setdefault(due.id, self._successes)
        if due.attempts >= PATIENCE and others > 0:
            aside = timedelta(seconds=self.backoff(parcel))
            await self._settling.failed(due, self._reason(due, fault), aside)
            return
        await self._settling.failed(due, self._reason(due, fault), None)
        raise fault

    async def _worded(self, parcel: Parcel) -> Outgoing | None:
        """None where its words are missing: a fault of ours, a dead letter, and others go on."""
        due = parcel[0]
        try:
            return self._wording.word(
                due.notice if len(parcel) == 1 else gather(parcel),
                due.locale or DEFAULT_LOCALE,
                chat=due.chat,
                edits=due.original_message if due.is_edit else None,
                reply_to=None if due.is_edit else due.original_message,
            )
        except (LookupError, ValueError, TypeError) as fault:
            log.error("a notice cannot be worded", exc_info=wordless(fault), extra={"row": due.id})
            await self._settling.dead(parcel, type(fault).__name__)
            return None

    async def _delete(self, chat: str, message_id: str) -> Sent:
        await self._channel.delete(chat, message_id)
        return Sent("")

    async def _pin(self, due: Due) -> Sent:
        """Pinned, or no longer; a messenger that cannot do it is left in peace."""
        message, notice = due.original_message or "", due.notice
        if self._channel.capabilities.pins and notice.pins:
            await self._channel.pin(due.chat, message, silent=notice.silent)
        elif self._channel.capabilities.pins:
            await self._channel.unpin(due.chat, message)
        return Sent(message)

    async def _share(self, due: Due, message: Outgoing) -> Sent:
        """The clean copies of its files; Sent("") where all are held back."""
        media = await self._sharing.dress(due)
        return await self._channel.send(replace(message, media=media)) if media else Sent("")

    async def _send(self, row: int, message: Outgoing) -> Sent:
        limit = self._channel.capabilities.text_limit
        if message.edits is not None:
            return await self._send_part(replace(message, text=shorten(message.text, limit)))
        *first, last = self._parts(message, limit)
        for number, part in enumerate(first):
            if number >= self._parts_sent.get(row, 0):
                await self._send_part(part)
                self._parts_sent[row] = number + 1
        return await self._send_part(last)

    def _parts(self, message: Outgoing, limit: int) -> list[Outgoing]:
        """A long text in several messages, and below it the poll. A messenger without polls
        gets the words alone."""
        *first, last = split(message.text, limit)
        worded = replace(message, poll=None)
        parts = [replace(worded, text=each, buttons=(), ask_reply=False) for each in first]
        poll = message.poll if self._channel.capabilities.polls else None
        if last or poll is None:
            parts.append(replace(worded, text=last))
        if poll is not None:
            parts.append(Outgoing(message.chat, poll=poll, silent=message.silent))
        return parts

    async def _send_part(self, message: Outgoing) -> Sent:
        try:
            return await self._channel.send(message)
        except BadMarkup:
            log.error("markup refused, sent as plain text")
            return await self._channel.send(self._wording.without_markup(message))
