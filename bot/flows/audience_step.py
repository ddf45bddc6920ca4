"""To which neighbourhoods an announcement goes: one, several ("khu 1, khu 3", "khu 1 đến 4"), or
all that its author may speak to. A name that is not there is never left out in silence.
"""

import re
from collections.abc import Sequence
from typing import Any, Final

from bot.flows.draft import Answer, Draft
from bot.flows.neighbourhoods import neighbourhoods
from bot.flows.steps import Option, Reading, Step, own_name
from domain.notices import Text, plain
from domain.text import fold, nfc
from domain.text import words as words_of

NAME: Final = "where"
ALL: Final = "all"
# Behind it stand the groups of people whom alone it reaches (group_step.py).
FOR: Final = "@"
_AND: Final = "+"
_ALL: Final = Option(
    ALL, Text("announcing.where.all"),
    ("tat ca khu pho thon", "tat ca", "tat ca cac khu", "ca phuong", "ca xa", "ca dac khu",
     "toan phuong", "toan xa", "moi khu", "all neighbourhoods", "all", "the whole ward",
     "whole ward", "everyone"),
)  # fmt: skip
_NUMBER: Final = re.compile(r"\d+")
_DASH: Final = re.compile(r"(?<=\d)\s*[-–]\s*(?=\d)")
_RANGE: Final = re.compile(r"\b(\d+) (?:den|toi|to|through) (?:(?:khu|pho|thon|k|kp) )*(\d+)\b")
# "K3" and "kp3" are one word to the eye and two here.
_JOINED: Final = re.compile(r"\b(k|kp|khu|thon|to)(\d+)\b")
_FILLERS: Final = frozenset(
    words_of(
        "khu pho thon k kp va voi cung cac nhung o cho gui dang tai bai ba con nhe nha a ak da "
        "vang and the in to for neighbourhood neighbourhoods please"
    )
)
_LONGEST_RANGE: Final = 60


def chosen(draft: Draft) -> tuple[int, ...]:
    """The ids of the neighbourhoods; () while they are not known."""
    choice = draft.get(NAME).choice.partition(FOR)[0]
    if choice == ALL:
        return tuple(int(option.value) for option in neighbourhoods(draft))
    return tuple(int(part) for part in choice.split(_AND) if part.isdecimal())


def value_of_several(ids: Sequence[int]) -> str:
    """The choice's value that means exactly these."""
    return _AND.join(str(each) for each in ids)


def may_choose(draft: Draft) -> bool:
    """Whether there is any neighbourhood to choose."""
    return bool(_single(draft))


def wards_of(draft: Draft) -> set[str]:
    """The codes of the wards of what was chosen."""
    return _wards(draft, set(map(str, chosen(draft))))


def _wards(draft: Draft, values: set[str]) -> set[str]:
    listed: Any = draft.context.get("neighbourhoods") or []
    return {str(each.get("ward", "")) for each in listed if str(each["id"]) in values}


def _single(draft: Draft) -> list[Option]:
    """A ward's neighbourhoods, each by its name."""
    return list(neighbourhoods(draft))


def _may_be_all(draft: Draft) -> bool:
    every = {option.value for option in _single(draft)}
    return len(every) > 1 and len(_wards(draft, every)) == 1


def _options(draft: Draft) -> Sequence[Option]:
    options = _single(draft)
    every = (_ALL,) if _may_be_all(draft) else ()
    return (*options, *every, *_together(draft, options))


def _together(draft: Draft, options: list[Option]) -> list[Option]:
    """The several that were chosen, as one choice with all of their names."""
    choice = draft.get(NAME).choice
    names = {option.value: own_name(option) for option in options}
    parts = choice.split(_AND)
    if parts[1:] == [] or not all(part in names for part in parts):
        return []
    return [Option(choice, plain(", ".join(names[part] for part in parts)))]


def _shown(draft: Draft) -> Sequence[str]:
    every = (ALL,) if _may_be_all(draft) else ()
    return [*(option.value for option in _single(draft)), *every]


def _only(draft: Draft) -> Answer | None:
    options = _single(draft)
    return Answer(choice=options[0].value) if len(options) == 1 else None


def read_where(draft: Draft, words: str) -> Reading:
    """All that are named; the whole of it is understood, or nothing."""
    said = fold(with_ranges(words))
    said = _RANGE.sub(_spelled_out, _JOINED.sub(r"\1 \2", said))
    options = _single(draft)
    found, said = _named(options, said)
    numbered, unknown = _numbered(options, said)
    if unknown or not (found or numbered):
        reason = Text("announcing.where.unknown") if unknown else None
        return Reading(reason=reason, apart=bool(unknown))
    values = [o.value for o in options if o.value in found | numbered]
    if len(_wards(draft, set(values))) > 1:
        return Reading(reason=Text("announcing.where.one_ward"), apart=True)
    return Reading(answer=Answer(choice=_AND.join(values)))


def with_ranges(words: str) -> str:
    """With a word for a dash between numbers, which folding would lose."""
    return _DASH.sub(" den ", nfc(words))


def names_only_fillers(folded: str) -> bool:
    """Whether these words say nothing of where."""
    return not set(folded.split()) - _FILLERS


def _spelled_out(found: re.Match[str]) -> str:
    first, last = int(found[1]), int(found[2])
    if not first <= last <= first + _LONGEST_RANGE:
        return found[0]
    return " ".join(map(str, range(first, last + 1)))


def _named(options: list[Option], said: str) -> tuple[set[str], str]:
    """Those whose whole names occur, the longest first, and the words that are left."""
    found = set()
    for option in sorted(options, key=lambda each: -len(own_name(each))):
        name = rf"(?<!\S){re.escape(fold(own_name(option)))}(?!\S)"
        said, count = re.subn(name, " ", said)
        if count:
            found.add(option.value)
    return found, said


def _numbered(options: list[Option], said: str) -> tuple[set[str], list[str]]:
    """Those that are called by their number alone, and the words that mean nothing here."""
    by_number: dict[str, list[str]] = {}
    for option in options:
        numbers = _NUMBER.findall(own_name(option))
        if len(numbers) == 1:
            by_number.setdefault(numbers[0].lstrip("0"), []).append(option.value)
    left = [word for word in said.split() if word not in _FILLERS]
    meant = {word: by_number.get(word.lstrip("0"), []) for word in left}
    unknown = [word for word in left if len(meant[word]) != 1]
    return {meant[word][0] for word in left if len(meant[word]) == 1}, unknown


AUDIENCE_STEP: Final = Step(
    NAME, "choice", lambda draft: Text("announcing.where.ask"), _options, shown=_shown,
    read=read_where, own_numbers=True, default=_only,
    needed=may_choose,
)  # fmt: skip
