"""What typed words mean at a step: a move (back, skip, cancel) or one of its choices."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from bot.flows.draft import Draft
from bot.flows.prompt import BACK, CANCEL, KEEP, MORE
from bot.flows.question import page_of
from bot.flows.steps import SKIP, Flow, Line, Option, Step, own_name
from domain.choices import Choice, nod, recognise, without_courtesy
from domain.text import fold, has_diacritics

_DIGITS: Final = re.compile(r"\d+")
_SHORT: Final = re.compile(r"(?:so|k|kp|khu|khu pho|to|thon|phuong|xa)? ?(?P<number>\d+)")
_POLITE: Final = frozenset(["da", "vang", "a", "o", "nhe", "em", "toi"])


def move_in(flow: Flow, step: Step, draft: Draft, words: str) -> str | None:
    """The move that the whole message names, as its tap value."""
    key = fold(words)
    if step.kind == "person" and key == "huy" and not has_diacritics(words):
        return None  # Huy is a common given name; only "hủy" cancels where names are asked.
    moves = [BACK, CANCEL, flow.stop or CANCEL, SKIP]
    if step.is_answered(draft):
        moves.append(KEEP)
    if MORE in page_of(step, draft):
        moves.append(MORE)
    if step.skip:
        moves.append(step.skip)
    found = next((move for move in moves if _is_called(move, words)), None)
    if found is None:
        return None
    return KEEP.value if found in (SKIP, step.skip) else found.value


def choice_in(step: Step, draft: Draft, words: str) -> Option | None:
    """The choice that is meant: by its whole name, else as one of those seen now."""
    for options in (step.offered(draft), step.options(draft)):
        if named := _only(option for option in options if _is_called(option, words)):
            return named
    by_list = _by_place if step.is_numbered(draft) else _by_own_number
    return by_list(step, draft, words) or _by_nod(step, draft, words)


def change_in(
    flow: Flow, review: Step, draft: Draft, words: str
) -> tuple[Line, Step, Option] | None:
    """The line of a review that the whole message answers anew ("không nêu tên")."""
    meant = (words, without_courtesy(words))
    found = [
        (line, step, option)
        for line in review.lines
        for step in map(flow.find, line.steps)
        if step is not None and step.needed(draft)
        for option in step.options(draft)
        if any(_is_called(option, each) for each in meant)
    ]
    if len(found) != 1 or found[0][2].opens or found[0][2].vague:
        return None
    return found[0]


def _by_nod(step: Step, draft: Draft, words: str) -> Option | None:
    """A plain yes or no, where the first choices stand open."""
    said = nod(words) if step.nods and not draft.offered else None
    if step.nods is None or said is None:
        return None
    return step.find(draft, step.nods[0] if said else step.nods[1])


def _by_place(step: Step, draft: Draft, words: str) -> Option | None:
    seen = page_of(step, draft)
    index = recognise(words, [Choice(names_of(option)) for option in seen])
    return None if index is None else seen[index]


def _by_own_number(step: Step, draft: Draft, words: str) -> Option | None:
    """ "5", "k5" or "dạ khu 5 ạ" is "Khu 5", wherever that stands in the list."""
    said = _SHORT.fullmatch(" ".join(w for w in fold(words).split() if w not in _POLITE))
    if said is None:
        return None
    number = said["number"].lstrip("0")
    return _only(o for o in step.offered(draft) if _DIGITS.findall(own_name(o)) == [number])


def names_of(option: Option) -> tuple[str, ...]:
    """What the choice may be called; a person's or place's name is a label of its own."""
    name = option.label.params.get("words")
    return (*option.synonyms, name) if isinstance(name, str) else option.synonyms


def _is_called(option: Option, words: str) -> bool:
    key = fold(words)
    return bool(key) and key in _folded(names_of(option))


@lru_cache(maxsize=4096)
def _folded(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(fold, names))


def _only(options: Iterable[Option]) -> Option | None:
    found = list(options)
    return found[0] if len(found) == 1 else None
