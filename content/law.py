"""Reads the law items from law/vi and law/en, which may be edited without knowing Python.

What is a fact (dates, audience, number, source, who approved it) stands once, with the Vietnamese
words; law/en holds words only, so that the two languages cannot come to differ in a fact.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from pydantic import BaseModel, ConfigDict

from content.packs import FACTS_IN as FACTS_IN
from content.packs import plain, read_packs

FOLDER: Final = Path(__file__).resolve().parent / "law"
LOCALES: Final = (FACTS_IN, "en")
# Where the day of the last check stands in a body; it is filled in as dd/mm/yyyy.
CHECKED: Final = "{checked_on}"


@dataclass(frozen=True, slots=True)
class Quiz:
    """One question; `correct` counts the options from 0, in the files from 1."""

    question: str
    options: tuple[str, ...]
    correct: int
    explanation: str


@dataclass(frozen=True, slots=True)
class LawItem:
    """One idea of one law, in one language. Days are of Việt Nam; texts are plain, no markup.

    `certainty` A: the fact was found in a public copy of the text. B: from memory, never offered.
    `checked_by` is who compared it with the signed text, "" until somebody did (that a ward
    approved it stands in the database: actions/law_approval.py). `occasions` are "06-26",
    "lunar:12-23", "month:06" or "campaign:tet". `call` is one of numbers.toml, as digits.
    `asked_as` are words by which people ask for it. `pack` is the name of its file.
    """

    id: str
    pack: str
    title: str
    law: str
    article: str
    in_force_since: date
    certainty: str
    source: str
    checked_by: str
    checked_on: date
    review_by: date
    audience: tuple[str, ...]
    occasions: tuple[str, ...]
    call: str
    body: str
    asked_as: tuple[str, ...]
    quiz: Quiz | None


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Quiz(_Strict):
    question: str
    options: list[str]
    correct: int
    explanation: str


class _Words(_Strict):
    """What is said, once for each language."""

    title: str
    law: str
    article: str
    asked_as: list[str]
    body: str
    quiz: _Quiz | None = None


class _Entry(_Words):
    """The words with the facts, as they stand in law/vi."""

    in_force_since: date
    certainty: str
    source: str
    checked_by: str
    checked_on: date
    review_by: date
    audience: list[str]
    occasions: list[str]
    call: str


@cache
def load_law(locale: str, folder: Path = FOLDER) -> Mapping[str, LawItem]:
    """Every item by its id, in the order of the files, the held ones too: who sends one asks
    domain.law first. Read once. Raises ValueError for a file or an item that cannot be used."""
    items, faults = read_law(locale, folder)
    if faults or not items:
        raise ValueError("; ".join(faults) or f"no law item in {folder}")
    return MappingProxyType(items)


def read_law(locale: str, folder: Path = FOLDER) -> tuple[dict[str, LawItem], list[str]]:
    """The items that can be used, and why others cannot."""
    found, faults = read_packs(folder, locale, (_Entry, _Words))
    return {key: _item(key, *parts) for key, parts in found.items()}, faults


def _item(key: str, pack: str, facts: _Entry, words: _Words) -> LawItem:
    return LawItem(
        id=key,
        pack=pack,
        title=plain(words.title),
        law=plain(words.law),
        article=plain(words.article),
        in_force_since=facts.in_force_since,
        certainty=facts.certainty,
        source=plain(facts.source),
        checked_by=plain(facts.checked_by),
        checked_on=facts.checked_on,
        review_by=facts.review_by,
        audience=tuple(facts.audience),
        occasions=tuple(facts.occasions),
        call=facts.call,
        body=plain(words.body).replace(CHECKED, f"{facts.checked_on:%d/%m/%Y}"),
        asked_as=tuple(map(plain, words.asked_as)),
        quiz=_quiz(words.quiz) if words.quiz else None,
    )


def _quiz(asked: _Quiz) -> Quiz:
    return Quiz(
        plain(asked.question),
        tuple(map(plain, asked.options)),
        asked.correct - 1,
        plain(asked.explanation),
    )
