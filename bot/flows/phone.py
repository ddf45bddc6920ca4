"""A number to call back, asked after the alert went out, when it is not known yet."""

from dataclasses import replace
from typing import Final

from bot.flows.draft import Answer, Draft
from bot.flows.follow_up import SKIPS, STOP, number_first
from bot.flows.steps import SKIP, Flow, Reading, Step, asks
from domain.notices import Text
from domain.phones import parse_phone, renewed_phone


def number_in(words: str) -> str | None:
    """The number as it is dialled; an old one of eleven digits in its present form."""
    return parse_phone(words) or renewed_phone(words)


def _read(draft: Draft, words: str) -> Reading:
    if number_in(words):
        return Reading(answer=Answer(words=words))
    return Reading(reason=Text("danger.phone.unclear"))


_NONE: Final = replace(
    SKIP, synonyms=(*SKIPS, "khong", "khong co", "khong co so", "khong muon", "no", "none")
)

PHONE: Final = Flow(
    "phone",
    (Step("number", "text", asks("danger.phone.ask"), read=_read, skip=_NONE),),
    first=number_first,
    stop=STOP,
)
