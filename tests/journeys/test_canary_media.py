"""A word hidden in every corner of a withheld reporter's files reaches no group, no log, and lies
nowhere in clear; what was shown and said in them arrives.
"""

import base64
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.journeys.town import Town
from tests.specimens import LATITUDE, WORD, jpeg, mp4, ogg, pdf

PHOTO = jpeg()
FILES = (("voice", ogg(), "ghi am"), ("video", mp4(), "quay"), ("document", pdf(), "don"))
LETTER = b"PK\x03\x04" + WORD.encode()


async def test_a_withheld_reporter_is_in_none_of_the_files(
    living_town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    town, police = living_town, living_town.chat("police")
    caplog.set_level(logging.DEBUG)
    receipt = await report(town)
    for kind, content, name in FILES:
        await adds(town, receipt, kind, content, f"{name} {WORD}.bin")
        if kind == "voice":
            await town.resident.taps("Vẫn gửi")
        await town.officer.receives(kind, chat=police)
    await town.officer.receives("photo", chat=police)
    await adds(town, receipt, "document", LETTER, f"{WORD}.docx")
    await town.officer.sees("chưa chuyển vào đây", chat=police)
    await town.resident.sees("chưa chuyển đi")
    await town.quiet()

    arrived = [content async for content in everything(town)]
    assert len(arrived) >= 4
    for word in (WORD, LATITUDE, str(town.resident.id), "Nguyễn Thị Hoa"):
        for content in arrived:
            assert word.encode() not in content
        for chat in ("police", "neighbourhood", "neighbourhood2", "mediation"):
            assert word not in json.dumps(await seen(town, chat), ensure_ascii=False)
        assert word not in caplog.text
        for file in kept(town.settings.data_dir):
            assert word.encode() not in file.read_bytes(), file.name
    for call in await town.api.sent(method="getFile"):
        assert call["params"]["file_id"] not in caplog.text
    assert not await town.api.sent(method="forwardMessage")
    assert not await town.api.sent(method="copyMessage")
    assert len(list((town.settings.data_dir / "media").iterdir())) == 5, "the originals, sealed"


async def report(town: Town) -> int:
    """A photo of a theft, the name withheld; the receipt's message id."""
    resident = town.resident
    await resident.taps("Báo tin")
    await resident.sees("Có chuyện gì")
    await resident.shows(PHOTO, "Có người bẻ khóa xe máy")
    await resident.sees("việc gì")
    await resident.taps("Trộm cắp")
    await resident.sees("Ở đâu")
    await resident.says("cổng chợ")
    await resident.sees("biết tên")
    await resident.taps("Không nêu tên")
    await resident.sees("Xem lại")
    await resident.taps("Gửi tin")
    return int((await resident.sees("Đã ghi tin"))["message_id"])


async def adds(town: Town, receipt: int, kind: str, content: bytes, name: str) -> None:
    """The resident answers the receipt with a file."""
    file: Any = {"data": base64.b64encode(content).decode(), "file_name": name}
    await town.resident.says(reply_to=receipt, **{kind: file})


async def seen(town: Town, chat: str) -> list[dict[str, Any]]:
    """What the bot wrote in a group, as one of its members sees it."""
    group = town.chat(chat)
    chats = (await town.api.get("state"))["chats"]
    member = next(each["members"][0] for each in chats if each["id"] == group)
    found = (await town.api.get(f"chats/{group}/messages", **{"as": member}))["messages"]
    return [message for message in found if message["from"]["is_bot"]]


async def everything(town: Town) -> Any:
    """The bytes of every file that a group got."""
    async with aiohttp.ClientSession() as session:
        for chat in ("police", "neighbourhood"):
            for file in files_in(await seen(town, chat)):
                url = f"{town.api.url}/sandbox/media/{file}"
                async with session.get(url) as answer:
                    assert answer.status == 200
                    yield await answer.read()


def files_in(found: Any) -> Iterator[str]:
    """Every file named anywhere in these messages."""
    if isinstance(found, dict):
        if "file_unique_id" in found:
            yield found["file_unique_id"]
        for value in found.values():
            yield from files_in(value)
    elif isinstance(found, list):
        for value in found:
            yield from files_in(value)


def kept(folder: Path) -> Iterator[Path]:
    """The database with its log, the originals, and whatever else lies in the data folder."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    assert any(file.name.endswith("-wal") for file in files)
    yield from files
