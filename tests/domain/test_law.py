"""When an item of law may be sent, and why not."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest

from domain.law import Held, held_because

SINCE = date(2026, 7, 1)
REVIEW = date(2027, 5, 22)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Item:
    certainty: str = "A"
    in_force_since: date = SINCE
    review_by: date = REVIEW


@pytest.mark.parametrize(
    ("item", "approved", "today", "held"),
    [
        (Item(), True, SINCE, None),
        (Item(), True, REVIEW, None),
        (Item(), True, REVIEW + DAY, Held.EXPIRED),
        (Item(), True, SINCE - DAY, Held.NOT_YET),
        (Item(), False, SINCE, Held.UNAPPROVED),
        (replace(Item(), certainty="B"), True, SINCE, Held.UNCERTAIN),
        (replace(Item(), certainty="B"), False, REVIEW + DAY, Held.UNCERTAIN),
        (Item(), False, REVIEW + DAY, Held.EXPIRED),
    ],
)
def test_what_may_be_sent(item: Item, approved: bool, today: date, held: Held | None) -> None:
    assert held_because(item, today, approved=approved) is held
