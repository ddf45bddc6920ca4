"""Who left a group, by either sign of it; every name and number here is invented."""

from typing import Any

import pytest

from bot.channels.telegram_updates import ALLOWED_UPDATES, read_update
from tests.channels.test_telegram_updates import GROUP, USER

OTHER = {"id": 4242, "is_bot": False, "first_name": "Bịa", "last_name": "Lê"}
BOT = {"id": 777, "is_bot": True, "first_name": "Trợ lý"}


def service(left: dict[str, Any]) -> dict[str, Any]:
    return {"message": {
        "message_id": 9, "from": USER, "chat": GROUP, "date": 1795312800,
        "left_chat_member": left,
    }}  # fmt: skip


def change(member: dict[str, Any], before: str, after: str) -> dict[str, Any]:
    return {"chat_member": {
        "chat": GROUP, "from": USER, "date": 1795312800,
        "old_chat_member": {"user": member, "status": before},
        "new_chat_member": {"user": member, "status": after},
    }}  # fmt: skip


@pytest.mark.parametrize(
    "update",
    [service(OTHER), change(OTHER, "member", "left"), change(OTHER, "administrator", "kicked")],
)
def test_who_left_is_who_it_is_about(update: dict[str, Any]) -> None:
    incoming = read_update("phuong", {"update_id": 5, **update})
    assert incoming is not None
    assert incoming.event == "member_left"
    assert incoming.sender is not None
    assert incoming.sender.id == "4242"
    assert not incoming.private


@pytest.mark.parametrize(
    "update",
    [
        service(BOT),
        change(BOT, "member", "left"),
        change(OTHER, "left", "member"),
        change(OTHER, "member", "administrator"),
        change(OTHER, "kicked", "left"),
    ],
)
def test_what_is_no_leaving(update: dict[str, Any]) -> None:
    assert read_update("phuong", {"update_id": 5, **update}) is None


def test_leavings_are_asked_for() -> None:
    assert "chat_member" in ALLOWED_UPDATES
