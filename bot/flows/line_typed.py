"""At the review of an announcement a time is understood as typed ("sửa giờ 20h", "20h tối mai"),
and a place ("sửa khu 3"); any other words are no part of a post that everybody reads.
"""

from typing import Final

from bot.flows.draft import Answer, Draft
from bot.flows.group_step import GROUP_STEP
from bot.flows.steps import Reading, Step
from bot.flows.when_step import WHEN_STEP, is_only_time
from domain.notices import Text
from domain.text import fold

REVIEW: Final = "review"
_VERBS: Final = ("sua lai", "sua", "doi", "chuyen", "change", "edit")
_TO: Final = ("thanh", "sang", "qua", "lai", "la", "to")
_NAMES: Final = (
    (WHEN_STEP, ("luc dang", "gio dang", "ngay gio", "thoi gian", "gio", "ngay", "time", "when")),
    (GROUP_STEP, ("noi nhan", "gui toi", "khu", "where", "sent to")),
)  # fmt: skip
_MARK: Final = ":"


def read_line(draft: Draft, words: str) -> Reading:
    """The step that is answered anew with its answer, for `settle_line`."""
    step, said = _meant(draft, words)
    if step is None or step.read is None:
        return Reading(reason=Text("announcing.review.unclear"), apart=True)
    reading = step.read(draft, said)
    if reading.answer is None:
        reason = reading.reason or Text("announcing.review.unclear")
        return Reading(reason=reason, apart=True)
    given = reading.answer
    choice = f"{step.name}{_MARK}{given.choice}"
    return Reading(answer=Answer(choice=choice, words=given.words))


def settle_line(draft: Draft) -> Draft:
    """With that answer where it belongs."""
    given = draft.get(REVIEW)
    name, _, choice = given.choice.partition(_MARK)
    step = next((step for step, _ in _NAMES if step.name == name), None)
    draft = draft.without(REVIEW)
    if step is None:
        return draft
    return step.settle(draft.put(name, Answer(choice=choice, words=given.words)))


def _meant(draft: Draft, words: str) -> tuple[Step | None, str]:
    """Which step these words answer, and with which of them."""
    said = " ".join(words.split())
    rest = _without(said, _VERBS)
    if rest is None:
        return (WHEN_STEP if is_only_time(said, draft) else None), said
    for step, names in _NAMES:
        if value := _without(rest, names):
            return step, _without(value, _TO) or value
    return (WHEN_STEP if is_only_time(rest, draft) else None), rest


def _without(words: str, heads: tuple[str, ...]) -> str | None:
    """What follows one of these; None where none stands in front."""
    for head in heads:
        count = len(head.split())
        parts = words.split(maxsplit=count)
        if fold(" ".join(parts[:count])) == head:
            return "".join(parts[count:])
    return None
