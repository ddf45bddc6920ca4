"""An alert over the wire: words and one tap, and everything else afterwards."""

from tests.journeys.town import Town
from tests.messenger import buttons, words


async def test_a_newcomers_words_and_one_tap_reach_the_police(living_town: Town) -> None:
    town, police = living_town, living_town.chat("police")
    newcomer, officer = town.newcomer, town.officer

    await newcomer.says("chay nha roi")
    asked = await newcomer.sees("Có phải", "Cháy, nổ")
    assert "GỌI NGAY 114" in words(asked).split("\n")[0]
    await newcomer.taps("Phải, báo công an ngay")
    card = await officer.sees("KHẨN CẤP · Cháy, nổ", "CHƯA AI NHẬN", "chay nha roi", chat=police)
    receipt = await newcomer.sees("Đã ghi tin")
    assert "114" in words(receipt).split("\n")[0]
    await newcomer.sees("Cháy ở đâu")
    await newcomer.says("so 12 ngo 5 khu 2")
    await officer.sees("Nơi: so 12 ngo 5 khu 2", "Khu 2", chat=police)
    await officer.sees("nơi xảy ra", chat=police)
    await newcomer.sees("gọi lại số nào")
    await newcomer.says("0912.000.444")
    await officer.sees("Gọi lại: 0912 000 444", chat=police)
    await newcomer.sees("bà con trong khu")
    await newcomer.says("không")
    last = await newcomer.sees("Có gì mới, cứ nhắn")
    assert any("Báo nhầm" in button["text"] for button in buttons(last))
    await newcomer.says("báo nhầm")
    await newcomer.sees("May quá")
    await officer.sees("NGƯỜI BÁO CHO BIẾT BÁO NHẦM", chat=police)
    await officer.says("1", chat=police, reply_to=card["message_id"])
    await officer.sees("đã nhận lúc", chat=police)
    await town.neighbour.sees_nothing_of("0912", chat=town.chat("neighbourhood2"))


async def test_two_taps_from_the_menu(living_town: Town) -> None:
    resident, police = living_town.resident, living_town.chat("police")
    await resident.taps("Khẩn cấp")
    await resident.sees("113", "114", "115", "111", "Có chuyện gì")
    await resident.taps("Cấp cứu, tai nạn")
    await living_town.officer.sees("KHẨN CẤP · Cấp cứu y tế", "CHƯA AI NHẬN", chat=police)
