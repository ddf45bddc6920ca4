"""Whatever a newcomer sends first, the answer opens with a number to call; who enrolled needs two
answers to alert; who refused every consent alerts and reports as well. Over the wire.
"""

import base64
import re
from typing import Any

import pytest

from tests.journeys.test_quiet import does
from tests.journeys.town import Town
from tests.messenger import words
from tests.specimens import jpeg, ogg

NUMBERS = re.compile(r"\b(113|114|115)\b")


def coded(content: bytes) -> str:
    return base64.b64encode(content).decode()


FIRST: dict[str, dict[str, Any]] = {
    "a cry without accents": {"text": "chay nha roi"},
    "alo": {"text": "alo"},
    "a lone photo": {"photo": coded(jpeg())},
    "a voice note": {"voice": coded(ogg())},
    "a sticker": {"sticker": coded(b"an invented picture")},
}


@pytest.mark.parametrize("sent", FIRST.values(), ids=FIRST.keys())
async def test_the_first_answer_opens_with_a_number(town: Town, sent: dict[str, Any]) -> None:
    newcomer = town.newcomer
    async with town.bot():
        await newcomer.says(**sent)
        await newcomer.sees("")
        await town.quiet()
        answered = [each for each in await newcomer.history() if each["from"]["is_bot"]]
    assert NUMBERS.search(words(answered[0]).split("\n")[0]), words(answered[0])


@pytest.mark.parametrize("sent", FIRST.values(), ids=FIRST.keys())
async def test_after_start_too(town: Town, sent: dict[str, Any]) -> None:
    newcomer = town.newcomer
    async with town.bot():
        await newcomer.starts()
        greeted = await newcomer.sees("")
        await newcomer.says(**sent)
        answered = await newcomer.sees("")
    for each in (greeted, answered):
        assert NUMBERS.search(words(each).split("\n")[0]), words(each)


async def test_who_enrolled_calmly_alerts_with_two_answers(living_town: Town) -> None:
    """The words are one, the tap is the other: nothing more is needed."""
    town, resident, police = living_town, living_town.resident, living_town.chat("police")
    await does(
        resident,
        (
            ("/dangky", "giữ số nhà"),
            ("có", "Số nhà và ngõ"),
            ("số 12 ngõ 5", "giữ một số điện thoại"),
            ("có", "Gọi lại số nào"),
            ("0912 345 678", "đúng chưa"),
            ("lưu", "Đã ghi lại"),
            ("chay nha roi", "Có phải"),
        ),
    )
    assert not [m for m in await town.officer.history(police) if "Cháy" in words(m)]
    await resident.taps("ở nhà tôi")
    card = ("KHẨN CẤP · Cháy, nổ", "Nơi: số 12 ngõ 5", "Khu 1", "Gọi lại: 0912 345 678")
    await town.officer.sees(*card, chat=police)


async def test_who_refused_every_consent_alerts_and_reports(living_town: Town) -> None:
    town, resident, police = living_town, living_town.resident, living_town.chat("police")
    refusing = (
        ("/dangky", "giữ số nhà"),
        ("không", "giữ một số điện thoại"),
        ("không", "đúng chưa"),
        ("lưu", "113"),
    )
    await does(resident, refusing)
    reporting = (
        ("/baotin", "Có chuyện gì"),
        ("mất trộm xe đạp", "việc gì"),
        ("trộm cắp", "Ở đâu"),
        ("cổng chợ", "biết tên"),
        ("không nêu tên", "Xem lại"),
        ("gửi tin", "Đã ghi tin"),
    )
    await does(resident, reporting)
    await town.officer.sees("Trộm cắp", "Người báo: không nêu tên", chat=police)
    await does(resident, (("chay nha roi", "Có phải"), ("[Phải", "Đã ghi tin")))
    await town.officer.sees("KHẨN CẤP · Cháy, nổ", "chay nha roi", chat=police)
