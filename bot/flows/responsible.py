"""Which ward answers, asked by somebody in danger where a bot serves several: one word or number,
since nothing is sent before it.
"""

from collections.abc import Sequence
from typing import Any, Final

from bot.flows.draft import Answer, Draft
from bot.flows.neighbourhoods import read_neighbourhood, ward_of
from bot.flows.steps import Option, Reading, Step, asks, own_name
from domain.notices import Text, plain
from domain.text import fold

_TYPES: Final = ("phuong ", "xa ", "dac khu ")
_UNKNOWN: Final = Option(
    "unknown",
    Text("danger.ward.unknown"),
    ("khong ro phuong nao", "khong ro", "khong biet", "ko ro", "ko biet", "khong ro cu gui",
     "cu gui", "not sure", "dont know", "not sure send it", "send it", "unknown"),
)  # fmt: skip


def _wards(draft: Draft) -> Sequence[Option]:
    listed: Any = draft.context.get("wards") or []
    return [Option(str(each["code"]), plain(str(each["name"]))) for each in listed]


def _needed(draft: Draft) -> bool:
    """A neighbourhood that the words name says it as well."""
    if draft.context.get("ward") or len(_wards(draft)) < 2:
        return False
    return read_neighbourhood(draft, draft.get("what").words).answer is None


def _read(draft: Draft, words: str) -> Reading:
    """A ward or a neighbourhood that is named within more words."""
    said = f" {fold(words)} "
    named = [option for option in _wards(draft) if f" {_short(option)} " in said]
    if len(named) == 1:
        return Reading(answer=Answer(choice=named[0].value), tells=True)
    near = read_neighbourhood(draft, words).answer
    code = ward_of(draft, near) if near else ""
    return Reading(answer=Answer(choice=code), tells=True) if code else Reading()


def _short(option: Option) -> str:
    name = fold(own_name(option))
    return next((name.removeprefix(each) for each in _TYPES if name.startswith(each)), name)


RESPONSIBLE_STEP: Final = Step(
    "responsible", "choice", asks("danger.ward.ask"), _wards, read=_read, skip=_UNKNOWN,
    needed=_needed,
)  # fmt: skip
