"""An administrator who remains anonymous writes as the group itself, through a bot of
Telegram's own; every name and number here but that bot's is invented.
"""

from typing import Any

import pytest

from bot.channels.telegram_updates import read_update
from tests.channels.test_telegram_updates import GROUP, PRIVATE, USER

GROUP_BOT = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "x"}
CHANNEL = {"id": -100777, "type": "channel", "title": "Kênh bịa"}


@pytest.mark.parametrize(
    ("chat", "sender", "sender_chat", "anonymous"),
    [
        (GROUP, GROUP_BOT, GROUP, True),
        (GROUP, USER, None, False),
        (GROUP, {**GROUP_BOT, "id": 136817688}, CHANNEL, False),
        (PRIVATE, USER, None, False),
    ],
)
def test_who_writes_in_the_groups_own_name(
    chat: dict[str, Any],
    sender: dict[str, Any],
    sender_chat: dict[str, Any] | None,
    anonymous: bool,
) -> None:
    message: dict[str, Any] = {
        "message_id": 12, "from": sender, "chat": chat, "date": 1795312800, "text": "/thietlap",
    }  # fmt: skip
    if sender_chat:
        message["sender_chat"] = sender_chat
    incoming = read_update("phuong", {"update_id": 5, "message": message})
    assert incoming is not None
    assert incoming.anonymous is anonymous
    assert incoming.text == "/thietlap"
