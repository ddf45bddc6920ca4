"""What would make a template of an announcement useless or harmful: a blank that nobody can fill
in, words that are longer than a post, a sort that does not exist, two languages that differ.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Final

from content.templates import BLANK, FACTS_IN, FOLDER, LOCALES, SEASONS, Template, read_templates

# In UTF-16 units, as messengers count.
TITLE_UNITS: Final = 40
WORDS_UNITS: Final = 1_000
FIELD_UNITS: Final = 40
MOST_FIELDS: Final = 6
ASK_UNITS: Final = 160
SORTS: Final = frozenset({"ordinary", "hazard"})
LONGEST_REVIEW: Final = timedelta(days=366)
# An id must fit into the 64 bytes behind a button, and into its column.
_ID: Final = re.compile(r"[a-z][a-z0-9_]{1,31}")
_NUMBER: Final = re.compile(r"\b1\d\d\b")


def faults_in_templates(folder: Path = FOLDER) -> list[str]:
    """Everything that is wrong with the templates of both languages, one line each."""
    faults: list[str] = []
    by_locale = {}
    for locale in LOCALES:
        by_locale[locale], found = read_templates(locale, folder)
        faults += [each for each in found if each not in faults]
        if not by_locale[locale]:
            faults.append(f"templates/{locale}: no template")
    for locale, templates in by_locale.items():
        for each in templates.values():
            found = list(_word_faults(each))
            if locale == FACTS_IN:
                found += _fact_faults(each)
                other = by_locale[LOCALES[-1]].get(each.id)
                found += _differences(each, other) if other else ()
            place = f"templates/{locale}/{each.pack}.toml: {each.id}"
            faults += [f"{place}: {fault}" for fault in found]
    return faults


def _fact_faults(each: Template) -> Iterator[str]:
    if not _ID.fullmatch(each.id):
        yield "an id is written so: power_cut, at most 32 letters"
    if each.sort not in SORTS:
        # An emergency is made of an incident by an officer, and has its expiry.
        yield f"sort is one of {', '.join(sorted(SORTS))}, not {each.sort!r}"
    yield from (f"no such season: {name}" for name in each.seasons if name not in SEASONS)
    if not each.checked_on < each.review_by <= each.checked_on + LONGEST_REVIEW:
        yield "review_by must lie after checked_on, by a year at most"


def _word_faults(each: Template) -> Iterator[str]:
    for name, text, limit in (
        ("title", each.title, TITLE_UNITS),
        ("words", each.words, WORDS_UNITS),
    ):
        if not 0 < units(text) <= limit:
            yield f"{name}: {units(text)} letters, from 1 to {limit}"
        if set("<>&[]") & set(text):
            yield f"{name}: none of < > & [ ]"
        if text != unicodedata.normalize("NFC", text):
            yield f"{name}: accents typed as separate signs (not NFC)"
    if set("{}") & set(each.title + BLANK.sub("", each.words)):
        yield "a blank is written so: {khi nào}"
    if len(each.fields) > MOST_FIELDS:
        yield f"{len(each.fields)} blanks, at most {MOST_FIELDS}"
    yield from _ask_faults(each)
    for field in each.fields:
        if not field.strip() or field != " ".join(field.split()) or units(field) > FIELD_UNITS:
            yield f"blank {field!r}: words that say what to fill in, at most {FIELD_UNITS} letters"


def _ask_faults(each: Template) -> Iterator[str]:
    if each.asks and len(each.asks) != len(each.fields):
        yield f"asks: {len(each.asks)} questions for {len(each.fields)} blanks"
    for ask in each.asks:
        if not ask or units(ask) > ASK_UNITS or set("<>&{}") & set(ask):
            yield f"asks: {ask!r}: a question of at most {ASK_UNITS} letters, none of < > & {{ }}"


def _differences(mine: Template, theirs: Template) -> Iterator[str]:
    if len(mine.fields) != len(theirs.fields):
        yield "the languages differ in the number of blanks"
    numbers = [set(_NUMBER.findall(BLANK.sub("", each.words))) for each in (mine, theirs)]
    if numbers[0] != numbers[1]:
        yield "the languages differ in a number to call"
    if mine.pack != theirs.pack and theirs.pack:
        yield "the languages have it in files of different names"


def units(text: str) -> int:
    """The length as messengers count it."""
    return len(text.encode("utf-16-le")) // 2
