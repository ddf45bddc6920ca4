"""A chat that refuses for good, or lives on under another id, is told to whoever must know; and
setting up a group learns whether the bot hears what is said there.
"""

import pytest

from bot.channels.telegram import TelegramChannel
from tests.delivery.conftest import Post


async def test_an_address_is_lost_once(post: Post) -> None:
    persona, address = await post.person()
    block = {"from": persona.id, "bot": post.bot["id"], "blocked": True}
    await post.api.post("blocks", **block)
    async with post.delivering():
        first = await post.owe(address, "một")
        await post.until(lambda: post.row(first).state == "dead")
        second = await post.owe(address, "hai")
        await post.until(lambda: post.row(second).state == "dead")
    assert post.lost == [address.id]


@pytest.mark.parametrize("promoted", [False, True])
async def test_setting_up_learns_whether_the_bot_hears_the_group(
    post: Post, promoted: bool
) -> None:
    persona, _ = await post.person()
    chat, _ = await post.group(persona)
    if promoted:
        await post.api.post(f"chats/{chat}/members", promote=[post.bot["id"]], by=persona.id)
    channel = TelegramChannel("phuong", str(post.bot["token"]), post.api.url)
    try:
        update = {"update_id": 7, "message": {
            "message_id": 3, "from": {"id": persona.id, "is_bot": False, "first_name": "Hoa"},
            "chat": {"id": chat, "type": "supergroup", "title": "Nhóm bịa"},
            "date": 1795312800, "text": "/thietlap",
        }}  # fmt: skip
        said = {**update, "message": {**update["message"], "text": "chào"}}  # type: ignore[dict-item]
        read = [channel.read(each) for each in (update, said)]
        incoming, talk = [await channel.complete(each) for each in read if each]
    finally:
        await channel.close()
    assert (incoming.by_admin, incoming.bot_admin) == (True, promoted)
    assert talk.bot_admin is None
