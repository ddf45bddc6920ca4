"""Somebody calm leaves what an alert will not have time to ask: the neighbourhood, the house, a
number to call back. Each is a question of its own with nothing preselected, and passing over
it is a no (domain/consent.py).
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from bot.flows.draft import Answer, Draft
from bot.flows.neighbourhoods import NEIGHBOURHOOD_STEP, known_neighbourhood, neighbourhoods
from bot.flows.review import review
from bot.flows.steps import SKIP, Flow, Line, Option, Reading, Step, among, asks
from domain.consent import QUESTIONS, ConsentPurpose
from domain.notices import Text
from domain.phones import parse_phone, renewed_phone, spoken_phone

LONGEST_HOUSE: Final = 200
_NOT_KEPT: Final = Text("enrolment.not_kept")


def _place(draft: Draft) -> Answer | None:
    """Known, or the only one, or none at all; else it is asked."""
    if not neighbourhoods(draft):
        return Answer(choice="unknown")
    return known_neighbourhood(draft)


def _keeps(name: str) -> Callable[[Draft], bool]:
    return lambda draft: draft.get(f"keep_{name}").choice == "yes"


def _forgets(name: str) -> Callable[[Draft], Draft]:
    """A no takes back what was written after an earlier yes."""
    return lambda draft: draft if _keeps(name)(draft) else draft.without(name)


def _keep_step(name: str, purpose: ConsentPurpose) -> Step:
    return Step(
        f"keep_{name}", "choice", asks(QUESTIONS[purpose]),
        among(
            Option("yes", Text("enrolment.keep.yes"),
                   ("giu giup", "giu lai", "dong y giu", "keep it for me", "yes keep it"),
                   told=Text("enrolment.kept")),
            Option("no", Text("enrolment.keep.no"),
                   ("khong giu", "dung giu", "khong dong y", "don t keep it", "dont keep it",
                    "do not keep it"),
                   told=_NOT_KEPT),
        ),
        skip=SKIP, settle=_forgets(name), nods=("yes", "no"),
    )  # fmt: skip


def _read_house(draft: Draft, words: str) -> Reading:
    if len(words) > LONGEST_HOUSE:
        return Reading(reason=Text("enrolment.house.too_long"))
    return Reading(answer=Answer(words=words))


def _read_phone(draft: Draft, words: str) -> Reading:
    if len(words) <= LONGEST_HOUSE and parse_phone(words):
        return Reading(answer=Answer(words=words))
    renewed = renewed_phone(words)
    if renewed:
        return Reading(reason=Text("enrolment.phone.renewed", {"number": spoken_phone(renewed)}))
    return Reading(reason=Text("enrolment.phone.unclear"))


ENROLMENT: Final = Flow(
    "enrolment",
    (
        replace(
            NEIGHBOURHOOD_STEP, ask=asks("enrolment.neighbourhood.ask"),
            needed=lambda draft: True, default=_place,
        ),
        _keep_step("house", ConsentPurpose.HOUSE),
        Step(
            "house", "text", asks("enrolment.house.ask"), read=_read_house, skip=SKIP,
            needed=_keeps("house"),
        ),
        _keep_step("phone", ConsentPurpose.PHONE),
        Step(
            "phone", "text", asks("enrolment.phone.ask"), read=_read_phone, skip=SKIP,
            needed=_keeps("phone"),
        ),
        review(
            "enrolment.review.ask", Text("enrolment.review.save"), ("luu", "luu lai", "save"),
            (
                Line(Text("enrolment.line.neighbourhood"), ("neighbourhood",),
                     ("khu pho thon", "khu pho", "khu", "thon", "neighbourhood")),
                Line(Text("enrolment.line.house"), ("keep_house", "house"),
                     ("so nha", "nha", "house"), _NOT_KEPT),
                Line(Text("enrolment.line.phone"), ("keep_phone", "phone"),
                     ("so goi lai", "so dien thoai", "dien thoai", "number to call back", "phone",
                      "phone number"),
                     _NOT_KEPT),
            ),
        ),
    ),
)  # fmt: skip
