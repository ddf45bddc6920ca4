"""What strangers do, asked before where they are: police can use what somebody does; where
somebody comes from is no report.
"""

from typing import Final

from bot.flows.draft import Answer, Draft
from bot.flows.legible import reads
from bot.flows.steps import SKIP, Option, Step, among, asks
from domain.notices import Text

_STEP: Final = "behaviour"
_STORY: Final = "what"
# Its words are part of the story from then on.
_TOLD: Final = Option("told", Text("report.behaviour.told"), ("da ke", "told"))
_KINDS: Final = frozenset({"STRANGER", "FOREIGNER"})


def is_about_strangers(draft: Draft) -> bool:
    """Whether a person was noticed because nobody knows them."""
    return draft.get("kind").choice in _KINDS


def _settle(draft: Draft) -> Draft:
    told = draft.get(_STEP)
    if not told.words:
        return draft
    story = draft.get(_STORY).with_more(told.words)
    return draft.put(_STORY, story).put(_STEP, Answer(choice=_TOLD.value))


BEHAVIOUR_STEP: Final = Step(
    _STEP,
    "text",
    asks("report.behaviour.ask"),
    among(_TOLD),
    shown=lambda draft: (),
    read=reads("report.behaviour.unclear"),
    skip=SKIP,
    needed=is_about_strangers,
    settle=_settle,
)
