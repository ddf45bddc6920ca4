"""How much of a message people's words take up, and how they are parted so that every part
fits into one. Counted as messengers count, in UTF-16 units, and after the escaping for HTML:
"&" is five units long by the time that it is sent.
"""

from typing import Final

_ESCAPED: Final = {"&": 5, "<": 4, ">": 4}
_LAST_ASTRAL: Final = 0xFFFF


def units(words: str) -> int:
    """The length of these words in a message."""
    return sum(map(_units, words))


def part(words: str, limit: int) -> tuple[str, str]:
    """A beginning of at most `limit` units, and the rest; parted at a space if there is one in
    its second half. Nothing is lost but the space."""
    end = _fitting(words, limit)
    if end == len(words):
        return words, ""
    space = max(words.rfind(mark, end // 2, end + 1) for mark in (" ", "\n"))
    end = space if space > 0 else end
    return words[:end].rstrip(), words[end:].lstrip()


def parts(words: str, limit: int) -> list[str]:
    """All of the words, in parts of at most `limit` units; [] for none."""
    found = []
    while words:
        head, words = part(words, limit)
        found.append(head)
    return [each for each in found if each]


def shortened(words: str, limit: int) -> str:
    """The words, or their beginning with "…", at most `limit` units."""
    if units(words) <= limit:
        return words
    return part(words, limit - 1)[0] + "…"


def _units(letter: str) -> int:
    return _ESCAPED.get(letter) or (2 if ord(letter) > _LAST_ASTRAL else 1)


def _fitting(words: str, limit: int) -> int:
    """How many letters fit; one at least, so that there is always an end."""
    used = 0
    for at, letter in enumerate(words):
        used += _units(letter)
        if used > limit:
            return max(1, at)
    return len(words)
