"""The number to call as a card below the alert's question: in a text it cannot be tapped
everywhere, and a link to a telephone number is refused. Nothing where the phone must show nothing.
"""

from collections.abc import Mapping
from typing import Final

from actions.expected import NUMBER
from bot.handlers.turn import Turn
from domain.kinds import KINDS
from domain.kinds.numbers_for import numbers_for
from domain.notices import Contact, Notice, Text
from domain.quiet import is_told_quietly, suggests_quiet

_OTHER: Final = "OTHER"
_NAMES: Final[Mapping[str, Text]] = {
    "112": Text("danger.contact.112"),
    "113": Text("danger.contact.113"),
    "114": Text("danger.contact.114"),
    "115": Text("danger.contact.115"),
}


def show(turn: Turn, kind_code: str, words: str) -> None:
    """The first number for this danger ("" where its kind is not known yet)."""
    if suggests_quiet(words) or is_told_quietly(kind_code, words):
        return
    number = numbers_for(KINDS[kind_code or _OTHER], words)[0]
    name = _NAMES.get(number)
    if name is not None:
        turn.say(Notice(contact=Contact(number, name)), concerns=NUMBER)
