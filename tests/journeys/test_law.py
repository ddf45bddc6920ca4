"""A law item from the chief's reading to the group's result, in the whole program: approved by
text alone, posted on Friday with its question, answered without names, its result said a day
later.
"""

from datetime import datetime, timedelta

from actions.law_quiz import close_quizzes
from actions.law_rotation import send_law
from actions.releasing import release_held
from domain.wall_clock import wall_of
from storage.engine import writer_engine
from tests.conftest import Clock
from tests.journeys.town import Town
from tests.messenger import words

FRIDAY = wall_of(datetime.fromisoformat("2026-11-27T17:45:00+07:00"))


def tick(town: Town, clock: Clock) -> None:
    """The scheduler looks now; the program under test does so by itself once a minute."""
    with writer_engine(town.engine).begin() as db:
        for deed in (send_law, release_held, close_quizzes):
            deed(db, clock())


async def test_from_the_chief_to_the_group(town: Town, clock: Clock) -> None:
    group = town.chat("neighbourhood")
    async with town.bot(clock):
        await town.start("chief", "resident")
        await town.resident.says("luật pháo hoa")
        await town.resident.sees("không trả lời bừa")

        await town.chief.says("duyệt luật")
        shown = await town.chief.sees("mục về luật chờ")
        # Whatever comes first is left; the first one with a question is approved.
        while "Câu đố" not in words(shown):
            await town.chief.says("2")
            shown = await town.chief.sees("để sau")
        await town.chief.says("1")
        lines = words(await town.chief.sees("Đã duyệt")).splitlines()
        title = next(line for line in lines if line.startswith("Đã duyệt"))
        title = title.removeprefix("Đã duyệt: ").rstrip(".")
        await town.quiet()

        tick(town, clock)
        clock.at = FRIDAY
        tick(town, clock)
        posted = await town.resident.sees(title, chat=group)
        assert "kiểm tra ngày" in words(posted)
        poll = (await town.resident.receives("poll", chat=group))["poll"]
        assert poll["is_anonymous"]
        await town.resident.votes(0, chat=group)
        await town.neighbour.votes(1, chat=group)
        await town.resident.sees_nothing_of("lượt trả lời", chat=group)
        await town.quiet()

        clock.at = FRIDAY + timedelta(days=1, minutes=1)
        tick(town, clock)
        said = words(await town.resident.sees("Đáp án", chat=group))
        assert "lượt trả lời đúng" not in said, "of two answers it would tell who was wrong"
        assert "Nguyễn Thị Hoa" not in said
        tick(town, clock)
        await town.quiet()
        history = await town.resident.history(group)
        assert len([m for m in history if title in words(m)]) == 2
        assert [m["poll"]["is_closed"] for m in history if "poll" in m] == [True]

        await town.resident.says(f"/luat {title}")
        await town.resident.sees(title, "kiểm tra ngày")
        calls = {call["method"] for call in await town.api.sent(bot=town.stage.bot)}
        assert {"sendPoll", "stopPoll"} <= calls
