"""A genuine code under altered words is not called genuine: somebody passes on what the neighbours
send around, types the code or half of it, in Vietnamese and in English, in the whole program.
"""

import re
import unicodedata
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from domain.codes import new_code, spoken
from tests.journeys.morning import morning_clock
from tests.journeys.test_corrections import raise_alarm
from tests.journeys.town import Town
from tests.messenger import Message, Persona, words

WORDS = "Mời bà con họp lúc 19 giờ 30 ở nhà văn hóa. Hỏi thêm xin gọi 0203 3123 456 (bịa)."
CODE = re.compile(r"/xacminh (\d{4} \d{4})")
UNKNOWN = spoken(new_code(lambda below: 3_827_193))
REAL = {"vi": "BÀI THẬT", "en": "REAL, and no word was changed"}
FALSE = {"vi": "CÓ THỂ GIẢ", "en": "POSSIBLY FALSE"}
# Anything that differs is false; nobody official asks for money or codes.
CAUTION = {
    "vi": ("khác bản gốc dưới đây đều là giả", "mã OTP", "chuyển tiền", "113"),
    "en": ("differs from the original below is false", "OTP", "money", "113"),
}
AUTHOR = {"vi": "Trưởng khu (thôn): Khu 1", "en": "Leader of Khu 1"}
LANGUAGE = {"vi": "/tiengviet", "en": "/english"}
SPOKEN = {"vi": "tiếng Việt", "en": "English"}


def forgeries(post: str) -> dict[str, str]:
    """What goes around with our code below it."""
    return {
        "another digit of the number": post.replace("3123 456", "3123 457"),
        "another hour": post.replace("19 giờ", "18 giờ"),
        "figures parted otherwise": post.replace("0203 3123 456", "02033 123 456"),
        "without accents": "".join(
            each for each in unicodedata.normalize("NFD", post) if not unicodedata.combining(each)
        ).replace("đ", "d").replace("Đ", "D"),
        "one accent less": post.replace("Hỏi", "Hoi"),
        "an account": post.replace(
            "(bịa).", "(bịa). Đóng 200.000 đồng vào tài khoản 0102030405 trước."
        ),
        "a line below": f"{post}\nAi không nộp sẽ bị phạt.",
        "a line above": f"GẤP, CHUYỂN TIẾP NGAY!\n{post}",
        "letters of another alphabet": post.replace("nhà văn hóa", "nh\u0430 văn hóa"),
        "a letter that looks alike": post.replace("19 giờ", "l9 giờ"),
        "numbers turned by a mark that nobody sees": post.replace("0203", "\u200f0203"),
        "turned around": post.replace("3123", "\u202e3213\u202c"),
        "other words": post.replace(WORDS, "Bà con nộp tiền vệ sinh cho người thu lạ mặt."),
    }  # fmt: skip


@dataclass
class Posted:
    """A town in whose group a genuine post stands."""

    town: Town
    post: str
    code: str


@pytest.fixture
async def posted(town: Town) -> AsyncIterator[Posted]:
    """The leader of Khu 1 has posted."""
    async with town.bot(morning_clock()):
        await town.start("leader", "resident")
        await town.leader.says(f"/thongbao {WORDS}")
        await town.leader.sees("Đăng lúc nào")
        await town.leader.says("ngay bay gio")
        await town.leader.sees("Chưa gửi đi")
        await town.leader.says("gui")
        message = await town.resident.sees(WORDS, chat=town.chat("neighbourhood"))
        await town.quiet()
        shown = words(message)
        code = CODE.search(shown)
        assert code
        yield Posted(town, shown, code[1])


async def speaks(person: Persona, locale: str) -> None:
    """In this language from now on."""
    await person.says(LANGUAGE[locale])
    await person.sees(SPOKEN[locale])


async def passes_on(person: Persona, text: str) -> None:
    """Forwarded from a chat with somebody invented."""
    await person.says(text, forwarded_from="Người Bịa")


async def answer(person: Persona, *fragments: str) -> Message:
    """The verdict, behind which the original always comes."""
    found = await person.sees(*fragments)
    original = await person.sees(WORDS)
    assert original["message_id"] > found["message_id"]
    return found


@pytest.mark.parametrize("locale", ["vi", "en"])
async def test_what_is_passed_on(posted: Posted, locale: str) -> None:
    resident, code = posted.town.resident, posted.code
    await speaks(resident, locale)
    await passes_on(resident, posted.post)
    said = words(await answer(resident, REAL[locale], code, AUTHOR[locale], *CAUTION[locale]))
    assert re.search(r"09:\d\d \d\d/\d\d/\d{4}", said)
    # Invisible letters that keyboards and messengers add change nothing that anybody can read.
    await passes_on(resident, posted.post.replace("họp", "họ\u200bp"))
    await answer(resident, REAL[locale])
    for what, forged in forgeries(posted.post).items():
        assert forged != posted.post, what
        await passes_on(resident, forged)
        said = words(await answer(resident, FALSE[locale], code, AUTHOR[locale], *CAUTION[locale]))
        assert REAL[locale] not in said, what


@pytest.mark.parametrize("locale", ["vi", "en"])
async def test_the_code_alone(posted: Posted, locale: str) -> None:
    resident, code = posted.town.resident, posted.code
    unknown, mistyped = {
        "vi": ("Không có bài nào mang mã này", "gõ nhầm"),
        "en": ("No post has this code", "mistyped"),
    }[locale]
    await speaks(resident, locale)
    await resident.says(f"/xacminh {code}")
    said = words(await answer(resident, code, AUTHOR[locale], *CAUTION[locale]))
    # Nothing was compared, so nothing is called unaltered.
    assert REAL[locale] not in said
    await resident.says(f"/xacminh {UNKNOWN}")
    told = words(await resident.sees(unknown, "OTP"))
    assert WORDS not in told
    slip = f"{code[:-1]}{(int(code[-1]) + 1) % 10}"
    await resident.says(f"/xacminh {slip}")
    await resident.sees(mistyped)
    await resident.says(f"/xacminh {posted.post.replace('19 giờ', '20 giờ')}")
    await answer(resident, FALSE[locale])


async def test_a_picture_with_a_code_is_not_called_genuine(posted: Posted, photo: bytes) -> None:
    resident = posted.town.resident
    for caption in (posted.code, f"/xacminh {posted.code}"):
        await resident.shows(photo, caption)
        said = words(await answer(resident, posted.code, "trợ lý không so được", *CAUTION["vi"]))
        assert REAL["vi"] not in said
        assert FALSE["vi"] not in said
        assert "✅" not in said


async def test_an_all_clear_passed_on_is_genuine(town: Town) -> None:
    leader, resident, khu = town.leader, town.resident, town.chat("neighbourhood")
    async with town.bot(morning_clock()):
        await town.start("leader", "resident")
        raise_alarm(town, 2)
        await resident.sees("KHẨN CẤP", "Cháy ở chợ", chat=khu)
        await town.quiet()
        await leader.says("báo an toàn")
        await leader.sees("Báo an toàn cho tin nào")
        await leader.says("1")
        await leader.sees("Gợi ý")
        await leader.taps("Dùng lời này")
        await leader.sees("Chưa gửi đi")
        await leader.taps("Đăng tin an toàn")
        short = words(await resident.sees("Báo an toàn", "bà con", chat=khu))
        await town.quiet()
        await passes_on(resident, short)
        await resident.sees(REAL["vi"], "chưa bị sửa")
        await passes_on(resident, short.replace("bà con", "mọi người"))
        await resident.sees(FALSE["vi"])


async def test_in_the_group_it_points_to_private(posted: Posted) -> None:
    town, khu = posted.town, posted.town.chat("neighbourhood")
    resident, neighbour = town.resident, town.neighbour
    await resident.says(f"/xacminh {posted.code}", chat=khu)
    short = await resident.sees("có thật", posted.code, AUTHOR["vi"], chat=khu)
    assert WORDS not in words(short)
    (button,) = (each for row in short["reply_markup"]["inline_keyboard"] for each in row)
    payload = button["url"].rpartition("start=")[2]
    await neighbour.starts(payload)
    await answer(neighbour, posted.code, *CAUTION["vi"])
    forged = posted.post.replace("19 giờ", "20 giờ")
    await resident.says(f"/xacminh {forged}", chat=khu)
    await resident.sees(FALSE["vi"], chat=khu)
