"""How an answer is repeated to the person: in the review, and when a question comes again."""

from collections import Counter
from functools import reduce
from typing import Final

from bot.flows.draft import Draft
from bot.flows.steps import Step
from domain.notices import Text, plain

# The answer itself is kept whole; a line of the review shows this much of it.
SHOWN_LETTERS: Final = 300


def said(draft: Draft, *steps: Step, empty: Text | None = None) -> Text:
    """The answers of these steps in one line; `empty` where they are none."""
    parts = [part for step in steps for part in _parts(draft, step)]
    if not parts:
        return empty or Text("flow.nothing")
    return reduce(lambda left, right: Text("flow.and", {"left": left, "right": right}), parts)


def _parts(draft: Draft, step: Step) -> list[Text]:
    answer = draft.get(step.name)
    parts = []
    if answer.choice and (option := step.find(draft, answer.choice)):
        parts.append(option.told or option.label)
    if answer.words:
        parts.append(plain(_shortened(answer.words)))
    kinds = Counter(each.kind for each in answer.media)
    parts += [Text(f"flow.files.{kind}", {"number": number}) for kind, number in kinds.items()]
    if answer.pin:
        parts.append(Text("flow.pin"))
    return parts


def _shortened(words: str) -> str:
    if len(words) <= SHOWN_LETTERS:
        return words
    return words[:SHOWN_LETTERS].rstrip() + "…"
