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
from domain.text import accented, bare
from domain.urgency import Urgency

# The best must lead the second by this factor to be certain.
_LEAD: Final = 1.25
# The least that is a guess, with a phrase and without any.
_LEAST: Final = 0.3
_LEAST_ALONE: Final = 1.2
# In doubt the more urgent kind comes first.
_PULL: Final = {Urgency.P1: 1.15, Urgency.P2: 1.05, Urgency.P3: 1.0, Urgency.P4: 1.0}


@dataclass(frozen=True, slots=True)
class Guess:
    """A kind that the words may mean; certain only when they leave little doubt."""

    kind: Kind
    certain: bool


def guess_kinds(words: str, limit: int = 3) -> tuple[Guess, ...]:
    """At most `limit` kinds that the words may mean, the most likely first.

    Phrases with their accents count first, phrases without them second, raw Telex or VNI
    third and misspellings last; the last two are never certain. Single words that are
    typical of a kind only tip the balance.
    """
    text = told(words)
    scores = phrase_scores(text)
    least = _LEAST if scores else _LEAST_ALONE
    for code, points in typical_points(text).items():
        scores.setdefault(code, Score()).points += points
    ranked = sorted(scores, key=lambda code: -scores[code].points * _PULL[KINDS[code].urgency])
    ranked = [code for code in ranked if scores[code].points >= least]
    found = [Guess(KINDS[code], False) for code in ranked[:limit]]
    if found and _leads(scores, ranked):
        found[0] = Guess(found[0].kind, scores[ranked[0]].sure)
    return tuple(found)


def _leads(scores: dict[str, Score], ranked: list[str]) -> bool:
    if len(ranked) == 1:
        return True
    return scores[ranked[0]].points >= scores[ranked[1]].points * _LEAD


_GOOD: Final = 70.0
# What fits only after its accents are taken away comes after what fits with them.
_WITHOUT_ACCENTS: Final = 15.0


def find_kinds(query: str, limit: int = 5) -> tuple[Kind, ...]:
    """Kinds whose code or words fit what is being typed, in either language, best first.

    Accents and small misspellings do not matter.
    """
    said = accented(query)
    plain = bare(said)
    if not plain:
        return ()
    points = {code: _fit(said, plain, names) for code, names in _names().items()}
    if max(points.values()) < _GOOD:
        points = {
            code: max(fuzz.ratio(plain, bare(name)) for name in names)
            for code, names in _names().items()
        }
    found = [code for code in points if points[code] >= _GOOD]
    found.sort(key=lambda code: -points[code])
    found += [guess.kind.code for guess in guess_kinds(query)]
    return tuple(KINDS[code] for code in list(dict.fromkeys(found))[:limit])


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
