"""The kind once more, when words name another danger after it was chosen: "Có phải: Cháy, nổ?"
Nothing is sent before that is answered.
"""

from collections.abc import Sequence
from typing import Final

from bot.flows.dangers import new_danger, weighed
from bot.flows.draft import Answer, Draft
from bot.flows.kind_step import advice, kind_of
from bot.flows.kind_words import KIND_WORDS
from bot.flows.steps import Option, Reading, Step
from domain.choices import nod, yes_or_no
from domain.kinds import KINDS, Kind
from domain.notices import Text

_STEP: Final = "danger"
_NO: Final = Option("no", Text("report.danger.no"), ("khong phai", "khong", "no", "not that"))


def _danger(draft: Draft) -> Kind | None:
    return new_danger(draft, kind_of(draft))


def _ask(draft: Draft) -> Text:
    kind = _danger(draft) or kind_of(draft) or KINDS["OTHER"]
    return Text("report.danger.ask", {"kind": Text(kind.label_key)})


def _choices(draft: Draft) -> Sequence[Option]:
    if (danger := _danger(draft)) is None:
        return (_NO,)
    names = ("phai", "dung", "co", "yes", *KIND_WORDS[danger.code])
    return (Option(danger.code, Text("report.danger.yes"), names), _NO)


def _read(draft: Draft, words: str) -> Reading:
    """Yes or no, perhaps with more of the story behind it."""
    said, danger = yes_or_no(words), _danger(draft)
    if said is None or danger is None:
        return Reading()
    return Reading(answer=Answer(choice=danger.code if said else "no"), tells=nod(words) is None)


def _settle(draft: Draft) -> Draft:
    """A yes is the kind from now on; a no is not asked again."""
    code = draft.get(_STEP).choice
    draft = weighed(draft)
    if code not in KINDS:
        return draft.without(_STEP)
    return draft.put("kind", Answer(choice=code))


def _remark(draft: Draft) -> Text | None:
    return advice(draft) if draft.get(_STEP).choice else None


DANGER_STEP: Final = Step(
    _STEP,
    "choice",
    _ask,
    _choices,
    read=_read,
    needed=lambda draft: _danger(draft) is not None,
    settle=_settle,
    remark=_remark,
)
