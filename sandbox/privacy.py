"""Which messages of a group a bot is shown (https://core.telegram.org/bots/features#privacy-mode)."""

from __future__ import annotations

import re

from sandbox.model import Bot, Message

COMMAND = re.compile(r"/\w+(?:@(\w+))?")


def sees(bot: Bot, message: Message) -> bool:
    """Whether this bot, being in the chat, receives this message of a person."""
    chat = message.chat
    if chat.private or message.service or bot.can_read_all or chat.is_admin(bot.id):
        return True
    if message.reply_to is not None and message.reply_to.sender is bot:
        return True
    text = message.body.get("text") or message.body.get("caption") or ""
    command = COMMAND.match(text)
    if command is not None:
        return command[1] is None or command[1].lower() == bot.username.lower()
    return _mentions(text, bot.username)


def _mentions(text: str, username: str) -> bool:
    return re.search(rf"(?<!\w)@{re.escape(username)}(?!\w)", text, re.IGNORECASE) is not None
