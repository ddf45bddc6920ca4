"""Guesses from free words what kind of report somebody is making, and finds kinds while a
name is being typed. A guess only orders the buttons; the resident confirms it.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

from rapidfuzz import fuzz

from domain.clues import Score, phrase_scores, typical_points
from domain.kinds import KINDS, Kind
from domain.phrases import told
from domain.text import accented, bare, remembered
from domain.urgency import Urgency

# A story says at its beginning what it is about. In letters; what takes the square of the
# length must not be asked about a whole novel.
LOOKED_AT: Final = 600

# The best must lead the second by this factor to be certain.
_LEAD: Final = 1.25
# The least that is a guess where no clear phrase is found: points, and their part of the
# best's. A wrong guess is worse than none: then the five groups are offered.
_LEAST: Final = 1.2
_LEAST_PART: Final = 0.4
# What hurts when it is guessed wrongly, needs a phrase of its own.
_DELICATE: Final = frozenset({"SEXUAL", "EX_OFFENDER", "DRUG", "CHILD_ABUSE", "SOCIAL_EVIL"})
# In doubt the more urgent kind comes first.
_PULL: Final = {Urgency.P1: 1.15, Urgency.P2: 1.05, Urgency.P3: 1.0, Urgency.P4: 1.0}


@dataclass(frozen=True, slots=True)
class Guess:
    """A kind that the words may mean; certain only when they leave little doubt."""

    kind: Kind
    certain: bool


@remembered
def guess_kinds(words: str, limit: int = 3) -> tuple[Guess, ...]:
    """At most `limit` kinds that the words may mean, the most likely first.

    Phrases with their accents count first, phrases without them second, raw Telex or VNI
    third and misspellings last; the last two are never certain. Single words that are
    typical of a kind tip the balance; only many of them are a guess of their own.
    """
    text = told(words[:LOOKED_AT])
    scores = phrase_scores(text)
    named = frozenset(scores)
    for code, points in typical_points(text).items():
        scores.setdefault(code, Score()).points += points
    ranked = _worth_offering(scores, named)
    found = [Guess(KINDS[code], False) for code in ranked[:limit]]
    if found and _leads(scores, ranked):
        found[0] = Guess(found[0].kind, scores[ranked[0]].sure)
    return tuple(found)


def _worth_offering(scores: dict[str, Score], named: frozenset[str]) -> list[str]:
    """The codes that may be offered, the likeliest first; `named` ones have a phrase."""
    ranked = sorted(scores, key=lambda code: -scores[code].points * _PULL[KINDS[code].urgency])
    best = scores[ranked[0]].points if ranked else 0.0
    least = max(_LEAST, best * _LEAST_PART)
    return [
        code
        for code in ranked
        if scores[code].strong
        or (scores[code].points >= least and (code in named or code not in _DELICATE))
    ]


def _leads(scores: dict[str, Score], ranked: list[str]) -> bool:
    if len(ranked) == 1:
        return True
    return scores[ranked[0]].points >= scores[ranked[1]].points * _LEAD


_GOOD: Final = 70.0
# Short words resemble too many ("thoi" is no beginning of "thả tù").
_MISSPELT: Final = 80.0
_MISSPELT_LETTERS: Final = 5
# What fits only after its accents are taken away comes after what fits with them.
_WITHOUT_ACCENTS: Final = 15.0


def find_kinds(query: str, limit: int = 5) -> tuple[Kind, ...]:
    """Kinds whose code or words fit what is being typed, in either language, best first.

    Accents and small misspellings do not matter.
    """
    said = accented(query[:LOOKED_AT])
    plain = bare(said)
    if not plain:
        return ()
    points = {code: _fit(said, plain, names) for code, names in _names().items()}
    good = _GOOD
    if max(points.values()) < _GOOD and len(plain) >= _MISSPELT_LETTERS:
        good = _MISSPELT
        points = {
            code: max(fuzz.ratio(plain, bare(name)) for name in names)
            for code, names in _names().items()
        }
    found = [code for code in points if points[code] >= good and not _may_hurt(code, said)]
    found.sort(key=lambda code: -points[code])
    found += [guess.kind.code for guess in guess_kinds(query)]
    return tuple(KINDS[code] for code in list(dict.fromkeys(found))[:limit])


def _may_hurt(code: str, said: str) -> bool:
    """Whether too little is typed to name what hurts when it is meant otherwise."""
    return code in _DELICATE and len(said) < _MISSPELT_LETTERS and said not in _names()[code]


def _fit(said: str, plain: str, names: tuple[str, ...]) -> float:
    loss = _WITHOUT_ACCENTS if said != plain else 0.0
    exact = max(_likeness(said, name) for name in names)
    return max(exact, max(_likeness(plain, bare(name)) for name in names) - loss)


def _likeness(typed: str, name: str) -> float:
    """100 for a whole name, less for its beginning, still less for a later word."""
    if name == typed:
        return 100.0
    if name.startswith(typed):
        return 90.0 + 9.0 * len(typed) / len(name)
    return 75.0 + 9.0 * len(typed) / len(name) if f" {typed}" in name else 0.0


@cache
def _names() -> dict[str, tuple[str, ...]]:
    """All that a kind may be called, as `accented` keys."""
    return {
        kind.code: tuple(
            accented(name)
            for name in (kind.code.replace("_", " "), *kind.keywords, *kind.english, *kind.hints)
        )
        for kind in KINDS.values()
    }
