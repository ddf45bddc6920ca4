"""Who and where an update came from: the turn that a handler then takes."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.engine import Connection

from actions import people, waiting, ward_news
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
    if incoming.event == "member_left":
        # Nothing is kept of who leaves a group and is nobody's concern.
        if sender is not None:
            ward_news.member_left(db, bot.name, incoming.chat, sender.id, now)
        return None
    if incoming.anonymous or _is_nobodys_event(incoming):
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


def _is_nobodys_event(incoming: Incoming) -> bool:
    """What happens to the bot in a group is true whoever did it: an administrator who remains
    anonymous acts through a bot of the messenger's own."""
    nobody = incoming.sender is None or incoming.sender.is_bot
    return nobody and incoming.event is not None and not incoming.private
