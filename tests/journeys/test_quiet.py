"""Somebody who is hurt at home writes, and leaves in a hurry: on the phone stands what stands on
everybody's, and later that there is news for a code. The whole program, a real messenger's rules.
"""

import re
from collections.abc import Sequence

import pytest

from tests.journeys.town import Town
from tests.messenger import Message, Persona, buttons, words

# What is typed (or pressed, in brackets), and what is read then.
Step = tuple[str, str]
REPORT: dict[str, tuple[Step, ...]] = {
    "vi": (
        ("/baotin", "Có chuyện gì"),
        ("em bị sàm sỡ trên xe buýt", "việc gì"),
        ("[tình dục]", "Việc này gấp"),
        ("viết nốt đã", "Ở đâu"),
        ("số 5 ngõ 3", "biết tên"),
        ("[Không nêu tên]", "an toàn"),
        ("[Lúc nào cũng được]", "Xem lại"),
        ("[Gửi tin]", "gõ mã"),
    ),
    "en": (
        ("/baotin", "happen"),
        ("a man groped me on the bus", "What is it about"),
        ("[exual]", "This is urgent"),
        ("go on writing", "Where"),
        ("5 Lane 3", "name"),
        ("[Without", "safe"),
        ("[Any time]", "Send"),
        ("[Send]", "type the code"),
    ),
}
ALERT: tuple[Step, ...] = (
    ("chồng đánh tôi", "Có phải"),
    ("[Phải", "số nhà"),
)
NEWS = re.compile(r"(Có tin mới cho mã|News for code) \d{4} \d{4}\.")
OUT = {"vi": "thoát", "en": "exit"}
MENU = {"vi": "Trợ lý khu phố", "en": "Neighbourhood assistant"}
CURIOUS = ("/vuviec", "menu", "tiếp tục", "/dulieu", "trợ giúp")


async def does(person: Persona, steps: Sequence[Step]) -> None:
    """One after the other, each when the last was answered."""
    for said, seen in steps:
        if said.startswith("["):
            await person.taps(said.strip("[]"))
        else:
            await person.says(said)
        await person.sees(seen)


async def leaves(town: Town, person: Persona, locale: str) -> list[Message]:
    """Type the way out; what can be read on the phone then."""
    await person.says(OUT[locale])
    await person.sees(MENU[locale])
    await town.quiet()
    return await person.history()


async def reads(town: Town, person: Persona) -> set[str]:
    """All that the bot says to somebody who tries what they like, buttons too."""
    for said in CURIOUS:
        await person.says(said)
    await person.says("113")
    await person.sees("113")
    await town.quiet()
    shown = await person.history()
    mine = [message for message in shown if message["from"]["id"] != person.id]
    labels = {button["text"] for message in mine for button in buttons(message)}
    return {words(message) for message in mine} | labels


@pytest.mark.parametrize("locale", ["vi", "en"])
async def test_after_every_step_of_a_report(living_town: Town, locale: str, photo: bytes) -> None:
    town, police = living_town, living_town.chat("police")
    resident, other = town.resident, town.resident2
    await town.start("resident2")
    for person in (resident, other):
        await person.says("/english" if locale == "en" else "/tiengviet")
        await person.sees("English" if locale == "en" else "tiếng Việt")
    for done in range(2, len(REPORT[locale]) + 1):
        await does(resident, REPORT[locale][:done])
        if done == 4:
            await resident.shows(photo)
            await resident.sees("")
        (left,) = await leaves(town, resident, locale)
        assert MENU[locale] in words(left)
    await leaves(town, other, locale)
    card = await town.officer.sees("KÍN: đừng gọi", chat=police)
    await town.officer.taps("Tôi nhận", chat=police)
    news = await resident.sees("")
    assert NEWS.fullmatch(words(news))
    await town.officer.says("hỏi có bị thương không", chat=police, reply_to=card["message_id"])
    shown = await town.officer.sees("KÍN", "Chưa gửi", chat=police)
    await town.officer.says("1", chat=police, reply_to=shown["message_id"])
    await town.officer.sees("khi an toàn", chat=police)
    await town.officer.taps("Đã xử lý", chat=police)
    await town.officer.taps("Đã hướng dẫn", chat=police)
    await town.officer.sees("Đã hướng dẫn", chat=police)
    rest = {said for said in await reads(town, resident) if not NEWS.fullmatch(said)}
    assert anybodys(rest) <= anybodys(await reads(town, other))
    code = words(news)[-10:-1]
    await resident.says(code)
    await resident.sees(code, "Đã làm xong" if locale == "vi" else "Done at")


def anybodys(said: set[str]) -> set[str]:
    """/dulieu repeats a person's own name and neighbourhood."""
    return {re.sub(r"(Tên|Name) .*|Khu \d", "", each) for each in said}


async def test_after_an_alert_whoever_did_not_say_when_is_not_written_to(
    living_town: Town,
) -> None:
    town, police = living_town, living_town.chat("police")
    resident = town.resident
    await does(resident, ALERT)
    (left,) = await leaves(town, resident, "vi")
    assert MENU["vi"] in words(left)
    await town.officer.sees("KÍN", "không nhắn", "chồng đánh tôi", chat=police)
    await town.officer.taps("Tôi nhận", chat=police)
    await town.officer.sees("đã nhận lúc", chat=police)
    await town.quiet()
    (still,) = await resident.history()
    assert still["message_id"] == left["message_id"]


async def test_what_cannot_be_deleted_stops_nothing(living_town: Town) -> None:
    """A message that is gone already, and a messenger that refuses one."""
    town = living_town
    resident = town.resident
    await does(resident, REPORT["vi"][:2])
    written = next(m for m in await resident.history() if "sàm sỡ" in words(m))
    gone = {"by": resident.id, "chat": resident.bot, "message_id": written["message_id"]}
    await town.api.delete("messages", **gone)
    await leaves(town, resident, "vi")
    assert len(await resident.history()) == 1
