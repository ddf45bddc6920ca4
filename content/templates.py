"""Reads the templates of announcements from templates/vi and templates/en, which may be edited
without knowing Python: ready words in which only the blanks, such as {khi nào}, are filled in.

What is a fact (sort, seasons, days) stands once, with the Vietnamese words.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from pydantic import BaseModel, ConfigDict

from content.packs import FACTS_IN as FACTS_IN
from content.packs import plain, read_packs

FOLDER: Final = Path(__file__).resolve().parent / "templates"
LOCALES: Final = (FACTS_IN, "en")
# A season with its months (of the sun; Tết and its weeks before lie within its two).
SEASONS: Final[Mapping[str, frozenset[int]]] = MappingProxyType(
    {
        "tet": frozenset({1, 2}),
        "storms": frozenset({6, 7, 8, 9, 10}),
        "dry_season": frozenset({11, 12, 1, 2, 3, 4}),
        "cold": frozenset({12, 1, 2}),
        "exams": frozenset({5, 6, 7}),
        "school_year": frozenset({8, 9}),
        "tourism": frozenset({4, 5, 6, 7, 8}),
    }
)
# "{khi nào}": what the one who announces fills in.
BLANK: Final = re.compile(r"\{([^{}\n]*)\}")


@dataclass(frozen=True, slots=True)
class Template:
    """One template in one language. `words` hold its blanks; `fields` are their names, each
    once, in the order in which they occur, and `asks` how each of them is asked for, with an
    example. `sort` is one of domain.announcing.Sort as a string:
    a hazard may be sent at once. `shows_person`: somebody is described, so that a second officer
    must agree. Days are of Việt Nam; after `review_by` it is not offered.
    `pack` is the name of its file."""

    id: str
    pack: str
    title: str
    words: str
    fields: tuple[str, ...]
    asks: tuple[str, ...]
    sort: str
    shows_person: bool
    seasons: tuple[str, ...]
    checked_on: date
    review_by: date

    def filled(self, values: Sequence[str]) -> str:
        """The words with one value for each of `fields`. Raises ValueError for another number
        of them, or an empty one."""
        if len(values) != len(self.fields) or not all(each.strip() for each in values):
            raise ValueError(f"{self.id} needs {len(self.fields)} words or phrases")
        given = dict(zip(self.fields, (each.strip() for each in values), strict=True))
        return BLANK.sub(lambda blank: given[blank[1]], self.words)

    def made(self, words: str) -> bool:
        """Whether words are this template with its blanks filled in and nothing else: only
        then may they go out as urgent as it may."""
        parts = BLANK.split(" ".join(self.words.split()))
        pattern = "".join(
            r".{1,200}?" if at % 2 else re.escape(part) for at, part in enumerate(parts)
        )
        said = " ".join(words.split())
        return not BLANK.search(said) and re.fullmatch(pattern, said) is not None

    def is_in_season(self, today: date) -> bool:
        """Whether it is likely to be wanted on this day; without seasons it never is first."""
        return any(today.month in SEASONS.get(each, ()) for each in self.seasons)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Words(_Strict):
    """What is said, once for each language."""

    title: str
    words: str
    asks: list[str] = []


class _Entry(_Words):
    """The words with the facts, as they stand in templates/vi."""

    sort: str
    seasons: list[str]
    checked_on: date
    review_by: date
    shows_person: bool = False


@cache
def list_templates(locale: str, folder: Path = FOLDER) -> tuple[Template, ...]:
    """Every template in the order of the files. Read once. Raises ValueError for a file or a
    template that cannot be used."""
    found, faults = read_templates(locale, folder)
    if faults or not found:
        raise ValueError("; ".join(faults) or f"no template in {folder}")
    return tuple(found.values())


def read_templates(locale: str, folder: Path = FOLDER) -> tuple[dict[str, Template], list[str]]:
    """The templates that can be used, by their ids, and why others cannot."""
    found, faults = read_packs(folder, locale, (_Entry, _Words), "templates/")
    return {key: _template(key, *parts) for key, parts in found.items()}, faults


def _template(key: str, pack: str, facts: _Entry, words: _Words) -> Template:
    text = plain(words.words)
    return Template(
        id=key,
        pack=pack,
        title=" ".join(words.title.split()),
        words=text,
        fields=tuple(dict.fromkeys(BLANK.findall(text))),
        asks=tuple(" ".join(each.split()) for each in words.asks),
        sort=facts.sort,
        shows_person=facts.shows_person,
        seasons=tuple(facts.seasons),
        checked_on=facts.checked_on,
        review_by=facts.review_by,
    )
