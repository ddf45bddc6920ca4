"""What may not be warned of: nothing of it can be written, only fixed words of prevention sent to
the whole ward or left.
"""

from typing import Final

from bot.flows.draft import Draft
from bot.flows.steps import Flow, Option, Step, among
from bot.flows.warning import kind_of
from domain.notices import Text
from domain.warnings import Reach, suggestion_key


def _ask_prevention(draft: Draft) -> Text:
    words = Text(suggestion_key(kind_of(draft), Reach.GENERALLY))
    return Text("warning.general.ask", {"words": words})


PREVENTION: Final = Flow(
    "prevention",
    (
        Step(
            "confirm", "choice", _ask_prevention,
            among(
                Option("send", Text("warning.general.send"),
                       ("gui ca phuong", "gui", "dong y", "send to the whole ward", "send")),
            ),
        ),
    ),
)  # fmt: skip
