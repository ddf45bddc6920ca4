"""Delivery against the sandbox: what is owed arrives, in order, urgent first, and once."""

import io
from functools import partial

import pytest
from PIL import Image

from bot.channels.telegram import TelegramChannel
from bot.delivery.pace import Pace
from domain.notices import Button, Lane, Media, Notice, Pin, Text, plain
from storage.cards import card_once
from tests.delivery.conftest import Post, say
from tests.messenger import words

SWIFT = Pace(rate=1000, private_rate=1000, private_burst=1000, group_rate=1000)


async def test_what_is_owed_arrives_and_is_settled(post: Post) -> None:
    resident, address = await post.person()
    async with post.delivering():
        await post.owe(address, "Việc gì đang xảy ra?")
        row = await post.owe(
            address, "Đã ghi tin báo.", once=card_once("incident:1", address.id, 1)
        )
        message = await resident.sees("Đã ghi tin báo.")
        await post.until(lambda: post.row(row).state == "sent")
    assert post.row(row).message_id == str(message["message_id"])
    assert post.accepted == [row]


async def test_a_chat_keeps_its_order(post: Post) -> None:
    resident, address = await post.person()
    for number in range(6):
        await post.owe(address, f"Câu {number}")
    async with post.delivering(SWIFT):
        await post.api.patch(f"bots/{post.bot['id']}", limits=False)
        await resident.sees("Câu 5")
    assert [words(m)[-1] for m in (await resident.history())[1:]] == list("012345")


async def test_urgent_goes_before_what_was_owed_earlier(post: Post) -> None:
    resident, address = await post.person()
    await post.owe(address, "Thông báo chung", Lane.BROADCAST)
    await post.owe(address, "Tin thường", Lane.NOTICE)
    await post.owe(address, "Khẩn cấp", Lane.EMERGENCY)
    async with post.delivering():
        await resident.sees("Thông báo chung")
    seen = [words(message) for message in (await resident.history())[1:]]
    assert seen == ["Khẩn cấp", "Tin thường", "Thông báo chung"]


async def test_an_edit_reaches_a_message_that_was_not_sent_yet(post: Post) -> None:
    resident, address = await post.person()
    row = await post.owe(address, "Chưa ai nhận")
    await post.edit(row, say("Đang đọc"))
    await post.edit(row, say("Đã nhận"))
    async with post.delivering():
        message = await resident.sees("Đã nhận")
    assert "edit_date" in message
    edits = await post.api.sent(method="editMessageText")
    assert len(edits) == 1, "an edit that was overtaken is not sent"


@pytest.mark.parametrize("kind", ["http_500", "http_502_html", "drop_before"])
async def test_a_failing_messenger_delays_and_loses_nothing(post: Post, kind: str) -> None:
    resident, address = await post.person()
    await post.api.post("faults", kind=kind, method="sendMessage", times=2)
    async with post.delivering():
        row = await post.owe(address, "Tin khẩn", Lane.EMERGENCY)
        await resident.sees("Tin khẩn")
        await post.until(lambda: post.row(row).state == "sent")
    assert post.row(row).attempts == 2
    assert [words(message) for message in (await resident.history())[1:]] == ["Tin khẩn"]


async def test_an_uncertain_broadcast_is_not_repeated_and_an_alert_is(post: Post) -> None:
    resident, address = await post.person()
    async with post.delivering():
        for lane, text in ((Lane.BROADCAST, "Mời họp"), (Lane.EMERGENCY, "Cháy")):
            await post.api.post("faults", kind="drop_after", method="sendMessage", times=1)
            row = await post.owe(address, text, lane)
            await post.until(partial(is_sent, post, row))
    seen = [words(message) for message in (await resident.history())[1:]]
    assert seen.count("Mời họp") == 1
    assert seen.count("Cháy") == 2


async def test_retry_after_rests_the_chat_it_names_and_no_other(post: Post) -> None:
    resident, address = await post.person()
    neighbour, other = await post.person("Ông Tư (bịa)")
    await post.api.post(
        "faults", kind="retry_after", method="sendMessage", chat=resident.id, seconds=2, times=1
    )
    async with post.delivering():
        first = await post.owe(address, "Một")
        await post.owe(other, "Hai")
        await neighbour.sees("Hai")
        assert post.row(first).state == "due"
        await resident.sees("Một")


async def test_a_person_who_blocked_the_bot_becomes_a_dead_letter(post: Post) -> None:
    resident, address = await post.person()
    await post.api.post("blocks", **{"from": resident.id}, bot=post.bot["id"], blocked=True)
    async with post.delivering():
        first = await post.owe(address, "Một")
        second = await post.owe(address, "Hai")
        await post.until(lambda: {post.row(first).state, post.row(second).state} == {"dead"})
    assert "blocked" in (post.row(first).fault or "")
    assert post.refused == [first, second]


@pytest.mark.parametrize("known", [False, True])
async def test_what_is_queued_for_a_migrated_group_follows_it(post: Post, known: bool) -> None:
    """Whether or not somebody wrote in the new group before we learnt of it."""
    officer, _ = await post.person()
    chat = await post.api.post(
        "chats",
        title="Trực ban (bịa)",
        type="group",
        messenger="telegram",
        members=[officer.id],
        bots=[post.bot["id"]],
        admins=[officer.id],
    )
    address = await post.writer.run(post._group(str(chat["id"])))
    moved = (await post.api.post(f"chats/{chat['id']}/migrate"))["id"]
    if known:
        await post.writer.run(post._group(str(moved)))
    async with post.delivering():
        await post.owe(address, "Tin báo mới")
        await officer.sees("Tin báo mới", chat=moved)


async def test_broken_markup_is_sent_as_plain_text(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    resident, address = await post.person()
    await post.owe(address, Notice(Text("text.broken")))
    monkeypatch.setattr("bot.wording.Wording.say", lambda *_: "Nhà <b>số 5 &amp; 6")
    async with post.delivering():
        message = await resident.sees("Nhà số 5 & 6")
    assert "entities" not in message


async def test_a_long_text_comes_in_parts_and_its_buttons_under_the_last(post: Post) -> None:
    resident, address = await post.person()
    long = "Câu chuyện dài. " * 600 + "HẾT"
    button = Button(plain("Trả lời"), tap="r:1:answer")
    await post.owe(address, Notice(plain(long), buttons=((button,),)))
    async with post.delivering():
        last = await resident.sees("HẾT")
    parts = (await resident.history())[1:]
    assert len(parts) == 3
    assert "reply_markup" in last
    assert all("reply_markup" not in part for part in parts[:-1])


async def test_words_missing_from_the_catalogue_stop_one_row_alone(post: Post) -> None:
    resident, address = await post.person()
    async with post.delivering():
        row = await post.owe(address, Notice(Text("nowhere.at.all")))
        await post.owe(address, "Vẫn chạy")
        await resident.sees("Vẫn chạy")
    assert post.row(row).state == "dead"


async def test_photos_and_a_pin_follow_the_card_as_answers_to_it(post: Post) -> None:
    officer, private = await post.person()
    chat, address = await post.group(officer)
    photo = await officer.shows(_picture())
    del private
    file = await _file_id(post)
    card = await post.owe(address, "KHẨN CẤP · Cháy", Lane.EMERGENCY)
    await post.owe(address, Notice(media=(Media("photo", file),)), Lane.EMERGENCY, answers=card)
    await post.owe(address, Notice(pin=Pin(20.95, 107.08)), Lane.EMERGENCY, answers=card)
    async with post.delivering():
        place = await officer.sees(chat=chat)
        while "location" not in place:
            place = await officer.sees(chat=chat)
        await officer.receives("photo", chat=chat)
    shown = [m for m in await officer.history(chat) if m["from"]["is_bot"]]
    kinds = [set(m) & {"text", "photo", "location"} for m in shown]
    assert kinds == [{"text"}, {"location"}, {"photo"}], "nothing waits for a file"
    assert {m["reply_to_message"]["message_id"] for m in shown[1:]} == {shown[0]["message_id"]}
    assert photo


async def test_a_crowded_duty_chat_gets_urgent_cards_first_and_calm_ones_gathered(
    post: Post,
) -> None:
    officer, _ = await post.person()
    chat, address = await post.group(officer)
    calm = [
        await post.owe(
            address,
            Notice(
                plain(f"Thường {n}"),
                digest=plain(f"Gọn {n}"),
                digest_button=Button(plain(f"Xem {n}"), tap=f"i:{n}:open"),
            ),
            Lane.NOTICE,
            calm=True,
            once=card_once(f"incident:{n}", address.id, 1),
        )
        for n in range(14)
    ]
    urgent = [await post.owe(address, f"Khẩn {n}", Lane.EMERGENCY) for n in range(6)]
    async with post.delivering():
        gathered = await officer.sees("Gọn", chat=chat)
        await post.until(lambda: all(post.row(row).state == "sent" for row in calm))
    seen = [words(m) for m in await officer.history(chat) if m["from"]["is_bot"]]
    assert seen[:6] == [f"Khẩn {n}" for n in range(6)]
    assert "Gọn 13" in words(gathered)
    assert len(gathered["reply_markup"]["inline_keyboard"]) > 5
    assert all(post.row(row).state == "sent" for row in urgent)
    assert (await post.api.get(f"bots/{post.bot['id']}/limits"))["refused"] == 0
    assert post.accepted == calm


def _picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (64, 48), "orange").save(file, "JPEG")
    return file.getvalue()


async def _file_id(post: Post) -> str:
    channel = TelegramChannel("phuong", str(post.bot["token"]), post.api.url)
    try:
        updates = await channel.receive()
        found = [channel.read(update) for update in updates]
    finally:
        await channel.close()
    return next(media.file for incoming in found if incoming for media in incoming.media)


def is_sent(post: Post, row: int) -> bool:
    return post.row(row).state == "sent"
