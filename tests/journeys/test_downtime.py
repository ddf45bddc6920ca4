"""The program is killed, time passes, and it is started again: what fell due meanwhile stands in
the group exactly once, or its author reads that it was not sent. The same where the author was
dismissed meanwhile: then nothing is posted, and the ward hears why.
"""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from actions.standings import revoke
from cli.demo_ward import BOT_NAME, WARD_CODE
from domain.roles import Role
from domain.wall_clock import wall_of
from storage import announcements, posts, wards
from storage.addresses import find_address
from storage.engine import writer_engine
from tests.journeys.hurried import Hurried
from tests.journeys.morning import until_morning
from tests.journeys.town import Town, present
from tests.messenger import PATIENCE, newest, words

WORDS = "Mời bà con dọn ngõ (bịa)"
# What is typed, in full: daily, so that a week has seven of them.
DAILY = "hàng ngày {}"
DOWN = {"an hour": timedelta(hours=1), "a day": timedelta(days=1), "a week": timedelta(days=7)}


class Quarter:
    """A quarter whose program a test runs, kills and finds again later; its clock is `at()`."""

    def __init__(self, town: Town, folder: Path) -> None:
        self.town = town
        self.program = Hurried(town, folder)
        self._ahead = timedelta()
        self.later(until_morning())

    def later(self, span: timedelta) -> None:
        """For the program, so much time passed."""
        self._ahead += span
        self.program.move(seconds=span.total_seconds())

    def at(self) -> datetime:
        """What its clock shows."""
        return present() + self._ahead

    async def posted(self) -> list[str]:
        """What stands in the group of these words."""
        history = await self.town.resident.history(self.town.chat("neighbourhood"))
        return [words(message) for message in history if WORDS in words(message)]

    async def plans(self, when: str) -> None:
        """The leader announces it."""
        leader = self.town.leader
        await leader.says(f"/thongbao {WORDS}")
        await leader.sees("Đăng lúc nào")
        await leader.says(when)
        await leader.sees("Những lần sắp tới")
        await leader.says("gui")
        await leader.sees("Đã lên lịch")
        await self.town.quiet()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """The program, from its first answer on: a start may take longer than people wait."""
        async with self.program.running():
            await self.town.resident.starts()
            async with asyncio.timeout(6 * PATIENCE):
                while not await self._answered():
                    pass
            yield

    async def _answered(self) -> bool:
        """Looks, and waits a little for what is not there yet."""
        shown = await self.town.resident.history()
        if shown[-1]["from"]["is_bot"]:
            return True
        query = {"as": self.town.resident.id, "after": newest(shown[-1]), "wait": PATIENCE}
        await self.town.api.get(f"chats/{self.town.resident.bot}/messages", **query)
        return False


@pytest.fixture
async def quarter(town: Town, tmp_path: Path) -> Quarter:
    """The neighbourhood's hours are no matter here: its group may hear it at any."""
    with writer_engine(town.engine).begin() as db:
        for each in wards.list_neighbourhoods(db, (WARD_CODE,)):
            posts.set_rhythm(db, each.id, quiet=[])
    return Quarter(town, tmp_path)


async def lost(quarter: Quarter) -> list[str]:
    """Every time of which the leader read that it was not sent, the ones counted as "?"."""
    history = await quarter.town.leader.history()
    told = [words(message) for message in history if "không gửi" in words(message)]
    found = []
    for each in told:
        found += re.findall(r"\d\d:\d\d [^\n]*?\d\d/\d\d/\d{4}", each)
        more = re.search(r"và (\d+) lần nữa", each)
        found += ["?"] * int(more[1]) if more else []
    return found


@pytest.mark.parametrize("down", DOWN)
async def test_killed_and_started_again(quarter: Quarter, down: str) -> None:
    """It dies ten minutes before one is due."""
    town, span = quarter.town, DOWN[down]
    first = wall_of(quarter.at()) + timedelta(hours=2)
    async with quarter.running():
        await town.start("leader", "resident")
        await quarter.plans(DAILY.format(f"{first:%H:%M}"))
        quarter.later(timedelta(hours=2))
        await town.resident.sees(WORDS, chat=town.chat("neighbourhood"))
        await town.quiet()
        quarter.later(timedelta(hours=23, minutes=50))
    # After an hour one is late, but not too late; in a day one is missed, in a week seven are.
    quarter.later(span)
    missed = 0 if down == "an hour" else span.days
    async with quarter.running():
        if missed:
            await town.leader.sees("không gửi")
        else:
            await town.resident.sees(WORDS, chat=town.chat("neighbourhood"))
        await town.quiet()
        assert len(await lost(quarter)) == missed
        came = len(await quarter.posted())
        assert came == (1 if missed else 2)
    # Killed once more and started again: the next one comes, and nothing was said again.
    async with quarter.running():
        quarter.later(timedelta(minutes=25) if missed else timedelta(hours=23, minutes=55))
        await town.resident.sees(WORDS, chat=town.chat("neighbourhood"))
        await town.quiet()
        assert len(await quarter.posted()) == came + 1
        assert len(await lost(quarter)) == missed


async def test_a_leader_dismissed_meanwhile(quarter: Quarter) -> None:
    town = quarter.town
    at = wall_of(quarter.at()) + timedelta(hours=2)
    async with quarter.running():
        await town.start("leader", "resident", "chief")
        await quarter.plans(DAILY.format(f"{at:%H:%M}"))
    with writer_engine(town.engine).begin() as db:
        home = find_address(db, BOT_NAME, str(town.stage.cast["leader"]))
        assert home is not None
        revoke(db, home.person_id or 0, Role.LEADER, WARD_CODE, quarter.at())
    quarter.later(timedelta(hours=2, minutes=1))
    async with quarter.running():
        told = await town.chief.sees("không gửi", "Vũ Thị Lan")
        assert "không còn vai trò" in words(told)
        await town.leader.sees("vai trò đã thay đổi")
        await town.quiet()
        assert await quarter.posted() == []
    with town.engine.connect() as db:
        assert announcements.list_coming(db, 1) == []
