"""A landlord asks for the news of landlords, gets a leader's post with the reason, and leaves with
one press; and a leader pastes a post into a group that the bot cannot join. Nine in the morning.
"""

from collections.abc import AsyncIterator

import pytest

from tests.journeys.test_announcing import morning_clock
from tests.journeys.town import Town


@pytest.fixture
async def morning(town: Town) -> AsyncIterator[Town]:
    """The bot runs; the leader and a landlord of Khu 1 have opened their private chats."""
    async with town.bot(morning_clock()):
        await town.start("leader", "resident")
        await enrol(town)
        yield town


async def enrol(town: Town) -> None:
    """The landlord lives in Khu 1, and leaves nothing else."""
    for typed, seen in (
        ("đăng ký", "khu"),
        ("khu 1", "số nhà"),
        ("không giữ", "số"),
        ("không giữ", "đúng chưa"),
        ("gửi", ""),
    ):
        await town.resident.says(typed)
        await town.quiet()
        if seen:
            await town.resident.sees(seen)


async def test_a_landlord_chooses_gets_it_and_leaves(morning: Town) -> None:
    town, khu = morning, morning.chat("neighbourhood")
    leader, landlord = town.leader, town.resident
    await landlord.says("nhóm tin")
    await landlord.sees("gõ: dừng nhận", "1. Chủ trọ")
    await landlord.taps("1. Chủ trọ")
    await landlord.sees("Từ nay ông/bà nhận thêm tin cho nhóm: Chủ trọ")

    await post_to_landlords(town, "Nhắc chủ trọ khai báo tạm trú cho khách thuê")
    await landlord.sees("khai báo tạm trú", "vì đã chọn nhóm: Chủ trọ")
    await landlord.taps("Thôi nhận: Chủ trọ")
    await landlord.sees("Đã dừng tin cho nhóm: Chủ trọ")

    await post_to_landlords(town, "Nhắc kiểm tra bình chữa cháy ở dãy trọ")
    await town.quiet()
    await landlord.sees_nothing_of("bình chữa cháy")
    await leader.sees_nothing_of("khai báo tạm trú", chat=khu)


async def post_to_landlords(town: Town, words: str) -> None:
    """The leader writes it, with text alone, and never learns who gets it."""
    leader = town.leader
    for typed, seen in (
        ("thông báo", "Thông báo gì tới bà con"),
        (words, "Đăng lúc nào"),
        ("ngay bây giờ", "Chưa gửi đi"),
        ("chủ trọ", "ít hơn 5 người"),
        ("gửi", "Chủ trọ (Khu 1)"),
    ):
        await leader.says(typed)
        await leader.sees(seen)
        await town.quiet()
    await leader.sees("ít hơn 5 người, có khi chưa có ai")


async def test_a_group_that_no_bot_can_join(morning: Town) -> None:
    town, leader = morning, morning.leader
    for typed, seen in (
        ("nhóm dán", "Chưa có nhóm nào cần dán tay"),
        ("1", "Nhóm ấy tên gì"),
        ("Zalo Khu 1", "Đã thêm nhóm Zalo Khu 1"),
        ("thông báo", "Thông báo gì tới bà con"),
        ("Mời bà con dọn rác sáng chủ nhật", "Đăng lúc nào"),
        ("ngay bây giờ", "Chưa gửi đi"),
    ):
        await leader.says(typed)
        await leader.sees(seen)
        await town.quiet()
    await leader.taps("Đăng")
    await leader.sees("nhờ sao chép nguyên cả bài", "1. Zalo Khu 1: chưa dán")
    await leader.taps("1. Đã dán: Zalo Khu 1")
    await leader.sees("Các nhóm đã dán đủ")
    await leader.says("1")
    await leader.sees("Bấm nhầm phải không")
    await leader.says("1")
    await leader.sees("Đã bỏ ghi, Zalo Khu 1 chưa dán")
