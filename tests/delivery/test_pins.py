"""A pin on its way, in the sandbox: it waits for its message, happens once, and ends; without the
right to it is refused and disturbs nothing.
"""

from bot.channels.base import Capabilities
from bot.channels.telegram import TelegramChannel
from domain.notices import Lane, Notice, plain
from storage import outbox
from storage.tables import Address
from tests.delivery.conftest import Post
from tests.messenger import Persona


class Pinless(TelegramChannel):
    """A messenger that pins nothing."""

    capabilities = Capabilities()


async def owe_pinned(post: Post, group: Address, *, ends: bool = False) -> tuple[int, int]:
    """A message and its pin, owed together, and a second time; the rows of the message and of
    what comes last."""
    row = await post.owe(group, Notice(plain("Họp khu (bịa)")), Lane.BROADCAST)
    pin = 0
    for _ in range(2):
        pin = await post.writer.run(
            lambda db: outbox.pin(db, outbox.get(db, row), post.clock(), loud=False)
        )
    if ends:
        pin = await post.writer.run(lambda db: outbox.unpin(db, outbox.get(db, row), post.clock()))
    return row, pin


async def promoted(post: Post, persona: Persona) -> tuple[int, Address]:
    """A group that the bot administers."""
    chat, group = await post.group(persona)
    await post.api.post(f"chats/{chat}/members", promote=[post.bot["id"]], by=persona.id)
    return chat, group


async def test_once_and_not_before_its_message(post: Post) -> None:
    persona, _ = await post.person()
    chat, group = await promoted(post, persona)
    row, unpin = await owe_pinned(post, group, ends=True)
    async with post.delivering():
        await post.until(lambda: post.row(unpin).state == "sent")
        history = await persona.history(chat)
    pinned = [m["pinned_message"]["message_id"] for m in history if "pinned_message" in m]
    assert [str(each) for each in pinned] == [post.row(row).message_id]


async def test_without_the_right_to(post: Post) -> None:
    persona, _ = await post.person()
    chat, group = await post.group(persona)
    _, pin = await owe_pinned(post, group)
    after = await post.owe(group, Notice(plain("Tin sau (bịa)")), Lane.BROADCAST)
    async with post.delivering():
        await post.until(lambda: post.row(pin).state == "dead")
        await post.until(lambda: post.row(after).state == "sent")
    assert "not enough rights" in (post.row(pin).fault or "")
    assert (await persona.history(chat))[-1]["text"] == "Tin sau (bịa)"


async def test_what_is_gone_needs_no_pin(post: Post) -> None:
    persona, _ = await post.person()
    _, group = await promoted(post, persona)
    row = await post.owe(group, Notice(plain("Bị xóa (bịa)")), Lane.BROADCAST)
    async with post.delivering():
        await post.until(lambda: post.row(row).state == "sent")
        message = post.row(row).message_id or ""
        gone = await post.writer.run(lambda db: outbox.delete(db, group, message, post.clock()))
        await post.until(lambda: post.row(gone).state == "sent")
        keys = [
            await post.writer.run(
                lambda db: outbox.pin(db, outbox.get(db, row), post.clock(), loud=True)
            ),
            await post.writer.run(lambda db: outbox.unpin(db, outbox.get(db, row), post.clock())),
        ]
        await post.until(lambda: all(post.row(key).state == "sent" for key in keys))


async def test_a_messenger_without_pins_is_left_in_peace(post: Post) -> None:
    persona, _ = await post.person()
    chat, group = await post.group(persona)
    _, pin = await owe_pinned(post, group)
    async with post.delivering(kind=Pinless):
        await post.until(lambda: post.row(pin).state == "sent")
    assert not any("pinned_message" in m for m in await persona.history(chat))


async def test_an_edit_leaves_a_waiting_pin_alone(post: Post) -> None:
    persona, _ = await post.person()
    chat, group = await promoted(post, persona)
    row, pin = await owe_pinned(post, group)
    await post.writer.run(
        lambda db: outbox.edit(db, row, Notice(plain("Lời đúng (bịa)")), post.clock())
    )
    async with post.delivering():
        await post.until(lambda: post.row(pin).state == "sent")
        history = await persona.history(chat)
    assert any("pinned_message" in message for message in history)
