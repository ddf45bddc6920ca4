"""An officer makes a warning to two neighbourhoods out of a card, by pressing and by writing.
Nothing of whoever reported it, and nothing that they wrote, stands in what people read; a plate
waits for a second officer.
"""

import re
from collections.abc import AsyncIterator

import pytest

from tests.journeys.morning import morning_clock
from tests.journeys.test_quiet import does
from tests.journeys.town import Town
from tests.messenger import Message, Persona, words

# What the reporter says and is called; all of it is invented.
REPORTED = "Cháy nhà kho vải của ông Sáu Kimyến, khói mù cả hẻm"
PLACE = "số 9 ngõ 4, sau nhà tôi"
TRACES = ("Kimyến", "Sáu", "kho vải", "hẻm", "số 9", "ngõ 4", "sau nhà", "Nguyễn Thị Hoa", "Hoa")
CODE = re.compile(r"\b\d{4} \d{4}\b")


@pytest.fixture
async def reported(town: Town) -> AsyncIterator[Town]:
    """A fire in Khu 1 whose card an officer has taken."""
    async with town.bot(morning_clock()):
        await town.start("resident", "officer", "officer2")
        await does(
            town.resident,
            (
                ("/baotin", "Có chuyện gì"),
                (REPORTED, "Có phải"),
                ("[Phải", "Cháy ở đâu"),
                (PLACE, "gọi lại số nào"),
                ("bỏ qua", "bà con trong khu"),
                ("không", "Có gì mới"),
            ),
        )
        await town.officer.taps("Tôi nhận", chat=town.chat("police"))
        await town.officer.sees("đã nhận lúc", chat=town.chat("police"))
        await town.quiet()
        yield town


async def heard(town: Town) -> list[str]:
    """What the groups of both neighbourhoods got of warnings."""
    found = []
    for name, who in (("neighbourhood", town.leader), ("neighbourhood2", town.leader2)):
        shown = await who.history(town.chat(name))
        found += [words(each) for each in shown if each["from"]["is_bot"] and is_post(each)]
    return found


def is_post(message: Message) -> bool:
    """A warning, and not a word to whoever bound the group."""
    return "/xacminh" in words(message)


def check_no_trace(posts: list[str], code: str) -> None:
    """Neither who reported it, nor what was reported, nor by which code the police call it."""
    for each in posts:
        for trace in (*TRACES, code, code.replace(" ", "")):
            assert trace not in each, each


async def code_of(officer: Persona, police: int) -> str:
    """The report's own code, on its card."""
    cards = [words(each) for each in await officer.history(police)]
    found = CODE.search(next(each for each in cards if REPORTED in each))
    assert found
    return found[0]


async def writes(town: Town, said: str, below: Message, *seen: str) -> Message:
    """The officer replies in the duty chat; what is seen there then."""
    officer, police = town.officer, town.chat("police")
    await officer.says(said, chat=police, reply_to=below["message_id"])
    return await officer.sees(*seen, chat=police)


async def test_by_pressing(reported: Town) -> None:
    town, police, officer = reported, reported.chat("police"), reported.officer
    before = await heard(town)
    await officer.taps("Cảnh báo bà con", chat=police)
    await officer.sees("Lời gợi ý", chat=police)
    await officer.taps("Dùng lời này", chat=police)
    preview = words(await officer.sees("KHẨN CẤP", "Có hiệu lực đến", chat=police))
    review = await officer.sees("Chưa gửi", chat=police)
    assert await heard(town) == before
    # Two neighbourhoods: the one thing that has no button of its own.
    asked = await writes(town, "sua gui toi", review, "Cảnh báo tới khu nào")
    await writes(town, "khu 1, khu 2", asked, "Khu 1, Khu 2")
    await officer.taps("Gửi cảnh báo", chat=police)
    await officer.sees("Cảnh báo đang được gửi", chat=police)
    await town.quiet()
    posts = [each for each in await heard(town) if each not in before]
    assert len(posts) == 2
    assert posts[0] == posts[1] == preview
    assert "Đang có cháy" in preview
    assert "gọi 114" in preview
    assert "Công an phường" in preview
    check_no_trace(posts, await code_of(officer, police))


async def test_by_writing_alone(reported: Town) -> None:
    town, police, officer = reported, reported.chat("police"), reported.officer
    code = await code_of(officer, police)
    cards = [each for each in await officer.history(police) if REPORTED in words(each)]
    asked = await writes(town, "canh bao khu 1, khu 2", cards[-1], "Lời gợi ý")
    # Copied from the card in a hurry.
    asked = await writes(town, f"Bà con chú ý: {REPORTED}", asked, "Có nêu người")
    await writes(town, "không", asked, "lộ người báo")
    review = await officer.sees("Chưa gửi", "Khu 1, Khu 2", chat=police)
    await writes(town, "gui", review, "lộ người báo")
    await town.quiet()
    assert await heard(town) == []

    asked = await writes(town, "sua loi canh bao", review, "Lời gợi ý")
    typed = "Cháy lớn gần chợ, bà con nhường đường cho xe chữa cháy"
    asked = await writes(town, typed, asked, "Có nêu người")
    review = await writes(town, "khong", asked, "Chưa gửi")
    asked = await writes(town, "sua hieu luc den", review, "hiệu lực đến bao giờ")
    review = await writes(town, "21h toi nay", asked, "Chưa gửi", "21:00")
    await writes(town, "gui", review, "Cảnh báo đang được gửi", "21:00")
    await town.quiet()
    posts = await heard(town)
    assert len(posts) == 2
    assert all(typed in each and "21:00" in each for each in posts)
    check_no_trace(posts, code)


async def test_a_plate_waits_for_the_second_officer(reported: Town) -> None:
    town, police, officer = reported, reported.chat("police"), reported.officer
    code = await code_of(officer, police)
    await officer.says(f"/canhbao {code} khu 1, khu 2")
    await officer.sees("Lời gợi ý")
    await officer.says("Tìm xe 14A-123.45 chạy khỏi chỗ cháy")
    await officer.sees("cần đồng chí thứ hai đồng ý")
    await officer.says("gui")
    await officer.sees("đang chờ đồng chí thứ hai")
    await town.quiet()
    assert await heard(town) == []
    await town.officer2.sees("14A-123.45")
    await town.officer2.says("dong y")
    await town.officer2.sees("Đã ghi đồng ý")
    await officer.sees("đã đồng ý")
    assert await heard(town) == []
