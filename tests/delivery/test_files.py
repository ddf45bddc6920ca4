"""Files on their way to a group: cleaned, uploaded once, and never in the way of words."""

import base64
import hashlib
import io
import json
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

import aiohttp
import pytest
from PIL import Image
from sqlalchemy.engine import Connection

from bot.channels.telegram import TelegramChannel
from bot.delivery.pace import Pace
from bot.media.sharing import TRIES
from domain.notices import Contact, Lane, Media, MediaKind, Notice, plain
from sandbox.server import Served
from storage import incidents, outbox
from storage.incident_media import shared
from storage.rows import add, change, table
from storage.tables import Address, Incident, IncidentMedia, Outbox, Ward
from tests.delivery.conftest import Post
from tests.messenger import Persona, words
from tests.specimens import WORD, jpeg, mp4, ogg, pdf, png

SWIFT = Pace(rate=1000, private_rate=1000, private_burst=1000, group_rate=1000)


class Case:
    """An incident with files, and a duty chat that waits for them."""

    def __init__(self, post: Post, officer: Persona, chat: int, duty: Address, key: int) -> None:
        self.post, self.officer, self.chat, self.duty, self.key = post, officer, chat, duty, key

    async def file(self, content: bytes, kind: MediaKind = "photo", **more: object) -> str:
        """The resident sends it, and it is kept with the incident; its id."""
        data: Any = {kind: {"data": base64.b64encode(content).decode(), **more}}
        await self.officer.says(**data)
        file = await file_id(self.post, kind)
        now = self.post.clock()
        await self.post.writer.run(
            lambda db: incidents.add_media(db, self.key, "phuong", kind, file, now)
        )
        return file

    async def owe(
        self, *files: str, kind: MediaKind = "photo", desk: Address | None = None
    ) -> int:
        """A message of these files."""
        notice = Notice(media=tuple(Media(kind, file) for file in files))
        return await self.post.owe(
            desk or self.duty, notice, Lane.EMERGENCY, concerns=f"incident:{self.key}"
        )

    def media(self) -> list[IncidentMedia]:
        """The rows as they are on disk."""
        with self.post.engine.connect() as db:
            return incidents.list_media(db, self.key)


@pytest.fixture
async def case(post: Post, now: datetime) -> Case:
    return await opened_case(post, now, named=False)


async def opened_case(post: Post, now: datetime, *, named: bool) -> Case:
    officer, _ = await post.person("Trực ban (bịa)")
    chat, duty = await post.group(officer)
    await post.api.patch(f"bots/{post.bot['id']}", limits=False)
    return Case(
        post, officer, chat, duty, await post.writer.run(partial(_add, now=now, named=named))
    )


def _add(db: Connection, now: datetime, *, named: bool) -> int:
    db.execute(table(Ward).insert(), {"code": "00001", "name": "Phường (bịa)"})
    incident = Incident(
        code="48271936", kind="FIRE", urgency=1, ward_code="00001", named=named, created_at=now
    )
    return add(db, incident)


async def file_id(post: Post, kind: str) -> str:
    """The bot's id of the newest file of this kind that it received."""
    channel = TelegramChannel("phuong", str(post.bot["token"]), post.api.url)
    try:
        found = [channel.read(update) for update in await channel.receive()]
    finally:
        await channel.close()
    files = [media for incoming in found if incoming for media in incoming.media]
    return [media.file for media in files if media.kind == kind][-1]


async def uploads(post: Post) -> list[str]:
    """The names under which files were uploaded, in order."""
    values = [value for call in await post.api.sent() for value in call["params"].values()]
    return [value["file_name"] for value in values if isinstance(value, dict)]


async def bytes_of(case: Case, message: dict[str, Any], kind: str) -> bytes:
    """What a person in the group gets."""
    file = message[kind][-1] if kind == "photo" else message[kind]
    url = f"{case.post.api.url}/sandbox/media/{file['file_unique_id']}"
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        assert answer.status == 200
        return await answer.read()


async def test_what_arrives_is_a_clean_copy_and_the_original_lies_sealed(case: Case) -> None:
    file = await case.file(jpeg())
    row = await case.owe(file)
    async with case.post.delivering(SWIFT):
        message = await case.officer.receives("photo", chat=case.chat)
        await case.post.until(lambda: case.post.row(row).state == "sent")
    arrived = await bytes_of(case, message, "photo")
    assert WORD.encode() not in arrived
    assert Image.open(io.BytesIO(arrived)).size == (200, 320)
    (media,) = case.media()
    assert media.original is not None
    assert media.sha256 == hashlib.sha256(jpeg()).hexdigest()
    assert case.post.cellar.fetch(media.original) == jpeg()
    assert case.post.cellar.names() == {media.original}, "the clean copy is not kept"
    assert shared(media).files["phuong"] != file
    assert await uploads(case.post) == ["anh-1.jpg"]


@pytest.mark.parametrize(
    ("kind", "make", "name"),
    [
        ("video", mp4, "video-1.mp4"),
        ("voice", ogg, "ghi-am-1.ogg"),
        ("document", pdf, "tep-1.pdf"),
    ],
)
async def test_every_kind_of_file_loses_its_name_and_its_tags(
    case: Case, kind: MediaKind, make: Callable[[], bytes], name: str
) -> None:
    await case.owe(await case.file(make(), kind, file_name=f"{WORD}.bin"), kind=kind)
    async with case.post.delivering(SWIFT):
        message = await case.officer.receives(kind, chat=case.chat)
    assert WORD not in json.dumps(message)
    assert WORD.encode() not in await bytes_of(case, message, kind)
    assert await uploads(case.post) == [name]


async def test_a_second_desk_and_a_card_put_again_need_no_second_upload(case: Case) -> None:
    file = await case.file(jpeg())
    other, desk = await case.post.group(case.officer)
    await case.owe(file)
    await case.owe(file, desk=desk)
    async with case.post.delivering(SWIFT):
        await case.officer.receives("photo", chat=case.chat)
        await case.officer.receives("photo", chat=other)
        again = await case.owe(file)
        await case.post.until(lambda: case.post.row(again).state == "sent")
    assert await uploads(case.post) == ["anh-1.jpg"]
    assert len(await case.post.api.sent(method="getFile")) == 1


async def test_an_album_arrives_as_one(case: Case) -> None:
    files = [await case.file(make) for make in (jpeg(), png(), jpeg("HAI"))]
    row = await case.owe(*files)
    async with case.post.delivering(SWIFT):
        await case.post.until(lambda: case.post.row(row).state == "sent")
    (call,) = await case.post.api.sent(method="sendMediaGroup")
    assert len(call["answer"]["result"]) == 3
    assert await uploads(case.post) == ["anh-1.jpg", "anh-2.png", "anh-3.jpg"]
    assert all(shared(media).files for media in case.media())


async def test_a_withheld_file_that_cannot_be_cleaned_is_held_and_the_others_go(
    case: Case,
) -> None:
    good, bad = await case.file(jpeg()), await case.file(b"PK\x03\x04" + WORD.encode(), "document")
    row = await case.owe(bad, kind="document")
    other = await case.owe(good)
    async with case.post.delivering(SWIFT):
        await case.post.until(lambda: {case.post.row(k).state for k in (row, other)} == {"sent"})
        again = await case.owe(bad, kind="document")
        await case.post.until(lambda: case.post.row(again).state == "sent")
    assert await uploads(case.post) == ["anh-1.jpg"]
    assert not await case.post.api.sent(method="sendDocument")
    assert case.post.held == [(row, "unclean", True), (again, "unclean", False)]
    assert [shared(media).held for media in case.media()] == [None, "unclean"]


async def test_a_named_reporters_file_goes_as_it_is_where_it_cannot_be_cleaned(
    post: Post, now: datetime
) -> None:
    case = await opened_case(post, now, named=True)
    file = await case.file(b"PK\x03\x04 a letter", "document")
    await case.owe(file, kind="document")
    async with post.delivering(SWIFT):
        await case.officer.receives("document", chat=case.chat)
    assert await uploads(post) == []
    assert not post.held


async def test_a_file_too_large_to_be_fetched_is_held(case: Case, served: Served) -> None:
    file = await case.file(jpeg())
    served.world.files[file][1].content += bytes(20 * 1024 * 1024)
    row = await case.owe(file)
    async with case.post.delivering(SWIFT):
        await case.post.until(lambda: case.post.row(row).state == "sent")
    assert case.post.held == [(row, "too_large", True)]
    assert await uploads(case.post) == []


async def test_a_file_that_is_gone_is_held_after_some_tries(case: Case) -> None:
    await case.post.writer.run(
        lambda db: incidents.add_media(db, case.key, "phuong", "photo", "gone", case.post.clock())
    )
    row = await case.owe("gone")
    async with case.post.delivering(SWIFT):
        await case.post.until(lambda: case.post.row(row).attempts == 1)
        assert not case.post.held, "it may be there again"
        with case.post.engine.begin() as db:
            change(db, Outbox, row, attempts=TRIES, not_before=None)
        await case.post.until(lambda: case.post.row(row).state == "sent")
    assert case.post.held == [(row, "gone", True)]


async def test_a_file_that_another_bot_received_is_fetched_through_it(case: Case) -> None:
    post = case.post
    other = await post.api.post("bots", name="Hai", username="hai_bot", messenger="telegram")
    await post.api.post("start", **{"from": case.officer.id}, bot=other["id"])
    photo = {"data": base64.b64encode(jpeg()).decode()}
    await case.officer.says(chat=other["id"], photo=photo)
    post.others["khac"] = channel = TelegramChannel("khac", other["token"], post.api.url)
    try:
        found = [channel.read(update) for update in await channel.receive()]
        file = next(media.file for each in found if each for media in each.media)
        now = post.clock()
        await post.writer.run(
            lambda db: incidents.add_media(db, case.key, "khac", "photo", file, now)
        )
        await case.owe(file)
        async with post.delivering(SWIFT):
            message = await case.officer.receives("photo", chat=case.chat)
    finally:
        await channel.close()
    assert WORD.encode() not in await bytes_of(case, message, "photo")


async def test_words_never_wait_for_a_slow_file(case: Case) -> None:
    neighbour, other = await case.post.person("Ông Tư (bịa)")
    file = await case.file(jpeg())
    await case.post.api.post("faults", kind="slow", method="getFile", seconds=3, times=1)
    row = await case.owe(file)
    async with case.post.delivering(SWIFT):
        await case.post.owe(case.duty, "Cháy ở nơi khác", Lane.EMERGENCY)
        await case.post.owe(other, "Chào ông")
        await case.officer.sees("Cháy ở nơi khác", chat=case.chat)
        await neighbour.sees("Chào ông")
        assert case.post.row(row).state == "due"
        await case.officer.receives("photo", chat=case.chat)


@pytest.mark.parametrize("method", ["getFile", "sendPhoto"])
async def test_a_failing_messenger_delays_a_file_and_loses_nothing(
    case: Case, method: str
) -> None:
    file = await case.file(jpeg())
    await case.post.api.post("faults", kind="http_500", method=method, times=1)
    row = await case.owe(file)
    async with case.post.delivering(SWIFT):
        await case.post.until(lambda: case.post.row(row).attempts == 1)
        case.post.clock.move(seconds=5)
        await case.officer.receives("photo", chat=case.chat)
    assert await uploads(case.post) == ["anh-1.jpg"] * (2 if method == "sendPhoto" else 1)
    assert len(await case.post.api.sent(method="getFile")) == (1 if method == "sendPhoto" else 2)


async def test_what_no_row_names_is_swept_away(case: Case) -> None:
    stray = case.post.cellar.lay(b"left by a crash")
    fresh = case.post.cellar.lay(b"not written down yet")
    case.post.cellar.release(stray.name)
    row = await case.owe(await case.file(jpeg()))
    async with case.post.delivering(SWIFT) as sharing:
        await case.post.until(lambda: case.post.row(row).state == "sent")
        await sharing.sweep()
    (media,) = case.media()
    assert case.post.cellar.names() == {media.original, fresh.name}


async def test_a_number_to_call_is_a_card_that_can_be_tapped(post: Post) -> None:
    resident, address = await post.person()
    notice = Notice(contact=Contact("113", plain("Công an 113")))
    async with post.delivering():
        await post.owe(address, notice)
        message = await resident.receives("contact")
    assert message["contact"]["phone_number"] == "113"
    assert message["contact"]["first_name"] == "Công an 113"
    assert "TEL:113" in message["contact"]["vcard"]


async def test_a_message_is_deleted_and_a_deletion_costs_nothing(post: Post) -> None:
    resident, address = await post.person()
    said = await resident.says("Lời không nên để lại")
    async with post.delivering(Pace(private_burst=1, private_rate=0.01)):
        row = await post.owe(address, "Đã ghi tin")
        await post.until(lambda: post.row(row).state == "sent")
        now = post.clock()
        keys = [
            await post.writer.run(partial(outbox.delete, address=address, message_id=m, now=now))
            for m in (str(said["message_id"]), post.row(row).message_id or "", "99999")
        ]
        await post.until(lambda: {post.row(key).state for key in keys} == {"sent"})
    seen = [words(message) for message in await resident.history()]
    assert "Lời không nên để lại" not in seen
    assert "Đã ghi tin" not in seen
