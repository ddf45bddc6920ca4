"""The dangers that a conversation's words name, beside the kind of report that was chosen: a
fire that is told late must not stay a broken lamp.
"""

from dataclasses import replace
from typing import Any, Final

from bot.flows.draft import Answer, Draft
from domain.danger import Danger, danger_in
from domain.kinds import KINDS, Kind, urgency_of
from domain.urgency import Urgency

# Where a draft notes the dangers that were named before its kind was chosen, or were denied.
_WEIGHED: Final = "weighed"
_NOW: Final = (Answer(), Answer(choice="now"))
# Whoever chose one of these has said that people hurt people.
_VIOLENCE: Final = frozenset(
    {"ASSAULT", "DV", "CHILD_ABUSE", "SEXUAL", "ROBBERY", "THREAT", "DISORDER"}
)


def words_of(draft: Draft) -> str:
    """All that was written so far."""
    return "\n".join(answer.words for answer in draft.answers.values() if answer.words)


def urgency_in(kind: Kind, draft: Draft) -> Urgency:
    """How urgent a report of this kind is, told so; it goes on now unless a time was given."""
    return urgency_of(kind, words_of(draft), going_on=draft.get("when") in _NOW)


def weighed(draft: Draft) -> Draft:
    """With the note that the kind was chosen in knowledge of all that is told so far."""
    codes = [danger.kind_code for danger in _dangers(draft)]
    return replace(draft, context={**draft.context, _WEIGHED: list(dict.fromkeys(codes))})


def new_danger(draft: Draft, kind: Kind | None) -> Kind | None:
    """The first danger told since then that the chosen kind does not cover."""
    noted: Any = draft.context.get(_WEIGHED)
    known = noted if isinstance(noted, list) else []
    if kind is None:
        return None
    for danger in _dangers(draft):
        if danger.kind_code not in known and not _covers(kind, danger, draft):
            return KINDS[danger.kind_code]
    return None


def is_other_danger(kind: Kind, danger: Danger) -> bool:
    """Whether another kind's numbers are to be called."""
    if danger.kind_code == kind.code or kind.urgency is Urgency.P1:
        return False
    return not (danger.kind_code in _VIOLENCE and kind.code in _VIOLENCE)


def _covers(kind: Kind, danger: Danger, draft: Draft) -> bool:
    if danger.kind_code == kind.code:
        return True
    if not danger.certain:
        return urgency_in(kind, draft) is Urgency.P1
    return danger.kind_code in _VIOLENCE and kind.code in _VIOLENCE


def _dangers(draft: Draft) -> list[Danger]:
    """Line by line: what was told last must not hide behind what was told first."""
    found = map(danger_in, words_of(draft).split("\n"))
    return [danger for danger in found if danger is not None]
