"""Posts that come into private chats: an announcement that asks “Đã nắm được”, confirmed by button
and by words, with who has not for the leader alone; and a hazard that reaches who asked for it.

It is always nine in the morning here (see test_announcing.py).
"""

from collections.abc import AsyncIterator

import pytest

from tests.journeys.test_announcing import morning_clock
from tests.journeys.town import Town

ENROLS = ("đăng ký", "khu 1", "giữ giúp", "số {house}", "không giữ", "lưu")


@pytest.fixture
async def morning(town: Town) -> AsyncIterator[Town]:
    """The bot runs; two homes of Khu 1 enrolled, and agreed to both."""
    async with town.bot(morning_clock()):
        await town.start("leader", "resident", "neighbour")
        for name, house in (("resident", "12"), ("neighbour", "7")):
            await _enrols(town, name, house)
        yield town


async def _enrols(town: Town, name: str, house: str) -> None:
    persona = getattr(town, name)
    for typed in ENROLS:
        await persona.says(typed.format(house=house))
        await town.quiet()
    await persona.sees("tin khẩn (bão, cháy")
    await persona.taps("Gửi riêng tin khẩn")
    await persona.sees("trưởng khu và người đăng bài thấy tên")
    await persona.says("1")
    await persona.sees("sẽ gửi riêng vào đây")


async def test_two_homes_are_asked_and_the_leader_sees_who_has_not(morning: Town) -> None:
    town, khu = morning, morning.chat("neighbourhood")
    leader, one, two = town.leader, town.resident, town.neighbour
    for typed, seen in (
        ("/thongbao Mai cắt nước từ 8 giờ, bà con trữ nước", "Đăng lúc nào"),
        ("ngay bay gio", "Bài sẽ hiện đúng như trên"),
    ):
        await leader.says(typed)
        await leader.sees(seen)
    await leader.says("sửa đã nắm được")
    await leader.sees("Đã nắm được")
    await leader.says("có hỏi")
    await leader.sees("Bài sẽ hiện đúng như trên")
    await leader.says("gui")
    await one.sees("Mai cắt nước", "Gửi riêng vì", "thôi nhận tin")
    await two.sees("Mai cắt nước")
    await one.sees("Mai cắt nước", chat=khu)
    await one.taps("Đã nắm được")
    await town.quiet()
    await leader.says("ai chưa nắm")
    await leader.sees("1/2 nhà", "số 7")
    await two.says("da nam")
    await two.sees("Đã ghi là nhà mình nắm được")
    await leader.says("ai chua nam")
    await leader.sees("2/2 nhà", "Không còn nhà nào")
    for never in ("Gửi riêng vì", "số 7", "2/2 nhà"):
        await one.sees_nothing_of(never, chat=khu)


async def test_a_hazard_reaches_the_private_chat_and_can_be_stopped(morning: Town) -> None:
    town = morning
    leader, one, two = town.leader, town.resident, town.neighbour
    await two.says("thoi nhan tin")
    await two.sees("Đã thôi")
    await leader.says("/thongbao")
    await leader.sees("Thông báo gì tới bà con")
    await leader.taps("Cắt điện")
    await leader.sees("điện ở đâu")
    for typed in ("ngõ 5 Khu 1", "7h", "9h sáng mai", "sửa trạm", "ngay bây giờ", "gửi"):
        await leader.says(typed)
        await town.quiet()
    await one.sees("ngõ 5 Khu 1 mất điện", "tin khẩn của Khu 1", "gõ: thôi nhận tin")
    await two.sees("ngõ 5 Khu 1 mất điện", chat=town.chat("neighbourhood"))
    await two.sees_nothing_of("mất điện")
    await one.says("thôi nhận tin")
    await one.sees("Đã thôi")
    await one.says("nhận tin")
    await one.sees("không nhận")
