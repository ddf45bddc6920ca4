"""What a bot may fetch and take back, and that the token is in no fault."""

import base64
from collections.abc import AsyncIterator

import pytest

from bot.channels import base
from bot.channels.telegram import TelegramChannel
from sandbox.server import Served, serve
from tests.messenger import Messenger, Persona, messenger

MADE_UP = "7000000009:CCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCC"


class Pair:
    """A person and a bot that talk to each other."""

    def __init__(self, served: Served, api: Messenger, who: int, bot: dict[str, str]) -> None:
        self.served, self.api = served, api
        self.person = Persona(api, who, int(bot["id"]))
        self.channel = TelegramChannel("phuong", bot["token"], served.url)
        self.token = bot["token"]

    async def file(self, content: bytes) -> str:
        """The id of a document that the person sent."""
        data = {"data": base64.b64encode(content).decode(), "file_name": "Tên người (bịa).bin"}
        await self.person.says(document=data)
        update = (await self.channel.receive())[-1]
        incoming = self.channel.read(update)
        assert incoming is not None
        assert "Tên" not in repr(incoming), "a file's name may be its sender's"
        return incoming.media[0].file


@pytest.fixture
async def pair() -> AsyncIterator[Pair]:
    async with serve() as served, messenger(served.url) as api:
        bot = await api.post("bots", name="Bot", username="b_bot", messenger="telegram")
        who = await api.post("people", name="Người (bịa)", language="vi", messenger="telegram")
        found = Pair(served, api, who["id"], bot)
        await found.person.starts()
        yield found
        await found.channel.close()


async def test_a_file_comes_as_it_was_sent(pair: Pair) -> None:
    assert await pair.channel.download(await pair.file(b"anything")) == b"anything"


async def test_a_file_over_the_limit_is_too_large(pair: Pair) -> None:
    file = await pair.file(b"x")
    pair.served.world.files[file][1].content += bytes(20 * 1024 * 1024)
    with pytest.raises(base.TooLarge):
        await pair.channel.download(file)


async def test_a_file_that_grew_behind_its_announcement_is_cut_off(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.telegram_files.MOST_BYTES", 4)
    with pytest.raises(base.TooLarge):
        await pair.channel.download(await pair.file(b"12345"))


async def test_an_unknown_file_is_gone(pair: Pair) -> None:
    with pytest.raises(base.Gone):
        await pair.channel.download("AgACAgIAAxkBAAInvented")


async def test_a_failing_download_is_tried_again_and_keeps_the_token(pair: Pair) -> None:
    file = await pair.file(b"x")
    await pair.api.post("faults", kind="drop_before", method="getFile", times=1)
    with pytest.raises(base.Unavailable) as caught:
        await pair.channel.download(file)
    assert pair.token not in repr(caught.value)
    assert await pair.channel.download(file) == b"x"


async def test_a_wrong_token_is_a_fault_of_the_settings(pair: Pair) -> None:
    stranger = TelegramChannel("phuong", MADE_UP, pair.served.url)
    try:
        for call in (stranger.download("f"), stranger.delete("1", "1")):
            with pytest.raises(base.Misconfigured) as caught:
                await call
            assert MADE_UP not in repr(caught.value)
    finally:
        await stranger.close()


async def test_what_is_gone_or_too_old_is_as_good_as_deleted(pair: Pair) -> None:
    said = await pair.person.says("Lời không nên để lại")
    chat = str(pair.person.id)
    for _ in range(2):
        await pair.channel.delete(chat, str(said["message_id"]))
    assert "Lời" not in repr(await pair.person.history())
    old = await pair.person.says("Lời cũ")
    messages = pair.served.world.private_chats[pair.person.id, pair.person.bot].messages
    messages[old["message_id"]].date -= 3 * 24 * 3600
    await pair.channel.delete(chat, str(old["message_id"]))
    assert "Lời cũ" in repr(await pair.person.history())


async def test_a_chat_that_blocked_the_bot_cannot_be_cleaned_up(pair: Pair) -> None:
    said = await pair.person.says("Xin chào")
    blocks = {"from": pair.person.id, "bot": pair.person.bot, "blocked": True}
    await pair.api.post("blocks", **blocks)
    with pytest.raises(base.Unreachable):
        await pair.channel.delete(str(pair.person.id), str(said["message_id"]))
