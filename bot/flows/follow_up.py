"""What the questions after an alert have in common: it is out already, so they may be left,
and the number to call stays above them.
"""

from typing import Final

from bot.flows.calling import call_first
from bot.flows.draft import Draft
from bot.flows.prompt import CANCEL
from bot.flows.steps import Option
from domain.kinds import KINDS
from domain.notices import Text

# "Cancel" would sound as if the alert were taken back.
STOP: Final = Option(
    CANCEL.value,
    Text("danger.stop"),
    ("thoi khong tra loi nua", "khong tra loi nua", "khong hoi nua", "no more questions"),
)
SKIPS: Final = (
    "bo qua", "skip", "khong biet", "khong ro", "khong nho", "ko biet", "ko ro", "not sure",
    "dont know", "i do not know",
)  # fmt: skip


def number_first(draft: Draft) -> Text:
    """The number of the alert's kind."""
    kind = KINDS.get(str(draft.context.get("kind")), KINDS["OTHER"])
    return call_first(kind, draft)
