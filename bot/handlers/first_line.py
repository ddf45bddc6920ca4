"""Whoever comes for the first time may be in danger: whatever the answer is, the numbers to call
are its first line.
"""

from dataclasses import replace
from typing import Final

from domain.notices import Notice, Text

NUMBERS: Final = Text("menu.numbers")
# What begins with numbers to call by itself, beside the lines of `report.first.…`.
_BEGIN_WITH_NUMBERS: Final = frozenset(
    {
        "menu.numbers",
        "menu.help.all",
        "menu.emergency",
        "danger.numbers",
        "receipt.first",
        "command.no_ward_yet",
    }
)
_NOTHING: Final = frozenset({"text.nothing", "house.trial"})


def with_numbers(notice: Notice) -> Notice:
    """The notice, with the numbers above it where it does not begin with any."""
    if notice.text is None or begins_with_numbers(notice.text):
        return notice
    below = Text("menu.below", {"text": notice.text})
    return replace(notice, text=Text("menu.lines", {"lines": (NUMBERS, below)}))


def begins_with_numbers(text: Text) -> bool:
    """Whether its first line says whom to call."""
    if text.key in _BEGIN_WITH_NUMBERS or text.key.startswith("report.first."):
        return True
    inner = text.params.get("lines", text.params.get("text"))
    if isinstance(inner, tuple):
        inner = next((line for line in inner if line.key not in _NOTHING), None)
    return isinstance(inner, Text) and begins_with_numbers(inner)
