"""Delivery of updates to a bot's webhook: in order within a chat, repeated until it says 2xx.

A method call in the webhook's answer is not carried out; it is listed with the unknown methods.
"""

from __future__ import annotations

import asyncio
import json
from collections import deque
from typing import TYPE_CHECKING

import aiohttp

from sandbox.model import Bot, Wire

if TYPE_CHECKING:
    from sandbox.world import World

# Telegram's own schedule is not published; a test need not wait for a minute.
BACKOFF = (0.2, 0.5, 1.0, 2.0, 5.0)
TIMEOUT = 60.0
PROOF_HEADER = "X-Telegram-Bot-Api-Secret-Token"
DUPLICATE = frozenset({"duplicate_update"})
REORDER = frozenset({"reorder_updates"})


class Courier:
    """Carries one bot's updates to one URL, at most `most` at a time."""

    def __init__(self, world: World, bot: Bot, url: str, secret: str | None, most: int) -> None:
        self.url = url
        self.most = most
        self.last_error: tuple[int, str] | None = None
        self._world = world
        self._bot = bot
        self._headers = {"Content-Type": "application/json"}
        if secret:
            self._headers[PROOF_HEADER] = secret
        self._queues: dict[int, deque[Wire]] = {}
        self._carriers: set[asyncio.Task[None]] = set()
        self._slots = asyncio.Semaphore(most)
        self._session: aiohttp.ClientSession | None = None

    def start(self) -> None:
        """Take over the mailbox: what waits there, and what comes."""
        self._bot.mailbox.on_push = self._take
        for update in list(self._bot.mailbox.pending.values()):
            self._take(update)

    def stop(self) -> None:
        """Leave the rest in the mailbox."""
        self._bot.mailbox.on_push = None
        for carrier in self._carriers:
            carrier.cancel()
        if self._session is not None:
            session, self._session = self._session, None
            self._world.keep(asyncio.get_running_loop().create_task(session.close()))

    def _take(self, update: Wire) -> None:
        chat = chat_of(update)
        queue = self._queues.get(chat)
        if queue is not None:
            queue.append(update)
            return
        self._queues[chat] = deque([update])
        carrier = asyncio.get_running_loop().create_task(self._carry(chat))
        self._carriers.add(carrier)
        carrier.add_done_callback(self._carriers.discard)

    async def _carry(self, chat: int) -> None:
        queue = self._queues[chat]
        while queue:
            if len(queue) > 1 and self._strikes(REORDER):
                queue[0], queue[1] = queue[1], queue[0]
            update = queue.popleft()
            await self._deliver(update)
            if self._strikes(DUPLICATE):
                await self._deliver(update)
            self._bot.mailbox.pending.pop(update["update_id"], None)
        del self._queues[chat]

    def _strikes(self, kinds: frozenset[str]) -> bool:
        return self._world.faults.strike(kinds, self._bot.id, "webhook") is not None

    async def _deliver(self, update: Wire) -> None:
        attempt = 0
        while not await self._accepted(update):
            await asyncio.sleep(BACKOFF[min(attempt, len(BACKOFF) - 1)])
            attempt += 1

    async def _accepted(self, update: Wire) -> bool:
        if self._session is None:
            timeout = aiohttp.ClientTimeout(total=TIMEOUT)
            self._session = aiohttp.ClientSession(timeout=timeout)
        body = json.dumps(update, ensure_ascii=False).encode()
        try:
            async with (
                self._slots,
                self._session.post(self.url, data=body, headers=self._headers) as response,
            ):
                answer = await response.read()
        except (aiohttp.ClientError, TimeoutError) as error:
            self._failed(f"Connection failed: {type(error).__name__}")
            return False
        if response.status // 100 != 2:
            self._failed(f"Wrong response from the webhook: {response.status} {response.reason}")
            return False
        if b"method" in answer:
            self._world.unknown_methods["webhook answer with a method"] += 1
        return True

    def _failed(self, reason: str) -> None:
        self.last_error = (self._world.now(), reason)


def chat_of(update: Wire) -> int:
    """The chat, or the poll, whose order an update must keep."""
    payload = next(value for key, value in update.items() if key != "update_id")
    if "poll" in update:
        return int(payload["id"])
    chat = payload.get("chat") or payload.get("message", {}).get("chat") or payload["from"]
    return int(chat["id"])
