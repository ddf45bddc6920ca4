"""Once in real time: nobody takes an urgent report, and its sender hears so after a minute."""

import asyncio
from datetime import timedelta

import pytest

from domain.urgency import Urgency
from domain.waiting import STEPS
from tests.journeys.process import bot_process
from tests.journeys.town import Town
from tests.messenger import PATIENCE, Message, words

FIRST_STEP = STEPS[Urgency.P2][0]
# Two looks of the tick, and what delivery takes on a busy machine.
MAY_TAKE = timedelta(seconds=10)


async def hears(town: Town, fragment: str, within: float) -> Message:
    """The resident's message with these words, waited for as long as that (seconds)."""
    resident, after = town.resident, 0
    async with asyncio.timeout(within):
        while True:
            query = {"as": resident.id, "after": after, "wait": PATIENCE}
            path = f"chats/{resident.bot}/messages"
            for message in (await town.api.get(path, **query))["messages"]:
                after = message["seq"]
                if fragment in words(message):
                    return dict(message)


@pytest.mark.real_time
async def test_who_waits_in_vain_hears_so_within_seventy_seconds(town: Town) -> None:
    resident, officer = town.resident, town.officer
    async with bot_process(town):
        await town.start("resident")
        for said, seen in (
            ("/baotin", "Có chuyện gì"),
            ("Có người bán ma túy ở đầu ngõ", "việc gì"),
            ("ma túy", "Ở đâu"),
            ("Ngõ 3, nhà số 8", "biết tên"),
            ("không nêu tên", "Xem lại"),
        ):
            await resident.says(said)
            await resident.sees(seen)
        clock = asyncio.get_running_loop().time
        await resident.says("gửi tin")
        sent_at = clock()
        await officer.sees("CHƯA AI NHẬN", chat=town.chat("police"))
        latest = (FIRST_STEP + MAY_TAKE).total_seconds()
        heard = await hears(town, "chưa có cán bộ nhận tin", latest)
        after = clock() - sent_at
    assert FIRST_STEP.total_seconds() - 1 <= after <= latest
    assert "113" in words(heard).split("\n")[0]
