"""What the chat does not take: a complaint about an official, a stay notice. The step says where
it goes (Luật Tố cáo 25/2018/QH14, Luật Cư trú 68/2020/QH14), and nothing is sent.
"""

from typing import Final

from bot.flows.draft import Draft
from bot.flows.kind_step import kind_of
from bot.flows.steps import Option, Step, among
from domain.notices import Text
from domain.routing import makes_incident

STEP: Final = "elsewhere"
UNDERSTOOD: Final = "understood"
_OTHER: Final = "other"


def is_elsewhere(draft: Draft) -> bool:
    """Whether no incident is made of what was chosen."""
    kind = kind_of(draft)
    return kind is not None and not makes_incident(kind.code)


def ended_elsewhere(draft: Draft) -> bool:
    """Whether somebody read where it goes, and wants nothing more."""
    return draft.get(STEP).choice == UNDERSTOOD


def _ask(draft: Draft) -> Text:
    kind = kind_of(draft)
    return Text(f"report.elsewhere.{kind.code.lower() if kind else 'official'}")


def _settle(draft: Draft) -> Draft:
    """Something else after all: the kind is asked again, and this never answered."""
    return draft if ended_elsewhere(draft) else draft.without("kind", STEP)


ELSEWHERE_STEP: Final = Step(
    STEP,
    "choice",
    _ask,
    among(
        Option(UNDERSTOOD, Text("report.elsewhere.understood"),
               ("da hieu khong gui", "da hieu", "hieu roi", "khong gui", "understood",
                "i understand", "understood do not send")),
        Option(_OTHER, Text("report.elsewhere.other"),
               ("la viec khac", "viec khac", "something else", "it is something else")),
    ),
    needed=is_elsewhere,
    settle=_settle,
    ends=ended_elsewhere,
)  # fmt: skip
