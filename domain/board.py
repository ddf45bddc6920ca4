"""What can have become of one copy of an announcement, as a board tells it."""

from enum import StrEnum
from typing import Final


class Fate(StrEnum):
    """FAILED for good; MISSED: there was no group to post in; UNSURE: the messenger did not say
    whether it has it; UNPASTED: its leader has not pasted it yet; HELD until the chat is free;
    LEAVING now; SENT; PASTED."""

    FAILED = "failed"
    MISSED = "missed"
    UNSURE = "unsure"
    UNPASTED = "unpasted"
    HELD = "held"
    LEAVING = "leaving"
    SENT = "sent"
    PASTED = "pasted"

    @property
    def is_there(self) -> bool:
        """Whether people can read it."""
        return self in {Fate.SENT, Fate.PASTED}

    @property
    def is_lost(self) -> bool:
        """Whether it comes only if somebody posts it again."""
        return self in {Fate.FAILED, Fate.MISSED}


# What needs somebody's hand stands first.
ORDER: Final = {fate: place for place, fate in enumerate(Fate)}
