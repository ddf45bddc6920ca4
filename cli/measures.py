"""What this process counts about itself, for Prometheus. Labels are words of our code alone (a
lane, an outcome, a job): never anybody's words, a name, a chat, or a token.

https://prometheus.io/docs/practices/naming/
"""

import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final, TypeVar

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from domain.notices import Lane
from domain.self_test import Run
from storage.queues import Queue

Given = TypeVar("Given")

_BUCKETS: Final = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0)


class Measures:
    """One for a process; its registry is its own, so that several may live in one test."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self.registry = registry = CollectorRegistry()
        self._sends = Counter(
            "tuquan_sends",
            "Tries to send, edit or delete, by what the messenger said; throttled is 429.",
            ("outcome",),
            registry=registry,
        )
        self._retries = Counter(
            "tuquan_retries", "Tries that failed and will be repeated.", registry=registry
        )
        self._handlers = Histogram(
            "tuquan_handler_seconds",
            "What one update costs in the writer.",
            buckets=_BUCKETS,
            registry=registry,
        )
        self._ticked = self._gauge(
            "tuquan_tick_last_success_timestamp_seconds", "Of a job.", "job"
        )
        self._rows = self._gauge("tuquan_queue_rows", "Messages that are due now.", "lane")
        self._ages = self._gauge("tuquan_queue_oldest_seconds", "Since when at most.", "lane")
        self._dead = self._gauge("tuquan_dead_letters", "Messages that were given up.")
        self._parked = self._gauge("tuquan_parked_updates", "Updates that were put aside.")
        self._backup = self._gauge("tuquan_backup_age_seconds", "Of the newest; NaN without any.")
        # Shown by the process that makes the tests, once there was one.
        self._tested = Gauge(
            "tuquan_self_test_timestamp_seconds", "When the last began.", registry=None
        )
        self._tested_for = Gauge(
            "tuquan_self_test_seconds", "How long the last took; NaN: it failed.", registry=None
        )
        self._shows_tests = False
        self._polls = self._gauge("tuquan_poll_age_seconds", "Of the bot heard from longest ago.")
        self._polled: dict[str, float] = {}

    def _gauge(self, name: str, words: str, *labels: str) -> Gauge:
        return Gauge(name, words, labels, registry=self.registry)

    def sent(self, outcome: str, *, again: bool = False) -> None:
        """One try; `again` where it will be repeated."""
        self._sends.labels(outcome).inc()
        if again:
            self._retries.inc()

    def timed(self, handle: Callable[[Given], None]) -> Callable[[Given], None]:
        """The same function, whose time is taken; it may fail."""

        def measured(given: Given) -> None:
            with self._handlers.time():
                handle(given)

        return measured

    def ticked(self, job: str, now: datetime) -> None:
        """A tick did its work."""
        self._ticked.labels(job).set(now.timestamp())

    def self_tested(self, run: Run | None) -> None:
        """The last self-test; None where this process makes them no more."""
        if (run is not None) != self._shows_tests:
            self._shows_tests = run is not None
            move = self.registry.register if self._shows_tests else self.registry.unregister
            move(self._tested)
            move(self._tested_for)
        if run is not None:
            self._tested.set(run.at.timestamp())
            self._tested_for.set(float("nan") if run.seconds is None else run.seconds)

    def polls(self, bot: str) -> None:
        """This bot asks for updates from now on, or goes on asking."""
        self._polled.setdefault(bot, self._monotonic())

    def polls_no_more(self, bot: str) -> None:
        """Another process asks for this bot's updates from now on."""
        self._polled.pop(bot, None)

    def polled(self, bot: str) -> None:
        """The messenger answered it."""
        self._polled[bot] = self._monotonic()

    def poll_age(self) -> float:
        """Seconds since the messenger answered the bot that it left alone longest; 0 where
        none asks."""
        return max((self._monotonic() - at for at in self._polled.values()), default=0.0)

    def page(
        self,
        queues: Mapping[Lane, Queue],
        dead: int,
        parked: int,
        backup_age: float | None,
        now: datetime,
    ) -> bytes:
        """Everything in Prometheus' text format."""
        for lane, queue in queues.items():
            name = lane.name.lower()
            self._rows.labels(name).set(queue.rows)
            self._ages.labels(name).set(age(queue, now))
        self._dead.set(dead)
        self._parked.set(parked)
        self._backup.set(float("nan") if backup_age is None else backup_age)
        self._polls.set(self.poll_age())
        return generate_latest(self.registry)


def age(queue: Queue, now: datetime) -> float:
    """Seconds that the oldest of a queue has been due; 0 without any."""
    return max(0.0, (now - queue.oldest_at).total_seconds()) if queue.oldest_at else 0.0
