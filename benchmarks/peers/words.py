"""What the peers' bots say: the same questions for each."""

from collections.abc import Mapping
from typing import Any, Final

ASKED: Final = {
    "begun": "Choose what to do.",
    "what": "What happened?",
    "kind": "Which kind?",
    "neighbourhood": "Which neighbourhood?",
    "place": "Where?",
    "name": "Give your name?",
}
BUTTONS: Final[dict[str, tuple[str, ...]]] = {
    "begun": ("report", "mediation", "help"),
    "what": (),
    "kind": ("noise", "theft", "fire", "other"),
    "neighbourhood": ("one", "two", "three", "four"),
    "place": (),
    "name": ("yes", "no"),
    "review": ("send", "change", "cancel"),
}


def summary(data: Mapping[Any, Any]) -> str:
    """All answers."""
    names = ("what", "kind", "neighbourhood", "place", "name")
    return "\n".join(f"{name}: {data[name]}" for name in names)
