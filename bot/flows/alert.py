"""Somebody is in danger, or says so: one tap, and the alert is out. Begun by words that name a
danger, it asks whether they mean it ("đang chạy" beside "đang cháy"); begun from the menu, it
asks what happens. Whatever else is sent meanwhile belongs to the story.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.flows.calling import call_first
from bot.flows.dangers import danger_told, is_cry
from bot.flows.draft import Answer, Draft
from bot.flows.legible import is_legible
from bot.flows.neighbourhoods import NEIGHBOURHOOD_STEP
from bot.flows.responsible import RESPONSIBLE_STEP
from bot.flows.steps import Flow, Option, Reading, Step, among
from domain.choices import nod, without_courtesy, yes_or_no
from domain.kinds import KINDS
from domain.notices import Text
from domain.recognition import guess_kinds
from domain.routing import makes_incident
from domain.text import fold
from domain.text import words as words_in

OTHER: Final = "OTHER"
# In the order of the buttons.
DANGERS: Final = ("FIRE", "ASSAULT", "MEDICAL", "ROBBERY", "RESCUE")
_NAMES: Final = {
    "FIRE": ("chay no", "fire explosion"),
    "ASSAULT": ("danh nhau hanh hung", "fight assault"),
    "MEDICAL": ("cap cuu tai nan", "ambulance accident"),
    "ROBBERY": ("cuop trom trong nha", "robbery thief in the house"),
    "RESCUE": ("nguoi mac ket duoi nuoc", "trapped drowning"),
}
_NO: Final = Option(
    "no",
    Text("danger.confirm.no"),
    ("khong phai", "khong", "khong phai dau", "khong sao", "khong co gi", "khong nguy hiem",
     "no", "not that", "no not that", "no danger"),
)  # fmt: skip
_YES: Final = Option(
    "yes",
    Text("danger.confirm.yes"),
    ("phai bao cong an ngay", "bao cong an ngay", "bao cong an", "bao ngay", "phai", "co",
     "yes tell the police now", "tell the police", "yes"),
)  # fmt: skip
_ELSEWHERE: Final = Option(
    "yes",
    Text("danger.confirm.elsewhere"),
    ("phai o cho khac", "o cho khac", "cho khac", "yes somewhere else", "somewhere else"),
)
_AT_HOME: Final = (
    "o nha toi", "nha toi", "nha minh", "nha em", "nha chau", "o nha", "tai nha", "at home",
    "at my home",
)  # fmt: skip
# "Không" begins what people in danger say, too ("không được rồi", "không có ai"): a no is one
# only where nothing else is said.
_BARE_NO: Final = frozenset({"không", "khong", "ko", "k", "no"})
# Whoever answers so means a yes, with whatever politeness around it.
_URGING: Final = frozenset(words_in("bao gap nhanh le mau cuu help hurry quick quickly"))
_BESIDE: Final = frozenset(
    words_in(
        "di len voi lam qua ngay lien luon nhe nha a oi da em anh chi bac co chu ong ba toi minh "
        "chau giup ho cong an khan cap ho me up please police"
    )
)


def kind_code(draft: Draft) -> str:
    """The kind of danger: the chosen one, else the one that the first words named. Words that
    came later count where those left it open."""
    chosen = draft.get("kind").choice
    if chosen in KINDS:
        return chosen
    named = str(draft.context.get("kind") or "")
    later = None if draft.context.get("certain") else danger_told(draft.get("what").words)
    if later is not None and later.certain:
        return later.kind_code
    return named if named in KINDS else OTHER


def story_of(draft: Draft) -> Answer:
    """All that was told, with files and a pin."""
    return draft.get("what").with_more(draft.get("kind").words)


def _home(draft: Draft) -> str:
    """Where somebody lives who left that with the bot."""
    return str(draft.context.get("home") or "")


def _first(draft: Draft) -> Text:
    if draft.step in ("kind", "what"):
        number = Text("danger.numbers")
    else:
        number = call_first(KINDS[kind_code(draft)], draft)
    return Text("danger.first", {"lines": (number, Text("house.trial"))})


def _ask_kind(draft: Draft) -> Text:
    return Text("danger.kind.ask")


def _read_kind(draft: Draft, words: str) -> Reading:
    """What happens, in words: they are part of the story, and the kind is taken from them."""
    if not is_legible(words):
        return Reading()
    return Reading(answer=Answer(choice=_kind_told(words), words=words))


def _kind_told(words: str) -> str:
    danger = danger_told(words)
    if danger is not None and not is_cry(danger):
        return danger.kind_code
    guess = next(iter(guess_kinds(words, 1)), None)
    known = guess is not None and guess.certain and makes_incident(guess.kind.code)
    return guess.kind.code if guess and known else OTHER


def _ask_confirm(draft: Draft) -> Text:
    code = kind_code(draft)
    if code == OTHER:
        return Text("danger.confirm.any")
    kind = Text(KINDS[code].label_key)
    tapped = draft.get("kind").choice == code and not draft.get("kind").words
    return Text(f"danger.confirm.{'where' if tapped else 'kind'}", {"kind": kind})


def _confirmations(draft: Draft) -> Sequence[Option]:
    home = _home(draft)
    if not home:
        return (_YES, _NO)
    label = Text("danger.confirm.home", {"home": home})
    names = (*_AT_HOME, "phai o nha toi", f"phai o nha toi {home}", f"yes at my home {home}")
    return (Option("home", label, names), _ELSEWHERE, _NO)


def _read_confirm(draft: Draft, words: str) -> Reading:
    """Yes or no, perhaps with more of the story. All that is neither is part of it, and asked
    about again."""
    if _is_bare_no(words):
        return Reading(answer=Answer(choice="no"))
    urges = _urges(words)
    if not urges and not yes_or_no(words):
        return Reading()
    at_home = any(f" {each} " in f" {fold(words)} " for each in _AT_HOME)
    choice = "home" if _home(draft) and at_home else "yes"
    return Reading(answer=Answer(choice=choice), tells=not urges and nod(words) is None)


def _is_bare_no(words: str) -> bool:
    wordless = not any(map(str.isalnum, words))
    return without_courtesy(words) in _BARE_NO or (wordless and nod(words) is False)


def _urges(words: str) -> bool:
    said = set(fold(words).split())
    return bool(said & _URGING) and said <= _URGING | _BESIDE


def _asks_confirm(draft: Draft) -> bool:
    """Who tapped a danger in the menu has said so twice; words alone are asked about once."""
    named = draft.context.get("kind") or draft.get("kind").words
    return bool(named or draft.context.get("home"))


def _asks_ward(draft: Draft) -> bool:
    """Only where nobody would know which ward answers. The neighbourhood is asked when the
    alert is out."""
    said = draft.get("confirm").choice
    if said == "no" or (said == "home" and draft.context.get("neighbourhood")):
        return False
    return RESPONSIBLE_STEP.needed(draft)


def _kept(draft: Draft) -> Text:
    """Nothing is sent yet, and whoever goes on writing must not believe that it is."""
    return Text(f"danger.kept.{'press' if draft.step == 'confirm' else 'unsent'}")


ALERT: Final = Flow(
    "alert",
    (
        # Never asked: what was told first is here from the start, and what comes is added.
        Step("what", "media", _ask_kind, needed=lambda draft: False),
        Step(
            "kind", "choice", _ask_kind,
            among(*(Option(code, Text(f"danger.kind.{code.lower()}"), _NAMES[code])
                    for code in DANGERS)),
            read=_read_kind, needed=lambda draft: not draft.context.get("kind"),
        ),
        Step(
            "confirm", "choice", _ask_confirm, _confirmations, read=_read_confirm,
            needed=_asks_confirm,
        ),
        replace(RESPONSIBLE_STEP, needed=_asks_ward),
        replace(NEIGHBOURHOOD_STEP, needed=lambda draft: False),
    ),
    first=_first,
    keeps=1,
    kept=_kept,
)  # fmt: skip
