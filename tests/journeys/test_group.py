"""The neighbourhood's group, in the whole program: a cry for help is answered there and, with its
author's yes, heard by the police, the leader and everybody around; an accusation is not repeated.
What happens to the group itself reaches the ward.
"""

import aiohttp

from tests.journeys.town import Town
from tests.messenger import buttons, words


async def test_a_cry_in_the_group(town: Town) -> None:
    group, police = town.chat("neighbourhood"), town.chat("police")
    async with town.bot():
        await town.start("resident", "neighbour", "leader", "officer")
        await town.resident.says("cháy nhà ông Tư Canary rồi bà con ơi", chat=group)
        question = await town.neighbour.sees("có phải", "Cháy, nổ", chat=group)
        assert words(question).splitlines()[0] == "Gọi ngay: 114"
        assert question["reply_to_message"]["from"]["id"] == town.resident.id
        await town.neighbour.sees_nothing_of("Canary", chat=town.chat("mediation"))

        pressed = await town.neighbour.taps("Phải, báo công an", chat=group)
        assert "Chỉ người vừa viết" in pressed["text"]
        await town.officer.sees_nothing_of("Canary", chat=police)

        await town.resident.taps("Phải, báo công an", chat=group)
        card = await town.officer.sees("CHƯA AI NHẬN", "Canary", chat=police)
        assert "Cháy, nổ" in words(card)
        await town.leader.sees("Gọi ngay: 114", "Cháy, nổ", "Khu 1")
        await town.resident.sees("Đã ghi tin")
        await town.neighbour.sees("Gọi ngay: 114", "Cháy, nổ", "Khu 1", chat=group)
        await town.quiet()
        settled = [
            message
            for message in await town.neighbour.history(group)
            if message["message_id"] == question["message_id"]
        ]
        assert buttons(settled[0]) == []
        assert "có phải" not in words(settled[0])

        await town.neighbour.says("cháy to lắm, có người kẹt", chat=group)
        await town.neighbour.sees("114", "đã có người báo", chat=group)
        await town.officer.sees("có người kẹt", chat=police)

        await town.officer.taps("Tôi nhận", chat=police)
        await town.officer.taps("Đã xử lý", chat=police)
        await town.officer.taps("Đã nhắc nhở", chat=police)
        await town.neighbour.sees("Cháy, nổ, Khu 1", chat=group)
        await town.leader.sees("Cháy, nổ, Khu 1")
        for told in (town.leader, town.neighbour):
            await told.sees_nothing_of("Nguyễn Thị Hoa", "Canary")
        ours = [m for m in await town.neighbour.history(group) if m["from"].get("is_bot")]
        assert ours
        assert not any("Canary" in words(message) for message in ours)


async def test_an_accusation_in_the_group(town: Town) -> None:
    group = town.chat("neighbourhood")
    async with town.bot():
        await town.start("resident", "neighbour")
        await town.resident.says("nhà ông Canary bán ma túy đấy", chat=group)
        hushed = await town.neighbour.sees("viết riêng", "thu hồi", chat=group)
        assert "Canary" not in words(hushed)
        assert "ma túy" not in words(hushed)
        assert "reply_to_message" not in hushed
        assert buttons(hushed)[0]["url"].startswith("https://t.me/")
        before = len(await town.neighbour.history(group))
        await town.resident.says("nhà bà Canary cũng đánh bạc tối nào cũng đánh", chat=group)
        await town.resident.says("mai họp khu lúc 19h30 nhé bà con", chat=group)
        await town.resident.says("báo tin", chat=group)
        await town.neighbour.sees("Tin báo được viết trong tin nhắn riêng", chat=group)
        assert len(await town.neighbour.history(group)) == before + 4


async def test_what_happens_to_the_desk_reaches_the_ward(town: Town) -> None:
    police = town.chat("police")
    async with town.bot():
        await town.start("administrator", "officer", "resident")
        new = (await town.api.post(f"chats/{police}/migrate"))["id"]
        await town.administrator.sees("nhóm lớn", "trực ban")
        await town.api.post(f"chats/{new}/members", remove=[town.officer.id])
        await town.administrator.sees("vừa rời", "trực ban")
        await town.api.post(f"chats/{new}/members", remove=[town.stage.bot])
        await town.administrator.sees("CHƯA tới được ai")


async def test_a_desk_that_moved_unnoticed_is_found_by_the_refusal(town: Town) -> None:
    """The service message was lost: the first sign is that the old chat refuses the card."""
    police = town.chat("police")
    new = (await town.api.post(f"chats/{police}/migrate"))["id"]
    (bot,) = town.settings.bots
    lose = f"{bot.api_base}/bot{bot.token.get_secret_value()}/deleteWebhook"
    async with (
        aiohttp.ClientSession() as session,
        session.post(lose, json={"drop_pending_updates": True}) as answer,
    ):
        assert (await answer.json())["ok"]
    async with town.bot():
        await town.start("administrator", "resident")
        await town.resident.says("báo tin")
        await town.resident.sees("Có chuyện gì")
        await town.resident.says("mất trộm con gà ở chuồng sau nhà")
        await town.resident.sees("việc gì")
        for said, asked in (("trộm cắp", "Ở đâu"), ("2", "biết tên"), ("2", "Xem lại")):
            await town.resident.says(said)
            await town.resident.sees(asked)
        await town.resident.says("gửi tin")
        await town.administrator.sees("nhóm lớn", "trực ban")
        await town.officer.sees("CHƯA AI NHẬN", "con gà", chat=new)
