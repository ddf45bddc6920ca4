"""Something to add to a report that was sent: words, a photo, or where it is. One question."""

from typing import Final

from bot.flows.draft import Draft
from bot.flows.steps import Flow, Step
from domain.codes import spoken
from domain.notices import Text


def _ask(draft: Draft) -> Text:
    return Text("addition.more.ask", {"code": spoken(str(draft.context.get("code", "")))})


ADDITION: Final = Flow("addition", (Step("more", "media", _ask),))
