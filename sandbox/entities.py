"""Entities of a text: what was marked up, and what Telegram finds by itself (commands, links).

Offsets and lengths on the wire count UTF-16 units.
"""

from __future__ import annotations

import re

from sandbox.html_text import parse_html
from sandbox.model import Wire

FOUND = re.compile(
    r"""
    (?P<url>(?:https?|tg)://[^\s<>"']*[^\s<>"'.,;:!?)\]]
        |(?<![\w@./-])(?:[A-Za-z0-9-]+\.)+(?:vn|com|net|org|me|info|io)\b(?:/[^\s<>"']*)?)
    |(?P<email>(?<![\w.+-])[\w.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)
    |(?P<mention>(?<![\w@/])@[A-Za-z][A-Za-z0-9_]{2,31}\b)
    |(?P<bot_command>(?<![\w/@<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z][A-Za-z0-9_]{2,31})?(?![\w/@]))
    |(?P<hashtag>(?<![\w&])\#\w*[^\W\d]\w*)
    |(?P<phone_number>(?<![\w+.])(?:\+84|0)(?:[ .-]?\d){8,10}(?![\w]))
    """,
    re.VERBOSE,
)
OPAQUE = frozenset({"code", "pre", "text_link", "text_mention"})


def utf16_length(text: str) -> int:
    """The length in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def from_html(source: str) -> tuple[str, list[Wire]]:
    """Text and entities of HTML, trimmed; raises HtmlError."""
    return finished(*parse_html(source))


def from_plain(source: str) -> tuple[str, list[Wire]]:
    """Text and entities of text without markup, trimmed."""
    return finished(source, [])


def finished(text: str, marked: list[Wire]) -> tuple[str, list[Wire]]:
    """Trim the text, add what is found by itself, and count in UTF-16 units."""
    trimmed = text.strip()
    shift = len(text) - len(text.lstrip())
    entities = [kept for entity in marked if (kept := _moved(entity, shift, len(trimmed)))]
    shut = [(e["offset"], e["offset"] + e["length"]) for e in entities if e["type"] in OPAQUE]
    for match in FOUND.finditer(trimmed):
        start, stop = match.span()
        if not any(start < end and begin < stop for begin, end in shut):
            entities.append({"offset": start, "length": stop - start, "type": match.lastgroup})
    entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return trimmed, in_utf16(trimmed, entities)


def in_utf16(text: str, entities: list[Wire]) -> list[Wire]:
    """The same entities counted in UTF-16 units instead of characters."""
    if not entities or max(text, default="") <= "\uffff":
        return entities
    return [
        entity
        | {
            "offset": utf16_length(text[: entity["offset"]]),
            "length": utf16_length(text[entity["offset"] : entity["offset"] + entity["length"]]),
        }
        for entity in entities
    ]


def _moved(entity: Wire, shift: int, length: int) -> Wire | None:
    start = max(0, entity["offset"] - shift)
    stop = min(length, entity["offset"] + entity["length"] - shift)
    return entity | {"offset": start, "length": stop - start} if stop > start else None
