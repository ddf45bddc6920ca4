"""Reads the numbers to call from numbers.toml, which may be edited without knowing Python.

A number that is wrong there costs somebody minutes in danger, so nothing is guessed: an entry
that cannot be understood is refused.
"""

import re
import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

FILE = Path(__file__).resolve().parent / "numbers.toml"
_DIGITS = re.compile(r"[0-9]{3,11}")


@dataclass(frozen=True, slots=True)
class CheckedNumber:
    """A number, the day (of Việt Nam) when somebody last checked it, and against what."""

    number: str
    checked_on: date
    source: str


def read_numbers(file: Path = FILE) -> tuple[CheckedNumber, ...]:
    """All entries in the order of the file. Raises ValueError for a file or an entry that
    cannot be used, OSError for a file that cannot be read."""
    entries = tomllib.loads(file.read_text(encoding="utf-8-sig")).get("number", [])
    found = tuple(map(_checked, entries))
    if not found or len({each.number for each in found}) < len(found):
        raise ValueError(f"{file.name}: no number, or one that stands there twice")
    return found


def _checked(entry: dict[str, Any]) -> CheckedNumber:
    number, checked_on, source = (entry.get(n) for n in ("number", "checked_on", "source"))
    if not isinstance(number, str) or not _DIGITS.fullmatch(number):
        raise ValueError(f"not a number to call: {number!r}")
    if not isinstance(checked_on, date) or isinstance(checked_on, datetime):
        raise ValueError(f"{number}: checked_on must be a day, such as 2026-11-22")
    if not isinstance(source, str) or not source.strip():
        raise ValueError(f"{number}: the source is missing")
    return CheckedNumber(number, checked_on, source)
