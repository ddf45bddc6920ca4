"""A resident tells the police what happens: at most six short questions, the last a review.

The number to call stands above every question as long as somebody may be in danger; what was
typed is sent all the same. A quarrel may go to the mediators instead.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final, TypeVar

from bot.flows import mediation
from bot.flows.at_once import URGENT_STEP, WARD_STEP
from bot.flows.behaviour import BEHAVIOUR_STEP, is_about_strangers
from bot.flows.calling import call_for_safety, call_line
from bot.flows.contact import CONTACT_STEP, is_about_quiet
from bot.flows.draft import Answer, Draft
from bot.flows.elsewhere import ELSEWHERE_STEP
from bot.flows.helped_step import AGREED_STEP, ANYWAY_STEP, HELPED_LINE, HELPED_STEP
from bot.flows.kind_step import KIND_STEP, kind_of
from bot.flows.legible import reads
from bot.flows.neighbourhoods import NEIGHBOURHOOD_STEP, known_neighbourhood
from bot.flows.place_step import PLACE_STEP, without_landmark
from bot.flows.review import review
from bot.flows.steps import Departure, Flow, Line, Option, Step, among, asks
from bot.flows.traces_step import TRACES_STEP
from bot.flows.yes_or_no import read_yes_or_no
from domain.notices import Text

_Value = TypeVar("_Value")


def _first(draft: Draft) -> Text | None:
    who = draft.context.get("unsafe")
    return call_for_safety(str(who)) if who else call_line(kind_of(draft), draft)


def _is_dispute(draft: Draft) -> bool:
    return draft.get("kind").choice == "DISPUTE"


def _to_mediation(draft: Draft) -> Departure | None:
    if draft.get("wish").choice != "mediation":
        return None
    context = {**_without(draft.context, "unsafe"), "chosen": True}
    return Departure(mediation.MEDIATION, _told(draft), context, Text("mediation.switched"))


def _back_to_mediation(draft: Draft) -> Departure | None:
    """To the question of safety, where its answer led here."""
    if not draft.context.get("unsafe"):
        return None
    return Departure(mediation.MEDIATION, _told(draft), _without(draft.context, "unsafe"))


def _told(draft: Draft) -> Mapping[str, Answer]:
    """The answers as a mediation has them; place and the rest wait for a way back."""
    answers = _without(draft.answers, "what", "kind", "wish")
    return {**answers, "subject": draft.get("what")} if "what" in draft.answers else answers


def _without(items: Mapping[str, _Value], *names: str) -> dict[str, _Value]:
    return {name: value for name, value in items.items() if name not in names}


# A quarrel has a question more than others, and six are the limit: it is asked for the place
# alone, or for the neighbourhood alone where that must tell which ward answers. So has what
# must be quiet, and a stranger; but there the house must be found.
def _asks_neighbourhood(draft: Draft) -> bool:
    longer = _is_dispute(draft) or is_about_quiet(draft) or is_about_strangers(draft)
    enough = longer and bool(draft.context.get("ward"))
    return NEIGHBOURHOOD_STEP.needed(draft) and not enough


def _asks_place(draft: Draft) -> bool:
    told = _asks_neighbourhood(draft) and not known_neighbourhood(draft)
    return not (_is_dispute(draft) and told)


REPORT: Final = Flow(
    "report",
    (
        Step("what", "media", asks("report.what.ask"), read=reads("report.what.unclear")),
        KIND_STEP,
        URGENT_STEP,
        WARD_STEP,
        ELSEWHERE_STEP,
        Step(
            "wish", "choice", asks("report.wish.ask"),
            among(
                Option("mediation", Text("report.wish.mediation"),
                       ("nho to hoa giai", "hoa giai", "to hoa giai", "ask the mediators",
                        "mediation", "mediators")),
                Option("police", Text("report.wish.police"),
                       ("bao cong an", "cong an", "bao tin thu", "tell the police", "police",
                        "send a test report")),
            ),
            needed=_is_dispute, leads=_to_mediation,
        ),
        BEHAVIOUR_STEP,
        replace(NEIGHBOURHOOD_STEP, needed=_asks_neighbourhood, settle=without_landmark),
        replace(PLACE_STEP, needed=_asks_place),
        Step(
            "when", "time", asks("report.when.ask"),
            among(
                Option("now", Text("report.when.now"),
                       ("bay gio", "ngay bay gio", "dang xay ra", "luc nay", "now")),
                Option("today", Text("report.when.today"),
                       ("hom nay luc truoc", "hom nay", "earlier today", "today")),
                Option("yesterday", Text("report.when.yesterday"),
                       ("hom qua", "yesterday")),
                Option("earlier", Text("report.when.earlier"),
                       ("truoc nua", "before that", "earlier")),
            ),
            default=lambda draft: Answer(choice="now"),
        ),
        HELPED_STEP,
        AGREED_STEP,
        ANYWAY_STEP,
        Step(
            "name", "choice", asks("report.name.ask"),
            among(
                Option("yes", Text("report.name.yes"),
                       ("cho biet ten", "neu ten", "co neu ten", "give my name", "with my name"),
                       told=Text("report.name.told.yes")),
                Option("no", Text("report.name.no"),
                       ("khong neu ten", "khong muon neu ten", "giau ten", "an danh", "giu kin",
                        "khong cho biet ten", "dung neu ten", "dung cho biet ten",
                        "without my name", "anonymous", "no name", "hide my name",
                        "dont give my name"),
                       told=Text("report.name.told.no")),
            ),
            read=read_yes_or_no,
        ),
        TRACES_STEP,
        replace(CONTACT_STEP, needed=is_about_quiet),
        review(
            "report.review.ask", Text("report.review.send"), ("gui tin", "send report"),
            (
                Line(Text("report.line.what"), ("what",), ("su viec", "what", "what happened")),
                Line(Text("report.line.kind"), ("kind",), ("loai viec", "loai", "kind", "type")),
                Line(Text("report.line.place"), ("neighbourhood", "place"),
                     ("noi", "cho", "dia diem", "dia chi", "place", "where", "address")),
                Line(Text("report.line.when"), ("when",),
                     ("luc", "luc nao", "thoi gian", "gio", "time", "when")),
                Line(Text("report.line.name"), ("name",), ("ten", "name", "my name")),
                HELPED_LINE,
            ),
        ),
    ),
    first=_first,
    back=_back_to_mediation,
)  # fmt: skip
