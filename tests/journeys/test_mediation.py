"""Asking for mediation: no accusation in the group, the story only for who takes it."""

import pytest

from tests.journeys.town import Town
from tests.messenger import words


async def ask(town: Town, photo: bytes | None = None) -> None:
    """A quarrel about water, asked with typed words."""
    resident = town.resident
    await resident.says("hoa giai")
    await resident.sees("đánh")
    await resident.says("khong")
    await resident.sees("chuyện")
    if photo:
        await resident.shows(photo, "Nhà bên xả nước sang sân nhà tôi")
    else:
        await resident.says("Nhà bên xả nước sang sân nhà tôi")
    await resident.sees("ai")
    await resident.says("Nhà ông Bảy (bịa)")
    await resident.sees("gặp")
    await resident.says("buoi toi")
    await resident.sees("Xem lại")
    await resident.says("1")
    await resident.sees("hòa giải viên")


@pytest.mark.parametrize("typed", [False, True])
async def test_a_mediator_takes_it_and_the_asker_hears_so(
    living_town: Town, photo: bytes, typed: bool
) -> None:
    town, chat = living_town, living_town.chat("mediation")
    await town.start("mediator")
    await ask(town, photo)
    card = await town.mediator.sees("nhờ tổ hòa giải", chat=chat)
    if typed:
        await town.mediator.says("nhan", chat=chat, reply_to=card["message_id"])
    else:
        await town.mediator.taps("Tôi nhận", chat=chat)
    await town.resident.sees("Mai")
    await town.mediator.sees("xả nước", "ông Bảy")
    await town.mediator.receives("photo")
    for secret in ("xả nước", "Bảy", "Nguyễn Thị Hoa"):
        await town.mediator.sees_nothing_of(secret, chat=chat)


async def test_violence_is_no_matter_for_mediation(living_town: Town) -> None:
    town = living_town
    await town.resident.says("/hoagiai")
    await town.resident.sees("đánh")
    await town.resident.says("co")
    await town.resident.taps("bị đánh")
    asked = await town.resident.sees("113")
    assert words(asked).index("113") < 40, "the number stands in the first line"
    await town.mediator.sees_nothing_of("hộ dân", chat=town.chat("mediation"))


async def test_a_pin_sent_with_the_story_reaches_the_mediator(living_town: Town) -> None:
    town, chat = living_town, living_town.chat("mediation")
    await town.start("mediator")
    await town.resident.says("/hoagiai")
    await town.resident.sees("đánh")
    await town.resident.says("khong")
    await town.resident.sees("chuyện")
    await town.resident.says(location={"latitude": 20.951, "longitude": 107.085})
    await town.resident.sees("chuyện")
    await town.resident.says("Cây nhà bên đổ sang")
    await town.resident.sees("ai")
    await town.resident.says("nhà bên")
    await town.resident.sees("gặp")
    await town.resident.says("cuoi tuan")
    await town.resident.sees("Xem lại")
    await town.resident.says("1")
    await town.resident.sees("hòa giải viên")
    await town.mediator.taps("Tôi nhận", chat=chat)
    await town.mediator.receives("location")
