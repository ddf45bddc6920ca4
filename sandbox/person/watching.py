"""What a person sees: messages, the list of chats, and everything as it happens."""

from __future__ import annotations

import asyncio
import itertools
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import suppress

from aiohttp import WSMsgType, web

from sandbox import views
from sandbox.events import something_new
from sandbox.model import Bot, Chat, Message, Person, Wire
from sandbox.person.fields import Fields, Refusal
from sandbox.world import World

LONGEST_WAIT = 60.0
MOST_UNREAD_SHOWN = 100


async def messages(request: web.Request, fields: Fields) -> Wire:
    """GET /sandbox/chats/<id>/messages?as=&after=&wait=.

    `edits=1` also gives, and waits for, messages whose last edit came after `after`; `limit`
    gives only the last so many.
    """
    person = fields.person("as")
    chat = fields.world.chat_of_person(person, int(request.match_info["id"]))
    if chat is None:
        raise Refusal("no such chat", 404)
    after, edits = fields.find_number("after") or 0, fields.values.get("edits") == "1"
    loop = asyncio.get_running_loop()
    until = loop.time() + min(fields.find_real("wait") or 0.0, LONGEST_WAIT)
    found = _seen(chat, person, after, edits)
    while not found and (left := until - loop.time()) > 0:
        await something_new(chat, left)
        found = _seen(chat, person, after, edits)
    limit = fields.find_number("limit") or len(found)
    shown = found[-limit:] if limit else []
    return {"messages": [views.for_person(fields.world, message, person) for message in shown]}


async def chats(request: web.Request, fields: Fields) -> Wire:
    """GET /sandbox/people/<id>/chats: the person's groups and every bot, latest first."""
    person = fields.world.people.get(int(request.match_info["id"]))
    if person is None:
        raise Refusal("no such person", 404)
    world = fields.world
    private = [
        world.private_chat(person, bot)
        for bot in world.bots.values()
        if bot.messenger == person.messenger
    ]
    found = [*world.groups_of.get(person.id, {}).values(), *private]
    found.sort(key=lambda chat: -(chat.order[-1].seq if chat.order else 0))
    return {"chats": [_listed(world, chat, person) for chat in found]}


async def read(request: web.Request, fields: Fields) -> Wire:
    """POST /sandbox/reads {"from", "chat", "seq"}: read up to there."""
    person = fields.person()
    chat = fields.chat(person)
    chat.read_seq[person.id] = max(chat.read_seq.get(person.id, 0), fields.number("seq"))
    return {}


async def events(request: web.Request, world: World) -> web.WebSocketResponse:
    """WebSocket /sandbox/events?as=."""
    person = Fields(world, request.query).person("as")
    socket = web.WebSocketResponse(heartbeat=30)
    await socket.prepare(request)
    with world.hub.watch(person.id) as queue:
        await socket.send_json({"type": "watching", "seq": world.ids.last_seq})
        async with asyncio.TaskGroup() as tasks:
            sender = tasks.create_task(_forward(queue, socket))
            async for incoming in socket:
                if incoming.type in (WSMsgType.CLOSE, WSMsgType.ERROR):
                    break
            sender.cancel()
    return socket


async def _forward(queue: asyncio.Queue[Wire], socket: web.WebSocketResponse) -> None:
    with suppress(ConnectionError):
        while True:
            await socket.send_json(await queue.get())


def _seen(chat: Chat, person: Person, after: int, edits: bool) -> list[Message]:
    until = float("inf") if chat.has(person.id) else chat.left_at_seq.get(person.id, 0)
    first = bisect_right(chat.order, after, key=lambda message: message.seq)
    fresh = itertools.islice(chat.order, first, None)
    seen = [message for message in fresh if not message.deleted and message.seq <= until]
    if not edits:
        return seen
    changed = {
        message.seq: message
        for message in _edited_after(chat, after)
        if message.seq <= after and not message.deleted and message.seq <= until
    }
    return [*(changed[seq] for seq in sorted(changed)), *seen]


def _edited_after(chat: Chat, after: int) -> Iterator[Message]:
    """Messages edited after this seq: each edit was appended, so the newest are at the end."""
    for message in reversed(chat.edited):
        if (message.edit_seq or 0) <= after:
            return
        yield message


def _listed(world: World, chat: Chat, person: Person) -> Wire:
    last = next((message for message in reversed(chat.order) if not message.deleted), None)
    wire: Wire = {
        "id": chat.address_for(person),
        "type": chat.kind,
        "messenger": chat.messenger,
        "title": chat.bot.name if chat.bot else chat.title,
        "unread": _unread(chat, person),
        "last": views.for_person(world, last, person) if last else None,
    }
    if chat.bot is None:
        return wire | {"member_count": len(chat.standings), "admin": chat.is_admin(person.id)}
    bot = chat.bot
    return wire | {
        "username": bot.username,
        "started": person.id in bot.started_by,
        "blocked": person.id in bot.blocked_by,
        "commands": _commands(bot, person),
        "description": bot.descriptions.get(("description", person.language))
        or bot.descriptions.get(("description", ""), ""),
    }


def _commands(bot: Bot, person: Person) -> list[Wire]:
    """The commands that a private chat shows, the narrowest scope first as in Telegram."""
    for scope in (f"chat:{person.id}", "all_private_chats", "default"):
        for language in (person.language, ""):
            if (scope, language) in bot.commands:
                return bot.commands[scope, language]
    return []


def _unread(chat: Chat, person: Person) -> int:
    read_seq, unread = chat.read_seq.get(person.id, 0), 0
    for message in itertools.islice(reversed(chat.order), MOST_UNREAD_SHOWN):
        if message.seq <= read_seq or message.sender is person:
            break
        unread += not message.deleted
    return unread
