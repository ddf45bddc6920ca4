"""Defects that a review proved, each by the name of what broke."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Connection

from bot.channels.base import Outgoing, Sent, Unavailable
from bot.channels.telegram import TelegramChannel
from bot.channels.telegram_sending import _unread
from bot.delivery.chats import Chats
from bot.delivery.gathering import parcels
from bot.delivery.pace import Pace
from bot.delivery.splitting import shorten, units
from domain.notices import Lane, Media, Notice
from storage.deliveries import mark_sent
from storage.owed import Closed, list_due
from storage.tables import Outbox
from tests.conftest import Clock
from tests.delivery.conftest import Post, say
from tests.messenger import words


async def test_an_unreadable_row_stops_no_other(post: Post) -> None:
    resident, address = await post.person()
    bad = await post.owe(address, "hỏng", Lane.EMERGENCY)
    with post.engine.begin() as db:
        db.execute(text("UPDATE outbox SET notice = x'0102030405'"))
    await post.owe(address, "Vẫn tới nơi")
    async with post.delivering():
        await resident.sees("Vẫn tới nơi")
    with post.engine.connect() as db:
        states = db.execute(text("SELECT state, fault FROM outbox ORDER BY id")).all()
    assert bad == 1
    assert states[0][0] == "dead"
    assert "unreadable" in states[0][1]


async def test_an_alert_does_not_wait_while_a_calm_message_of_its_chat_rests(post: Post) -> None:
    officer, _ = await post.person()
    chat, address = await post.group(officer)
    await post.api.post("faults", kind="http_500", method="sendMessage", times=6)
    async with post.delivering():
        calm = await post.owe(address, "Thường", Lane.NOTICE)
        await post.until(lambda: post.row(calm).attempts >= 5)
        await post.api.delete("faults")
        await post.owe(address, "Cháy", Lane.EMERGENCY)
        await officer.sees("Cháy", chat=chat)
        assert post.row(calm).state == "due"


async def test_a_message_that_always_fails_does_not_hold_up_its_chat(post: Post) -> None:
    resident, address = await post.person()
    neighbour, other = await post.person("Ông Sáu (bịa)")
    stuck = await post.owe(address, "Kẹt", Lane.EMERGENCY)
    with post.engine.begin() as db:
        db.execute(text("UPDATE outbox SET attempts = 7 WHERE id = :id"), {"id": stuck})
    await post.owe(other, "Hàng xóm")
    await post.api.post("faults", kind="http_500", chat=resident.id, times=2)
    async with post.delivering():
        await neighbour.sees("Hàng xóm")
        await post.owe(address, "Tin sau", Lane.EMERGENCY)
        await resident.sees("Tin sau")


async def test_stopping_settles_what_is_on_the_wire(post: Post) -> None:
    resident, address = await post.person()
    leaving = asyncio.Event()

    class Telling(TelegramChannel):
        async def send(self, message: Outgoing) -> Sent:
            leaving.set()
            return await super().send(message)

    await post.api.post("faults", kind="slow", method="sendMessage", seconds=1, times=1)
    row = await post.owe(address, "Mời họp", Lane.BROADCAST)
    async with post.delivering(kind=Telling):
        await leaving.wait()
    assert post.row(row).state == "sent"
    await resident.sees("Mời họp")


async def test_a_listener_that_fails_does_not_bury_a_message_that_was_sent(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    resident, address = await post.person()

    def fail(_db: Connection, row: Outbox, _now: object) -> None:
        raise KeyError(row.id)

    monkeypatch.setattr(post, "_accept", fail)
    async with post.delivering():
        row = await post.owe(address, "Đã tới")
        await resident.sees("Đã tới")
        await post.until(lambda: post.row(row).state == "sent")


async def test_parts_that_arrived_are_not_sent_again(post: Post) -> None:
    resident, address = await post.person()
    sent: list[str] = []

    class FailingOnce(TelegramChannel):
        async def send(self, message: Outgoing) -> Sent:
            sent.append(message.text)
            if len(sent) == 2:
                raise Unavailable("cut before the second part")
            return await super().send(message)

    await post.owe(address, "Phần một. " * 420 + "Phần hai. " * 20 + "CUỐI")
    async with post.delivering(kind=FailingOnce):
        await resident.sees("CUỐI")
    assert len((await resident.history())[1:]) == 2


async def test_edits_of_cards_that_still_wait_do_not_starve_the_others(post: Post) -> None:
    officer, _ = await post.person()
    _, address = await post.group(officer)
    _, other = await post.person("Bà Tám (bịa)")
    for number in range(60):
        card = await post.owe(address, f"Thẻ {number}", Lane.NOTICE)
        await post.edit(card, say(f"Thẻ mới {number}"))
    waiting = await post.owe(other, "Xin chào", Lane.NOTICE)
    now = post.clock()
    with post.engine.connect() as db:
        due = list_due(db, "phuong", now, Closed(full={address.id}), 48)
    assert [row.id for row in due] == [waiting]


async def test_photos_of_calm_reports_leave_the_reserve_to_emergencies(post: Post) -> None:
    officer, _ = await post.person()
    _, address = await post.group(officer)
    photos = Notice(media=tuple(Media("photo", f"f{n}") for n in range(8)))
    for _ in range(2):
        card = await post.owe(address, "Ồn ào", Lane.NOTICE)
        with post.engine.begin() as db:
            mark_sent(db, card, "1", post.clock())
        await post.owe(address, photos, Lane.NOTICE, answers=card)
    chats = Chats(Pace())
    with post.engine.connect() as db:
        due = list_due(db, "phuong", post.clock(), Closed(), 48)
    assert len(parcels(due, chats, 0.0)) == 1
    chats.pace_of(address.id, private=False).take(0.0, 8)
    assert parcels(due[1:], chats, 0.0) == []
    alert = await post.owe(address, "Cháy", Lane.EMERGENCY)
    with post.engine.connect() as db:
        due = list_due(db, "phuong", post.clock(), Closed(), 48)
    assert [parcel[0].id for parcel in parcels(due, chats, 0.0)] == [alert]


async def test_a_clock_that_was_ahead_does_not_silence_a_chat(post: Post, clock: Clock) -> None:
    resident, address = await post.person()
    row = await post.owe(address, "Từ tương lai")
    with post.engine.begin() as db:
        mark_sent(db, row, "1", clock() + timedelta(hours=1))
    async with post.delivering():
        await post.owe(address, "Bây giờ")
        await resident.sees("Bây giờ")


def test_an_answer_that_cannot_be_read_but_says_ok_is_not_sent_again() -> None:
    (one,) = _unread({"ok": True, "result": {"message_id": 7, "new_kind": {}}})
    assert one.message_id == 7
    (last,) = _unread({"ok": True, "result": [{"message_id": 7}, {"message_id": 8}]})
    assert last.message_id == 8
    with pytest.raises(Unavailable) as caught:
        _unread("<html>502</html>")
    assert caught.value.uncertain


def test_update_ids_that_begin_anew_are_confirmed() -> None:
    channel = TelegramChannel("phuong", "1:a", "http://127.0.0.1")
    channel.confirm([{"update_id": 900}])
    channel.confirm([])
    channel.confirm([{"update_id": 5}])
    assert channel._offset == 6


async def test_an_edit_too_long_for_one_message_keeps_its_head(post: Post) -> None:
    officer, address = await post.person()
    row = await post.owe(address, "Thẻ")
    async with post.delivering():
        await officer.sees("Thẻ")
        await post.edit(row, say("KHẨN CẤP · Cháy " + "&" * 5000))
        edited = await officer.sees("KHẨN CẤP · Cháy")
    assert words(edited).endswith("…")


def test_a_shortened_text_fits_and_keeps_its_markup_whole() -> None:
    long = "<b>" + "Cháy to. " * 900 + "</b>"
    short = shorten(long, 4096)
    assert units(short) <= 4096
    assert short.startswith("<b>")
    assert short.endswith("</b>…")
