"""Finds known phrases in what people write, word by word, with their accents or without.

A word without accents may stand for any word that has them ("chay" for "cháy"), but a word
with other accents may not ("chạy" is not "cháy").
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar

from domain.shorthand import expand
from domain.text import accented, bare, remembered

T = TypeVar("T")

_ANY_MARK = re.compile("[^\x00-\x7f]")
# Many people, most of all in the north-east, mix up hỏi and ngã.
_SAME_TONE = str.maketrans({"\u0309": "\u0303"})


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody wrote as words: with their accents, and the same words without."""

    accented: tuple[str, ...]
    folded: tuple[str, ...]
    marked: bool


@dataclass(frozen=True, slots=True)
class Hit(Generic[T]):
    """A phrase found at words `start` to `end` (exclusive); `exact` means accents and all."""

    start: int
    end: int
    exact: bool
    about: T

    def within(self, other: "Hit[T]") -> bool:
        """Whether a longer phrase covers this one, so that only the longer one counts."""
        return (
            other.start <= self.start
            and self.end <= other.end
            and other.end - other.start > self.end - self.start
        )

    def overlaps(self, other: "Hit[Any]") -> bool:
        """Whether both have a word in common."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Phrase(Generic[T]):
    """A phrase and what it is about; a `bare_word` is clear even without its accents.

    Phrases of two and more words are always also looked for without accents.
    """

    text: str
    about: T
    bare_word: bool = False


@dataclass(frozen=True, slots=True)
class _Entry(Generic[T]):
    accented: tuple[str, ...]
    folded: tuple[str, ...]
    bare_allowed: bool
    about: T


@remembered
def told(text: str) -> Told:
    """The words of a text with shorthand ("ko", "đt") written out."""
    said = tuple(expand(accented(text)))
    plain = tuple(bare(" ".join(said)).split())
    return Told(said, plain, said != plain)


class PhraseIndex(Generic[T]):
    """Phrases by their first word; looking through a text costs one lookup a word."""

    def __init__(self, phrases: Iterable[Phrase[T]]) -> None:
        self._by_first: dict[str, list[_Entry[T]]] = {}
        for phrase in phrases:
            words = accented(phrase.text)
            entry = _Entry(
                tuple(words.split()),
                tuple(bare(words).split()),
                phrase.bare_word or " " in words,
                phrase.about,
            )
            self._by_first.setdefault(entry.folded[0], []).append(entry)

    def hits(self, text: Told) -> Iterator[Hit[T]]:
        """Every phrase that occurs, in the order of the words."""
        folded = text.folded
        starts = self._by_first.keys() & set(folded)
        if not starts:
            return
        for start, word in enumerate(folded):
            if word not in starts:
                continue
            for entry in self._by_first[word]:
                end = start + len(entry.folded)
                if folded[start:end] == entry.folded:
                    said = text.accented[start:end]
                    if said == entry.accented:
                        yield Hit(start, end, True, entry.about)
                    elif entry.bare_allowed and all(map(_may_mean, said, entry.accented)):
                        yield Hit(start, end, False, entry.about)

    def found_in(self, text: Told) -> bool:
        """Whether any of the phrases occurs."""
        return next(self.hits(text), None) is not None


def _may_mean(said: str, known: str) -> bool:
    """Whether `said` has no mark that the known word has not."""
    return said.isascii() or _marks(said) <= _marks(known)


def _marks(word: str) -> frozenset[str]:
    marks = "".join(_ANY_MARK.findall(unicodedata.normalize("NFD", word)))
    return frozenset(marks.translate(_SAME_TONE))


# A single bare word of three letters means too many things ("mau", "gay", "dem").
_CLEAR_LETTERS = 4


@cache
def phrase_index(phrases: tuple[str, ...]) -> PhraseIndex[None]:
    """An index of plain phrases, kept for the next call with the same ones."""
    return PhraseIndex(Phrase(each, None, len(each) >= _CLEAR_LETTERS) for each in phrases)
