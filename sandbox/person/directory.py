"""Making and listing people, bots and groups, and who is in a group."""

from __future__ import annotations

import re

from aiohttp import web

from sandbox import membership
from sandbox.model import Bot, Person, Wire
from sandbox.person.fields import Fields, Refusal
from sandbox.person.shown import bot_shown, group_shown, person_shown

TOKEN = re.compile(r"\d{1,15}:\S+")


async def state(request: web.Request, fields: Fields) -> Wire:
    """GET /sandbox/state."""
    world = fields.world
    return {
        "people": [person_shown(person) for person in world.people.values()],
        "chats": [group_shown(world, chat) for chat in world.groups.values()],
        "bots": [bot_shown(world, bot) for bot in world.bots.values()],
    }


async def add_bot(request: web.Request, fields: Fields) -> Wire:
    """POST /sandbox/bots; a given "token" decides the id."""
    token = fields.values.get("token")
    if token is not None and not TOKEN.fullmatch(str(token)):
        raise Refusal('"token" must look like digits:rest')
    try:
        bot = fields.world.add_bot(
            fields.text("name"),
            fields.text("username"),
            fields.messenger(),
            token=token,
            can_read_all=fields.values.get("can_read_all_group_messages") is True,
        )
    except ValueError as error:
        raise Refusal(str(error), 409) from None
    return bot_shown(fields.world, bot)


async def change_bot(request: web.Request, fields: Fields) -> Wire:
    """PATCH /sandbox/bots/<id>."""
    bot = bot_of(request, fields)
    if "limits" in fields.values:
        bot.limits.on = fields.values["limits"] is True
    if "latency_ms" in fields.values:
        bot.latency_ms = max(0.0, fields.find_real("latency_ms") or 0.0)
    if "can_read_all_group_messages" in fields.values:
        bot.can_read_all = fields.values["can_read_all_group_messages"] is True
    return bot_shown(fields.world, bot)


async def limits(request: web.Request, fields: Fields) -> Wire:
    """GET /sandbox/bots/<id>/limits."""
    return bot_of(request, fields).limits.report()


async def add_person(request: web.Request, fields: Fields) -> Wire:
    """POST /sandbox/people; "role" and "username" are optional."""
    role, username = fields.values.get("role"), fields.values.get("username")
    person = fields.world.add_person(
        fields.text("name"),
        str(fields.values.get("language") or "vi"),
        fields.messenger(),
        role if isinstance(role, str) else None,
        username if isinstance(username, str) else None,
    )
    return person_shown(person)


async def add_group(request: web.Request, fields: Fields) -> Wire:
    """POST /sandbox/chats."""
    kind = fields.values.get("type", "group")
    if kind not in {"group", "supergroup"}:
        raise Refusal('"type" must be group or supergroup')
    members = [account for account in fields.accounts("members") if isinstance(account, Person)]
    bots = [account for account in fields.accounts("bots") if isinstance(account, Bot)]
    chat = membership.make_group(
        fields.world,
        fields.text("title"),
        kind,
        fields.messenger(),
        members,
        bots,
        fields.ids("admins"),
    )
    return group_shown(fields.world, chat)


async def change_members(request: web.Request, fields: Fields) -> Wire:
    """POST /sandbox/chats/<id>/members: add, remove, promote, demote; "by" is who does it."""
    world = fields.world
    chat = world.groups.get(int(request.match_info["id"]))
    if chat is None:
        raise Refusal("no such group", 404)
    if chat.migrated_to is not None:
        raise Refusal(f"the group has become {chat.migrated_to}", 409)
    by = world.account(fields.number("by")) if fields.values.get("by") is not None else None
    membership.add(world, chat, fields.accounts("add"), by)
    for account in fields.accounts("remove"):
        membership.remove(world, chat, account, by)
    for name, status in (("promote", "administrator"), ("demote", "member")):
        for account in fields.accounts(name):
            if not chat.has(account.id):
                raise Refusal(f"{account.id} is not in this chat")
            membership.set_standing(world, chat, account, status, by or account)
    return group_shown(world, chat)


async def migrate(request: web.Request, fields: Fields) -> Wire:
    """POST /sandbox/chats/<id>/migrate."""
    chat = fields.world.groups.get(int(request.match_info["id"]))
    if chat is None or chat.kind != "group" or chat.migrated_to is not None:
        raise Refusal("no such basic group", 404)
    return group_shown(fields.world, membership.migrate(fields.world, chat))


def bot_of(request: web.Request, fields: Fields) -> Bot:
    """The bot that the path names."""
    bot = fields.world.bots.get(int(request.match_info["id"]))
    if bot is None:
        raise Refusal("no such bot", 404)
    return bot
