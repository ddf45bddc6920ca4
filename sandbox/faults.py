"""What goes wrong on purpose: answers of a broken server, cut connections, odd deliveries."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from dataclasses import dataclass

CALL_KINDS = frozenset(
    {"http_500", "http_502_html", "drop_before", "drop_after", "slow", "retry_after"}
)
DELIVERY_KINDS = frozenset({"duplicate_update", "reorder_updates"})
KINDS = CALL_KINDS | DELIVERY_KINDS


@dataclass(eq=False)
class Fault:
    """One fault. `seconds` is the delay of "slow" and the figure of "retry_after"; for the other
    kinds the fault ends that many seconds after it was set. `times` None means until cleared.
    """

    id: int
    kind: str
    bot: int | None = None
    method: str | None = None
    chat: int | None = None
    seconds: float | None = None
    times: int | None = None
    probability: float = 1.0
    ends_at: float | None = None

    def fits(self, bot: int, method: str, chat: int | None, now: float) -> bool:
        """Whether it is meant for this call, and not over."""
        return (
            (self.bot is None or self.bot == bot)
            and (self.method is None or self.method.lower() == method.lower())
            and (self.chat is None or self.chat == chat)
            and (self.ends_at is None or now < self.ends_at)
            and self.times != 0
        )


class Faults:
    """The faults that are set, oldest first."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._faults: list[Fault] = []
        self._ids = itertools.count(1)
        self._chance = random.Random(20260101)

    def add(
        self,
        kind: str,
        *,
        bot: int | None,
        method: str | None,
        chat: int | None,
        seconds: float | None,
        times: int | None,
        probability: float,
    ) -> int:
        """Set a fault and give its id."""
        fault = Fault(next(self._ids), kind, bot, method, chat, seconds, times, probability)
        if seconds is not None and kind not in {"slow", "retry_after"}:
            fault.ends_at = self._clock() + seconds
        self._faults.append(fault)
        return fault.id

    def clear(self) -> None:
        """End all faults."""
        self._faults.clear()

    def strike(
        self, kinds: frozenset[str], bot: int, method: str, chat: int | None = None
    ) -> Fault | None:
        """The fault that strikes now, if any; one of its times is used up."""
        if not self._faults:
            return None
        now = self._clock()
        for fault in self._faults:
            if fault.kind in kinds and fault.fits(bot, method, chat, now):
                if self._chance.random() >= fault.probability:
                    continue
                if fault.times is not None:
                    fault.times -= 1
                return fault
        return None
