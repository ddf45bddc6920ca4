"""How long a number that people are told to call may be trusted after it was last checked.

The numbers themselves are content (content/numbers.toml): they change by decision of others.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

FRESH_FOR: Final = timedelta(days=180)


def stale_numbers(checked_on: Mapping[str, date], today: date) -> list[str]:
    """The numbers that were last checked longer ago than FRESH_FOR, the longest ago first.
    `today` is the day in Việt Nam."""
    old = [number for number, day in checked_on.items() if today - day > FRESH_FOR]
    return sorted(old, key=lambda number: (checked_on[number], number))
