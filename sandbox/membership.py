"""Who is in a chat: made, joined, left, removed, promoted, blocked, migrated.

Each change is played as Telegram plays it: a service message for the chat, my_chat_member for
the bot concerned, chat_member for administrator bots that asked for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.members_wire import chat_member
from sandbox.model import ADMINS, PRESENT, Account, Bot, Chat, Person, Wire
from sandbox.posting import serve_notice
from sandbox.views import chat_for_bot

if TYPE_CHECKING:
    from sandbox.world import World


def make_group(
    world: World,
    title: str,
    kind: str,
    messenger: str,
    members: list[Person],
    bots: list[Bot],
    admins: list[int],
) -> Chat:
    """A new group; the first administrator who is a person owns it."""
    group_id = world.ids.group() if kind == "group" else world.ids.supergroup()
    chat = Chat(group_id, kind, messenger, title)
    world.groups[chat.id] = chat
    owner = next((person for person in members if person.id in admins), None)
    for person in members:
        rank = "administrator" if person.id in admins else "member"
        _place(world, chat, person, "creator" if person is owner else rank)
    actor = owner or (members[0] if members else None)
    for bot in bots:
        status = "administrator" if bot.id in admins else "member"
        set_standing(world, chat, bot, status, actor or bot)
    if actor is not None:
        serve_notice(world, chat, actor, {f"{kind}_chat_created": True})
    _tell_members(world, chat)
    return chat


def add(world: World, chat: Chat, accounts: list[Account], by: Account | None) -> None:
    """Let people and bots in; without `by` each joins alone."""
    newcomers = [account for account in accounts if not chat.has(account.id)]
    for account in newcomers:
        set_standing(world, chat, account, "member", by or _actor_for(world, chat, account))
    if by is not None and newcomers:
        _welcome(world, chat, by, newcomers)
    elif by is None:
        for account in newcomers:
            _welcome(world, chat, _actor_for(world, chat, account), [account])
    _tell_members(world, chat)


def remove(world: World, chat: Chat, account: Account, by: Account | None) -> None:
    """Take somebody out: kicked by another, or left alone."""
    if not chat.has(account.id):
        return
    actor = by or (account if isinstance(account, Person) else _actor_for(world, chat, account))
    if isinstance(account, Bot):
        serve_notice(world, chat, actor, _leaving(account))
    set_standing(world, chat, account, "left" if actor is account else "kicked", actor)
    if isinstance(account, Person):
        serve_notice(world, chat, actor, _leaving(account))
    _tell_members(world, chat)
    world.hub.tell(account.id, {"type": "chats"})


def set_standing(world: World, chat: Chat, account: Account, status: str, by: Account) -> None:
    """Give somebody a new status and tell the bots whom it concerns."""
    before = chat.standings.get(account.id, "left")
    if before == status:
        return
    _place(world, chat, account, status)
    change: Wire = {
        "chat": chat_for_bot(chat),
        "from": by.user,
        "date": world.now(),
        "old_chat_member": chat_member(account, before),
        "new_chat_member": chat_member(account, status),
    }
    if isinstance(account, Bot):
        account.mailbox.push("my_chat_member", change)
    for bot in chat.bots.values():
        if bot is not account and chat.is_admin(bot.id):
            bot.mailbox.push("chat_member", change)


def block(world: World, person: Person, bot: Bot, blocked: bool) -> None:
    """Block or unblock a bot in the private chat."""
    if blocked == (person.id in bot.blocked_by):
        return
    (bot.blocked_by.add if blocked else bot.blocked_by.discard)(person.id)
    before, after = ("member", "kicked") if blocked else ("kicked", "member")
    bot.mailbox.push(
        "my_chat_member",
        {
            "chat": chat_for_bot(world.private_chat(person, bot)),
            "from": person.user,
            "date": world.now(),
            "old_chat_member": chat_member(bot, before),
            "new_chat_member": chat_member(bot, after),
        },
    )
    world.hub.tell(person.id, {"type": "chats"})


def migrate(world: World, old: Chat) -> Chat:
    """Turn a basic group into a supergroup with a new id; the old one only points there."""
    new = Chat(world.ids.supergroup(), "supergroup", old.messenger, old.title)
    world.groups[new.id] = new
    actor = _actor_for(world, old, None)
    serve_notice(world, old, actor, {"migrate_to_chat_id": new.id})
    old.migrated_to = new.id
    for account_id, status in old.standings.items():
        account = world.account(account_id)
        if account is not None:
            _place(world, new, account, status)
            world.groups_of[account_id].pop(old.id, None)
    serve_notice(world, new, actor, {"migrate_from_chat_id": old.id})
    _tell_members(world, new)
    return new


def admins_of(chat: Chat) -> list[int]:
    """The ids of the owner and the administrators."""
    return [account_id for account_id, status in chat.standings.items() if status in ADMINS]


def _place(world: World, chat: Chat, account: Account, status: str) -> None:
    chat.standings[account.id] = status
    groups = world.groups_of.setdefault(account.id, {})
    if status in PRESENT:
        groups[chat.id] = chat
        chat.left_at_seq.pop(account.id, None)
    else:
        groups.pop(chat.id, None)
        chat.left_at_seq[account.id] = world.ids.last_seq
    if not isinstance(account, Bot):
        return
    if status in PRESENT:
        chat.bots[account.id] = account
    else:
        chat.bots.pop(account.id, None)


def _actor_for(world: World, chat: Chat, account: Account | None) -> Account:
    """Who did it when nobody is named: a person joins alone, a bot is handled by the owner."""
    if isinstance(account, Person):
        return account
    people = [
        world.people[key] for key in (*admins_of(chat), *chat.standings) if key in world.people
    ]
    actor = people[0] if people else account or next(iter(chat.bots.values()), None)
    if actor is None:
        raise ValueError("the chat is empty")
    return actor


def _welcome(world: World, chat: Chat, actor: Account, newcomers: list[Account]) -> None:
    users = [account.user for account in newcomers]
    serve_notice(
        world,
        chat,
        actor,
        {
            "new_chat_member": users[0],
            "new_chat_participant": users[0],
            "new_chat_members": users,
        },
    )


def _leaving(account: Account) -> Wire:
    return {"left_chat_member": account.user, "left_chat_participant": account.user}


def _tell_members(world: World, chat: Chat) -> None:
    world.hub.tell_chat(chat, world.people, lambda person: {"type": "chats"})
