"""An administrator who writes in the group's own name: nobody can know who it is, so nothing
can be done for them but to say how to be known.
"""

from datetime import datetime

from sqlalchemy.engine import Connection

from actions import conversations, people, rooms, waiting
from bot.channels.base import Incoming
from bot.handlers import calling
from bot.handlers.turn import BotFacts
from domain.notices import Notice, Text


def explain(db: Connection, bot: BotFacts, incoming: Incoming, now: datetime) -> None:
    """Answer a command, or a reply to one of our messages; all else is talk in the group. The
    chat can be written to, as it is heard from; that it moved is true whoever moved it."""
    address = people.arrive_group(db, bot.name, incoming.chat, incoming.chat_title, now)
    if incoming.migrated_to is not None:
        waiting.move(db, address, incoming.migrated_to, now)
        return
    waiting.come_back(db, address, now)
    is_command = calling.is_for_us(incoming.text, bot.username)
    if not incoming.edited and (is_command or _replies_to_us(db, address.id, incoming)):
        rooms.tell_chat(db, address, Notice(Text("group.anonymous")), now)


def _replies_to_us(db: Connection, address_id: int, incoming: Incoming) -> bool:
    if incoming.reply_to is None:
        return False
    return conversations.find_replied_to(db, address_id, incoming.reply_to) is not None
