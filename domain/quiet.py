"""Which reports must leave no word on the reporter's phone: who hurts them may hold it."""

from typing import Final

QUIET: Final = frozenset({"DV", "CHILD_ABUSE", "SEXUAL"})


def is_quiet(kind_code: str) -> bool:
    """Whether a report of this kind is handled in quiet mode."""
    return kind_code in QUIET
