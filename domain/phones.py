"""Vietnamese telephone numbers as people type them: with 0, 84 or +84 in front, parted by
spaces, dots or dashes, within a sentence. Read here and nowhere else.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from domain.text import nfc

_BETWEEN: Final = r"[\s.\-–()]{0,3}"
_BEFORE: Final = rf"(?<![\d+])\(?(?:(?:\+|00)?84{_BETWEEN}(?:\(?0\)?{_BETWEEN})?|0{_BETWEEN})"
_MOBILE: Final = rf"(?:3[2-9]|5[25689]|7[06-9]|8[1-9]|9\d)(?:{_BETWEEN}\d){{7}}"
_LANDLINE: Final = rf"2(?:{_BETWEEN}\d){{9}}"
_OLD: Final = rf"1(?:2\d|6[2-9]|8[68]|99)(?:{_BETWEEN}\d){{7}}"
_NUMBER: Final = re.compile(rf"{_BEFORE}(?P<rest>{_MOBILE}|{_LANDLINE})(?!\d)")
_OLD_NUMBER: Final = re.compile(rf"{_BEFORE}(?P<rest>{_OLD})(?!\d)")
_NOT_DIGITS: Final = re.compile(r"\D+")

# Mobile numbers lost a digit in September and October 2018 (Decision 798/QĐ-BTTTT).
_NEW_PREFIXES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "162": "32", "163": "33", "164": "34", "165": "35", "166": "36", "167": "37",
        "168": "38", "169": "39", "120": "70", "121": "79", "122": "77", "126": "76",
        "128": "78", "123": "83", "124": "84", "125": "85", "127": "81", "129": "82",
        "186": "56", "188": "58", "199": "59",
    }
)  # fmt: skip


def parse_phone(text: str) -> str | None:
    """The first mobile or landline number in the text as its digits with 0 in front
    ("0912345678"); None where there is none, and for the old eleven-digit mobile ones."""
    return _digits(_NUMBER.search(nfc(text)))


def renewed_phone(text: str) -> str | None:
    """What an old eleven-digit mobile number (0162… and so on) has become; None where the
    text holds none, or a number that is right as it is."""
    old = None if parse_phone(text) else _digits(_OLD_NUMBER.search(nfc(text)))
    return f"0{_NEW_PREFIXES[old[1:4]]}{old[4:]}" if old else None


def spoken_phone(number: str) -> str:
    """As it is read aloud and dialled: "0912 345 678", "0203 3123 456"."""
    head = 4
    return " ".join(part for part in (number[:head], number[head:-3], number[-3:]) if part)


def _digits(found: re.Match[str] | None) -> str | None:
    return f"0{_NOT_DIGITS.sub('', found['rest'])}" if found else None
