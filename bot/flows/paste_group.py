"""A leader names a group of the neighbourhood that no bot can join, so that its posts are handed
over to be pasted there.
"""

from typing import Final

from bot.flows.draft import Answer, Draft
from bot.flows.neighbourhoods import neighbourhoods, read_neighbourhood
from bot.flows.steps import Flow, Reading, Step, asks
from domain.lengths import units
from domain.notices import Text
from domain.pasting import NAME_LETTERS
from domain.text import fold


def _only(draft: Draft) -> Answer | None:
    options = neighbourhoods(draft)
    return Answer(choice=options[0].value) if len(options) == 1 else None


def _read_name(draft: Draft, words: str) -> Reading:
    name = " ".join(words.split())
    if not fold(name) or units(name) > NAME_LETTERS:
        return Reading(reason=Text("pasting.refused.name", {"most": NAME_LETTERS}), apart=True)
    return Reading(answer=Answer(words=words))


PASTE_GROUP: Final = Flow(
    "paste_group",
    (
        Step("neighbourhood", "choice", asks("pasting.where.ask"), neighbourhoods,
             read=read_neighbourhood, own_numbers=True, default=_only,
             needed=lambda draft: len(neighbourhoods(draft)) > 0),
        Step("name", "text", asks("pasting.name.ask"), read=_read_name),
    ),
    # What is said beside the first question is no group's name.
    keeps=1_000_000,
)  # fmt: skip
