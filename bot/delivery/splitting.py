"""Long texts in parts that a messenger accepts, cut at a line, a sentence or a space.

Works on the HTML that wording makes: tags open at a cut are closed there and opened again.
"""

import re

_TAG = re.compile(r"<(/?)(\w+)[^>]*>")
_PLACES = ("\n", ". ", "! ", "? ", " ")


def units(text: str) -> int:
    """Length in UTF-16 units, as messengers count."""
    return len(text.encode("utf-16-le")) // 2


def split(text: str, limit: int) -> list[str]:
    """Parts of at most `limit` UTF-16 units each; an upper bound, since tags count too."""
    parts = []
    while units(text) > limit:
        part, text = _cut(text, limit)
        parts.append(part)
    return [*parts, text]


def shorten(text: str, limit: int) -> str:
    """The beginning of a text that must stay one message (an edit), with an ellipsis."""
    if units(text) <= limit:
        return text
    return split(text, limit - 2)[0] + "…"


def _cut(text: str, limit: int) -> tuple[str, str]:
    at = _place(text, limit)
    head, tail = text[:at], text[at:].lstrip("\n ")
    opened = _open_tags(head)
    closing = "".join(f"</{name}>" for name, _ in reversed(opened))
    if opened and units(head) + units(closing) > limit:
        at = _place(text, limit - units(closing))
        head, tail = text[:at], text[at:].lstrip("\n ")
        opened = _open_tags(head)
        closing = "".join(f"</{name}>" for name, _ in reversed(opened))
    return head.rstrip() + closing, "".join(tag for _, tag in opened) + tail


def _place(text: str, limit: int) -> int:
    """Where to cut: the last good place in the second half, else the limit itself, but never
    inside a tag, an entity or a surrogate pair."""
    end = _fitting(text, limit)
    for place in _PLACES:
        found = text.rfind(place, end // 2, end)
        if found > 0 and not _inside_tag(text, found):
            return found + len(place.rstrip(" ")) if place != " " else found
    while end > 1 and (_inside_tag(text, end) or _inside_entity(text, end)):
        end -= 1
    return end


def _fitting(text: str, limit: int) -> int:
    end = min(len(text), limit)
    while units(text[:end]) > limit:
        end -= 1
    return max(1, end)


def _inside_tag(text: str, at: int) -> bool:
    return text.rfind("<", 0, at) > text.rfind(">", 0, at)


def _inside_entity(text: str, at: int) -> bool:
    start = text.rfind("&", max(0, at - 8), at)
    return start >= 0 and ";" not in text[start:at] and ";" in text[at : start + 9]


def _open_tags(text: str) -> list[tuple[str, str]]:
    opened: list[tuple[str, str]] = []
    for match in _TAG.finditer(text):
        if not match[1]:
            opened.append((match[2], match[0]))
        elif opened:
            opened.pop()
    return opened
