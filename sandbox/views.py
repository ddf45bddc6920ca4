"""The same message as different eyes see it: each bot with its own file ids, each person with
the private chat named by its bot and with reply keyboards, which bots are not shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.media_wire import media_fields
from sandbox.model import Bot, Chat, Message, Person, Wire

if TYPE_CHECKING:
    from sandbox.world import World


def chat_for_bot(chat: Chat) -> Wire:
    """The Telegram Chat object."""
    if chat.person is not None:
        wire: Wire = {"id": chat.id, "first_name": chat.person.name}
        if chat.person.username:
            wire["username"] = chat.person.username
        return wire | {"type": "private"}
    return {"id": chat.id, "title": chat.title, "type": chat.kind}


def chat_for_person(chat: Chat) -> Wire:
    """The Telegram Chat object as the person's own client names it."""
    if chat.bot is None or not chat.private:
        return chat_for_bot(chat)
    bot = chat.bot
    return {"id": bot.id, "first_name": bot.name, "username": bot.username, "type": "private"}


def for_bot(world: World, message: Message, bot: Bot, *, quoted: bool = False) -> Wire:
    """The Message object of the Bot API; a quoted message quotes nothing itself."""
    wire = _frame(message, chat_for_bot(message.chat))
    if message.media is not None:
        wire |= media_fields(world, message.media, bot)
    if message.poll is not None:
        wire["poll"] = message.poll.for_bot(bot)
    if message.reply_to is not None and not quoted:
        wire["reply_to_message"] = for_bot(world, message.reply_to, bot, quoted=True)
    if "pinned_message" in wire:
        wire["pinned_message"] = for_bot(world, wire["pinned_message"], bot, quoted=True)
    if message.markup is not None and "inline_keyboard" in message.markup:
        wire["reply_markup"] = message.markup
    return wire


def for_person(world: World, message: Message, person: Person, *, quoted: bool = False) -> Wire:
    """The Message object of the person API, with `seq`, and `silent` where it made no sound."""
    wire = _frame(message, chat_for_person(message.chat))
    wire["seq"] = message.seq
    if message.edit_seq is not None:
        wire["edit_seq"] = message.edit_seq
    if message.silent:
        wire["silent"] = True
    if message.media is not None:
        wire |= media_fields(world, message.media, None)
    if message.poll is not None:
        wire["poll"] = message.poll.for_person(person)
    if message.reply_to is not None and not quoted:
        wire["reply_to_message"] = for_person(world, message.reply_to, person, quoted=True)
    if "pinned_message" in wire:
        wire["pinned_message"] = for_person(world, wire["pinned_message"], person, quoted=True)
    if message.markup is not None:
        wire["reply_markup"] = message.markup
    return wire


def _frame(message: Message, chat: Wire) -> Wire:
    wire: Wire = {
        "message_id": message.message_id,
        "from": message.sender.user,
        "chat": chat,
        "date": message.date,
    }
    if message.edit_date is not None:
        wire["edit_date"] = message.edit_date
    if message.protected:
        wire["has_protected_content"] = True
    wire.update(message.body)
    return wire
