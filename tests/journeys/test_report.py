"""The main job: a report reaches the police duty chat, and the answer comes back."""

import asyncio

from tests.journeys.town import Town
from tests.messenger import buttons, words

PLACE = {"latitude": 20.951, "longitude": 107.085}


async def test_with_buttons_a_photo_and_a_pin(living_town: Town, photo: bytes) -> None:
    town, police = living_town, living_town.chat("police")
    resident, officer = town.resident, town.officer

    await resident.taps("Báo tin")
    await resident.sees("Có chuyện gì")
    await resident.shows(photo, "Có người bẻ khóa xe máy")
    await resident.sees("việc gì")
    await resident.taps("Trộm cắp")
    await resident.sees("Ở đâu")
    await resident.says(location=PLACE)
    await resident.sees("biết tên")
    await resident.taps("Không nêu tên")
    await resident.sees("định vị", "cho biết nhà")
    await resident.taps("Vẫn gửi")
    review = await resident.sees("Xem lại")
    assert "bẻ khóa xe máy" in words(review)
    await resident.taps("Gửi tin")
    await resident.sees("Đã ghi tin", "Đã gửi tới trực ban", "CHƯA có cán bộ nhận")

    card = await officer.sees("Trộm cắp", "CHƯA AI NHẬN", chat=police)
    assert words(card).index("Trộm cắp") < 40, "urgency and kind come first"
    assert "bẻ khóa xe máy" in words(card)
    await officer.receives("photo", chat=police)
    assert (await officer.receives("location", chat=police))["location"] == PLACE

    await officer.taps("Tôi nhận", chat=police)
    await officer.sees("Đ/c Đức đã nhận", chat=police)
    await resident.sees("đã nhận tin lúc")
    await officer.taps("Đã xử lý", chat=police)
    await officer.taps("Đã nhắc nhở tại chỗ", chat=police)
    closing = await resident.sees("Đã xử lý")
    assert any("Chưa ổn" in button["text"] for button in buttons(closing))

    await officer.sees_nothing_of("Nguyễn Thị Hoa", str(resident.id), chat=police)
    await town.neighbour.sees_nothing_of("bẻ khóa", chat=town.chat("neighbourhood"))
    await town.leader.sees_nothing_of("bẻ khóa", chat=town.chat("neighbourhood"))


async def test_with_text_alone_and_without_accents(living_town: Town) -> None:
    town, police = living_town, living_town.chat("police")
    resident, officer = town.resident, town.officer

    await resident.says("bao tin")
    await resident.sees("Có chuyện gì")
    await resident.says("mat trom con ga o chuong sau nha")
    await resident.sees("việc gì")
    await resident.says("trom cap")
    await resident.sees("Ở đâu")
    await resident.says("2")
    await resident.sees("biết tên")
    await resident.says("2")
    await resident.sees("Xem lại", "Cổng chợ Cây Đa")
    await resident.says("gui tin")
    await resident.sees("Đã ghi tin")

    card = await officer.sees("CHƯA AI NHẬN", "mat trom con ga", chat=police)
    await officer.says("1", chat=police, reply_to=card["message_id"])
    await resident.sees("đã nhận tin lúc")
    await officer.says("hoi con ga mau gi", chat=police, reply_to=card["message_id"])
    shown = await officer.sees("con ga mau gi", "Chưa gửi", chat=police)
    await officer.says("1", chat=police, reply_to=shown["message_id"])
    question = await resident.sees("con ga mau gi")
    await resident.says("ga trong do", reply_to=question["message_id"])
    await officer.sees("ga trong do", chat=police)
    await officer.says("da xu ly", chat=police, reply_to=card["message_id"])
    choice = await officer.sees("kết quả thế nào", chat=police)
    await officer.says("1", chat=police, reply_to=choice["message_id"])
    await resident.sees("Đã xử lý")
    await officer.sees_nothing_of("Nguyễn Thị Hoa", chat=police)


async def test_in_english(living_town: Town) -> None:
    town, police = living_town, living_town.chat("police")
    resident, officer = town.resident, town.officer

    await resident.says("/english")
    await resident.sees("English")
    await resident.says("report")
    await resident.sees("?")
    await resident.says("Somebody is fighting with knives at the market gate")
    await resident.sees("What is it about")
    await resident.says("1")
    await resident.sees("This is urgent")
    await resident.says("go on writing")
    await resident.sees("Where")
    await resident.says("market gate, Khu 1")
    await resident.sees("name")
    await resident.says("no")
    await resident.sees("Send")
    await resident.says("send")
    await resident.sees("113")
    await officer.sees("KHẨN CẤP", "fighting with knives", chat=police)
    await officer.taps("Tôi nhận", chat=police)
    taken = await resident.sees("took the report at")
    assert "Công an" not in words(taken)


async def test_a_line_is_changed_before_sending(living_town: Town) -> None:
    resident, police = living_town.resident, living_town.chat("police")
    await reach_review(living_town, "Hàng xóm hát karaoke to quá")
    await resident.taps("Sửa một dòng")
    await resident.sees("dòng")
    await resident.taps("Nơi")
    await resident.sees("Ở khu phố hay thôn nào")
    await resident.taps("Giữ nguyên")
    await resident.sees("Ở đâu")
    await resident.says("số 9 ngõ 4")
    review = await resident.sees("Xem lại", "số 9 ngõ 4")
    assert "karaoke" in words(review)
    await resident.taps("Gửi tin")
    await living_town.officer.sees("số 9 ngõ 4", chat=police)


async def test_two_officers_press_at_once_and_the_first_wins(living_town: Town) -> None:
    town, police = living_town, living_town.chat("police")
    await reach_review(town, "Xóm bên hát karaoke ồn quá")
    await town.resident.taps("Gửi tin")
    card = await town.officer.sees("CHƯA AI NHẬN", chat=police)
    data = next(b["callback_data"] for b in buttons(card) if "Tôi nhận" in b["text"])

    async def press(officer: int) -> dict[str, object]:
        tap = {"from": officer, "chat": police, "message_id": card["message_id"], "data": data}
        return dict(await town.api.post("taps", **tap))

    answers = await asyncio.gather(press(town.officer.id), press(town.officer2.id))
    assert sum("đã nhận" in str(answer["text"]) for answer in answers) >= 1
    taken = await town.officer.sees("đã nhận lúc", chat=police)
    assert ("Đức" in words(taken)) != ("Hằng" in words(taken))
    await town.resident.sees("đã nhận tin lúc")
    told = [m for m in await town.resident.history() if "đã nhận tin lúc" in words(m)]
    assert len([m for m in told if "edit_date" not in m]) == 1


async def test_not_solved_reopens_once(living_town: Town) -> None:
    town, police = living_town, living_town.chat("police")
    await reach_review(town, "Đổ rác trộm ở đầu ngõ")
    await town.resident.taps("Gửi tin")
    for again in (False, True):
        await town.officer.sees("CHƯA AI NHẬN", chat=police)
        await town.officer.taps("Tôi nhận", chat=police)
        await town.resident.sees("đã nhận tin lúc")
        await town.officer.taps("Đã xử lý", chat=police)
        await town.officer.taps("Đã đến nơi và giải quyết", chat=police)
        closing = await town.resident.sees("Đã xử lý")
        if again:
            assert not any("Chưa ổn" in button["text"] for button in buttons(closing))
        else:
            await town.resident.taps("Chưa ổn")


async def test_a_report_begun_in_the_group_goes_on_in_private(living_town: Town) -> None:
    town, group = living_town, living_town.chat("neighbourhood2")
    await town.resident2.says("/baotin", chat=group)
    line = await town.resident2.sees("riêng", chat=group)
    link = next(b["url"] for b in buttons(line) if "start=" in b.get("url", ""))
    await town.newcomer.starts(link.split("start=")[1])
    await town.newcomer.sees("Có chuyện gì")
    await town.newcomer.says("Đèn đường hỏng")
    await town.newcomer.sees("việc gì")
    await town.newcomer.says("1")
    place = await town.newcomer.sees("Ở đâu")
    assert any("Sân bóng Bãi Cọc" in button["text"] for button in buttons(place))


async def reach_review(town: Town, story: str) -> None:
    """A report up to its review, with numbers."""
    resident = town.resident
    await resident.says("/baotin")
    await resident.sees("Có chuyện gì")
    await resident.says(story)
    await resident.sees("việc gì")
    await resident.says("1")
    await resident.sees("Ở đâu")
    await resident.says("1")
    await resident.sees("biết tên")
    await resident.says("2")
    await resident.sees("Xem lại")
