"""A self-test that gets through: the real way, timed, told to nobody, and without a trace."""

import asyncio
from dataclasses import replace
from datetime import datetime

import pytest

from cli.self_test_note import read_note, write_note
from domain.self_test import DESK_CHAT, REPORTER_CHAT, Run
from storage.writer import Writer
from tests.self_test.conftest import House
from tests.self_test.messengers import Telling


async def test_it_gets_through_and_leaves_no_row(house: House) -> None:
    before = house.stand()
    run = await house.self_test().run()
    assert run.fault == ""
    assert run.seconds is not None
    assert 0 < run.seconds < 60
    assert house.stand() == before
    assert house.told() == []


async def test_it_takes_the_whole_way(house: House) -> None:
    channel = house.messenger(Telling)
    await house.self_test(loopback=lambda: channel).run()
    reporter = [words for chat, words, _ in channel.sent if chat == REPORTER_CHAT]
    desk = [(words, is_edit) for chat, words, is_edit in channel.sent if chat == DESK_CHAT]
    for words in ("Có chuyện gì", "việc gì", "Ở đâu", "biết tên", "Xem lại", "Đã ghi tin"):
        assert any(words in said for said in reporter), words
    (card, *_), *changed = desk
    assert "CHƯA AI NHẬN" in card
    assert any("đã nhận" in words for words, is_edit in changed if is_edit)
    assert any("đã nhận tin" in words for words in reporter)
    assert {chat for chat, _, _ in channel.sent} == {REPORTER_CHAT, DESK_CHAT}


async def test_the_figures_and_the_note(house: House) -> None:
    assert "tuquan_self_test" not in house.page()
    run = await house.self_test().run()
    assert f"tuquan_self_test_seconds {run.seconds}" in house.page()
    (at,) = (x for x in house.page().split("\n") if x.startswith("tuquan_self_test_timestamp"))
    assert float(at.split()[-1]) == house.clock().timestamp()
    assert read_note(house.folder) == run
    # What it did is counted nowhere.
    assert "tuquan_handler_seconds_count 0.0" in house.page()
    assert "tuquan_sends_total{" not in house.page()


async def test_the_process_that_makes_them_shows_the_last_one_from_its_start(
    house: House,
) -> None:
    write_note(house.folder, Run(house.clock(), 0.25))
    keeping = asyncio.create_task(house.self_test().keep())
    await asyncio.sleep(0)
    assert "tuquan_self_test_seconds 0.25" in house.page()
    keeping.cancel()
    await asyncio.gather(keeping, return_exceptions=True)
    assert "tuquan_self_test" not in house.page()


async def test_once_a_day_however_often_the_program_starts(house: House) -> None:
    begun: list[datetime] = []

    async def runs(*, started: bool) -> bool:
        """Whether it runs now, in a program that has just looked up its note."""
        await house.self_test().look(started=started)
        note = read_note(house.folder)
        assert note is not None
        begun.append(note.at)
        return begun[-1] != begun[-2] if begun[1:] else True

    assert await runs(started=True)
    for _ in range(5):
        house.clock.move(minutes=11)
        assert not await runs(started=True)
    house.clock.move(minutes=5)
    assert not await runs(started=False)
    assert await runs(started=True)
    house.clock.move(hours=18, minutes=29)  # 04:29
    assert not await runs(started=False)
    house.clock.move(minutes=1)
    assert await runs(started=False)
    assert not await runs(started=False)


async def test_a_note_that_cannot_be_written_is_no_reason_to_run_every_minute(
    house: House,
) -> None:
    house.folder = house.folder / "nowhere"
    bot = house.self_test()
    await bot.look(started=True)
    page = house.page()
    house.clock.move(minutes=1)
    await bot.look(started=False)
    assert house.page() == page


@pytest.mark.parametrize("own_engine", ["postgresql"], indirect=True)
async def test_among_several_processes_it_takes_their_way(house: House) -> None:
    before = house.stand()
    with Writer(house.engine, beside_others=True) as writer:
        house.means = replace(house.means, writer=writer, workers=2)
        async with asyncio.timeout(30):
            run = await house.self_test().run()
    assert run.fault == ""
    assert house.stand() == before
