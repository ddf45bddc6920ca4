"""Whether the neighbourhood may be warned: the last question after an alert of a danger to
everybody around, and nobody is warned without this yes.
"""

from typing import Final

from bot.flows.follow_up import STOP, number_first
from bot.flows.steps import Flow, Option, Step, among, asks
from bot.flows.yes_or_no import read_yes_or_no
from domain.notices import Text

NEIGHBOURS: Final = Flow(
    "neighbours",
    (
        Step(
            "tell", "choice", asks("danger.neighbours.ask"),
            among(
                Option("yes", Text("danger.neighbours.yes"),
                       ("co bao ba con", "bao ba con", "co bao", "yes warn them", "warn them")),
                Option("no", Text("danger.neighbours.no"),
                       ("khong bao", "dung bao", "khong can", "no do not", "do not warn them")),
            ),
            read=read_yes_or_no, skip=Option("no", Text("flow.skip")), nods=("yes", "no"),
        ),
    ),
    first=number_first,
    stop=STOP,
)  # fmt: skip
