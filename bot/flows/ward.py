"""An administrator sets up a ward: which one, and what its neighbourhoods are called."""

import re
from typing import Final

from bot.flows.draft import Answer, Draft
from bot.flows.review import review
from bot.flows.steps import Flow, Line, Option, Reading, Step, asks
from domain.notices import Text, plain
from domain.text import fold, nfc
from domain.wards import WARDS, find_wards

LONGEST_NAME: Final = 60
_SEPARATORS: Final = re.compile(r"[\n;,]+")
_BULLET: Final = re.compile(r"^(?:[-*•+]|\d{1,3}[.)])\s+")
_LETTER: Final = re.compile(r"[^\W\d_]")
_NUMBER: Final = re.compile(r"\s*\d+$")
# "Khu 1 - 27", "khu 1 đến khu 27": a ward with 27 of them need not type 27 names.
_RANGE: Final = re.compile(
    r"^(?P<name>\D*?)\s*(?P<first>\d{1,2})\s*(?:-|–|đến|den|tới|toi|to)\s*"
    r"(?:(?P=name)\s*)?(?P<last>\d{1,2})$",
    re.IGNORECASE,
)


def names_in(words: str) -> tuple[str, ...]:
    """The names of neighbourhoods in a list, without bullets and without doubles.

    "Khu 1, 2, 3" and "Khu 1 đến 3" are three names; a number with no name before it is none.
    """
    names: dict[str, str] = {}
    before = ""
    for part in _SEPARATORS.split(nfc(words)):
        whole = _BULLET.sub("", part.strip())
        for name in _spread(f"{before} {whole}" if whole.isdecimal() else whole):
            spaced = " ".join(name.split())
            if _LETTER.search(spaced):
                names.setdefault(fold(spaced), spaced)
                before = _NUMBER.sub("", spaced)
    return tuple(names.values())


def _spread(part: str) -> list[str]:
    found = _RANGE.match(part)
    if not found or int(found["first"]) >= int(found["last"]):
        return [part]
    numbers = range(int(found["first"]), int(found["last"]) + 1)
    return [f"{found['name'].strip()} {number}".strip() for number in numbers]


def _wards(draft: Draft) -> tuple[Option, ...]:
    return tuple(Option(ward.code, plain(ward.name)) for ward in WARDS.values())


def _find_ward(draft: Draft, words: str) -> Reading:
    found = tuple(ward.code for ward in find_wards(words))
    if len(found) == 1:
        return Reading(answer=Answer(choice=found[0]))
    return Reading(offer=found, reason=Text("ward.ward.unknown"))


def _read_names(draft: Draft, words: str) -> Reading:
    names = names_in(words)
    if not names:
        return Reading(reason=Text("ward.neighbourhoods.none"))
    if any(len(name) > LONGEST_NAME for name in names):
        return Reading(reason=Text("ward.neighbourhoods.too_long"))
    return Reading(answer=Answer(words=words))


WARD: Final = Flow(
    "ward",
    (
        Step(
            "ward", "choice",
            lambda d: Text("ward.ward.which" if d.offered else "ward.ward.ask"), _wards,
            shown=lambda draft: (), read=_find_ward, own_numbers=True,
        ),
        Step("neighbourhoods", "text", asks("ward.neighbourhoods.ask"), read=_read_names),
        review(
            "ward.review.ask", Text("ward.review.send"), ("luu", "luu lai", "save"),
            (
                Line(Text("ward.line.ward"), ("ward",), ("phuong xa", "phuong", "xa", "ward")),
                Line(Text("ward.line.neighbourhoods"), ("neighbourhoods",),
                     ("khu pho thon", "khu pho", "khu", "thon", "neighbourhoods")),
            ),
        ),
    ),
)  # fmt: skip
