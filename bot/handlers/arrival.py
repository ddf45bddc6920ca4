"""Who and where an update came from: the turn that a handler then takes."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.engine import Connection

from actions import people, waiting
from bot.channels.base import Incoming
from bot.handlers import anonymous
from bot.handlers.turn import BotFacts, Turn


def open_turn(
    db: Connection,
    bot: BotFacts,
    incoming: Incoming,
    now: datetime,
    random_below: Callable[[int], int],
) -> Turn | None:
    """None where nobody is to be answered, or nobody knows whom: other bots, updates without
    a sender, administrators who stay anonymous (they are told)."""
    sender = incoming.sender
    if incoming.anonymous:
        anonymous.explain(db, bot, incoming, now)
        return None
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
    if not incoming.private and incoming.event is None and incoming.tap is None:
        waiting.come_back(db, address, now)
    return Turn(db, bot, incoming, now, random_below, address, person, home)
