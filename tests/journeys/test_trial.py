"""A ward that has not named who answers for the bot: nobody can take it for the police."""

from pathlib import Path

import pytest

from tests.house import TRIAL
from tests.journeys.town import Town, open_town
from tests.messenger import words

LINE = TRIAL["vi"]


@pytest.mark.parametrize("trial", [True, False])
async def test_greeting_receipt_and_group_say_it_only_in_a_trial(
    tmp_path: Path, trial: bool
) -> None:
    async with open_town(tmp_path, trial=trial) as town, town.bot():
        greeting = await _first(town)
        receipt = await _receipt(town)
        await town.leader.says("/start", chat=town.chat("neighbourhood"))
        group = await town.leader.sees("113", chat=town.chat("neighbourhood"))
        for message in (greeting, receipt, group):
            assert (LINE in words(message)) is trial, words(message)
        assert ("trực ban Công an" in words(receipt)) is not trial
        shown = "\n".join(words(message) for message in await town.resident.history())
        assert ("CHẠY THỬ" in shown) is trial
        assert ("Công an phường Hạ Long" in shown) is not trial


async def _first(town: Town) -> dict[str, object]:
    await town.resident.starts()
    return await town.resident.sees("113")


async def _receipt(town: Town) -> dict[str, object]:
    resident = town.resident
    for said, seen in (
        ("/baotin", "Có chuyện gì"),
        ("mất trộm con gà ở chuồng sau nhà", "việc gì"),
        ("trộm cắp", "Ở đâu"),
        ("ngõ 3, nhà số 8", "biết tên"),
        ("không nêu tên", "Xem lại"),
    ):
        await resident.says(said)
        await resident.sees(seen)
    await resident.says("gửi tin")
    return await resident.sees("Đã ghi tin", "CHƯA có")
