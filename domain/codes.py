"""Codes that people read out and type back: receipts of reports and invitations.

A receipt is eight digits with a Damm check digit, which finds every single wrong digit and
every swap of neighbours. An invitation starts with a letter and has none that look alike.
"""

import re
from collections.abc import Callable
from typing import Final

from stdnum import damm

from domain.text import nfc

RandomBelow = Callable[[int], int]
"""Gives a random whole number from 0 to below its argument (`secrets.randbelow`)."""


class WrongCheckDigit(ValueError):
    """Eight digits that are no receipt: mistyped. Carries nothing of what was typed."""


# Without a leading zero no spreadsheet can shorten the code.
_FIRST: Final = 1_000_000
_RUN: Final = re.compile(r"(?<![\dA-Za-z])\d(?:[ .\-–]?\d)*(?![\dA-Za-z])")
_DATES: Final = frozenset({(2, 2, 4), (4, 2, 2), (1, 2, 5)})


def new_code(random_below: RandomBelow) -> str:
    """Eight digits, the last a check digit. Whether it is free is for the storage to say."""
    digits = str(_FIRST + random_below(9 * _FIRST))
    return digits + str(damm.calc_check_digit(digits))


def spoken(code: str) -> str:
    """The code as it is shown and read out: "4827 1936"."""
    return f"{code[:4]} {code[4:]}"


def parse_code(text: str) -> str | None:
    """The receipt code in a text, or None when there is none.

    Takes spaces, dots, dashes and words around it; not phone numbers and dates. Raises
    WrongCheckDigit when there are eight digits and none of them is a receipt.
    """
    found = _runs(text)
    valid = next((code for code in found if damm.is_valid(code)), None)
    if found and valid is None:
        raise WrongCheckDigit
    return valid


def codes_in(text: str) -> list[str]:
    """Every number in a text that may be a code, in its order; each once."""
    return [code for code in dict.fromkeys(_runs(text)) if damm.is_valid(code)]


def without_code(text: str, code: str) -> str:
    """The text with a space for this code wherever it stands, however its digits are parted
    ("48 27 19 36")."""

    def gone(run: re.Match[str]) -> str:
        return " " if re.sub(r"\D", "", run[0]) == code else run[0]

    return _RUN.sub(gone, nfc(text))


def _runs(text: str) -> list[str]:
    return [
        re.sub(r"\D", "", run[0])
        for run in _RUN.finditer(nfc(text))
        if sum(map(str.isdigit, run[0])) == 8 and _grouping(run[0]) not in _DATES
    ]


def _grouping(run: str) -> tuple[int, ...]:
    return tuple(map(len, re.split(r"\D", run)))


_LETTERS: Final = "ABCDEFGHJKMNPQRSTUVWXYZ"
_DIGITS: Final = "23456789"
_ANY: Final = _DIGITS + _LETTERS
_INVITE: Final = re.compile(
    rf"(?<![0-9A-Z])([{_LETTERS}][{_ANY}]{{3}})[ .\-–]?([{_ANY}]{{3}}[{_DIGITS}])(?![0-9A-Z])"
)
_SPACED: Final = re.compile(rf"[{_LETTERS}](?:[ .\-–]?[{_ANY}]){{6}}[ .\-–]?[{_DIGITS}]")


def new_invite(random_below: RandomBelow) -> str:
    """Eight characters without look-alikes: a letter first, a digit last (37 bits)."""
    pools = (_LETTERS, *(_ANY,) * 6, _DIGITS)
    return "".join(pool[random_below(len(pool))] for pool in pools)


_ALONE: Final = re.compile(r"[0-9A-Za-z]{4}[ .\-–]?[0-9A-Za-z]{4}")


def is_bare_invite(text: str) -> bool:
    """Whether a text has the form of one invitation and nothing else ("abcd 2345"); a short
    report that is typed without accents may have it too ("khoa nha2")."""
    return bool(_ALONE.fullmatch(nfc(text).strip())) and parse_invite(text) is not None


def is_written_as_invite(text: str) -> bool:
    """Whether it is written as codes are handed on, in capitals and in one piece."""
    return is_bare_invite(text) and text.upper() == text and " " not in text.strip()


def parse_invite(text: str) -> str | None:
    """The invitation in a text, in upper case, or None. Never takes a receipt for one."""
    plain = nfc(text).upper().strip()
    if _SPACED.fullmatch(plain):
        return re.sub(r"[ .\-–]", "", plain)
    found = _INVITE.search(plain)
    return found[1] + found[2] if found else None
