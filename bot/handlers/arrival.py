"""Who and where an update came from: the turn that a handler then takes."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.engine import Connection

from actions import people
from bot.channels.base import Incoming
from bot.handlers.turn import BotFacts, Turn


def open_turn(
    db: Connection,
    bot: BotFacts,
    incoming: Incoming,
    now: datetime,
    random_below: Callable[[int], int],
) -> Turn | None:
    """None where nobody is to be answered: other bots, updates without a sender."""
    sender = incoming.sender
    if sender is None or sender.is_bot:
        return None
    address, person, home = people.arrive(
        db,
        bot=bot.name,
        chat=incoming.chat,
        private=incoming.private,
        title=incoming.chat_title,
        sender_id=sender.id,
        sender_name=sender.name,
        language=sender.language,
        now=now,
    )
    return Turn(db, bot, incoming, now, random_below, address, person, home)
