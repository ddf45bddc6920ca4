"""The neighbourhoods of a ward as choices, whose values are their ids, and the question for
the right one.
"""

from collections.abc import Sequence
from typing import Any, Final

from bot.flows.draft import Answer, Draft
from bot.flows.steps import Option, Reading, Step, asks, own_name
from domain.notices import Text, plain
from domain.text import fold


def neighbourhoods(draft: Draft) -> Sequence[Option]:
    """One choice for each, in the ward's order."""
    return [Option(str(each["id"]), plain(str(each["name"]))) for each in _listed(draft)]


def known_neighbourhood(draft: Draft) -> Answer | None:
    """The one that was known from the start, or the only one that there is."""
    known: Any = draft.context.get("neighbourhood")
    listed = _listed(draft)
    only = known or (listed[0] if len(listed) == 1 else None)
    return Answer(choice=str(only["id"])) if only else None


def read_neighbourhood(draft: Draft, words: str) -> Reading:
    """One that is named within more words ("số 12 ngõ 5 khu 2"); wards may share a name."""
    said = f" {fold(words)} "
    named = tuple(o.value for o in neighbourhoods(draft) if f" {fold(own_name(o))} " in said)
    if len(named) == 1:
        return Reading(answer=Answer(choice=named[0]), tells=True)
    return Reading(offer=named)


def ward_of(draft: Draft, answer: Answer) -> str:
    """The code of the ward in which the chosen one lies; "" where it is not written down."""
    found = (each for each in _listed(draft) if str(each["id"]) == answer.choice)
    return str(next(found, {}).get("ward_code", ""))


def _listed(draft: Draft) -> list[dict[str, Any]]:
    """Those of the ward that was chosen, where one was."""
    listed: Any = draft.context.get("neighbourhoods") or []
    ward = draft.get("responsible").choice
    inside = [each for each in listed if each.get("ward_code") == ward]
    return inside or list(listed)


_UNKNOWN: Final = Option(
    "unknown",
    Text("report.neighbourhood.unknown"),
    ("khong ro khu nao", "khong ro", "khong biet", "khong nho", "ko ro", "ko biet",
     "not sure", "dont know", "unknown"),
)  # fmt: skip

NEIGHBOURHOOD_STEP: Final = Step(
    "neighbourhood",
    "choice",
    asks("report.neighbourhood.ask"),
    neighbourhoods,
    read=read_neighbourhood,
    skip=_UNKNOWN,
    own_numbers=True,
    needed=lambda draft: len(_listed(draft)) > 1,
    default=known_neighbourhood,
)
