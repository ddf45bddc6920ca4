"""Reads the law items from law/vi and law/en, which may be edited without knowing Python.

What is a fact (dates, audience, number, source, who approved it) stands once, with the Vietnamese
words; law/en holds words only, so that the two languages cannot come to differ in a fact.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, ValidationError

FOLDER: Final = Path(__file__).resolve().parent / "law"
FACTS_IN: Final = "vi"
LOCALES: Final = (FACTS_IN, "en")
# Where the day of the last check stands in a body; it is filled in as dd/mm/yyyy.
CHECKED: Final = "{checked_on}"
_EMPTY_LINE: Final = re.compile(r"\n\s*\n")


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
    faults: list[str] = []
    facts = dict(_entries(folder / FACTS_IN, _Entry, faults))
    if locale == FACTS_IN:
        return {key: _item(key, pack, each, each) for key, (pack, each) in facts.items()}, faults
    words = dict(_entries(folder / locale, _Words, faults))
    faults += [f"{locale}: {key}: not there" for key in facts if key not in words]
    faults += [f"{FACTS_IN}: {key}: not there" for key in words if key not in facts]
    both = {key: (*facts[key], words[key][1]) for key in facts if key in words}
    return {key: _item(key, *parts) for key, parts in both.items()}, faults


def plain(text: str) -> str:
    """The text with its lines joined; an empty line parts two paragraphs."""
    paragraphs = _EMPTY_LINE.split(text.strip())
    return "\n\n".join(" ".join(each.split()) for each in paragraphs)


def _entries(
    folder: Path, shape: type[_Words], faults: list[str]
) -> Iterator[tuple[str, tuple[str, Any]]]:
    """Every entry of one language as (id, (pack, entry)); what cannot be read is a fault."""
    seen: set[str] = set()
    for file in sorted(folder.glob("*.toml")):
        place = f"{folder.name}/{file.name}"
        try:
            tables = tomllib.loads(file.read_text(encoding="utf-8-sig"))
        except ValueError as fault:
            faults.append(f"{place}: cannot be read: {fault}")
            continue
        for key, table in tables.items():
            if key in seen:
                faults.append(f"{place}: {key}: stands there twice")
                continue
            seen.add(key)
            try:
                yield key, (file.stem, shape.model_validate(table))
            except ValidationError as wrong:
                faults += [f"{place}: {key}: {_said(each)}" for each in wrong.errors()]


def _said(error: Any) -> str:
    return f"{'.'.join(map(str, error['loc']))}: {error['msg']}"


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
