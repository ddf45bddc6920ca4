"""One of the processes that serve the same bots: which of how many, and what follows from it."""

import asyncio
import os
import socket
import sys
from _thread import start_new_thread
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Worker:
    """`number` counts from 1."""

    number: int = 1
    of: int = 1

    @property
    def shares_port(self) -> bool | None:
        """Whether the workers listen on one port together, as far as the system can do that."""
        return True if self.of > 1 and hasattr(socket, "SO_REUSEPORT") else None

    @property
    def listens(self) -> bool:
        """Whether it answers webhooks: all do, or the first one alone."""
        return self.number == 1 or self.shares_port is True

    def port(self, first: int | None) -> int | None:
        """The port of its own where the first worker has this one; 0 is any."""
        return first + self.number - 1 if first else first


ALONE: Final = Worker()


def when_left(call: Callable[[], object]) -> None:
    """Call this, in the running loop, as soon as our standard input ends: whoever started us
    holds its other end, so that we end with them, however they end."""
    loop = asyncio.get_running_loop()

    def wait() -> None:
        # Not sys.stdin's own buffer, whose lock the interpreter asks for when it ends.
        while os.read(sys.stdin.fileno(), 1):
            pass
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(call)

    # Nobody waits for it at the end: it reads until somebody else ends.
    start_new_thread(wait, ())
