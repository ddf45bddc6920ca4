"""Reporting for somebody who cannot write: who needs help, and whether they agree. Their yes
is asked for, because it is their trouble; where life is in danger nothing waits for it.
"""

from typing import Final

from bot.flows.dangers import urgency_in
from bot.flows.draft import Answer, Draft
from bot.flows.kind_step import kind_of
from bot.flows.legible import reads
from bot.flows.steps import SKIP, Line, Option, Reading, Step, among, asks
from domain.choices import yes_or_no
from domain.notices import Text
from domain.urgency import Urgency

# The mark of such a report in a draft's context.
HELPER: Final = "helper"
_NO: Final = "no"


def is_helping(draft: Draft) -> bool:
    """Whether somebody reports for somebody else."""
    return bool(draft.context.get(HELPER))


def _is_life_in_danger(draft: Draft) -> bool:
    kind = kind_of(draft)
    return kind is not None and urgency_in(kind, draft) is Urgency.P1


def _disagreed(draft: Draft) -> bool:
    return is_helping(draft) and draft.get("agreed").choice == _NO


def _waits(draft: Draft) -> bool:
    """Whether the person's no is a reason to stop and think."""
    return _disagreed(draft) and not _is_life_in_danger(draft)


def _remark(draft: Draft) -> Text | None:
    urgent = _disagreed(draft) and _is_life_in_danger(draft)
    return Text("helping.agreed.urgent") if urgent else None


def _read_anyway(draft: Draft, words: str) -> Reading:
    said = yes_or_no(words)
    if said:
        return Reading(answer=Answer(choice="yes"))
    return Reading(reason=Text("helping.anyway.stop")) if said is not None else Reading()


HELPED_STEP: Final = Step(
    "helped",
    "text",
    asks("helping.who.ask"),
    read=reads("helping.who.unclear"),
    skip=SKIP,
    needed=is_helping,
)

AGREED_STEP: Final = Step(
    "agreed", "choice", asks("helping.agreed.ask"),
    among(
        Option("yes", Text("helping.agreed.yes"), ("co", "dong y", "co dong y", "yes")),
        Option("unasked", Text("helping.agreed.unasked"),
               ("khong hoi duoc", "chua hoi duoc", "chua hoi", "could not ask", "cannot ask")),
        Option(_NO, Text("helping.agreed.no"), ("khong", "khong dong y", "no")),
    ),
    needed=is_helping, remark=_remark, nods=("yes", _NO),
)  # fmt: skip

ANYWAY_STEP: Final = Step(
    "anyway", "choice", asks("helping.anyway.ask"),
    among(
        Option("yes", Text("helping.anyway.yes"), ("van bao", "van gui", "report it anyway")),
    ),
    read=_read_anyway, needed=_waits,
)  # fmt: skip

HELPED_LINE: Final = Line(
    Text("helping.line"), ("helped", "agreed"), ("bao ho", "bao ho ai", "reporting for", "for"),
    needed=is_helping,
)  # fmt: skip
