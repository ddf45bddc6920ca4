"""What the words of a report point at: points for every kind from phrases, from raw keyboard
keys, from misspellings and from single typical words. `domain.recognition` ranks them.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from rapidfuzz import fuzz, process

from domain.kinds import KINDS
from domain.phrases import Hit, Phrase, PhraseIndex, Told, told
from domain.text import accented, fold, untelex, unvni
from domain.traps import HARMLESS


@dataclass(frozen=True, slots=True)
class _Clue:
    """What a phrase points at: a kind (none: it is harmless), strongly or weakly."""

    code: str
    strong: bool
    text: str


@dataclass(slots=True)
class Score:
    """What speaks for a kind; `strong` with a phrase, `sure` with one that is clear."""

    points: float = 0.0
    strong: bool = False
    sure: bool = False


_HINT: Final = 0.4
_BARE: Final = 0.85
_MISSPELT: Final = 0.6
# What single typical words are worth beside a phrase.
_TYPICAL: Final = 1.0
# A fuzzy look at a whole novel would cost more than it tells.
_FUZZY_WORDS: Final = 40
_FUZZY_CUTOFF: Final = 84.0
_FUZZY_FLOOR: Final = 70.0
_FUZZY_LETTERS: Final = 5
_LONGEST: Final = 4


def phrase_scores(text: Told) -> dict[str, Score]:
    """Points by kind for the phrases in a text.

    Where no strong phrase is found, raw Telex or VNI keys are read, then misspellings; those
    are never sure.
    """
    scores = _scores(text, _counted(text))
    if not any(score.strong for score in scores.values()):
        scores |= _second_chance(text)
    return scores


def typical_points(text: Told) -> dict[str, float]:
    """Points for words by how much they belong to one kind's phrases and no other's."""
    points: dict[str, float] = defaultdict(float)
    for said, plain in dict(zip(text.accented, text.folded, strict=True)).items():
        key = plain if said.isascii() else said
        for code, share in _shares().get(key, {}).items():
            points[code] += _TYPICAL * share
    return points


@cache
def _shares() -> dict[str, dict[str, float]]:
    """For every word, with and without accents, which part of its uses each kind has."""
    counts: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for kind in KINDS.values():
        for word in " ".join((*kind.keywords, *kind.english, *kind.hints)).split():
            for key in {accented(word), fold(word)}:
                counts[key][kind.code] += 1
    return {
        word: {code: n / (sum(uses.values()) + 1) for code, n in uses.items()}
        for word, uses in counts.items()
    }


def _counted(text: Told) -> list[Hit[_Clue]]:
    """The hits that count: no phrase inside a longer one, accents before no accents."""
    hits = list(_index().hits(text))
    hits = [hit for hit in hits if not any(hit.within(other) for other in hits)]
    if text.marked and any(hit.exact and hit.about.code and hit.about.strong for hit in hits):
        return [hit for hit in hits if hit.exact]
    return hits


def _scores(text: Told, hits: list[Hit[_Clue]]) -> dict[str, Score]:
    scores: dict[str, Score] = defaultdict(Score)
    harmless = [hit for hit in hits if not hit.about.code]
    seen: set[tuple[str, str]] = set()
    for hit in hits:
        clue = hit.about
        if not clue.code or (clue.code, clue.text) in seen or _is_doubtful_word(clue, hit, text):
            continue
        seen.add((clue.code, clue.text))
        doubtful = not hit.exact and (
            text.marked or any(hit.overlaps(other) for other in harmless)
        )
        score = scores[clue.code]
        score.points += _weight(clue, hit)
        score.strong = score.strong or clue.strong
        score.sure = score.sure or (clue.strong and not doubtful)
    return dict(scores)


def _is_doubtful_word(clue: _Clue, hit: Hit[_Clue], text: Told) -> bool:
    """A weak word where no accents are typed: "vay" may be "vậy" as well as a loan."""
    return not (clue.strong or text.marked) and hit.end - hit.start == 1


def _weight(clue: _Clue, hit: Hit[_Clue]) -> float:
    length = 0.6 + 0.7 * (hit.end - hit.start)
    return length * (1.0 if clue.strong else _HINT) * (1.0 if hit.exact else _BARE)


def _second_chance(text: Told) -> dict[str, Score]:
    """Raw keyboard keys, then misspellings."""
    plain = " ".join(text.folded)
    for read in () if text.marked else (untelex, unvni):
        again = told(read(plain))
        if again.folded != text.folded:
            scores = _scores(again, _counted(again))
            if any(score.strong for score in scores.values()):
                return {code: Score(score.points) for code, score in scores.items()}
    return _misspelt(text)


def _misspelt(text: Told) -> dict[str, Score]:
    scores: dict[str, Score] = defaultdict(Score)
    for length, window in _odd_windows(text):
        known = _by_length().get(length, {})
        match = process.extractOne(
            window, known.keys(), scorer=fuzz.ratio, score_cutoff=_FUZZY_CUTOFF
        )
        if match:
            close = (match[1] - _FUZZY_FLOOR) / (100 - _FUZZY_FLOOR)
            points = (0.6 + 0.7 * length) * _MISSPELT * close
            for code in known[match[0]]:
                scores[code].points = max(scores[code].points, points)
    return dict(scores)


def _odd_windows(text: Told) -> Iterator[tuple[int, str]]:
    """Runs of words, with their number, in which a word is in none of our phrases.

    Runs of known words are no misspellings: "ban cho em" is not "bán cỏ".
    """
    folded = text.folded[:_FUZZY_WORDS]
    harmless = [hit for hit in _index().hits(text) if not hit.about.code]
    for length in range(_LONGEST, 0, -1):
        for start in range(len(folded) - length + 1):
            here = Hit(start, start + length, False, None)
            run = folded[start : start + length]
            odd = any(word not in _shares() for word in run)
            long_enough = len(" ".join(run)) >= _FUZZY_LETTERS
            if odd and long_enough and not any(map(here.overlaps, harmless)):
                yield length, " ".join(run)


@cache
def _index() -> PhraseIndex[_Clue]:
    phrases = [Phrase(each, _Clue("", True, each)) for each in HARMLESS]
    for kind in KINDS.values():
        clear = frozenset(each for each in kind.keywords_folded if " " not in each)
        for each in kind.keywords:
            clue = _Clue(kind.code, True, fold(each))
            phrases.append(Phrase(each, clue, fold(each) in clear))
        others = (*kind.english, *clear.difference(map(fold, kind.keywords)))
        phrases += [Phrase(each, _Clue(kind.code, True, each)) for each in others]
        phrases += [Phrase(each, _Clue(kind.code, False, each)) for each in kind.hints]
    return PhraseIndex(phrases)


@cache
def _by_length() -> dict[int, dict[str, list[str]]]:
    """Folded phrases by their number of words, with the kinds that they point at."""
    known: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for kind in KINDS.values():
        for each in (*kind.keywords_folded, *map(fold, kind.english)):
            if len(each) >= _FUZZY_LETTERS:
                known[each.count(" ") + 1][each].append(kind.code)
    return known
