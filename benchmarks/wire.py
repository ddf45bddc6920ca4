"""What a person does as the Bot API's JSON, and what a bot's call says of its buttons."""

import json
import time
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Person:
    """`asked` is when the last step was made (monotonic seconds), None while nothing is owed;
    `message` is the bot's last one, whose `buttons` can be pressed. `begun_with` is how many
    messages each of the last answers was."""

    id: int
    number: int
    step: int = -1
    asked: float | None = None
    buttons: list[str] = field(default_factory=list)
    message: int = 0


def said(person: Person, number: int, text: str) -> dict[str, Any]:
    """A message of theirs, or ours as a press quotes it."""
    commands = [{"type": "bot_command", "offset": 0, "length": len(text)}]
    return {
        "message_id": number,
        "date": int(time.time()),
        "chat": {"id": person.id, "type": "private", "first_name": "Cư dân bịa"},
        "from": _sender(person),
        "text": text,
        **({"entities": commands} if text.startswith("/") else {}),
    }


def pressed(person: Person, number: int, button: int) -> dict[str, Any]:
    """A press of the n-th button of the last answer; of none where it had fewer."""
    data = person.buttons[button] if button < len(person.buttons) else "none"
    return {
        "id": str(number),
        "from": _sender(person),
        "chat_instance": "1",
        "message": said(person, person.message, "…"),
        "data": data,
    }


def taken(chat: int, number: int) -> dict[str, Any]:
    """What the messenger answers to a message that it took."""
    return {
        "message_id": number,
        "date": int(time.time()),
        "chat": {"id": chat, "type": "private", "first_name": "Cư dân bịa"},
        "text": "…",
    }


def buttons_of(markup: Any) -> list[str]:
    """What the buttons below a message stand for, in their order."""
    if isinstance(markup, str):
        markup = json.loads(markup)
    rows = (markup or {}).get("inline_keyboard", [])
    return [button.get("callback_data", "") for row in rows for button in row]


def _sender(person: Person) -> dict[str, Any]:
    return {
        "id": person.id,
        "is_bot": False,
        "first_name": f"Cư dân bịa {person.number}",
        "language_code": "vi",
    }
