"""Finds what somebody asks about in their own words, with accents or without, in a small library
of short texts. Where the words fit nothing it finds nothing: a wrong law is worse than none.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

from rapidfuzz import fuzz, process

from domain.phrases import Hit, Phrase, PhraseIndex, Told, told
from domain.text import fold, has_diacritics, untelex, unvni

# A question is short; what compares with every phrase must not be asked about a novel.
LOOKED_AT: Final = 300
MOST: Final = 5

_BARE: Final = 0.85
# A bare word of three letters means too many things ("bao").
_CLEAR_LETTERS: Final = 4
# A single word is about the matter only where it is so much of the question ("phao cứu sinh").
_WORD_PART: Final = 0.5
_MISSPELT: Final = 88.0
_MISSPELT_LETTERS: Final = 6
_LONGEST: Final = 4
# What is found must be worth this part of the best.
_LEAST_PART: Final = 0.4
# Pairs of words that more entries share tell nothing; so much of the question must be found.
_SHARED_BY: Final = 6
_PAIRS: Final = 2
_PAIRS_PART: Final = 0.5
_LAW_NUMBER: Final = re.compile(r"\d+/(?:\d{4}|[A-ZĐ])[A-ZĐ0-9/-]*", re.IGNORECASE)
_SMALL_WORDS: Final = frozenset(
    fold(
        "luật điều là gì thế nào có không được phải bị thì mà và của cho với khi nếu ai đâu ở ra "
        "về ạ nhé hỏi muốn biết tôi cháu bác ông bà anh chị em mình bao nhiêu hôm nay "
        "the a an of is are to in on for what how when who i my do does can may law about and or"
    ).split()
)

_Points = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to be found: by the phrases that people use for it, or by its own text."""

    id: str
    phrases: tuple[str, ...]
    text: str


def find_entries(words: str, among: tuple[Entry, ...], most: int = MOST) -> list[str]:
    """The ids of at most `most` entries that the words mean, the likeliest first; [] where they
    mean none. Accents that are typed must fit; those left out may be any."""
    asked = told(words[:LOOKED_AT])
    for points in _ways(words[:LOOKED_AT], asked, among):
        if points:
            least = max(points.values()) * _LEAST_PART
            likely = [key for key, worth in points.items() if worth >= least]
            return sorted(likely, key=lambda key: -points[key])[:most]
    return []


def _ways(words: str, asked: Told, among: tuple[Entry, ...]) -> Iterator[_Points]:
    """From the surest way to the least; the later ones are for what the earlier did not find."""
    yield _by_number(words, among)
    yield _by_phrase(asked, among)
    for read in () if asked.marked else (untelex, unvni):
        yield _by_phrase(told(read(" ".join(asked.folded))), among)
    yield _misspelt(asked, among)
    yield _by_pairs(asked, among)


def _by_number(words: str, among: tuple[Entry, ...]) -> _Points:
    """Entries that name the law whose number is asked for ("55/2024")."""
    numbers = [rf"(?<!\d){re.escape(each)}(?!\d)" for each in _LAW_NUMBER.findall(words)]
    return {
        entry.id: 1.0
        for entry in among
        if any(re.search(each, entry.text, re.IGNORECASE) for each in numbers)
    }


def _by_phrase(asked: Told, among: tuple[Entry, ...]) -> _Points:
    points: dict[str, float] = defaultdict(float)
    hits = list(_index(among).hits(asked))
    for hit in hits:
        if not any(hit.within(other) for other in hits) and _counts(hit, asked):
            points[hit.about] += (hit.end - hit.start) ** 2 * (1.0 if hit.exact else _BARE)
    return points


def _counts(hit: Hit[str], asked: Told) -> bool:
    """A single word counts with its accents, or where it is most of what was asked."""
    if hit.end - hit.start > 1:
        return True
    if hit.exact and has_diacritics(asked.accented[hit.start]):
        return True
    telling = [word for word in asked.folded if word not in _SMALL_WORDS]
    return _WORD_PART * len(telling) <= 1


def _misspelt(asked: Told, among: tuple[Entry, ...]) -> _Points:
    """Runs of words that nobody writes so, and the phrase that they resemble."""
    known = _folded(among)
    written = {word for phrase in known for word in phrase.split()}
    points: dict[str, float] = {}
    for length in range(1, _LONGEST + 1):
        for start in range(len(asked.folded) - length + 1):
            run = asked.folded[start : start + length]
            text = " ".join(run)
            if len(text) < _MISSPELT_LETTERS or written.issuperset(run):
                continue
            match = process.extractOne(
                text, list(known), scorer=fuzz.ratio, score_cutoff=_MISSPELT
            )
            if match:
                for key in known[match[0]]:
                    points[key] = max(points.get(key, 0.0), match[1])
    return points


def _by_pairs(asked: Told, among: tuple[Entry, ...]) -> _Points:
    """Entries in whose text the neighbouring words of the question stand side by side."""
    pairs = [
        pair
        for pair in pairwise(asked.accented if asked.marked else asked.folded)
        if not _SMALL_WORDS.issuperset(map(fold, pair))
    ]
    least = max(min(_PAIRS, len(pairs)), _PAIRS_PART * len(pairs))
    shared = _pairs(among, asked.marked)
    counts = Counter(
        key
        for pair in set(pairs)
        if len(shared.get(pair, ())) <= _SHARED_BY
        for key in shared.get(pair, ())
    )
    return {key: float(count) for key, count in counts.items() if count >= least}


@cache
def _index(among: tuple[Entry, ...]) -> PhraseIndex[str]:
    # Shorthand is written out in what is asked ("phone"), so it must be here as well.
    return PhraseIndex(
        Phrase(" ".join(told(phrase).accented), entry.id, len(fold(phrase)) >= _CLEAR_LETTERS)
        for entry in among
        for phrase in entry.phrases
    )


@cache
def _folded(among: tuple[Entry, ...]) -> dict[str, list[str]]:
    known: dict[str, list[str]] = defaultdict(list)
    for entry in among:
        for phrase in entry.phrases:
            if len(fold(phrase)) >= _MISSPELT_LETTERS:
                known[fold(phrase)].append(entry.id)
    return known


@cache
def _pairs(among: tuple[Entry, ...], marked: bool) -> dict[tuple[str, str], set[str]]:
    pairs: dict[tuple[str, str], set[str]] = defaultdict(set)
    for entry in among:
        text = told(entry.text)
        for pair in pairwise(text.accented if marked else text.folded):
            pairs[pair].add(entry.id)
    return pairs
