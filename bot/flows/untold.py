"""The law by which a reporter is not told that their name was shown: one question, to the
second person who decides that. Without an answer nothing is decided.
"""

from typing import Final

from bot.flows.legible import reads
from bot.flows.steps import Flow, Step, asks

UNTOLD: Final = Flow(
    "untold",
    (Step("basis", "text", asks("reveal.basis.ask"), read=reads("reveal.basis.unclear")),),
)
