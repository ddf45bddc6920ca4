"""A poll below its words, in the sandbox: sent once, closed once, its votes heard once."""

from datetime import datetime

from sqlalchemy.engine import Connection

from bot.channels.base import Capabilities
from bot.channels.telegram import TelegramChannel
from bot.delivery.gathering import messages
from domain.notices import Lane, Notice, Poll, plain
from storage import outbox
from storage.owed import Due
from storage.tables import Outbox
from tests.delivery.conftest import Post

QUIZ = Poll(plain("Loại nào & vì sao?"), (plain("Pháo nổ"), plain("Pháo hoa")), 1, plain("Điều 0"))


class Wordless(TelegramChannel):
    """A messenger that has no polls."""

    capabilities = Capabilities()


async def test_words_then_the_poll_then_its_votes(post: Post) -> None:
    persona, _ = await post.person()
    chat, group = await post.group(persona)
    heard: list[tuple[int, tuple[int, ...]]] = []

    def counted(db: Connection, row: Outbox, votes: tuple[int, ...], now: datetime) -> None:
        heard.append((row.edits or 0, votes))

    post.counted = counted
    row = await post.owe(group, Notice(plain("Pháo hoa khác pháo nổ"), poll=QUIZ), Lane.NOTICE)
    async with post.delivering():
        await post.until(lambda: post.row(row).state == "sent")
        history = [m for m in await persona.history(chat) if m["from"]["id"] != persona.id]
        assert [m.get("text") or m["poll"]["question"] for m in history[-2:]] == [
            "Pháo hoa khác pháo nổ",
            "Loại nào & vì sao?",
        ]
        assert post.row(row).message_id == str(history[-1]["message_id"])
        await persona.votes(1, chat=chat)
        for _ in range(2):
            closing = await post.writer.run(
                lambda db: outbox.close_poll(db, outbox.get(db, row), post.clock())
            )
        await post.until(lambda: post.row(closing).state == "sent")
        await post.until(lambda: bool(heard))
    assert heard == [(row, (0, 1))]
    assert (await persona.history(chat))[-1]["poll"]["is_closed"]


async def test_a_messenger_without_polls_gets_the_words(post: Post) -> None:
    persona, _ = await post.person()
    chat, group = await post.group(persona)
    row = await post.owe(group, Notice(plain("Chỉ có lời"), poll=QUIZ), Lane.NOTICE)
    async with post.delivering(kind=Wordless):
        await post.until(lambda: post.row(row).state == "sent")
        assert (await persona.history(chat))[-1]["text"] == "Chỉ có lời"


async def test_the_poll_is_tried_again_and_the_words_are_not_doubled(post: Post) -> None:
    persona, _ = await post.person()
    chat, group = await post.group(persona)
    await post.api.post("faults", kind="http_500", method="sendPoll", times=1)
    row = await post.owe(group, Notice(plain("Một lần thôi"), poll=QUIZ), Lane.NOTICE)
    async with post.delivering():
        await post.until(lambda: post.row(row).state == "sent")
        texts = [m.get("text") for m in await persona.history(chat)]
    assert texts.count("Một lần thôi") == 1


def test_words_with_a_poll_take_two_of_a_chats_messages() -> None:
    def due(notice: Notice, *, is_edit: bool = False) -> Due:
        return Due(1, 1, "-5", False, None, Lane.NOTICE, notice, False, 0, is_edit, "", None)

    assert messages((due(Notice(plain("x"), poll=QUIZ)),)) == 2
    assert messages((due(Notice(plain("x"))),)) == 1
    assert messages((due(Notice(poll=QUIZ)),)) == 1
    assert messages((due(Notice(closes_poll=True), is_edit=True),)) == 0
