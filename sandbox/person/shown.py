"""People, bots and chats as the person API shows them."""

from __future__ import annotations

from sandbox.membership import admins_of
from sandbox.model import PRESENT, Bot, Chat, Person, Wire
from sandbox.world import World


def person_shown(person: Person) -> Wire:
    """A person."""
    wire: Wire = {
        "id": person.id,
        "name": person.name,
        "language": person.language,
        "messenger": person.messenger,
    }
    if person.role:
        wire["role"] = person.role
    if person.username:
        wire["username"] = person.username
    return wire


def bot_shown(world: World, bot: Bot) -> Wire:
    """A bot; `polls` counts its getUpdates calls so far."""
    courier = world.couriers.get(bot.id)
    return {
        "id": bot.id,
        "token": bot.token,
        "name": bot.name,
        "username": bot.username,
        "messenger": bot.messenger,
        "limits": bot.limits.on,
        "latency_ms": bot.latency_ms,
        "can_read_all_group_messages": bot.can_read_all,
        "polls": bot.mailbox.polls,
        "webhook": courier.url if courier else None,
        "pending": len(bot.mailbox.pending),
    }


def group_shown(world: World, chat: Chat) -> Wire:
    """A group: its people, its bots, and which of both are administrators."""
    present = [key for key, status in chat.standings.items() if status in PRESENT]
    wire: Wire = {
        "id": chat.id,
        "title": chat.title,
        "type": chat.kind,
        "messenger": chat.messenger,
        "members": [key for key in present if key in world.people],
        "bots": [key for key in present if key in world.bots],
        "admins": admins_of(chat),
    }
    if chat.migrated_to is not None:
        wire["migrated_to"] = chat.migrated_to
    return wire
