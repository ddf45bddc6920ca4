"""A ward begins: the first administrator, neighbourhoods, roles by codes, groups bound."""

import re
import secrets

from actions.invites import create_first_administrator_code
from storage.engine import writer_engine
from tests.journeys.town import Town, present
from tests.messenger import Persona, words

CODE = re.compile(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b")


async def invite(by: Persona, *answers: str) -> str:
    """A one-time code from the invite flow, typed through."""
    await by.says("/moi")
    for answer in answers:
        await by.sees("")
        await by.says(answer)
    made = CODE.search(words(await by.sees("-")))
    assert made, "the code is shown"
    return made[0]


async def test_from_the_first_code_to_a_bound_group(town: Town) -> None:
    with writer_engine(town.engine).begin() as db:
        first = create_first_administrator_code(db, present(), secrets.randbelow)
    async with town.bot():
        await town.start("neighbour", "resident", "officer2")
        admin = town.neighbour
        await admin.says(f"/nhap {first}")
        await admin.sees("quản trị")
        await admin.says("/thietlap")
        await admin.sees("Phường")
        await admin.says("cam pha")
        await admin.sees("khu")
        await admin.says("Khu 1, Khu 2, Thôn Bắc")
        await admin.sees("Xem lại", "Thôn Bắc")
        await admin.says("1")
        await admin.sees("Cẩm Phả")


async def test_a_leader_binds_the_group_of_their_own_neighbourhood(living_town: Town) -> None:
    town = living_town
    chat = await town.api.post(
        "chats",
        title="Khu 1 (nhóm mới)",
        type="group",
        messenger="telegram",
        members=[town.leader.id, town.resident.id],
        bots=[town.stage.bot],
        admins=[town.leader.id],
    )
    await town.resident.says("/thietlap", chat=chat["id"])
    await town.resident.sees("quản trị", chat=chat["id"])
    await town.leader.says("/thietlap", chat=chat["id"])
    await town.leader.sees("Khu 1", chat=chat["id"])


async def test_a_chief_makes_an_officer_by_code_and_a_duty_chat_by_code(living_town: Town) -> None:
    town = living_town
    await town.start("chief", "neighbour")
    await town.chief.says("/moi")
    await town.chief.sees("")
    await town.chief.taps("Cán bộ công an")
    code = CODE.search(words(await town.chief.sees("-")))
    assert code
    await town.neighbour.says(code[0].lower().replace("-", " "))
    await town.neighbour.sees("công an")
    await town.newcomer.starts()
    await town.newcomer.sees("113")
    await town.newcomer.says(f"/nhap {code[0]}")
    refused = await town.newcomer.sees("mã")
    assert "công an" not in words(refused).casefold().replace("báo cho công an", "")
