"""The question where it is: a landmark, an address, a pin, or "not sure". Whoever says only
"my house" while it is urgent is asked once for the number of the house.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from bot.flows.dangers import urgency_in
from bot.flows.draft import Answer, Draft
from bot.flows.kind_step import kind_of
from bot.flows.legible import is_legible
from bot.flows.steps import Option, Reading, Step
from domain.notices import Text, plain
from domain.text import fold
from domain.text import words as words_in
from domain.urgency import Urgency

_LANDMARKS: Final = 4
_STEP: Final = "place"
# Where a draft notes the words that were too few to find the house by.
_HOUSE: Final = "house"
_HOME: Final = frozenset(words_in("nha house home day here"))
_NO_ADDRESS: Final = _HOME | frozenset(
    words_in(
        "o tai trong ngoai ben ngay chinh cua toi em minh chau con bac co chu anh chi chung cho "
        "nay a roi do my our at in the inside place it is of mine i m im we are"
    )
)
_UNKNOWN: Final = Option(
    "unknown",
    Text("report.place.unknown"),
    ("khong nho ro", "khong nho", "khong ro", "khong biet", "ko nho", "ko ro", "ko biet",
     "not sure", "i do not know", "dont know", "unknown"),
    vague=True,
)  # fmt: skip


def without_landmark(draft: Draft) -> Draft:
    """A landmark belongs to its neighbourhood: elsewhere it would be a wrong place."""
    place = draft.get(_STEP)
    if not place.choice.startswith("landmark:"):
        return draft
    rest = replace(place, choice="")
    return draft.put(_STEP, rest) if rest != Answer() else draft.without(_STEP)


def _ask(draft: Draft) -> Text:
    if draft.context.get(_HOUSE) and _STEP not in draft.answers:
        return Text("report.place.house")
    kind = kind_of(draft)
    return Text("report.place.ask_fire" if kind and kind.code == "FIRE" else "report.place.ask")


def landmarks_of(draft: Draft, most: int = _LANDMARKS) -> tuple[Option, ...]:
    """The public places of the neighbourhood, as choices."""
    of_neighbourhood: Any = draft.context.get("landmarks") or {}
    names = of_neighbourhood.get(draft.get("neighbourhood").choice, ())[:most]
    return tuple(Option(f"landmark:{n}", plain(str(name))) for n, name in enumerate(names))


def _places(draft: Draft) -> Sequence[Option]:
    return (*landmarks_of(draft), _UNKNOWN)


def _read(draft: Draft, words: str) -> Reading:
    if not is_legible(words):
        return Reading(reason=Text("report.place.unclear"))
    vague = is_only_home(words) and _HOUSE not in draft.context and _is_urgent(draft)
    return Reading(answer=Answer(choice=_HOUSE if vague else "", words=words))


def is_only_home(words: str) -> bool:
    """Whether nobody could find it who does not know the writer."""
    said = set(fold(words).split())
    return bool(said & _HOME) and said <= _NO_ADDRESS


def _is_urgent(draft: Draft) -> bool:
    kind = kind_of(draft)
    return kind is not None and urgency_in(kind, draft) <= Urgency.P2


def _settle(draft: Draft) -> Draft:
    """The first words wait in the context until the place is told, and are then part of it."""
    place = draft.get(_STEP)
    if place.choice == _HOUSE:
        place = replace(place, choice="")
        if place.pin:
            return draft.put(_STEP, place)
        noted = replace(draft, context={**draft.context, _HOUSE: place.words})
        return noted.without(_STEP)
    if not draft.context.get(_HOUSE):
        return draft
    whole = replace(place, words="").with_more(str(draft.context[_HOUSE])).with_more(place.words)
    return replace(draft.put(_STEP, whole), context={**draft.context, _HOUSE: ""})


PLACE_STEP: Final = Step(_STEP, "place", _ask, _places, read=_read, settle=_settle)
