"""The dangers that people's words name, line by line, and how urgent they make a report."""

from typing import Final

from bot.flows.draft import Answer, Draft
from domain.danger import Danger, danger_in
from domain.kinds import Kind, urgency_of
from domain.quiet import QUIET
from domain.recognition import guess_kinds
from domain.urgency import Urgency

_NOW: Final = (Answer(), Answer(choice="now"))
# Whoever chose one of these has said that people hurt people.
_VIOLENCE: Final = frozenset(
    {"ASSAULT", "DV", "CHILD_ABUSE", "SEXUAL", "ROBBERY", "THREAT", "DISORDER"}
)
_CRY: Final = "RESCUE"
_ANY: Final = "OTHER"


def words_of(draft: Draft) -> str:
    """All that was written so far."""
    return "\n".join(answer.words for answer in draft.answers.values() if answer.words)


def danger_told(words: str) -> Danger | None:
    """The danger that is named anywhere in the words, a certain one first: what was told last
    must not hide behind what was told first."""
    lines = words.split("\n")
    parts = (words, *lines) if len(lines) > 1 else lines
    found = [danger for part in parts if (danger := danger_in(part))]
    certain = (danger for danger in found if danger.certain)
    return next(certain, found[0] if found else None)


def is_cry(danger: Danger) -> bool:
    """Whether it is a call for help that does not say of what ("cứu với")."""
    return danger.kind_code == _CRY and not danger.certain


def is_about(earlier: Draft, code: str) -> bool:
    """Whether an unfinished report tells of the danger `code` of an alert: by its kind, the
    guessed one where none was chosen, or by its words. What is told of violence at home goes
    with all that people do; an alert of no kind takes along what has none either."""
    words, chosen = words_of(earlier), earlier.get("kind").choice
    guessed = next(iter(guess_kinds(words, 1)), None) if words and not chosen else None
    danger = danger_told(words)
    named = {chosen or (guessed.kind.code if guessed else _ANY)}
    named |= {danger.kind_code} if danger else set()
    return code in named or (code in _VIOLENCE and bool(named & QUIET))


def urgency_in(kind: Kind, draft: Draft) -> Urgency:
    """How urgent a report of this kind is, told so; it goes on now unless a time was given."""
    return urgency_of(kind, words_of(draft), going_on=draft.get("when") in _NOW)


def is_other_danger(kind: Kind, danger: Danger) -> bool:
    """Whether another kind's numbers are to be called."""
    if danger.kind_code == kind.code or kind.urgency is Urgency.P1:
        return False
    return not (danger.kind_code in _VIOLENCE and kind.code in _VIOLENCE)
