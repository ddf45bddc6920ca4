"""The looks at what is due go on where somebody sets the clock back: the bot's fault script found
that they stopped for as long as the clock had been ahead.
"""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime

import pytest
import time_machine
from sqlalchemy.engine import Connection, Engine

from scheduler import ticks
from storage.writer import Writer
from tests.conftest import START

LONGEST = 10.0


def nothing_is_due(_db: Connection, _now: datetime) -> None:
    """A look that is done every second."""


async def test_the_looks_go_on_when_the_clock_is_set_back(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ticks, "TICKS", {nothing_is_due: 1})
    monkeypatch.setattr(ticks, "SPREAD_SECONDS", 0)
    monkeypatch.setattr(ticks, "CLOCK_SECONDS", 0.1)
    looked = asyncio.Event()
    with Writer(engine) as writer, time_machine.travel(START, tick=True) as clock:
        keeping = asyncio.create_task(
            ticks.keep_ticking(writer, lambda: datetime.now(UTC), lambda *_: looked.set())
        )
        try:
            for hours in (0, -2, 1, -1):
                clock.shift(3600 * hours)
                looked.clear()
                async with asyncio.timeout(LONGEST):
                    await looked.wait()
        finally:
            keeping.cancel()
            with suppress(asyncio.CancelledError):
                await keeping
