"""What the load server saw of a bot's answers: how many, how fast, and the longest silence while
somebody waited for one.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Observed:
    """Told of every question and answer in the order in which they come (monotonic seconds).
    What came before `since` counts for nothing but faults; None until something is measured."""

    since: float | None = None
    answers: list[tuple[float, float]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    dropped: int = 0
    twice: int = 0
    late: int = 0
    conversations: int = 0
    _owed: int = 0
    _silent_since: float = 0.0
    _longest: float = 0.0

    def asked(self, at: float) -> None:
        """One answer more is owed. Silence only counts from here where none was owed before."""
        if self._owed == 0:
            self._silent_since = at
        self._owed += 1

    def answered(self, at: float, asked_at: float) -> None:
        """An answer came to what was asked at that instant."""
        self._end_silence(at)
        self._owed -= 1
        self._silent_since = at
        self.answers.append((at, at - asked_at))

    def gave_up(self, at: float) -> None:
        """Somebody waits no longer; the bot's silence does not end by that."""
        self._end_silence(at)
        self._owed -= 1
        self.dropped += 1

    @property
    def owed(self) -> int:
        """How many wait for an answer."""
        return self._owed

    def figures(self, now: float) -> dict[str, Any]:
        """Since `since`: rates, latencies (ms), and the longest silence (ms) up to `now`."""
        self._end_silence(now)
        if self.since is None:
            return {"steps": 0}
        measured = [each for each in self.answers if each[0] >= self.since]
        if not measured:
            return {"steps": 0}
        seconds = measured[-1][0] - self.since
        took = sorted(each for _, each in measured)
        return {
            "steps": len(measured),
            "steps_per_second": len(measured) / seconds,
            "p50_ms": hundredth(took, 50) * 1000,
            "p95_ms": hundredth(took, 95) * 1000,
            "p99_ms": hundredth(took, 99) * 1000,
            "max_ms": took[-1] * 1000,
            "max_pause_ms": self._longest * 1000,
        }

    def faults(self) -> dict[str, Any]:
        """What must be 0 from the first step on (`late` is what came to who had been given up),
        with examples, beside how many conversations ended."""
        return {
            "conversations": self.conversations,
            "dropped": self.dropped,
            "wrong": len(self.wrong),
            "twice": self.twice,
            "late": self.late,
            "examples": self.wrong[:3],
        }

    def _end_silence(self, at: float) -> None:
        if self._owed > 0 and self.since is not None:
            began = max(self._silent_since, self.since)
            self._longest = max(self._longest, at - began)


def hundredth(ordered: Sequence[float], which: int) -> float:
    """The smallest value that so many of a hundred do not exceed (nearest rank)."""
    return ordered[max(0, math.ceil(len(ordered) * which / 100) - 1)]
