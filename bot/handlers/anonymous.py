"""An administrator who writes in the group's own name: nobody can know who it is, so nothing
can be done for them but to say how to be known, and to answer a cry for help with the number.
What such an administrator does to the bot is true all the same.
"""

from datetime import datetime

from sqlalchemy.engine import Connection

from actions import conversations, people, rooms, waiting
from bot.channels.base import Incoming
from bot.handlers import calling, groups, overheard
from bot.handlers.turn import BotFacts
from domain.notices import Notice, Text
from storage.tables import Address


def explain(db: Connection, bot: BotFacts, incoming: Incoming, now: datetime) -> None:
    """Answer a command, or a reply to one of our messages; all else is talk in the group. The
    chat can be written to, as it is heard from; that it moved is true whoever moved it."""
    address = people.arrive_group(db, bot.name, incoming.chat, incoming.chat_title, now)
    if incoming.event is not None:
        _on_event(db, bot, address, incoming, now)
        return
    waiting.come_back(db, address, now)
    if incoming.edited:
        return
    is_command = calling.is_for_us(incoming.text, bot.username)
    if is_command or _replies_to_us(db, address.id, incoming):
        rooms.tell_chat(db, address, Notice(Text("group.anonymous")), now)
    else:
        overheard.hear_nobody(db, bot, address, incoming, now)


def _on_event(
    db: Connection, bot: BotFacts, address: Address, incoming: Incoming, now: datetime
) -> None:
    match incoming.event:
        case "bot_added":
            waiting.come_back(db, address, now)
            greeting = groups.greeting_of(db, bot, address)
            rooms.tell_chat(db, address, greeting, now)
        case "bot_removed":
            groups.removed(db, address, now)
        case "migrated" if incoming.migrated_to:
            waiting.move(db, address, incoming.migrated_to, now)


def _replies_to_us(db: Connection, address_id: int, incoming: Incoming) -> bool:
    if incoming.reply_to is None:
        return False
    return conversations.find_replied_to(db, address_id, incoming.reply_to) is not None
