"""The law items as the ward may use them: which are held and why, and which fit a question."""

from collections.abc import Collection, Mapping
from datetime import date
from functools import cache
from pathlib import Path

from content.law import FOLDER, LOCALES, LawItem, load_law
from domain.law import Held, held_because
from domain.law_search import Entry, find_entries


def search_law(words: str, locale: str) -> list[LawItem]:
    """The certain items that these words ask about, the likeliest first; [] where we do not know.

    People may ask in either language. Items that no ward approved, and those past their
    review, are among them: see `domain.law.held_because` before one is shown.
    """
    items = load_law(locale)
    return [items[key] for key in find_entries(words, _entries())]


def offered_law(
    locale: str, today: date, approved: Collection[str], folder: Path = FOLDER
) -> list[LawItem]:
    """The items that may be sent on this day of Việt Nam, of those whose ids a ward approved."""
    held = held_law(locale, today, approved, folder)
    return [item for item in load_law(locale, folder).values() if item.id not in held]


def held_law(
    locale: str, today: date, approved: Collection[str], folder: Path = FOLDER
) -> Mapping[str, Held]:
    """Why each of the other items is held, by its id: this is what the ward is told."""
    reasons = {
        key: held_because(item, today, approved=key in approved)
        for key, item in load_law(locale, folder).items()
    }
    return {key: reason for key, reason in reasons.items() if reason}


@cache
def _entries() -> tuple[Entry, ...]:
    """What is looked through: both languages as one, the ending of each text left out."""
    both = [load_law(locale) for locale in LOCALES]
    return tuple(
        Entry(
            key,
            tuple(phrase for items in both for phrase in _phrases(items[key])),
            "\n".join(_searched(items[key]) for items in both),
        )
        for key, item in both[0].items()
        if item.certainty == "A"
    )


def _phrases(item: LawItem) -> tuple[str, ...]:
    return (*item.asked_as, item.title)


def _searched(item: LawItem) -> str:
    return "\n".join((item.title, item.law, item.article, item.body.split("\n\n")[0]))
