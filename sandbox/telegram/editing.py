"""Editing, deleting and pinning."""

from __future__ import annotations

from sandbox import posting
from sandbox.model import Chat, Message, Wire
from sandbox.telegram.call import Call
from sandbox.telegram.errors import bad_request
from sandbox.telegram.keyboards import markup_of
from sandbox.telegram.wording import caption_body, text_body

# https://core.telegram.org/bots/api#deletemessage
DELETABLE_FOR = 48 * 3600
SAME = (
    "message is not modified: specified new message content and reply markup are exactly the "
    "same as a current content and reply markup of the message"
)
CAPTIONED = frozenset({"photo", "video", "voice", "audio", "document"})


def edit_message_text(call: Call) -> Wire:
    """editMessageText."""
    message = _own(call)
    if "text" not in message.body:
        raise bad_request("there is no text in the message to edit")
    words = text_body(call.params, too_long="MESSAGE_TOO_LONG")
    return _changed(call, message, _without(message.body, "text", "entities") | words)


def edit_message_caption(call: Call) -> Wire:
    """editMessageCaption; an empty caption removes it."""
    message = _own(call)
    if message.media is None or message.media.kind not in CAPTIONED:
        raise bad_request("there is no caption in the message to edit")
    body = _without(message.body, "caption", "caption_entities", "show_caption_above_media")
    return _changed(call, message, body | caption_body(call.params))


def edit_message_reply_markup(call: Call) -> Wire:
    """editMessageReplyMarkup; no keyboard removes the buttons."""
    message = _own(call)
    return _changed(call, message, message.body)


def delete_message(call: Call) -> bool:
    """deleteMessage: its own, in private the person's too, as administrator anybody's."""
    chat = call.writable_chat()
    message = call.message(chat, "message to delete not found")
    theirs = message.sender is not call.bot and not chat.private
    if theirs and not chat.is_admin(call.bot.id):
        raise bad_request("message can't be deleted")
    if call.world.clock() - message.date > DELETABLE_FOR and not chat.is_admin(call.bot.id):
        raise bad_request("message can't be deleted for everyone")
    posting.remove(call.world, message)
    return True


def pin_chat_message(call: Call) -> bool:
    """pinChatMessage."""
    chat = call.writable_chat()
    _require_pinning(call, chat)
    message = call.message(chat, "message to pin not found")
    chat.pinned = message
    posting.serve_notice(call.world, chat, call.bot, {"pinned_message": message})
    return True


def unpin_chat_message(call: Call) -> bool:
    """unpinChatMessage; without message_id what is pinned now."""
    chat = call.writable_chat()
    _require_pinning(call, chat)
    wanted = call.params.number("message_id")
    if chat.pinned is None or wanted not in (None, chat.pinned.message_id):
        raise bad_request("message to unpin not found")
    chat.pinned = None
    return True


def _require_pinning(call: Call, chat: Chat) -> None:
    if not chat.private and not chat.is_admin(call.bot.id):
        raise bad_request("not enough rights to manage pinned messages in the chat")


def _own(call: Call) -> Message:
    if call.params.number("message_id") is None:
        raise bad_request("message identifier is not specified")
    message = call.message(call.writable_chat(), "message to edit not found")
    if message.sender is not call.bot or message.service or "forward_origin" in message.body:
        raise bad_request("message can't be edited")
    return message


def _changed(call: Call, message: Message, body: Wire) -> Wire:
    markup = markup_of(call.params, inline_only=True)
    if body == message.body and markup == message.markup:
        raise bad_request(SAME)
    posting.change(call.world, message, body, markup)
    return call.shown(message)


def _without(body: Wire, *names: str) -> Wire:
    return {name: value for name, value in body.items() if name not in names}
