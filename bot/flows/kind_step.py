"""The question what kind of report it is: guesses first, else groups, and all 48 by typing.

A guess is only ever offered; the person confirms it, and may leave it to the police.
"""

from collections.abc import Sequence
from typing import Final

from bot.flows.dangers import words_of
from bot.flows.draft import Answer, Draft
from bot.flows.kind_words import GROUP_WORDS, KIND_WORDS
from bot.flows.steps import Option, Reading, Step, among
from domain.choices import nod
from domain.kinds import GROUPS, KINDS, Kind, advice_of
from domain.notices import Text
from domain.quiet import is_quiet
from domain.recognition import find_kinds, guess_kinds
from domain.text import words as words_in

_GUESSES: Final = 3
# More words tell a story; fewer look for a kind by its name.
_SEARCHED_WORDS: Final = 3
_OTHER: Final = "OTHER"
_GROUP_CODES: Final = tuple(group.code for group in GROUPS)
_OTHERS: Final = Option(
    "others", Text("report.kind.others"), ("viec khac", "khac", "something else", "other"),
    opens=_GROUP_CODES,
)  # fmt: skip


def kind_of(draft: Draft) -> Kind | None:
    """The kind that was chosen."""
    return KINDS.get(draft.get("kind").choice)


def _kinds() -> tuple[Option, ...]:
    kinds = [Option(k.code, Text(k.label_key), KIND_WORDS.get(k.code, ())) for k in KINDS.values()]
    groups = [
        Option(
            group.code,
            Text(group.label_key),
            GROUP_WORDS[group.code],
            opens=tuple(dict.fromkeys((*group.kinds, _OTHER))),
        )
        for group in GROUPS
    ]
    return (*kinds, *groups, _OTHERS)


_KINDS: Final = _kinds()


def _guessed(draft: Draft) -> Sequence[str]:
    guesses = [guess.kind.code for guess in guess_kinds(draft.get("what").words, _GUESSES)]
    return (*guesses, _OTHERS.value) if guesses else _GROUP_CODES


def _perhaps(draft: Draft) -> str | None:
    """The one kind that was guessed from what was typed, and is asked about."""
    one = len(draft.offered) == 2 and draft.offered[1] == _OTHER and draft.offered[0] in KINDS
    return draft.offered[0] if one else None


def _ask_kind(draft: Draft) -> Text:
    perhaps = _perhaps(draft)
    if perhaps is None:
        return Text("report.kind.ask")
    return Text("report.kind.perhaps", {"kind": Text(KINDS[perhaps].label_key)})


def _read_kind(draft: Draft, words: str) -> Reading:
    """A kind that is being looked for by typing, or more of the story."""
    guesses = guess_kinds(words)
    if guesses and guesses[0].certain:
        return Reading(answer=Answer(choice=guesses[0].kind.code), tells=True)
    perhaps = _perhaps(draft)
    if perhaps is not None and (said := nod(words)) is not None:
        return Reading(answer=Answer(choice=perhaps)) if said else Reading(offer=_GROUP_CODES)
    if len(words_in(words)) > _SEARCHED_WORDS:
        found = tuple(guess.kind.code for guess in guesses)
    else:
        found = tuple(kind.code for kind in find_kinds(words, limit=_GUESSES))
    return Reading(offer=(*found, _OTHER) if found else (), reason=Text("report.kind.unclear"))


def advice(draft: Draft) -> Text | None:
    """What to do until somebody comes, as far as it fits the words."""
    kind = kind_of(draft)
    sentences = [Text(key) for key in advice_of(kind, words_of(draft))] if kind else []
    if kind and is_quiet(kind.code):
        sentences.append(Text("quiet.exit"))
    if len(sentences) < 2:
        return sentences[0] if sentences else None
    return Text("report.advice", {"lines": tuple(sentences)})


KIND_STEP: Final = Step(
    "kind",
    "choice",
    _ask_kind,
    among(*_KINDS),
    shown=_guessed,
    read=_read_kind,
    skip=Option(_OTHER, Text("flow.skip")),
    remark=advice,
)
