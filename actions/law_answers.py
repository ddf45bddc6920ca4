"""Answering what people ask about the law: only from what their ward approved, and where that says
nothing, that nobody here knows. An item that is held is never shown, nor that there is one.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.engine import Connection

from actions.law import offered_law, search_law
from actions.law_approval import approved_items
from actions.law_face import answer_of
from actions.people import LOCALES
from actions.wards import surroundings_of
from content.law import LawItem
from domain.notices import Text, plain
from domain.wall_clock import day_of
from storage.tables import Person

_EXAMPLES = 4


@dataclass(frozen=True, slots=True)
class Answer:
    """One approved item in the language of whoever asked."""

    item: str
    title: Text
    text: Text


def find_answers(
    db: Connection, person: Person, words: str, served: Sequence[str], now: datetime
) -> Sequence[Answer]:
    """What these words ask about, the likeliest first; () where nobody here knows."""
    offered = {item.id for item in _offered(db, person, served, now)}
    found = search_law(words, _locale(person))
    return [_answer(item) for item in found if item.id in offered]


def find_answer(
    db: Connection, person: Person, item: str, served: Sequence[str], now: datetime
) -> Answer | None:
    """One item again; None where it is held by now."""
    offered = _offered(db, person, served, now)
    return next((_answer(each) for each in offered if each.id == item), None)


def list_examples(
    db: Connection, person: Person, served: Sequence[str], now: datetime
) -> Sequence[Answer]:
    """A few that may be asked about."""
    return [_answer(each) for each in _offered(db, person, served, now)[:_EXAMPLES]]


def _offered(
    db: Connection, person: Person, served: Sequence[str], now: datetime
) -> Sequence[LawItem]:
    around = surroundings_of(db, person, served)
    codes = (around.ward.code,) if around.ward else tuple(around.wards)
    approved = _approved(db, codes)
    return offered_law(_locale(person), day_of(now), approved)


def _approved(db: Connection, codes: Sequence[str]) -> Collection[str]:
    """Where somebody's ward is not known, what all wards of the bot stand behind."""
    found = [approved_items(db, code) for code in codes]
    return frozenset.intersection(*found) if found else frozenset()


def _answer(item: LawItem) -> Answer:
    return Answer(item.id, plain(item.title), answer_of(item))


def _locale(person: Person) -> str:
    return person.locale if person.locale in LOCALES else LOCALES[0]
