"""Whether the words that somebody shows are the words that were posted. A genuine code under
altered words is the commonest forgery, so every letter and digit counts; white space and the
Unicode form, which change on the way through phones, do not.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

from domain.codes import codes_in, spoken
from domain.text import fold, nfc
from domain.text import words as words_in

# How a letter is drawn, added and dropped by keyboards; no letter of its own.
_SELECTORS: Final = re.compile("[\ufe0e\ufe0f]")
_SPACE: Final = re.compile(r"\s+")
# Nobody sees this mark, but it can show the groups of a number in another order: it counts.
_TURNS: Final = str.maketrans({"\u200f": "\u2067"})
# What is typed around a code by somebody who only asks about it, folded.
_ASKING: Final = frozenset(
    words_in(
        "xac minh xacminh kiem tra ma so thong bao tin bai canh nay co la that khong ko gia hay "
        "dung cho toi em chau hoi voi nhe nha a oi bot giup xin xem verify check code number the "
        "is this it real genuine true fake please announcement"
    )
)


@dataclass(frozen=True, slots=True)
class Frame:
    """Our own lines above and below the words of one post: who speaks, the code."""

    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()


def frame_in(shown: str, words: str) -> Frame:
    """The lines around `words` in a whole post as it is `shown`; empty where they are not in
    it in one piece."""
    if not (inner := nfc(words).strip()):
        return Frame(_lines(nfc(shown)))
    above, found, below = nfc(shown).partition(inner)
    return Frame(_lines(above), _lines(below)) if found else Frame()


def normalised(words: str) -> str:
    """What is compared: NFC, without white space but between figures, where "1 12h" and "11 2h"
    are different hours."""
    plain = _SELECTORS.sub("", nfc(words.translate(_TURNS))).strip()
    return nfc(_SPACE.sub(_between, plain))


def is_unaltered(said: str, words: str, code: str, frames: Iterable[Frame] = ()) -> bool:
    """Whether `said` is `words` to the letter, alone or with what of our own lines stood around
    them; nothing else may be added. The code may stand before or after them by itself."""
    shown = normalised(said)
    return any(shown == each for frame in (Frame(), *frames) for each in _ways(words, code, frame))


def only_asks(text: str, code: str) -> bool:
    """Whether there is nothing in a typed text but the code and words that ask about it."""
    around = fold(text).replace(fold(spoken(code)), " ").replace(code, " ")
    return all(word in _ASKING for word in around.split()) and set(codes_in(text)) <= {code}


def _between(space: re.Match[str]) -> str:
    before, after = space.string[space.start() - 1], space.string[space.end()]
    return " " if before.isdecimal() and after.isdecimal() else ""


def _ways(words: str, code: str, frame: Frame) -> Iterator[str]:
    alone = ("", code, spoken(code))
    for above, below, before, after in product(
        _endings(frame.above), _beginnings(frame.below), alone, alone
    ):
        yield normalised("\n".join((before, *above, words, *below, after)))


def _endings(lines: Sequence[str]) -> list[Sequence[str]]:
    return [lines[start:] for start in range(len(lines) + 1)]


def _beginnings(lines: Sequence[str]) -> list[Sequence[str]]:
    return [lines[:end] for end in range(len(lines) + 1)]


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
