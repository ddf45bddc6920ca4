"""What a bot may ask about a chat, and how it leaves one."""

from __future__ import annotations

from sandbox import membership
from sandbox.members_wire import PERMISSIONS, chat_member
from sandbox.model import PRESENT, Chat, Wire
from sandbox.telegram.call import Call
from sandbox.telegram.errors import bad_request
from sandbox.views import chat_for_bot

GIFTS = dict.fromkeys(
    (
        "unlimited_gifts",
        "limited_gifts",
        "unique_gifts",
        "premium_subscription",
        "gifts_from_channels",
    ),
    True,
)
ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)


def get_chat(call: Call) -> Wire:
    """getChat."""
    chat = _present(call)
    wire = chat_for_bot(chat) | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": GIFTS,
    }
    if not chat.private:
        wire["permissions"] = PERMISSIONS
    if chat.pinned is not None:
        wire["pinned_message"] = call.shown(chat.pinned)
    return wire


def get_chat_member(call: Call) -> Wire:
    """getChatMember."""
    chat = _present(call)
    account = call.world.account(call.params.number("user_id") or 0)
    if account is None or (chat.private and not chat.has(account.id)):
        raise bad_request("invalid user_id specified" if account is None else "user not found")
    return chat_member(account, chat.standings.get(account.id, "left"))


def get_chat_administrators(call: Call) -> list[Wire]:
    """getChatAdministrators: not the other bots, as in Telegram."""
    chat = _present(call)
    if chat.private:
        raise bad_request("there are no administrators in the private chat")
    return [
        chat_member(account, chat.standings[account.id])
        for account_id in membership.admins_of(chat)
        if (account := call.world.account(account_id)) is not None
        and (account is call.bot or account_id in call.world.people)
    ]


def get_chat_member_count(call: Call) -> int:
    """getChatMemberCount, bots included."""
    return sum(status in PRESENT for status in _present(call).standings.values())


def leave_chat(call: Call) -> bool:
    """leaveChat."""
    chat = _present(call)
    if chat.private:
        raise bad_request("chat member status can't be changed in private chats")
    membership.remove(call.world, chat, call.bot, call.bot)
    return True


def send_chat_action(call: Call) -> bool:
    """sendChatAction: shown to who is looking, and to nobody else."""
    chat = call.writable_chat()
    action = call.params.text("action")
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    call.world.hub.tell_chat(
        chat,
        call.world.people,
        lambda person: {
            "type": "action",
            "chat": chat.address_for(person),
            "action": action,
            "from": call.bot.user,
        },
    )
    return True


def _present(call: Call) -> Chat:
    chat = call.chat()
    if not chat.private:
        call.require_presence(chat)
    return chat
