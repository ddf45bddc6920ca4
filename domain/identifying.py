"""Finds in words what points at one person: a plate, a telephone number, the number of a paper
or an account. Whoever writes a warning is asked as well; these are never missed in a hurry.
"""

import re
from collections.abc import Collection
from enum import StrEnum
from typing import Final

from domain.phones import parse_phone
from domain.text import fold, nfc


class Sign(StrEnum):
    """A sort of it."""

    PLATE = "plate"
    PHONE = "phone"
    NUMBER = "number"
    ACCOUNT = "account"


_PART: Final = r"[\s.\-–]{0,3}"
# Civil plates are two figures of the province, one or two letters, four or five figures
# (Circular 79/2024/TT-BCA); motorbikes have a figure behind the letter. Then the red plates of
# the army, and those of foreign missions.
_PLATE: Final = re.compile(
    rf"(?<![0-9A-ZĐ])(?:\d{{2}}{_PART}(?:[A-ZĐ]{{1,2}}\d?){_PART}(?:\d{{3}}{_PART}\d{{2}}|\d{{4}})"
    r"|[A-Z]{2}[-–]\d{2}[-–.]\d{2}"
    rf"|\d{{2}}{_PART}\d{{3}}{_PART}(?:NG|QT|CV|NN){_PART}\d{{2}})(?![0-9A-ZĐ])"
)
_PLATE_NAMED: Final = re.compile(
    r"\b(?:bien (?:so|kiem soat|xe)|bks|number plate|plate)\D{0,12}\d"
)
# Twelve figures of an identity card, nine of an old one, and whatever accounts have.
_LONG: Final = re.compile(r"(?<!\d)\d(?:[ .\-]?\d){8,18}(?!\d)")
# Papers are written in groups of three as well ("001.085.012.345"): only what says so is money,
# and no sum begins with a nought.
_MONEY: Final = re.compile(
    r"(?<![\d.])[1-9]\d{0,2}(?:\.\d{3})+\s?"
    r"(?:đồng|đ|vnđ|vnd|nghìn|ngàn|triệu|tỷ|tỉ)(?!\w)", re.IGNORECASE,
)  # fmt: skip
_LINK: Final = re.compile(
    r"(?:facebook|fb|tiktok|zalo|instagram|t|m)\.(?:com|me)/\S|(?<![\w.])@\w{3,}", re.IGNORECASE
)


def signs_in(words: str, public: Collection[str] = ()) -> frozenset[Sign]:
    """Which sorts are there. `public` are numbers of offices, as digits: they point at nobody."""
    plain = nfc(words)
    found = set()
    if _PLATE.search(plain.upper()) or _PLATE_NAMED.search(fold(plain)):
        found.add(Sign.PLATE)
    left = _without(plain, public)
    if parse_phone(left):
        found.add(Sign.PHONE)
    elif _LONG.search(_MONEY.sub(" ", left)):
        found.add(Sign.NUMBER)
    if _LINK.search(plain):
        found.add(Sign.ACCOUNT)
    return frozenset(found)


def _without(words: str, public: Collection[str]) -> str:
    for number in public:
        spaced = r"[ .\-–]?".join(number)
        words = re.sub(rf"(?<!\d){spaced}(?!\d)", " ", words)
    return words
