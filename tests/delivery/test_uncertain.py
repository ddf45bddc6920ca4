"""What delivery notes of a send that nobody knows the end of, whom it leaves alone, and when it
tries again.
"""

import asyncio
from datetime import datetime

import pytest

from bot.channels.base import Outgoing, Refused, Sent, Unavailable
from bot.channels.telegram import TelegramChannel
from bot.delivery.sender import DEFAULT_BACKOFF, LONGEST_BACKOFF, Sender
from domain.notices import Lane, Notice, plain
from storage.addresses import set_unreachable
from storage.deliveries import is_unsure
from storage.owed import Due
from tests.delivery.conftest import Post, say
from tests.messenger import words


async def calls(post: Post, chat: int, method: str = "sendMessage") -> list[dict[str, object]]:
    return await post.api.sent(method=method, chat=chat)


@pytest.mark.parametrize("lane", [Lane.EMERGENCY, Lane.BROADCAST])
async def test_a_send_that_was_cut_off_is_noted_for_good(post: Post, lane: Lane) -> None:
    resident, address = await post.person()
    await post.api.post("faults", kind="drop_after", method="sendMessage", times=1)
    async with post.delivering():
        row = await post.owe(address, "Mời họp", lane)
        await post.until(lambda: post.row(row).state == "sent")
    settled = post.row(row)
    assert is_unsure(settled.fault)
    assert settled.message_id == "" if lane is Lane.BROADCAST else settled.message_id
    seen = [words(message) for message in (await resident.history())[1:]]
    assert seen == ["Mời họp"] * (1 if lane is Lane.BROADCAST else 2)


async def test_a_server_that_is_down_costs_no_broadcast(post: Post) -> None:
    """Nothing was taken, so that it is tried again."""
    resident, address = await post.person()
    tried: list[str] = []

    class Down(TelegramChannel):
        async def send(self, message: Outgoing) -> Sent:
            tried.append(message.text)
            if len(tried) < 3:
                raise Unavailable("network")
            return await super().send(message)

    async with post.delivering(kind=Down):
        row = await post.owe(address, "Mời họp", Lane.BROADCAST)
        await resident.sees("Mời họp")
        await post.until(lambda: post.row(row).state == "sent")
    assert post.row(row).fault is None


async def test_a_dead_letter_keeps_that_it_may_have_arrived(post: Post) -> None:
    _, address = await post.person()
    faults = [Unavailable("network", uncertain=True), Refused("Bad Request: no")]

    class Failing(TelegramChannel):
        async def send(self, message: Outgoing) -> Sent:
            raise faults.pop(0)

    async with post.delivering(kind=Failing):
        row = await post.owe(address, "Cháy", Lane.EMERGENCY)
        await post.until(lambda: post.row(row).state == "dead")
    assert post.row(row).fault == "unsure: Bad Request: no"
    assert post.row(row).attempts == 2


async def test_half_of_a_long_text_is_noted_too(post: Post) -> None:
    _, address = await post.person()
    sent: list[str] = []

    class Half(TelegramChannel):
        async def send(self, message: Outgoing) -> Sent:
            sent.append(message.text)
            if len(sent) == 2:
                raise Refused("Bad Request: no")
            return await super().send(message)

    async with post.delivering(kind=Half):
        row = await post.owe(address, "Câu chuyện dài. " * 400)
        await post.until(lambda: post.row(row).state == "dead")
    assert is_unsure(post.row(row).fault)


async def test_an_edit_is_never_in_doubt(post: Post) -> None:
    """Twice the same is once."""
    resident, address = await post.person()
    async with post.delivering():
        card = await post.owe(address, "Thẻ")
        await resident.sees("Thẻ")
        await post.api.post("faults", kind="drop_after", method="editMessageText", times=1)
        edit = await post.edit(card, say("Thẻ mới"))
        await post.until(lambda: post.row(edit).state == "sent")
    assert post.row(edit).attempts == 1
    assert post.row(edit).fault is None


async def test_who_cannot_be_reached_is_not_tried_until_they_write(post: Post) -> None:
    resident, address = await post.person()
    await post.writer.run(lambda db: set_unreachable(db, address.id, post.clock()))
    async with post.delivering():
        row = await post.owe(address, "Một")
        await post.until(lambda: post.row(row).state == "dead")
        assert await calls(post, resident.id) == []
        assert "cannot be reached" in (post.row(row).fault or "")
        assert post.row(row).attempts == 0
        assert post.refused == [row]
        assert post.lost == []
        await post.writer.run(lambda db: set_unreachable(db, address.id, None))
        await post.owe(address, "Hai")
        await resident.sees("Hai")
    assert len(await calls(post, resident.id)) == 1


async def test_retry_after_is_kept_to_the_second(post: Post) -> None:
    resident, address = await post.person()
    await post.api.post(
        "faults", kind="retry_after", method="sendMessage", chat=resident.id, seconds=2, times=1
    )
    async with post.delivering():
        await post.owe(address, "Một")
        await resident.sees("Một")
    refused, taken = [_instant(call["at"]) for call in await calls(post, resident.id)]
    assert 2.0 <= taken - refused < 3.0


async def test_only_the_newest_state_of_a_card_follows_what_is_on_the_wire(post: Post) -> None:
    resident, address = await post.person()
    leaving = asyncio.Event()

    class Telling(TelegramChannel):
        async def send(self, message: Outgoing) -> Sent:
            if message.edits:
                leaving.set()
            return await super().send(message)

    await post.api.post("faults", kind="slow", method="editMessageText", seconds=1, times=1)
    async with post.delivering(kind=Telling):
        card = await post.owe(address, "Mới")
        await resident.sees("Mới")
        rows = [await post.edit(card, say("Đang đọc"))]
        await leaving.wait()
        rows += [await post.edit(card, say(text)) for text in ("Đã nhận", "Đang tới", "Đã xong")]
        await resident.sees("Đã xong")
        await post.until(lambda: post.row(rows[-1]).state == "sent")
    texts = [call["params"]["text"] for call in await calls(post, resident.id, "editMessageText")]  # type: ignore[index]
    assert texts == ["Đang đọc", "Đã xong"]
    assert [post.row(row).state for row in rows] == ["sent", "dropped", "dropped", "sent"]


async def test_an_edit_with_broken_markup_is_sent_as_plain_text(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    resident, address = await post.person()
    async with post.delivering():
        card = await post.owe(address, "Thẻ")
        await resident.sees("Thẻ")
        monkeypatch.setattr("bot.wording.Wording.say", lambda *_: "Nhà <b>số 5 &amp; 6")
        await post.edit(card, say("khác"))
        edited = await resident.sees("Nhà số 5 & 6")
    assert "edit_date" in edited


@pytest.mark.parametrize("lane", list(Lane))
def test_tries_come_apart_and_never_together(lane: Lane) -> None:
    """Doubling up to the lane's longest, and no two chats at one moment."""
    sender = Sender.__new__(Sender)
    longest = LONGEST_BACKOFF.get(lane, DEFAULT_BACKOFF)
    for attempts in (0, 1, 3, 6, 40):
        whole = min(longest, 0.5 * 2 ** min(attempts, 10))
        waits = {sender.backoff((_due(lane, attempts),)) for _ in range(50)}
        assert len(waits) > 25
        assert all(0.7 * whole <= wait <= whole for wait in waits)


def _due(lane: Lane, attempts: int) -> Due:
    notice = Notice(plain("x"))
    return Due(1, 1, "7", True, None, lane, notice, False, attempts, False, "", None)


def _instant(at: object) -> float:
    return datetime.fromisoformat(str(at)).timestamp() if isinstance(at, str) else float(str(at))
