"""Where the danger is, asked after the alert went out: every answer follows it at once."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.flows.dangers import danger_told
from bot.flows.draft import Answer, Draft
from bot.flows.follow_up import SKIPS, STOP, number_first
from bot.flows.legible import is_legible
from bot.flows.neighbourhoods import NEIGHBOURHOOD_STEP, neighbourhoods, read_neighbourhood
from bot.flows.place_step import is_only_home, landmarks_of
from bot.flows.steps import SKIP, Flow, Option, Reading, Step, asks, own_name
from domain.notices import Text
from domain.text import fold
from domain.text import words as words_in

_PLACES: Final = 4
_SKIP: Final = Option("unknown", Text("flow.skip"), SKIPS)
# People who are afraid say these again and again; none of them is a place.
_NO_PLACE: Final = frozenset(
    words_in(
        "nhanh len voi cuu giup di den ngay mau a oi cac anh chi em chu bac toi minh chau nhe nha "
        "cam on vang da u ok oke duoc roi lam gap khan cap xin hurry up please quick quickly "
        "help me us now come thanks thank you yes fast"
    )
)
# What an address or a description of a way has; "nhà" and "to" stand in "cháy nhà to quá" too.
_WAYS: Final = frozenset(
    words_in(
        "ngo ngach hem kiet duong pho khu thon xom ban so sn cho truong cau gan canh sau truoc "
        "cong doi dien ben tai o ngoai trong duoi tren quan tiem benh vien toa tang chung cu "
        "lane street near at behind opposite market school bridge house"
    )
)


def names_place(draft: Draft, words: str) -> bool:
    """Whether the words have any sign of a place; others may tell what happens instead."""
    said = fold(words)
    known = [str(option.label.params.get("words", "")) for option in landmarks_of(draft)]
    known += [own_name(option) for option in neighbourhoods(draft)]
    named = any(fold(name) in said for name in known if name)
    return named or _has_way(words) or is_only_home(words)


def _has_way(words: str) -> bool:
    return bool(set(fold(words).split()) & _WAYS) or any(map(str.isdecimal, words))


def _ask(draft: Draft) -> Text:
    name = "ask_fire" if draft.context.get("kind") == "FIRE" else "ask"
    return Text(f"danger.place.{name}")


def _places(draft: Draft) -> Sequence[Option]:
    """Home first, for somebody who left it with the bot."""
    landmarks = landmarks_of(draft, _PLACES)
    home = str(draft.context.get("home") or "")
    if not home:
        return landmarks
    names = ("o nha", "nha toi", "o nha toi", f"o nha {home}", f"at my home {home}")
    return (Option("home", Text("danger.place.home", {"home": home}), names), *landmarks)


def _read(draft: Draft, words: str) -> Reading:
    said = set(fold(words).split())
    if not is_legible(words) or (said <= _NO_PLACE and not is_only_home(words)):
        return Reading(reason=Text("report.place.unclear"))
    if danger_told(words) and not _has_way(words):
        return Reading(reason=Text("report.place.unclear"))
    return Reading(answer=Answer(words=words))


def _settle(draft: Draft) -> Draft:
    """A neighbourhood that is named with the place, or is one's own, need not be asked for."""
    place, own = draft.get("place"), draft.context.get("home_in")
    if place.choice == "home" and own:
        return draft.put("neighbourhood", Answer(choice=str(own)))
    named = read_neighbourhood(draft, place.words).answer
    return draft.put("neighbourhood", named) if named else draft


def _asks_house(draft: Draft) -> bool:
    place = draft.get("place")
    return bool(place.words) and place.pin is None and is_only_home(place.words)


WHEREABOUTS: Final = Flow(
    "whereabouts",
    (
        Step("place", "place", _ask, _places, read=_read, skip=_SKIP, settle=_settle),
        Step("house", "text", asks("report.place.house"), skip=replace(SKIP, synonyms=SKIPS),
             needed=_asks_house),
        NEIGHBOURHOOD_STEP,
    ),
    first=number_first,
    stop=STOP,
)  # fmt: skip
