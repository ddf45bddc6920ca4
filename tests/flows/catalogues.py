"""The real catalogues, read without the program's own wording: what a prompt says, and
whether every key has words and every placeholder a value."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

from domain.notices import Param, Text

LOCALES = Path(__file__).resolve().parent.parent.parent / "locales"
_PLACEHOLDER = re.compile(r"{(\w+)}")


@cache
def catalogue(language: str) -> dict[str, str]:
    words: dict[str, str] = {}
    for path in sorted((LOCALES / language).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file):
                if isinstance(message.id, str) and isinstance(message.string, str):
                    words[message.id] = message.string
    return words


def say(text: Text, language: str) -> str:
    """Raises KeyError for a missing key or parameter."""
    if text.key == "text.plain":
        return str(text.params["words"])
    if text.key == "text.nothing":
        return ""
    given = {name: _say_param(value, language) for name, value in text.params.items()}
    return catalogue(language)[text.key].format_map(given)


def _say_param(value: Param, language: str) -> str:
    if isinstance(value, Text):
        return say(value, language)
    if isinstance(value, tuple):
        return "\n".join(line for each in value if (line := say(each, language)))
    return str(value)


def texts_in(text: Text) -> Iterator[Text]:
    yield text
    for value in text.params.values():
        for each in value if isinstance(value, tuple) else (value,):
            if isinstance(each, Text):
                yield from texts_in(each)


def placeholders(key: str, language: str) -> set[str]:
    return set(_PLACEHOLDER.findall(catalogue(language)[key]))
