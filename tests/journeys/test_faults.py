"""The same journey while the world misbehaves: nothing lost, nothing doubled, no trap."""

from collections.abc import Awaitable, Callable

from sqlalchemy import func, select

from storage.rows import table
from storage.tables import Incident, IncidentEvent, Outbox
from tests.journeys.process import BotProcess, bot_process
from tests.journeys.town import Town
from tests.messenger import words

Step = tuple[Callable[[], Awaitable[object]], Callable[[], Awaitable[object]]]


def journey(town: Town) -> list[Step]:
    """The whole of it, each step as what is done and what is then seen."""
    resident, officer, police = town.resident, town.officer, town.chat("police")

    async def replies(said: str, below: str) -> None:
        """To the newest message with these words: after a kill a card may stand there twice."""
        shown = await officer.history(police)
        newest = [m["message_id"] for m in shown if m["from"]["is_bot"] and below in words(m)][-1]
        await officer.says(said, chat=police, reply_to=newest)

    return [
        (lambda: resident.says("/baotin"), lambda: resident.sees("Có chuyện gì")),
        (lambda: resident.says("Mất trộm xe đạp trước cửa"), lambda: resident.sees("việc gì")),
        (lambda: resident.says("trộm cắp"), lambda: resident.sees("Ở đâu")),
        (lambda: resident.says("Ngõ 3, nhà số 8"), lambda: resident.sees("biết tên")),
        (lambda: resident.says("2"), lambda: resident.sees("Xem lại", "Ngõ 3, nhà số 8")),
        (lambda: resident.says("gửi tin"), lambda: resident.sees("Đã gửi tới trực ban")),
        (lambda: replies("1", "CHƯA AI NHẬN"), lambda: officer.sees("đã nhận lúc", chat=police)),
        (
            lambda: replies("hỏi xe màu gì", "đã nhận lúc"),
            lambda: officer.sees("Chưa gửi", chat=police),
        ),
        (lambda: replies("1", "Chưa gửi"), lambda: resident.sees("xe màu gì")),
        (lambda: resident.says("màu xanh"), lambda: officer.sees("màu xanh", chat=police)),
        (
            lambda: replies("4", "đã nhận lúc"),
            lambda: officer.sees("kết quả thế nào", chat=police),
        ),
        (lambda: replies("1", "kết quả thế nào"), lambda: resident.sees("Đã xử lý: cán bộ")),
    ]


async def test_killed_at_every_step_and_started_again(town: Town) -> None:
    async with bot_process(town) as process:
        await town.start("resident")
        for act, see in journey(town):
            await act()
            await process.restart()
            await see()
            await town.quiet()
    check_one_incident(town)


async def test_killed_before_every_step_so_that_it_finds_what_came_meanwhile(town: Town) -> None:
    process = BotProcess(town)
    try:
        await process.start()
        await town.start("resident")
        for act, see in journey(town):
            await process.kill()
            await act()
            await process.start()
            await see()
            await town.quiet()
    finally:
        await process.kill()
    check_one_incident(town)


async def test_with_every_update_delivered_twice(town: Town) -> None:
    await town.api.post("faults", kind="duplicate_update", times=10_000)
    async with town.bot():
        await town.start("resident")
        for act, see in journey(town):
            await act()
            await see()
            await town.quiet()
    check_one_incident(town)
    said = [words(m) for m in await town.resident.history() if m["from"]["is_bot"]]
    assert len(said) == len(set(said)), "no answer came twice"


async def test_with_a_messenger_that_fails_every_third_call(town: Town) -> None:
    for kind in ("http_500", "http_502_html", "drop_before"):
        await town.api.post("faults", kind=kind, probability=0.1)
    async with town.bot():
        await town.start("resident")
        for act, see in journey(town):
            await act()
            await see()
            await town.quiet()
    check_one_incident(town)


def check_one_incident(town: Town) -> None:
    """One report was filed, taken once and closed once, and nothing that is owed is lost."""
    with town.engine.connect() as db:
        incidents = db.execute(select(table(Incident).c.state)).scalars().all()
        events = table(IncidentEvent).c.what
        taken = select(func.count()).where(events.in_(["taken", "closed"]))
        lost = select(func.count()).where(table(Outbox).c.state == "dead")
        assert incidents == ["closed"]
        assert db.execute(taken).scalar_one() == 2
        assert db.execute(lost).scalar_one() == 0
