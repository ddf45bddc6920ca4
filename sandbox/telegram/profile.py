"""The bot itself: getMe, its commands, its descriptions, its menu button."""

from __future__ import annotations

import re
from collections.abc import Callable

from sandbox.model import Wire
from sandbox.telegram.call import Call
from sandbox.telegram.errors import bad_request

MOST_COMMANDS = 100
MENU_BUTTONS = frozenset({"commands", "default", "web_app"})
COMMAND = re.compile(r"[a-z0-9_]{1,32}")


def get_me(call: Call) -> Wire:
    """getMe."""
    return call.bot.user | {
        "can_join_groups": True,
        "can_read_all_group_messages": call.bot.can_read_all,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def set_my_commands(call: Call) -> bool:
    """setMyCommands, per scope and language."""
    commands = call.params.tree("commands", "commands")
    if not isinstance(commands, list):
        raise bad_request('parameter "commands" is required')
    if len(commands) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not COMMAND.fullmatch(str(command.get("command", "")).removeprefix("/")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(str(command.get("description", ""))) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    call.bot.commands[_scope(call)] = commands
    return True


def get_my_commands(call: Call) -> list[Wire]:
    """getMyCommands of exactly this scope and language."""
    return call.bot.commands.get(_scope(call), [])


def delete_my_commands(call: Call) -> bool:
    """deleteMyCommands."""
    call.bot.commands.pop(_scope(call), None)
    return True


def setter_of(field: str, most: int) -> Callable[[Call], bool]:
    """setMyDescription and its likes: the parameter `field`, at most so many characters."""

    def set_description(call: Call) -> bool:
        text = call.params.text(field) or ""
        if len(text) > most:
            raise bad_request(f"{field.replace('_', ' ')} is too long")
        call.bot.descriptions[field, call.params.text("language_code") or ""] = text
        return True

    return set_description


def getter_of(field: str) -> Callable[[Call], Wire]:
    """getMyDescription and its likes; a language without words falls back to the general ones."""

    def get_description(call: Call) -> Wire:
        texts = call.bot.descriptions
        language = call.params.text("language_code") or ""
        return {field: texts.get((field, language)) or texts.get((field, ""), "")}

    return get_description


def set_chat_menu_button(call: Call) -> bool:
    """setChatMenuButton, for one private chat or for all."""
    button = call.params.tree("menu_button", "menu button") or {"type": "default"}
    if not isinstance(button, dict) or button.get("type") not in MENU_BUTTONS:
        raise bad_request("can't parse menu button: Unsupported type")
    call.bot.menu_buttons[call.params.number("chat_id")] = button
    return True


def _scope(call: Call) -> tuple[str, str]:
    scope = call.params.tree("scope", "scope") or {"type": "default"}
    parts = (scope.get(name) for name in ("type", "chat_id", "user_id"))
    return ":".join(str(part) for part in parts if part is not None), (
        call.params.text("language_code") or ""
    )
