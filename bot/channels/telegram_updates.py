"""Raw Telegram updates in our words. https://core.telegram.org/bots/api#update"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.channels.base import Event, Incoming, Sender, Tap
from domain.notices import Media, MediaKind, Pin

ALLOWED_UPDATES = [
    "message",
    "edited_message",
    "callback_query",
    "my_chat_member",
    "chat_member",
]
PRESENT = {"member", "administrator", "creator", "restricted"}
_FILES: tuple[tuple[str, MediaKind], ...] = (
    ("video", "video"),
    ("voice", "voice"),
    ("audio", "audio"),
    ("video_note", "video"),
    ("animation", "video"),
    ("document", "document"),
)

Raw = Mapping[str, Any]


def read_update(bot: str, update: Raw) -> Incoming | None:
    """None for what concerns nobody: channel posts, updates without a sender or a chat."""
    if query := update.get("callback_query"):
        return _tap(bot, update["update_id"], query)
    if member := update.get("my_chat_member"):
        return _membership(bot, update["update_id"], member)
    if member := update.get("chat_member"):
        return _member_changed(bot, update["update_id"], member)
    for field in ("message", "edited_message"):
        if message := update.get(field):
            return _message(bot, update["update_id"], message, edited=field != "message")
    return None


def _chat(
    bot: str, update_id: int, chat: Raw, sender: Raw | None, **fields: Any
) -> Incoming | None:
    if chat["type"] == "channel" or sender is None:
        return None
    private = chat["type"] == "private"
    return Incoming(
        bot=bot,
        update_id=update_id,
        chat=str(chat["id"]),
        private=private,
        sender=_sender(sender),
        chat_title="" if private else chat.get("title", ""),
        **fields,
    )


def _sender(user: Raw) -> Sender:
    name = " ".join(filter(None, (user.get("last_name"), user.get("first_name"))))
    return Sender(str(user["id"]), name, user.get("language_code"), bool(user.get("is_bot")))


def _with(incoming: Incoming | None, **fields: Any) -> Incoming | None:
    return None if incoming is None else replace(incoming, **fields)


def _tap(bot: str, update_id: int, query: Raw) -> Incoming | None:
    message = query.get("message")
    if message is None:
        return None
    return _chat(
        bot,
        update_id,
        message["chat"],
        query["from"],
        message_id=str(message["message_id"]),
        tap=Tap(query.get("data", ""), query["id"]),
    )


def _membership(bot: str, update_id: int, change: Raw) -> Incoming | None:
    """The bot's own standing in a chat changed."""
    was = change["old_chat_member"]["status"] in PRESENT
    now = change["new_chat_member"]["status"] in PRESENT
    if was == now:
        return None
    private = change["chat"]["type"] == "private"
    event: Event = (
        ("unblocked" if now else "blocked") if private else ("bot_added" if now else "bot_removed")
    )
    return _chat(bot, update_id, change["chat"], change["from"], event=event)


def _member_changed(bot: str, update_id: int, change: Raw) -> Incoming | None:
    """Somebody else's standing; told to bots that administer the group."""
    was = change["old_chat_member"]["status"] in PRESENT
    now = change["new_chat_member"]["status"] in PRESENT
    if not was or now:
        return None
    incoming = _chat(bot, update_id, change["chat"], change["from"])
    return _left(incoming, change["new_chat_member"]["user"])


def _left(incoming: Incoming | None, user: Raw) -> Incoming | None:
    """Who left, or was taken out, is who it is about; of bots nobody need hear."""
    if user.get("is_bot"):
        return None
    return _with(incoming, event="member_left", sender=_sender(user), anonymous=False)


def _message(bot: str, update_id: int, message: Raw, *, edited: bool) -> Incoming | None:
    if member := message.get("left_chat_member"):
        return _left(_said(bot, update_id, message, edited=edited), member)
    if "new_chat_members" in message:
        return None
    return _said(bot, update_id, message, edited=edited, **_content(message))


def _said(bot: str, update_id: int, message: Raw, *, edited: bool, **said: Any) -> Incoming | None:
    return _chat(
        bot,
        update_id,
        message["chat"],
        message.get("from"),
        message_id=str(message["message_id"]),
        edited=edited,
        reply_to=_reply(message),
        reply_to_bot=_is_to_bot(message),
        anonymous=_is_anonymous(message),
        forwarded="forward_origin" in message,
        **said,
    )


def _content(message: Raw) -> dict[str, Any]:
    if "migrate_to_chat_id" in message:
        return {"event": "migrated", "migrated_to": str(message["migrate_to_chat_id"])}
    if "location" in message:
        location = message["location"]
        return {"pin": Pin(location["latitude"], location["longitude"])}
    text = message.get("text") or message.get("caption") or ""
    return {
        "text": text,
        "start": _start_payload(text) if message["chat"]["type"] == "private" else None,
        "media": _media(message),
        "album": message.get("media_group_id"),
        "sticker": "sticker" in message,
    }


def _is_to_bot(message: Raw) -> bool:
    author = (message.get("reply_to_message") or {}).get("from") or {}
    return bool(author.get("is_bot"))


def _reply(message: Raw) -> str | None:
    original = message.get("reply_to_message")
    return None if original is None else str(original["message_id"])


def _is_anonymous(message: Raw) -> bool:
    """An administrator who remains anonymous writes as the group itself; `from` is then a bot
    of Telegram's own. https://core.telegram.org/bots/api#message (sender_chat)"""
    return bool(message.get("sender_chat", {}).get("id") == message["chat"]["id"])


def _start_payload(text: str) -> str | None:
    command, _, payload = text.partition(" ")
    return payload.strip() if command == "/start" else None


def _media(message: Raw) -> tuple[Media, ...]:
    if sizes := message.get("photo"):
        largest = max(sizes, key=lambda size: int(size.get("width", 0)))
        return (Media("photo", largest["file_id"], largest.get("file_size", 0)),)
    for field, kind in _FILES:
        if file := message.get(field):
            return (Media(kind, file["file_id"], file.get("file_size", 0)),)
    return ()
