"""Whether the words that somebody shows are the words that were posted. A genuine code under
altered words is the commonest forgery, so every letter and digit counts. White space, the Unicode
form, and letters of no width that turn nothing around do not: phones change them on the way, and
nobody can read them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from domain.codes import codes_in, without_code
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
        "dung cho toi em chau hoi voi nhe nha a oi bot tro ly giup xin xem verify check code "
        "number the is this it real genuine true fake please announcement"
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


def is_unaltered(
    said: str, words: str, code: str, frames: Iterable[Frame] = (), lasts: Iterable[str] = ()
) -> bool:
    """Whether `said` is `words` to the letter, alone or with what of our own lines stood around
    them, in their order; nothing else may be added. The code may stand before or after them by
    itself. One of `lasts`, which tell people why a post comes to them, may end it."""
    shown, inner = normalised(said), [normalised(words)]
    alone = re.compile("[ .\\-–]?".join(code))
    ends = list(map(normalised, lasts))
    for frame in (Frame(), *frames):
        at = _past_code(shown, {0}, alone)
        at = _past_lines(shown, at, frame.above)
        at = _past(shown, at, inner) if inner[0] else at
        at = _past_lines(shown, at, frame.below)
        at |= _past(shown, at, ends)
        if len(shown) in _past_code(shown, at, alone):
            return True
    return False


def only_asks(text: str, code: str) -> bool:
    """Whether there is nothing in a typed text but the code and words that ask about it."""
    around = fold(without_code(text, code))
    return all(word in _ASKING for word in around.split()) and set(codes_in(text)) <= {code}


def _between(space: re.Match[str]) -> str:
    before, after = space.string[space.start() - 1], space.string[space.end()]
    return " " if before.isdecimal() and after.isdecimal() else ""


def _past_lines(shown: str, starts: set[int], lines: Iterable[str]) -> set[int]:
    """Where one may be in `shown` after each of these lines, or after none of them."""
    for line in map(normalised, lines):
        starts = starts | _past(shown, starts, [line])
    return starts


def _past(shown: str, starts: Iterable[int], pieces: Iterable[str]) -> set[int]:
    """Where one is after one of these pieces."""
    begins = [at for start in starts if (at := _joined(shown, start)) is not None]
    return {at + len(each) for each in pieces for at in begins if shown.startswith(each, at)}


def _past_code(shown: str, starts: set[int], alone: re.Pattern[str]) -> set[int]:
    begins = (at for start in starts if (at := _joined(shown, start)) is not None)
    return starts | {found.end() for at in begins if (found := alone.match(shown, at))}


def _joined(shown: str, at: int) -> int | None:
    """Where the next piece begins; None in the middle of a number."""
    if not 0 < at < len(shown):
        return at
    if shown[at] == " ":
        return at + 1
    return None if shown[at - 1].isdecimal() and shown[at].isdecimal() else at


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
