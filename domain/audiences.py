"""Groups of people who want news of their own: each person chooses for themselves, and nobody is
put into one. A proposal of this project for a coastal province with mines, ports and rented rooms.
"""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from domain.text import fold

# So few people could be guessed one by one: their number is not told. Of more only the last of
# these steps is: from two exact numbers, a little apart, one could tell who joined between them.
FEWEST_COUNTED: Final = 5
_STEPS: Final = (FEWEST_COUNTED, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000)


class Audience(StrEnum):
    """At most 20 letters each (the column). CARERS live with an elder, a small child or somebody
    who cannot leave alone; FARMERS raise fish, oysters, livestock or crops."""

    LANDLORDS = "landlords"
    TRADERS = "traders"
    BOATS = "boats"
    PARENTS = "parents"
    DRIVERS = "drivers"
    CARERS = "carers"
    FARMERS = "farmers"
    BUILDERS = "builders"


# What people call them, without accents, in either language; whole words.
WORDS: Final[Mapping[Audience, tuple[str, ...]]] = MappingProxyType(
    {
        Audience.LANDLORDS: (
            "chu tro", "chu nha tro", "nha tro", "nguoi cho thue nha", "cho thue nha",
            "cho thue tro", "landlords", "landlord",
        ),
        Audience.TRADERS: (
            "tieu thuong ho kinh doanh", "tieu thuong", "ho kinh doanh", "buon ban",
            "nguoi buon ban", "chu quan", "chu hang",
            "traders and shopkeepers", "traders", "shopkeepers", "shops",
        ),
        Audience.BOATS: (
            "chu tau chu thuyen", "chu tau", "chu thuyen", "tau thuyen", "chu tau thuyen",
            "ngu dan", "tau ca", "boat owners", "boats", "fishermen",
        ),
        Audience.PARENTS: (
            "phu huynh", "cha me hoc sinh", "phu huynh hoc sinh", "bo me hoc sinh", "parents",
            "parents of pupils",
        ),
        Audience.DRIVERS: (
            "tai xe xe om", "tai xe", "lai xe", "xe om", "xe cong nghe",
            "drivers and motorbike taxis", "drivers", "motorbike taxis",
        ),
        Audience.CARERS: (
            "nha co nguoi gia", "nha co nguoi gia tre nho", "nha co nguoi gia yeu",
            "nguoi gia tre nho", "nha co tre nho", "nha co nguoi gia hoac tre nho",
            "homes with an elder or small child", "carers",
        ),
        Audience.FARMERS: (
            "nuoi trong thuy san chan nuoi", "nuoi trong", "nuoi trong thuy san", "chan nuoi",
            "nong dan", "farmers and fish farmers", "farmers", "fish farmers",
        ),
        Audience.BUILDERS: (
            "chu thau tho xay", "chu thau", "tho xay", "nha thau",
            "builders and contractors", "builders", "contractors",
        ),
    }
)  # fmt: skip

_BY_WORDS: Final = {words: each for each, several in WORDS.items() for words in several}
_ANY: Final = re.compile(
    rf"(?<!\S)(?:{'|'.join(sorted(map(re.escape, _BY_WORDS), key=len, reverse=True))})(?!\S)"
)


def known(codes: Iterable[str]) -> tuple[Audience, ...]:
    """Those of the codes that are (still) groups, each once, in the order of the list."""
    wanted = set(codes)
    return tuple(each for each in Audience if each.value in wanted)


def named_in(words: str) -> tuple[tuple[Audience, ...], str]:
    """The groups that are named, and the folded words that are left."""
    said = fold(words)
    found = {_BY_WORDS[each] for each in _ANY.findall(said)}
    return known(found), " ".join(_ANY.sub(" ", said).split())


def is_counted(people: int) -> bool:
    """Whether it may be told how many they are."""
    return people >= FEWEST_COUNTED


def said_number(people: int) -> int | None:
    """How many they are at least, as it may be told; None for too few."""
    return max((step for step in _STEPS if step <= people), default=None)
