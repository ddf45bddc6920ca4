"""Telegram's HTML: text and entities out of marked-up text, or the error that Telegram gives.

Rules and wording: https://core.telegram.org/bots/api#html-style and the errors of the Bot API
server, which count byte offsets in the marked-up text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sandbox.model import Wire

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
}
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot));?")
NAME = re.compile(r"[^\s>]*")
ATTRIBUTE = re.compile(r"""\s*([^\s=>/"']*)\s*(=?)\s*("[^"]*"|'[^']*'|[^\s>"']*)""")


class HtmlError(Exception):
    """The text cannot be parsed; the argument is Telegram's explanation."""


@dataclass
class _Open:
    tag: str
    start: int
    attributes: dict[str, str]


@dataclass
class _Reader:
    """Position in the source, and what was read: offsets are in characters of the result."""

    source: str
    at: int = 0
    parts: list[str] = field(default_factory=list)
    length: int = 0
    open: list[_Open] = field(default_factory=list)
    entities: list[Wire] = field(default_factory=list)

    def emit(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def offset(self, position: int) -> int:
        return len(self.source[:position].encode())


def parse_html(source: str) -> tuple[str, list[Wire]]:
    """The plain text, and entities with offsets in characters (not yet UTF-16 units).

    Raises HtmlError with Telegram's words.
    """
    reader = _Reader(source)
    while reader.at < len(source):
        here = source[reader.at]
        if here == "<":
            (_end_tag if source.startswith("</", reader.at) else _start_tag)(reader)
        elif here == "&":
            _reference(reader)
        else:
            nearest = re.compile(r"[<&]").search(source, reader.at)
            stop = nearest.start() if nearest else len(source)
            reader.emit(source[reader.at : stop])
            reader.at = stop
    if reader.open:
        tag = reader.open[-1].tag
        raise HtmlError(f'Can\'t find end tag corresponding to start tag "{tag}"')
    return "".join(reader.parts), reader.entities


def _reference(reader: _Reader) -> None:
    match = REFERENCE.match(reader.source, reader.at)
    if match is None:
        reader.emit("&")
        reader.at += 1
        return
    code = int(match[1], 16) if match[1] else int(match[2] or 0)
    text = NAMED[match[3]] if match[3] else chr(code) if 0 < code < 0x10FFFF else match[0]
    reader.emit(text)
    reader.at = match.end()


def _start_tag(reader: _Reader) -> None:
    begin = reader.at
    name = NAME.match(reader.source, begin + 1)
    tag = name[0].lower() if name else ""
    position = begin + 1 + len(tag)
    if position >= len(reader.source):
        raise HtmlError(f"Unclosed start tag at byte offset {reader.offset(begin)}")
    if tag not in TAGS:
        where = reader.offset(begin)
        raise HtmlError(f'Unsupported start tag "{tag}" at byte offset {where}')
    attributes, reader.at = _attributes(reader, tag, position, begin)
    if tag == "span" and attributes.get("class") != "tg-spoiler":
        raise HtmlError(
            f'Tag "span" must have class "tg-spoiler" at byte offset {reader.offset(begin)}'
        )
    reader.open.append(_Open(tag, reader.length, attributes))


def _attributes(
    reader: _Reader, tag: str, position: int, begin: int
) -> tuple[dict[str, str], int]:
    attributes: dict[str, str] = {}
    source = reader.source
    while True:
        while position < len(source) and source[position].isspace():
            position += 1
        if position >= len(source):
            raise HtmlError(f"Unclosed start tag at byte offset {reader.offset(begin)}")
        if source[position] == ">":
            return attributes, position + 1
        match = ATTRIBUTE.match(source, position)
        where = reader.offset(position)
        if match is None or not match[1]:
            raise HtmlError(f'Empty attribute name in the tag "{tag}" at byte offset {where}')
        if not match[2] and match[1].lower() != "expandable":
            raise HtmlError(
                "Expected equal sign in declaration of an attribute of the tag "
                f'"{tag}" at byte offset {where}'
            )
        attributes[match[1].lower()] = match[3].strip("\"'") if match[2] else ""
        position = match.end() if match[2] else match.end(1)


def _end_tag(reader: _Reader) -> None:
    begin = reader.at
    where = reader.offset(begin)
    if not reader.open:
        raise HtmlError(f"Unexpected end tag at byte offset {where}")
    name = NAME.match(reader.source, begin + 2)
    tag = name[0].lower() if name else ""
    stop = reader.source.find(">", begin)
    if stop < 0 or reader.source[begin + 2 + len(tag) : stop].strip():
        raise HtmlError(f"Unclosed end tag at byte offset {where}")
    expected = reader.open[-1].tag
    if tag and tag != expected:
        raise HtmlError(
            f'Unmatched end tag at byte offset {where}, expected "</{expected}>", found "</{tag}>"'
        )
    _close(reader, reader.open.pop())
    reader.at = stop + 1


def _close(reader: _Reader, opened: _Open) -> None:
    length = reader.length - opened.start
    around = reader.open[-1] if reader.open else None
    if opened.tag == "code" and around is not None and around.tag == "pre":
        around.attributes["language"] = opened.attributes.get("class", "")
        return
    entity: Wire = {"offset": opened.start, "length": length, "type": TAGS[opened.tag]}
    if opened.tag == "a":
        address = opened.attributes.get("href") or "".join(reader.parts)[opened.start :]
        entity["url"] = _web_address(address)
    elif opened.tag == "blockquote" and "expandable" in opened.attributes:
        entity["type"] = "expandable_blockquote"
    elif opened.tag == "tg-emoji":
        entity["custom_emoji_id"] = opened.attributes.get("emoji-id", "")
    elif opened.tag == "pre" and opened.attributes.get("language"):
        entity["language"] = opened.attributes["language"].removeprefix("language-")
    if length and entity.get("url") != "":
        reader.entities.append(entity)


def _web_address(address: str) -> str:
    """The address as Telegram keeps it; "" where it drops the link (tel: and the like)."""
    if re.match(r"(?i)(https?|tg|ton)://.", address):
        return address
    return "" if ":" in address or "." not in address else f"http://{address}"
