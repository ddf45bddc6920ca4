"""The log of what each bot called, for GET /sandbox/sent.

Entries point at the parameters and answers themselves: nothing is copied or written out until
somebody asks.
"""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sandbox.model import Wire

# About a quarter of an hour at a bot's highest lawful rate times ten; then the oldest go.
MOST_PER_BOT = 300_000


@dataclass(slots=True, eq=False)
class Call:
    """One call. `status` is None when the connection was cut before the call was carried out."""

    number: int
    at: float
    bot: int
    method: str
    params: dict[str, Any]
    status: int | None
    answer: Any
    fault: str | None = None

    def chat(self) -> str | None:
        """The chat_id parameter as text."""
        value = self.params.get("chat_id")
        return None if value is None else str(value)

    def wire(self) -> Wire:
        """The entry as GET /sandbox/sent shows it."""
        entry: Wire = {
            "n": self.number,
            "at": self.at,
            "bot": self.bot,
            "method": self.method,
            "params": self.params,
            "status": self.status,
            "answer": self.answer,
        }
        if self.fault:
            entry["fault"] = self.fault
        return entry


class SentLog:
    """Calls of all bots, in order."""

    def __init__(self) -> None:
        self._calls: dict[int, deque[Call]] = {}
        self._numbers = itertools.count(1)

    def add(
        self,
        at: float,
        bot: int,
        method: str,
        params: dict[str, Any],
        status: int | None,
        answer: Any,
        fault: str | None = None,
    ) -> None:
        """Record one call."""
        calls = self._calls.get(bot)
        if calls is None:
            calls = self._calls[bot] = deque(maxlen=MOST_PER_BOT)
        calls.append(Call(next(self._numbers), at, bot, method, params, status, answer, fault))

    def find(
        self, bot: int | None, chat: str | None, method: str | None, after: int = 0
    ) -> list[Call]:
        """The calls that fit, in order; `after` leaves out numbers up to it."""
        wanted = method.lower() if method else None
        found = [
            call
            for call in self._newest_back_to(bot, after)
            if (chat is None or call.chat() == chat)
            and (wanted is None or call.method.lower() == wanted)
        ]
        return sorted(found, key=lambda call: call.number)

    def _newest_back_to(self, bot: int | None, after: int) -> Iterator[Call]:
        logs = self._calls.values() if bot is None else [self._calls.get(bot, deque())]
        for log in logs:
            yield from itertools.takewhile(lambda call: call.number > after, reversed(log))
