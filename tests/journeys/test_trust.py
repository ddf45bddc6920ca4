"""The officer's side of trust, lived through: what came by another way becomes a card, and an
identity is opened by two, seen by one, and told to the reporter.
"""

import re

from tests.journeys.town import Town
from tests.messenger import words


async def test_a_message_from_another_group_becomes_a_card(living_town: Town) -> None:
    town, police = living_town, living_town.chat("police")
    await town.start("officer")
    officer = town.officer
    await officer.says("Mất trộm xe máy ở cổng trường", forwarded_from="Người Viết Bịa")
    await officer.sees("việc gì")
    await officer.taps("Trộm cắp")
    await officer.sees("Ở khu phố hay thôn nào")
    await officer.says("Khu 1")
    await officer.sees("ở đâu")
    await officer.says("cổng trường")
    await officer.sees("Xem lại", "Nhóm khác")
    await officer.taps("Ghi tin")
    await officer.sees("Đã ghi tin")
    card = await town.officer2.sees("tin nhắn hoặc nhóm khác, đ/c Đức ghi", chat=police)
    assert "Người Viết Bịa" not in words(card)


async def test_a_call_is_a_card_at_once_in_the_duty_chat(living_town: Town) -> None:
    officer, police = living_town.officer, living_town.chat("police")
    await officer.says("/ghitin Có đánh nhau ở chợ, bà Bịa gọi", chat=police)
    await officer.sees("KHẨN CẤP", "gọi điện, đ/c Đức ghi", chat=police)
    await officer.taps("Tôi nhận", chat=police)
    await officer.sees("Đ/c Đức đã nhận", chat=police)


async def test_two_open_an_identity_and_one_sees_it(living_town: Town) -> None:
    town, police = living_town, living_town.chat("police")
    resident, officer, chief = town.resident, town.officer, town.chief
    await town.start("officer", "chief", "administrator")
    for typed in ("Mất trộm xe máy", "trộm cắp", "cổng trường", "không nêu tên", "gửi"):
        await resident.says(typed)
        await town.quiet()
    filed = await resident.sees("Đã ghi tin")
    found = re.search(r"\d{4} \d{4}", words(filed))
    assert found is not None
    code = found[0]
    await officer.says(f"mở danh tính {code} cần gặp người báo để lấy lời khai")
    await officer.sees("hết hạn sau 24 giờ")
    await chief.sees("lấy lời khai", code)
    await chief.taps("1. Đồng ý")
    shown = await officer.sees("Nguyễn Thị Hoa")
    assert str(resident.id) in words(shown)
    told = await resident.sees("trưởng công an", "việc điều tra theo luật")
    assert "Huy" not in words(told)
    await town.administrator.sees(code, "đ/c Đức xin, đ/c Huy đồng ý")
    await chief.sees_nothing_of("Nguyễn Thị Hoa", str(resident.id))
    await officer.sees_nothing_of("Nguyễn Thị Hoa", str(resident.id), chat=police)
    await chief.says(f"/nhatky {code}")
    await chief.sees("Trần Minh Đức: xin xem danh tính", "Đỗ Quang Huy: đồng ý")
