"""The updates of the load server until a bot confirms them: handed out in order, by long polling
with offsets, now and then one of them twice.
"""

import asyncio
import random
import time
from collections import deque
from typing import Any


class Updates:
    """Numbered from `first` on; `duplicate` is the share of batches in which one comes twice."""

    def __init__(self, first: int, duplicate: float, chance: random.Random) -> None:
        self._last = first
        self._duplicate = duplicate
        self._chance = chance
        self._pending: deque[dict[str, Any]] = deque()
        self._handed: list[dict[str, Any]] = []
        self._awaited = asyncio.Event()

    def put(self, update: dict[str, Any]) -> None:
        """It comes next."""
        self._last += 1
        self._pending.append({"update_id": self._last, **update})
        self._awaited.set()

    async def after(self, offset: int, timeout: float, limit: int) -> list[dict[str, Any]]:
        """What was not confirmed, waiting for it as long as was asked for."""
        while self._pending and self._pending[0]["update_id"] < offset:
            self._pending.popleft()
        until = time.monotonic() + timeout
        while not self._pending and (left := until - time.monotonic()) > 0:
            self._awaited.clear()
            try:
                async with asyncio.timeout(left):
                    await self._awaited.wait()
            except TimeoutError:
                break
        found = list(self._pending)[:limit]
        return self._repeating(found) if found else found

    def _repeating(self, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Now and then with one that was handed out in the batch before, or one twice."""
        before, self._handed = self._handed, found
        if self._chance.random() >= self._duplicate:
            return found
        if before and before[-1]["update_id"] < found[0]["update_id"]:
            return [before[-1], *found]
        return [*found, found[-1]]
