"""Telegram's ChatMember objects, with the rights that both client libraries insist on."""

from __future__ import annotations

from sandbox.model import Account, Wire

RIGHTS = dict.fromkeys(
    (
        "can_manage_chat",
        "can_delete_messages",
        "can_manage_video_chats",
        "can_restrict_members",
        "can_promote_members",
        "can_change_info",
        "can_invite_users",
        "can_post_stories",
        "can_edit_stories",
        "can_delete_stories",
        "can_pin_messages",
        "can_send_welcome_messages",
    ),
    True,
)
PERMISSIONS = dict.fromkeys(
    (
        "can_send_messages",
        "can_send_audios",
        "can_send_documents",
        "can_send_photos",
        "can_send_videos",
        "can_send_video_notes",
        "can_send_voice_notes",
        "can_send_polls",
        "can_send_other_messages",
        "can_add_web_page_previews",
        "can_react_to_messages",
        "can_edit_tag",
        "can_change_info",
        "can_invite_users",
        "can_pin_messages",
        "can_manage_topics",
    ),
    True,
)


def chat_member(account: Account, status: str) -> Wire:
    """The ChatMember object for one of creator, administrator, member, left, kicked."""
    wire: Wire = {"user": account.user, "status": status}
    if status == "creator":
        return wire | {"is_anonymous": False}
    if status == "administrator":
        return wire | {"can_be_edited": False, "is_anonymous": False, **RIGHTS}
    if status == "kicked":
        return wire | {"until_date": 0}
    return wire
