"""Reads what a press sends back; a changed client may send anything."""

# Longer numbers are no row of ours, and too long for the database's integers.
_DIGITS = 9


def find_id(text: str) -> int | None:
    """The row id in this part of tap data; None where no button of ours sends that."""
    return int(text) if text.isdecimal() and len(text) <= _DIGITS else None
