"""Something to add to a report that was sent: words, a photo, or where it is. One question, and
another where what was sent may show who withheld their name.
"""

from typing import Final

from bot.flows.draft import Draft
from bot.flows.steps import Flow, Step
from bot.flows.traces_step import TRACES_STEP
from domain.codes import spoken
from domain.notices import Text

_SHOWN_LETTERS: Final = 300


def _ask(draft: Draft) -> Text:
    """The officer's question, where it is an answer to one."""
    question = str(draft.context.get("question") or "").strip()
    if question:
        return Text("addition.answer.ask", {"question": _shortened(question)})
    return Text("addition.more.ask", {"code": spoken(str(draft.context.get("code", "")))})


def _shortened(question: str) -> str:
    if len(question) <= _SHOWN_LETTERS:
        return question
    return question[:_SHOWN_LETTERS].rstrip() + "…"


ADDITION: Final = Flow("addition", (Step("more", "media", _ask), TRACES_STEP))
