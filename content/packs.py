"""Packs that a ward edits: TOML files by language, of which one language holds the facts as well.
Law items and templates of announcements are read in the same way.
"""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

FACTS_IN: Final = "vi"
_EMPTY_LINE: Final = re.compile(r"\n\s*\n")

Words = TypeVar("Words", bound=BaseModel)
Entry = TypeVar("Entry", bound=BaseModel)


def read_packs(
    folder: Path, locale: str, shapes: tuple[type[Entry], type[Words]], label: str = ""
) -> tuple[dict[str, tuple[str, Entry, Entry | Words]], list[str]]:
    """What can be used, by its id, as (pack, facts, words), and why others cannot; `shapes` are
    those of the words with the facts and of the words alone. `label` stands before the
    language in what is said of a file."""
    faults: list[str] = []
    facts = dict(_entries(folder / FACTS_IN, shapes[0], label, faults))
    if locale == FACTS_IN:
        return {key: (pack, each, each) for key, (pack, each) in facts.items()}, faults
    words = dict(_entries(folder / locale, shapes[1], label, faults))
    faults += [f"{locale}: {key}: not there" for key in facts if key not in words]
    faults += [f"{FACTS_IN}: {key}: not there" for key in words if key not in facts]
    return {key: (*facts[key], words[key][1]) for key in facts if key in words}, faults


def plain(text: str) -> str:
    """The text with its lines joined; an empty line parts two paragraphs."""
    paragraphs = _EMPTY_LINE.split(text.strip())
    return "\n\n".join(" ".join(each.split()) for each in paragraphs)


def _entries(
    folder: Path, shape: type[Entry], label: str, faults: list[str]
) -> Iterator[tuple[str, tuple[str, Entry]]]:
    """Every entry of one language as (id, (pack, entry)); what cannot be read is a fault."""
    seen: set[str] = set()
    for file in sorted(folder.glob("*.toml")):
        place = f"{label}{folder.name}/{file.name}"
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
