"""Whether an item of law may be sent: only what is certain, in force, approved by a named person
of the ward in exactly these words (actions/law_approval.py), and not past its day of review. A
rule that is wrong is worse than none.
"""

from datetime import date
from enum import StrEnum
from typing import Protocol


class Held(StrEnum):
    """Why an item is not sent."""

    UNCERTAIN = "uncertain"
    UNAPPROVED = "unapproved"
    NOT_YET = "not_yet"
    EXPIRED = "expired"


class Checked(Protocol):
    """What of an item the rule looks at; days are of Việt Nam."""

    @property
    def certainty(self) -> str:
        """ "A" where the fact was found in a copy of the text."""

    @property
    def in_force_since(self) -> date:
        """The first day on which the law is in force."""

    @property
    def review_by(self) -> date:
        """The last day on which it may be sent."""


def held_because(item: Checked, today: date, *, approved: bool) -> Held | None:
    """Why this item may not be sent in a ward that approved it or did not; None where it may.
    `today` is the day in Việt Nam."""
    if item.certainty != "A":
        return Held.UNCERTAIN
    if today > item.review_by:
        return Held.EXPIRED
    if not approved:
        return Held.UNAPPROVED
    return Held.NOT_YET if today < item.in_force_since else None
