"""The four urgencies of a report. Target times belong to the escalation rules, not here."""

from enum import IntEnum


class Urgency(IntEnum):
    """How soon an officer must see a report; the smaller the number, the more urgent.

    The levels are a proposal of this project, not law.
    """

    P1 = 1
    P2 = 2
    P3 = 3
    P4 = 4

    @property
    def label_key(self) -> str:
        """The catalogue key of its name."""
        return f"kind.urgency.p{self.value}"

    def or_more_urgent(self, other: "Urgency") -> "Urgency":
        """The more urgent of the two; a level is only ever raised by what people add."""
        return min(self, other)
