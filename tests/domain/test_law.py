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
    checked_by: str = "Trần Thị Thử (tên bịa)"
    in_force_since: date = SINCE
    review_by: date = REVIEW


@pytest.mark.parametrize(
    ("item", "today", "held"),
    [
        (Item(), SINCE, None),
        (Item(), REVIEW, None),
        (Item(), REVIEW + DAY, Held.EXPIRED),
        (Item(), SINCE - DAY, Held.NOT_YET),
        (replace(Item(), checked_by=""), SINCE, Held.UNAPPROVED),
        (replace(Item(), certainty="B"), SINCE, Held.UNCERTAIN),
        (replace(Item(), certainty="B", checked_by=""), REVIEW + DAY, Held.UNCERTAIN),
        (replace(Item(), checked_by=""), REVIEW + DAY, Held.UNAPPROVED),
    ],
)
def test_what_may_be_sent(item: Item, today: date, held: Held | None) -> None:
    assert held_because(item, today) is held
