"""What follows a post, lived through: pinned, corrected in its place and below it; and an
emergency that ran out: asked about after a restart, and all clear.
"""

import asyncio
from datetime import timedelta

from sqlalchemy import text

from actions.announcing import Planned, schedule_announcement
from domain.announcing import Sort
from storage.addresses import find_address, get_person
from storage.engine import writer_engine
from tests.journeys.test_announcing import morning_clock
from tests.journeys.town import Town
from tests.messenger import PATIENCE, words

WRONG = "Họp khu lúc 7 giờ tối (bịa)"
RIGHT = "Họp khu lúc 8 giờ tối (bịa)"


async def promote(town: Town) -> None:
    """The assistant may pin in the group of Khu 1."""
    khu = town.chat("neighbourhood")
    await town.api.post(f"chats/{khu}/members", promote=[town.stage.bot], by=town.leader.id)


async def is_pinned(town: Town, message_id: int) -> None:
    """Wait until the group of Khu 1 is told that this message is pinned."""
    async with asyncio.timeout(2 * PATIENCE):
        while True:
            history = await town.resident.history(town.chat("neighbourhood"))
            pins = [each["pinned_message"] for each in history if "pinned_message" in each]
            if message_id in [each["message_id"] for each in pins]:
                return


async def test_pinned_then_corrected_in_place_and_below(town: Town) -> None:
    leader, resident, khu = town.leader, town.resident, town.chat("neighbourhood")
    clock = morning_clock()
    await promote(town)
    async with town.bot(clock):
        await town.start("leader", "resident")
        await leader.says(f"/thongbao {WRONG}")
        await leader.sees("Đăng lúc nào")
        await leader.says("ngay bây giờ")
        await leader.sees("Chưa gửi đi")
        await leader.says("ghim")
        await leader.sees("Ghim bài trên đầu nhóm")
        await leader.says("ghim 1 ngày")
        await leader.sees("Chưa gửi đi")
        await leader.taps("Đăng")
        posted = await resident.sees(WRONG, chat=khu)
        await is_pinned(town, int(posted["message_id"]))
        await leader.sees("Đang đăng tới Khu 1")
        await town.quiet()
    # People read it for five minutes, and the bot is started anew.
    async with town.bot(lambda: clock() + timedelta(minutes=5)):
        await leader.says("đính chính")
        await leader.sees("Sửa lại bài nào")
        await leader.says("1")
        await leader.sees("Muốn làm gì với bài này")
        await leader.taps("Sửa lời")
        await leader.sees("viết lại cả bài")
        await leader.says(RIGHT)
        preview = await leader.sees("Đính chính", RIGHT)
        await leader.sees("Chưa gửi đi")
        await leader.taps("Đăng đính chính")
        short = await resident.sees("Đính chính", RIGHT, chat=khu)
        assert words(short) == words(preview)
        assert short["reply_to_message"]["message_id"] == posted["message_id"]
        await leader.sees("đã tới 1 nhóm và người")
        await is_pinned(town, int(short["message_id"]))
        copy = next(
            message
            for message in await resident.history(khu)
            if message["message_id"] == posted["message_id"]
        )
        assert "ĐÃ ĐÍNH CHÍNH" in words(copy)
        assert WRONG not in words(copy)
        await town.quiet()


def raise_alarm(town: Town, hours: int) -> None:
    """An emergency of Khu 1 by its leader, for so long from nine o'clock on."""
    with writer_engine(town.engine).begin() as db:
        (bot,) = town.settings.bots
        home = find_address(db, bot.name, str(town.leader.id))
        assert home is not None
        leader = get_person(db, home.person_id or 0)
        now = morning_clock()()
        held = db.execute(
            text("SELECT neighbourhood_id, ward_code FROM membership WHERE person_id = :key"),
            {"key": leader.id},
        ).one()
        planned = Planned(
            "Cháy ở chợ, bà con tránh xa (bịa)",
            held[1],
            (held[0],),
            sort=Sort.EMERGENCY,
            expires_at=now + timedelta(hours=hours),
        )
        schedule_announcement(db, leader, planned, None, bot.name, now, lambda limit: 4711 % limit)


async def test_an_emergency_that_ran_out_gets_its_all_clear(town: Town) -> None:
    leader, resident, khu = town.leader, town.resident, town.chat("neighbourhood")
    clock = morning_clock()
    async with town.bot(clock):
        await town.start("leader", "resident")
        raise_alarm(town, 2)
        await resident.sees("KHẨN CẤP", "Cháy ở chợ", chat=khu)
        await town.quiet()
    async with town.bot(lambda: clock() + timedelta(hours=2, minutes=5)):
        await leader.sees("vừa hết giờ hiệu lực", "Đã an toàn chưa")
        await leader.taps("Báo an toàn")
        await leader.sees("Gợi ý")
        await leader.taps("Dùng lời này")
        await leader.sees("Chưa gửi đi")
        await leader.taps("Đăng tin an toàn")
        await resident.sees("Báo an toàn", "không còn hiệu lực", chat=khu)
        await leader.sees("đã tới 1 nhóm và người")
        await town.quiet()
        shown = [words(message) for message in await resident.history(khu)]
        assert any("ĐÃ AN TOÀN" in each for each in shown)
    async with town.bot(lambda: clock() + timedelta(hours=3)):
        await leader.says("báo an toàn")
        await leader.sees("Không có tin khẩn nào")
        history = [words(message) for message in await leader.history()]
        assert sum("Đã an toàn chưa" in each for each in history) == 0
