"""Messages of words alone as the Bot API's own JSON. They are nearly all that is ever sent: built
and read as aiogram's objects they took most of the event loop's time, and the first answer
waited for its import. All other messages go through aiogram (telegram_calls.py).
"""

from typing import Any

from bot.channels.base import Outgoing, WordedButton

Query = dict[str, Any]

TIMEOUT_SECONDS = 30


def is_text(message: Outgoing) -> bool:
    """Whether it is words, with or without buttons: sent, or put in the place of others."""
    other = message.media or message.pin or message.contact or message.poll
    return not other and not message.closes_poll


def text_call(message: Outgoing) -> tuple[str, Query]:
    """The method and what it is called with. https://core.telegram.org/bots/api#sendmessage
    https://core.telegram.org/bots/api#editmessagetext"""
    query: Query = {
        "chat_id": message.chat,
        "text": message.text,
        "link_preview_options": {"is_disabled": True},
    }
    if not message.plain:
        query["parse_mode"] = "HTML"
    if message.buttons:
        rows = [[_button(button) for button in row] for row in message.buttons]
        query["reply_markup"] = {"inline_keyboard": rows}
    if message.edits is not None:
        return "editMessageText", {**query, "message_id": int(message.edits)}
    if message.ask_reply and not message.buttons:
        query["reply_markup"] = {"force_reply": True}
    if message.silent:
        query["disable_notification"] = True
    if message.reply_to is not None:
        reply = {"message_id": int(message.reply_to), "allow_sending_without_reply": True}
        query["reply_parameters"] = reply
    return "sendMessage", query


def _button(button: WordedButton) -> Query:
    if button.link is not None:
        return {"text": button.label, "url": button.link}
    return {"text": button.label, "callback_data": button.tap}
