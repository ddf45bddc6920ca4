"""The words of a sentence that nobody has read yet. Each reader takes what it understands, so
that in the end it can be told whether a number was left over: then nothing is guessed.
"""

import re
from typing import Final

from domain.spoken.words import GAP

_DIGIT: Final = re.compile(r"\d")


class Unread:
    """Plain words (domain/spoken/words.py) with a gap where something was taken out."""

    def __init__(self, words: str) -> None:
        self.words = words

    def find(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The first place where the pattern holds; the words stay."""
        return pattern.search(self.words)

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The first place where the pattern holds, which is now read."""
        found = pattern.search(self.words)
        if found is not None:
            self.cut(found)
        return found

    def cut(self, found: re.Match[str]) -> None:
        """Mark what `find` gave as read."""
        before, after = self.words[: found.start()], self.words[found.end() :]
        self.words = " ".join(f"{before} {GAP} {after}".split())

    @property
    def has_number(self) -> bool:
        """Whether a number is left that nobody understood."""
        return _DIGIT.search(self.words) is not None
