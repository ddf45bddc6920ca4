"""A leader's announcements, lived through: written, seen exactly as they will be, scheduled,
changed, left out once; and one to several neighbourhoods that a second person agrees to.

It is always nine in the morning here, outside quiet hours and the days of Tết.
"""

import re
from collections.abc import AsyncIterator

import pytest

from tests.journeys.morning import morning_clock as morning_clock
from tests.journeys.town import Town
from tests.messenger import words


@pytest.fixture
async def morning(town: Town) -> AsyncIterator[Town]:
    """The bot runs, and the leaders and the police have opened their private chats."""
    async with town.bot(morning_clock()):
        await town.start("leader", "officer", "officer2", "resident")
        yield town


async def test_with_buttons(morning: Town, photo: bytes) -> None:
    town, khu = morning, morning.chat("neighbourhood")
    leader, resident = town.leader, town.resident
    await leader.says("/thongbao")
    await leader.sees("Thông báo gì tới bà con")
    await leader.shows(photo, "Kính mời bà con họp khu ở nhà văn hóa")
    await leader.sees("Đăng lúc nào")
    await leader.taps("Ngay bây giờ")
    preview = await leader.sees("Kính mời bà con họp khu", "Trưởng")
    await leader.sees("Bài sẽ hiện đúng như trên", "Chưa gửi đi")
    await resident.sees_nothing_of("Kính mời", chat=khu)
    await leader.taps("Đăng")
    posted = await resident.sees("Kính mời bà con họp khu", chat=khu)
    assert words(posted) == words(preview)
    await resident.receives("photo", chat=khu)
    await leader.sees("Đang đăng tới Khu 1")

    await leader.says("/thongbao Nhắc bà con đổ rác đúng giờ")
    await leader.sees("Đăng lúc nào")
    await leader.says("hàng ngày 17h")
    review = words(await leader.sees("17:00 hằng ngày", "Những lần sắp tới"))
    dates = re.findall(r"– 17:00 .* (\d\d/\d\d/\d{4})", review)
    assert len(dates) == 5
    await leader.taps("Đăng")
    await leader.sees("Đã lên lịch")
    await leader.taps("Xem lịch")
    await leader.sees("7 lần cả tuần")
    await leader.taps("1. Nhắc bà con")
    await leader.sees("Nhắc bà con đổ rác đúng giờ", "Khu 1")
    await leader.taps("Bỏ một lần")
    await leader.sees("Đã bỏ lần 17:00", dates[0])
    await leader.taps("Tạm dừng")
    await leader.sees("Đã tạm dừng")


async def test_with_text_alone_and_without_accents(morning: Town) -> None:
    town, khu = morning, morning.chat("neighbourhood")
    leader, resident = town.leader, town.resident
    for typed, seen in (
        ("thong bao", "Thông báo gì tới bà con"),
        ("Moi ba con hop khu o nha van hoa", "Đăng lúc nào"),
        ("19h ram thang gieng", "rằm tháng Giêng"),
        ("gui", "Đã lên lịch: 19:00"),
        ("lich", "Moi ba con hop khu"),
        ("1", "Ai đã sửa gì"),
        ("sua", "Sửa dòng nào"),
        ("noi dung", "Thông báo gì tới bà con"),
        ("Moi ba con hop khu o dinh lang", "Bài sau khi sửa"),
        ("sua gio", "Đăng lúc nào"),
        ("thu 2 hang tuan 7h sang", "07:00 thứ Hai hằng tuần"),
        ("gui", "Đã sửa bài"),
        ("lich", "Moi ba con hop khu o dinh lang"),
        ("1", "Vũ Thị Lan: sửa bài"),
        ("bo mot lan", "Đã bỏ lần 07:00 thứ Hai"),
        ("lich", "hop khu"),
        ("1", "bỏ một lần"),
        ("dung han", "Dừng hẳn bài này ạ"),
        ("1", "Đã dừng hẳn"),
    ):
        await leader.says(typed)
        await leader.sees(seen)
        await town.quiet()
    await resident.sees_nothing_of("hop khu", chat=khu)


async def test_a_second_person_agrees_to_several_neighbourhoods(morning: Town) -> None:
    town = morning
    officer, second = town.officer, town.officer2
    await officer.says("/thongbao Công an phường nhắc bà con khóa xe cẩn thận")
    await officer.sees("Gửi tới khu nào")
    await officer.says("khu 1, khu 2")
    await officer.sees("Đăng lúc nào")
    await officer.says("ngay bay gio")
    await officer.sees("Khu 1, Khu 2", "cần thêm một người đồng ý")
    await officer.says("gui")
    await officer.sees("Đang chờ một người nữa đồng ý")
    await second.sees("nhắc bà con khóa xe cẩn thận")
    await second.sees("Trần Minh Đức")
    await second.says("dong y")
    await second.sees("Đã ghi đồng ý", "rút lại được đến")
    await officer.sees("đồng ý")
    await officer.taps("Rút lại")
    await officer.sees("Đã rút lại")
    for name in ("neighbourhood", "neighbourhood2"):
        watcher = town.leader if name == "neighbourhood" else town.leader2
        await watcher.sees_nothing_of("khóa xe", chat=town.chat(name))


async def test_a_resident_is_told_who_may(morning: Town) -> None:
    await morning.resident.says("thông báo")
    await morning.resident.sees("việc của trưởng khu")
