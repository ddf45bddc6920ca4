"""Reading a question whose choices are called "yes" and "no": however a person says it."""

from bot.flows.draft import Answer, Draft
from bot.flows.steps import Reading
from domain.choices import yes_or_no


def read_yes_or_no(draft: Draft, words: str) -> Reading:
    """The choice "yes" or "no"; nothing where the words say neither."""
    said = yes_or_no(words)
    if said is None:
        return Reading()
    return Reading(answer=Answer(choice="yes" if said else "no"))
