"""Whoever looks on: reads the messenger's record and the database while the script plays, notes
what was in flight at each kill, and in the end waits until nothing is owed any more.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, Final

from sqlalchemy import TextClause, text
from sqlalchemy.exc import SQLAlchemyError

from cli.demo_ward import BOT_NAME
from tests.faults.record import (
    Kill,
    Place,
    Record,
    read_calls,
    read_database,
    read_handed,
    read_places,
)
from tests.faults.scene import Scene, webhook_info

DRAINED_SECONDS: Final = 120.0  # the longest that the last notice may take
LOOKS: Final = 3  # in a row at which nothing is owed
BETWEEN_LOOKS: Final = 0.5  # seconds
AGAIN: Final = 0.2  # seconds
_HELD: Final = "not_before >= '9000-01-01'"  # a post that waits for the end of quiet hours
_DUE: Final = f"SELECT count(*) FROM outbox WHERE state = 'due' AND bot = '{BOT_NAME}'"
DUE: Final = text(f"{_DUE} AND (not_before IS NULL OR NOT {_HELD})")
SPREADING: Final = text("SELECT count(*) FROM occurrence WHERE state IN ('due', 'sending')")
HELD: Final = text(f"{_DUE} AND {_HELD}")


async def pause(seconds: float, over: asyncio.Event | None = None) -> None:
    """So long, or until this is over."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await (over or asyncio.Event()).wait()


class Witness:
    """Of one run."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._calls: list[dict[str, Any]] = []
        self._kills: list[Kill] = []

    async def polls(self) -> int:
        """How often the bot asked for updates."""
        state, bot = await self._scene.town.api.get("state"), self._scene.town.stage.bot
        return int(next(each["polls"] for each in state["bots"] if each["id"] == bot))

    async def killed(self, step: int, who: str) -> None:
        """Note what the messenger took of late and the database does not know of."""
        at = time.time()
        self._kills.append(Kill(step, who, at, await self._in_flight()))

    def struck(self) -> Counter[str]:
        """How many calls each fault of the messenger struck."""
        return Counter(call["fault"] for call in self._calls if call.get("fault"))

    async def _in_flight(self) -> frozenset[Place]:
        """What the messenger took of late and the database does not know of."""
        await self._read_calls()
        sent = [each for each in read_calls(self._calls) if not each.is_edit]
        # Where the line was cut afterwards nobody knows in any case.
        taken = {each.place for each in sent if each.fault != "drop_after"}
        earlier = frozenset[Place]().union(*(kill.in_flight for kill in self._kills))
        return frozenset(taken - earlier - await self._ask(read_places))

    async def until_drained(self, *owed: TextClause) -> str:
        """What is still owed after the longest that this may take; "" where nothing is."""
        left = ""
        with suppress(TimeoutError):
            async with asyncio.timeout(DRAINED_SECONDS):
                while left := await self._left(owed):
                    await self._scene.program.look_after(expected=True)
                    await pause(1.0)
        return left

    async def _left(self, owed: Sequence[TextClause]) -> str:
        """Several looks in a row, since what is sent may make something else owed."""
        for _ in range(LOOKS):
            waiting, counts = await self._waiting(), [await self._count(each) for each in owed]
            if waiting or any(counts):
                return f"{waiting} updates; due, spreading, held: {counts}"
            await pause(BETWEEN_LOOKS)
        return ""

    async def until_nothing_is_due(self) -> None:
        """It may never come to that while something is broken."""
        while await self._count(DUE):
            await pause(AGAIN)

    async def _count(self, owed: TextClause) -> int:
        return int(await self._ask(lambda db: db.execute(owed).scalar_one()))

    async def _waiting(self) -> int:
        """Updates that nobody confirmed yet."""
        return int((await webhook_info(self._scene.town))["pending_update_count"])

    async def record(self) -> Record:
        """All there is for the judge."""
        await self._read_calls()
        scene = self._scene
        record = Record(scene.desk, sent=list(read_calls(self._calls)), kills=self._kills)
        record.handed = read_handed(self._calls)
        record.told = [told for person in scene.residents for told in person.told]
        record.promised = [told for person in scene.leaders for told in person.told]
        record.said = {str(person.id): person.everything_said for person in scene.residents}
        record.waiting = await self._waiting()
        record.cuts = sum(str(c.get("fault")).startswith("drop") for c in self._calls)
        await self._ask(lambda db: read_database(db, record))
        return record

    async def _read_calls(self) -> None:
        after = self._calls[-1]["n"] if self._calls else 0
        self._calls += await self._scene.town.api.sent(after=after)

    async def _ask(self, work: Callable[[Any], Any]) -> Any:
        """Of the database, which may be out of reach for a moment."""
        while True:
            try:
                return await asyncio.to_thread(self._asked, work)
            except SQLAlchemyError:
                await pause(AGAIN)

    def _asked(self, work: Callable[[Any], Any]) -> Any:
        with self._scene.town.engine.connect() as db:
            return work(db)
