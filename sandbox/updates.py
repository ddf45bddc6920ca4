"""The queue of updates of one bot: kept until they are confirmed, handed out by long polling.

A webhook (webhook.py) reads the same queue; nothing is in two places.
"""

from __future__ import annotations

import asyncio
import itertools
from collections import OrderedDict
from collections.abc import Callable, Iterable

from sandbox.model import Wire

MOST_PER_BATCH = 100
FIRST_UPDATE_ID = 720_000_001

# https://core.telegram.org/bots/api#getupdates: these come only to whom asks for them by name.
ON_REQUEST_ONLY = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


class Superseded(Exception):
    """Another getUpdates of the same bot took over."""


class Mailbox:
    """Updates in order of their ids; `allowed` is None for everything but ON_REQUEST_ONLY.

    `hanging` is set while a long poll waits for something to happen.
    """

    def __init__(self) -> None:
        self.pending: OrderedDict[int, Wire] = OrderedDict()
        self.allowed: frozenset[str] | None = None
        self.polls = 0
        self.hanging = asyncio.Event()
        self.on_push: Callable[[Wire], None] | None = None
        self._again: list[Wire] = []
        self._ids = itertools.count(FIRST_UPDATE_ID)
        self._waiter: asyncio.Future[None] | None = None

    def wants(self, kind: str) -> bool:
        """Whether an update of this kind would be kept."""
        return kind not in ON_REQUEST_ONLY if self.allowed is None else kind in self.allowed

    def allow(self, kinds: Iterable[str]) -> None:
        """Set allowed_updates for what happens from now on; an empty list is the default set."""
        self.allowed = frozenset(kinds) or None

    def push(self, kind: str, payload: Wire) -> None:
        """Add an update, if its kind is wanted, and wake whoever waits."""
        if not self.wants(kind):
            return
        update_id = next(self._ids)
        update: Wire = {"update_id": update_id, kind: payload}
        self.pending[update_id] = update
        if self.on_push is not None:
            self.on_push(update)
        self._wake()

    def repeat(self, update: Wire) -> None:
        """Hand this update out once more with the next batch, confirmed or not."""
        self._again.append(update)

    def confirm(self, offset: int) -> None:
        """Forget what is older than `offset`; a negative one keeps only the last so many."""
        pending = self.pending
        if offset < 0:
            while len(pending) > -offset:
                pending.popitem(last=False)
        while pending and next(iter(pending)) < offset:
            pending.popitem(last=False)

    def drop_all(self) -> None:
        """Forget everything (drop_pending_updates)."""
        self.pending.clear()
        self._again.clear()

    async def poll(self, limit: int, timeout: float) -> list[Wire]:
        """The next batch; waits up to `timeout` seconds for a first update.

        Raises Superseded when another poll of this bot begins meanwhile.
        """
        self.interrupt()
        if not self.pending and not self._again and timeout > 0:
            await self._wait(timeout)
        repeated, self._again = self._again[:limit], self._again[limit:]
        fresh = itertools.islice(self.pending.values(), limit - len(repeated))
        return [*repeated, *fresh]

    def interrupt(self) -> None:
        """End a waiting poll with Superseded."""
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_exception(Superseded())

    async def _wait(self, timeout: float) -> None:
        waiter = self._waiter = asyncio.get_running_loop().create_future()
        self.hanging.set()
        try:
            async with asyncio.timeout(timeout):
                await waiter
        except TimeoutError:
            pass
        finally:
            if self._waiter is waiter:
                self._waiter = None
                self.hanging.clear()

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)
