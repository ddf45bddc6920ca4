"""The ladder for silence: who is woken, and after how many minutes, by an urgent report that
nobody takes, up to whom to phone.

The minutes are a proposal of this project, not law, and each ward may choose its own: soon
enough to help somebody in danger, late enough that whoever is at the desk comes first.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import IntEnum
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from domain.incidents import Happening
from domain.phones import parse_phone
from domain.routing import Recipient
from domain.urgency import Urgency


class Rung(IntEnum):
    """A step of the ladder, the lowest first: three in private, and at the end the duty chat
    reads whom to phone."""

    DUTY = 1
    DEPUTY = 2
    CHIEF = 3
    PHONE = 4

    @property
    def word(self) -> str:
        """The end of its catalogue keys."""
        return self.name.lower()


URGENT: Final = (Urgency.P1, Urgency.P2)
# Minutes for each rung, since the report was new, opened again, or became more urgent.
DEFAULT_MINUTES: Final[Mapping[Urgency, tuple[int, ...]]] = MappingProxyType(
    {Urgency.P1: (2, 4, 6, 8), Urgency.P2: (10, 20, 30, 40)}
)
MOST_MINUTES: Final = 240
MOST_PHONES: Final = 5
# What lay longer, because nothing ran meanwhile, wakes nobody: it stands in the list of open
# reports, and a program that is new here must not begin with reports of last year.
STALE_AFTER: Final = timedelta(days=1)
# Whoever is told at each rung in private. The duty chat is the desk.
HEARS: Final[Mapping[Rung, Recipient]] = MappingProxyType(
    {
        Rung.DUTY: Recipient.OFFICER,
        Rung.DEPUTY: Recipient.DEPUTY,
        Rung.CHIEF: Recipient.CHIEF,
        Rung.PHONE: Recipient.DESK,
    }
)
# What stands in the history of the report once a rung was climbed.
STAMPS: Final[Mapping[Rung, Happening]] = MappingProxyType(
    {
        Rung.DUTY: Happening.DUTY_WOKEN,
        Rung.DEPUTY: Happening.DEPUTY_WOKEN,
        Rung.CHIEF: Happening.CHIEF_WOKEN,
        Rung.PHONE: Happening.PHONES_SHOWN,
    }
)
_MINUTES: Final = re.compile(r"\d{1,3}")
_NAME_LIMIT: Final = 40


@dataclass(frozen=True, slots=True)
class Phone:
    """A number that the ward wants called in the end, as digits, and whose it is."""

    number: str
    name: str


@dataclass(frozen=True, slots=True)
class Ladder:
    """What a ward chose: minutes by urgency, and whom to phone, the first one first."""

    minutes: Mapping[Urgency, tuple[int, ...]] = field(default_factory=lambda: DEFAULT_MINUTES)
    phones: tuple[Phone, ...] = ()

    def after(self, urgency: Urgency, rung: Rung) -> timedelta:
        """How long nobody took it when this rung is due. Raises KeyError for calm ones."""
        return timedelta(minutes=self.minutes[urgency][rung - 1])


def rungs_due(
    ladder: Ladder, urgency: Urgency, waited: timedelta, climbed: Rung | None
) -> tuple[Rung, ...]:
    """The rungs to be climbed now, the lowest first, () for none. After a time in which nothing
    ran there are several: they are climbed together, as the newest one, so that nobody hears
    of it twice. `climbed` is the highest so far."""
    if urgency not in ladder.minutes or waited >= STALE_AFTER:
        return ()
    above = [rung for rung in Rung if climbed is None or rung > climbed]
    return tuple(rung for rung in above if waited >= ladder.after(urgency, rung))


def minutes_in(words: str) -> tuple[int, ...] | None:
    """The minutes for each rung as somebody types them ("2 4 6 8", "2, 4, 6 và 8"): as many as
    there are rungs, each later than the one before, at most MOST_MINUTES; else None."""
    found = tuple(int(each) for each in _MINUTES.findall(words))
    rising = all(first < second for first, second in pairwise(found))
    if len(found) != len(Rung) or not rising or found[0] < 1 or found[-1] > MOST_MINUTES:
        return None
    return found


def phone_in(words: str) -> Phone | None:
    """The number and the name as somebody types them ("0912 345 678 anh Ba"); the name may be
    missing. None without a number."""
    number = parse_phone(words)
    if number is None:
        return None
    name = " ".join(each for each in words.split() if not _is_of_number(each))
    return Phone(number, name[:_NAME_LIMIT])


def with_phone(phones: Sequence[Phone], phone: Phone) -> tuple[Phone, ...] | None:
    """The list with this one, under its new name where the number stands there; None where
    there are too many."""
    others = tuple(each for each in phones if each.number != phone.number)
    return (*others, phone) if len(others) < MOST_PHONES else None


def _is_of_number(word: str) -> bool:
    return not word.strip("+0123456789.-–()")
