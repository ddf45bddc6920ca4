"""Somebody asks the mediators for help with a quarrel. First whether anybody is hurt or
threatened: violence is never mediated (Law 35/2013/QH13, Art. 3), so that goes to the police.
"""

from dataclasses import replace
from typing import Final

# The two flows lead into each other: both import the module, not what it defines.
from bot.flows import report
from bot.flows.calling import call_line
from bot.flows.draft import Answer, Draft
from bot.flows.legible import reads
from bot.flows.neighbourhoods import NEIGHBOURHOOD_STEP
from bot.flows.review import review
from bot.flows.steps import Departure, Flow, Line, Option, Reading, Step, among, asks
from domain.choices import yes_or_no
from domain.danger import danger_in
from domain.notices import Text

_UNSAFE: Final = ("violence", "threat", "child")
_CHILDREN: Final = frozenset({"CHILD_ABUSE", "MISSING"})


def _read_safety(draft: Draft, words: str) -> Reading:
    """Yes or no, or the story of it."""
    said = yes_or_no(words)
    if said is not None:
        return Reading(offer=_UNSAFE) if said else Reading(answer=Answer(choice="no"))
    if danger := danger_in(words):
        who = "child" if danger.kind_code in _CHILDREN else "violence"
        return Reading(answer=Answer(choice=who), tells=True)
    return Reading()


def _to_police(draft: Draft) -> Departure | None:
    """All that was told becomes the report; what the police need besides is asked there."""
    who = draft.get("safety").choice
    if who not in _UNSAFE:
        return None
    context = {**draft.context, "unsafe": who}
    return Departure(report.REPORT, _told(draft), context, Text("report.switched"))


def _to_report(draft: Draft) -> Departure | None:
    """Back to the report that this was chosen in."""
    if not draft.context.get("chosen"):
        return None
    context = {name: value for name, value in draft.context.items() if name != "chosen"}
    return Departure(report.REPORT, _told(draft), context)


def _told(draft: Draft) -> dict[str, Answer]:
    """The answers as a report has them."""
    told = draft.get("subject")
    for part in ("other", "meeting"):
        told = told.with_more(draft.get(part).words)
    answers = {name: given for name, given in draft.answers.items() if name not in _OWN}
    if told.pin:
        answers["place"] = replace(draft.get("place"), pin=told.pin)
    told = replace(told, pin=None)
    return {**answers, "what": told} if told != Answer() else answers


_OWN: Final = frozenset({"safety", "subject", "other", "meeting"})

MEDIATION: Final = Flow(
    "mediation",
    (
        Step(
            "safety", "choice",
            lambda d: Text("mediation.safety.which" if d.offered else "mediation.safety.ask"),
            among(
                Option("no", Text("mediation.safety.no"),
                       ("khong co", "khong", "khong co ai", "no", "nobody", "none")),
                Option("violence", Text("mediation.safety.violence"),
                       ("co nguoi bi danh", "bi danh", "co danh nhau", "somebody is hurt",
                        "someone is being hurt", "violence")),
                Option("threat", Text("mediation.safety.threat"),
                       ("co nguoi bi doa", "bi doa", "bi de doa", "someone is threatened",
                        "threat", "threats")),
                Option("child", Text("mediation.safety.child"),
                       ("co tre em bi hai", "tre em", "tre em bi hai", "a child is harmed",
                        "child", "a child")),
            ),
            read=_read_safety, leads=_to_police,
        ),
        Step(
            "subject", "media", asks("mediation.subject.ask"),
            read=reads("mediation.subject.unclear"), enough=lambda a: bool(a.words),
        ),
        Step("other", "person", asks("mediation.other.ask")),
        NEIGHBOURHOOD_STEP,
        Step(
            "meeting", "time", asks("mediation.meeting.ask"),
            among(
                Option("evening", Text("mediation.meeting.evening"),
                       ("buoi toi", "in the evening", "evening", "evenings")),
                Option("weekend", Text("mediation.meeting.weekend"),
                       ("cuoi tuan", "at the weekend", "weekend")),
                Option("any", Text("mediation.meeting.any"),
                       ("luc nao cung duoc", "bat ky luc nao", "any time", "anytime")),
            ),
            skip=Option("", Text("flow.skip"), ("bo qua", "skip", "skip it")),
        ),
        review(
            "mediation.review.ask", Text("mediation.review.send"),
            ("gui to hoa giai", "send to the mediators"),
            (
                Line(Text("mediation.line.subject"), ("subject",),
                     ("chuyen gi", "viec", "chuyen", "matter", "what")),
                Line(Text("mediation.line.other"), ("neighbourhood", "other"),
                     ("voi ai", "ai", "who", "with")),
                Line(Text("mediation.line.meeting"), ("meeting",),
                     ("gap luc nao", "luc gap", "gap", "when", "meeting"),
                     Text("mediation.meeting.open")),
            ),
        ),
    ),
    first=lambda draft: call_line(None, draft),
    back=_to_report,
)  # fmt: skip
