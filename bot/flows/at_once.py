"""A report that turns out to be an emergency may go out at once, before its other questions: they
can wait, and whoever is in danger may not get to their end.
"""

from dataclasses import replace
from typing import Final

from bot.flows.dangers import urgency_in
from bot.flows.draft import Draft
from bot.flows.kind_step import kind_of
from bot.flows.responsible import RESPONSIBLE_STEP
from bot.flows.steps import Option, Step, among, asks
from domain.notices import Text
from domain.routing import makes_incident
from domain.urgency import Urgency

_NOW: Final = "now"


def goes_at_once(draft: Draft) -> bool:
    """Whether its writer chose that."""
    return draft.get("urgent").choice == _NOW


def _is_urgent(draft: Draft) -> bool:
    """By its kind, or by what was told."""
    kind = kind_of(draft)
    if kind is None or not makes_incident(kind.code):
        return False
    # Asked once is enough; a long story is not looked through again for it.
    if draft.get("urgent").choice:
        return True
    return urgency_in(kind, draft) is Urgency.P1


def _asks_ward(draft: Draft) -> bool:
    known = draft.context.get("ward_code") or draft.get("neighbourhood").choice
    return goes_at_once(draft) and not known and RESPONSIBLE_STEP.needed(draft)


URGENT_STEP: Final = Step(
    "urgent", "choice", asks("report.urgent.ask"),
    among(
        Option(_NOW, Text("report.urgent.now"),
               ("bao cong an ngay", "bao ngay", "bao cong an", "gui ngay", "tell the police now",
                "tell the police", "now")),
        Option("later", Text("report.urgent.later"),
               ("viet not da", "viet not", "viet tiep", "tiep", "go on writing", "go on")),
    ),
    needed=_is_urgent, nods=(_NOW, "later"),
    ends=lambda draft: goes_at_once(draft) and not _asks_ward(draft),
)  # fmt: skip

# Only where nobody would know which ward answers.
WARD_STEP: Final = replace(RESPONSIBLE_STEP, needed=_asks_ward, ends=goes_at_once)
