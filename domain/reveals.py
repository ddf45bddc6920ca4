"""When police may see who sent a report: one asks with a reason, a second one decides, and
nobody can be both by seating a friend or a second account of their own first.

No program can tell two accounts from two people for ever. So whoever was seated by the same
hand within the last days cannot decide for each other, and a new seat decides nothing at all:
an administrator who makes both has to wait, and the ward's others see the new names meanwhile.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from domain.roles import Role, Standing
from domain.text import fold

# A proposal of this project (references/domain.md 5.2 and 6.9: a role, a reason, two persons).
REASON_LETTERS: Final = 15
LAPSES_AFTER: Final = timedelta(hours=24)
SEATED_FOR: Final = timedelta(hours=24)
KEPT_APART_FOR: Final = timedelta(days=7)
SHOWN_FOR: Final = timedelta(minutes=10)

# The roles that decide, and those that give such roles to others.
WEIGHTY: Final = frozenset({Role.ADMINISTRATOR, Role.CHIEF, Role.OFFICER})


class Verdict(StrEnum):
    """What the second person says; the value is what the button sends back. `UNTOLD`: yes,
    but a law forbids telling the reporter."""

    YES = "yes"
    NO = "no"
    UNTOLD = "untold"


@dataclass(frozen=True, slots=True)
class Seat:
    """One role that is held now, and since when."""

    standing: Standing
    since: datetime


@dataclass(frozen=True, slots=True)
class Party:
    """One of the two persons: what they hold, and `hands`, everybody through whom they came
    to it within KEPT_APART_FOR, themselves among them."""

    person_id: int
    seats: tuple[Seat, ...]
    hands: frozenset[int]

    @property
    def standings(self) -> tuple[Standing, ...]:
        """All that is held now."""
        return tuple(seat.standing for seat in self.seats)

    def settled(self, now: datetime) -> tuple[Standing, ...]:
        """What has been held for SEATED_FOR."""
        return tuple(s.standing for s in self.seats if s.since <= now - SEATED_FOR)


def hands_behind(person_id: int, given_by: Mapping[int, Collection[int]]) -> frozenset[int]:
    """Who seated this person, who seated those, and so on; `given_by` says of each person who
    gave them a weighty role within KEPT_APART_FOR."""
    found, waiting = {person_id}, [person_id]
    while waiting:
        fresh = set(given_by.get(waiting.pop(), ())) - found
        found |= fresh
        waiting += fresh
    return frozenset(found)


def is_reason(words: str) -> bool:
    """Whether it says anything: REASON_LETTERS letters at least."""
    return sum(map(str.isalpha, words)) >= REASON_LETTERS


def has_lapsed(asked_at: datetime, now: datetime) -> bool:
    """Whether a request that nobody decided is over."""
    return asked_at <= now - LAPSES_AFTER


# What the reporter hears of a reason, the first that fits: its words are the police's own.
_SORTS: Final[Mapping[str, tuple[str, ...]]] = {
    "safety": ("bao ve", "an toan", "nguy hiem", "de doa", "tra thu", "cuu nguoi", "cap cuu",
               "protect", "safety", "danger"),
    "case": ("dieu tra", "vu an", "khoi to", "nhan chung", "loi khai", "trieu tap", "to tung",
             "toa an", "vien kiem sat", "investigation", "witness", "court"),
    "false": ("bao gia", "tin gia", "bia dat", "vu khong", "quay pha", "spam", "false report"),
    "check": ("xac minh", "lam ro", "kiem tra", "hoi them", "lien he", "gap nguoi bao", "verify",
              "contact"),
}  # fmt: skip


def sort_of(reason: str) -> str:
    """What sort of reason it is: the end of a catalogue key ("other" where none fits)."""
    said = f" {fold(reason)} "
    return next((sort for sort, words in _SORTS.items() if _is_in(words, said)), "other")


def _is_in(phrases: Iterable[str], said: str) -> bool:
    return any(f" {phrase} " in said for phrase in phrases)
