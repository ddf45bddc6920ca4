"""Whether an item of law may be sent: only what is certain, in force, approved by a named person
of the ward, and not past its day of review. A rule that is wrong is worse than none.
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
    def checked_by(self) -> str:
        """Who of the ward approved it; "" until somebody did."""

    @property
    def in_force_since(self) -> date:
        """The first day on which the law is in force."""

    @property
    def review_by(self) -> date:
        """The last day on which it may be sent."""


def held_because(item: Checked, today: date) -> Held | None:
    """Why this item may not be sent; None where it may. `today` is the day in Việt Nam."""
    if item.certainty != "A":
        return Held.UNCERTAIN
    if not item.checked_by:
        return Held.UNAPPROVED
    if today < item.in_force_since:
        return Held.NOT_YET
    return Held.EXPIRED if today > item.review_by else None
