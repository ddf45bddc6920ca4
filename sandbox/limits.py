"""The messenger's sending limits, as sliding windows by arrival.

Figures: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this; the
burst of 3 in a private chat is what sandbox-api.md fixes for "avoid more than one a second,
short bursts are allowed".
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable

Clock = Callable[[], float]

BOT_PER_SECOND = 30
GROUP_PER_MINUTE = 20
PRIVATE_PER_SECOND = 1.0
PRIVATE_BURST = 3
ROUNDING = 1e-6


class Window:
    """At most `most` arrivals in any `span` seconds (half-open: one leaves after exactly span)."""

    def __init__(self, most: int, span: float) -> None:
        self._most = most
        self._span = span
        self._arrivals: deque[float] = deque()
        self.blocked_until = 0.0

    def wait(self, now: float, items: int) -> float:
        """Seconds until `items` would be let through; 0 when they are now."""
        arrivals = self._arrivals
        while arrivals and arrivals[0] <= now - self._span:
            arrivals.popleft()
        surplus = len(arrivals) + items - self._most
        return arrivals[surplus - 1] + self._span - now if surplus > 0 else 0.0

    def count(self, now: float, items: int) -> None:
        """Record what was let through."""
        self._arrivals.extend([now] * items)


class Bucket:
    """One a second with a burst of three.

    An album larger than the burst is let through when the burst is whole, and is then paid off.
    """

    def __init__(self) -> None:
        self._tokens = float(PRIVATE_BURST)
        self._at: float | None = None
        self.blocked_until = 0.0

    def wait(self, now: float, items: int) -> float:
        """Seconds until `items` would be let through; 0 when they are now."""
        if self._at is not None:
            refill = (now - self._at) * PRIVATE_PER_SECOND
            self._tokens = min(float(PRIVATE_BURST), self._tokens + max(0.0, refill))
        self._at = now
        lacking = min(items, PRIVATE_BURST) - self._tokens
        return max(0.0, lacking / PRIVATE_PER_SECOND)

    def count(self, now: float, items: int) -> None:
        """Record what was let through."""
        self._tokens -= items


class BotLimits:
    """All scopes of one bot, with the counts that GET /sandbox/bots/<id>/limits shows."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.on = True
        self._whole = Window(BOT_PER_SECOND, 1.0)
        self._chats: dict[int, Window | Bucket] = {}
        self._counts: dict[int | None, list[int]] = {None: [0, 0]}

    def admit(self, chat_id: int, items: int = 1) -> int:
        """Count `items` arriving for a chat; 0 lets them pass, else the retry_after in seconds."""
        retry_after = self._refusal(chat_id, items) if self.on else 0
        for key in (None, chat_id):
            count = self._counts.setdefault(key, [0, 0])
            count[0] += items
            count[1] += items if retry_after else 0
        return retry_after

    def _refusal(self, chat_id: int, items: int) -> int:
        now = self._clock()
        scopes = (self._whole, self._scope(chat_id))
        for scope in scopes:
            if scope.blocked_until > now:
                return max(1, math.ceil(scope.blocked_until - now))
            left = scope.wait(now, items)
            if left > ROUNDING:
                retry_after = max(1, math.ceil(left - ROUNDING))
                scope.blocked_until = now + retry_after
                return retry_after
        for scope in scopes:
            scope.count(now, items)
        return 0

    def _scope(self, chat_id: int) -> Window | Bucket:
        scope = self._chats.get(chat_id)
        if scope is None:
            scope = Bucket() if chat_id > 0 else Window(GROUP_PER_MINUTE, 60.0)
            self._chats[chat_id] = scope
        return scope

    def report(self) -> dict[str, object]:
        """Counted calls (items) that arrived, and how many of them were refused."""
        made, refused = self._counts[None]
        by_chat = {
            str(chat): {"made": count[0], "refused": count[1]}
            for chat, count in self._counts.items()
            if chat is not None
        }
        return {"made": made, "refused": refused, "accepted": made - refused, "by_chat": by_chat}
