"""What somebody chose to do with a post that went out: it is opened, or a conversation about it
begins. Each is asked of whoever presses, types a number or a code.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from actions import corrections
from actions.all_clear import require_extendable
from actions.announcement_face import named, neighbourhoods_of
from actions.codes import unused_code
from actions.corrections import (
    Wanted,
    in_force,
    kind_in,
    require_posted,
    suggested_clearing,
)
from actions.warnings import public_numbers
from bot.flows.warning_until import BEGUN, KNOWN
from bot.handlers import conversation
from bot.handlers.numbered import numbered
from bot.handlers.turn import Turn
from domain.announcing import Sort
from domain.corrections import Kind
from domain.notices import Notice, Param, Text
from storage.announcement_tables import Announcement

KINDS: Final[Mapping[str, Kind]] = {
    "correction": Kind.CORRECTED,
    "cancellation": Kind.CANCELLED,
    "all_clear": Kind.CLEARED,
}
# Where a draft keeps which post it is about, and the code that the new one will have.
POST: Final = "announcement"
CODE: Final = "code"
_ANEW: Final = "c:thongbao"


def _open(turn: Turn, announcement_id: int) -> None:
    posted = in_force(turn.db, require_posted(turn.db, announcement_id, turn.person))
    acts = [(Text(f"correction.act.{a}"), f"x:{posted.id}:{a}") for a in _acts(turn, posted)]
    params: dict[str, Param] = {"what": named(posted)}
    turn.say(Notice(Text("correction.open", params), numbered(*acts)))


def _acts(turn: Turn, posted: Announcement) -> list[str]:
    if corrections.is_cleared(turn.db, posted):
        return ["correct", "danger"]
    ended = kind_in(posted) is Kind.CANCELLED
    acts = [] if ended else ["correct", "cancel"]
    if Sort(posted.sort).is_urgent:
        acts += ["clear"] if ended or not _has_end(posted) else ["clear", "extend"]
    return acts


def _has_end(posted: Announcement) -> bool:
    return posted.expires_at is not None or posted.sort == Sort.EMERGENCY.value


def _correct(turn: Turn, announcement_id: int) -> None:
    _begin(turn, "correction", announcement_id)


def _cancel(turn: Turn, announcement_id: int) -> None:
    posted = in_force(turn.db, require_posted(turn.db, announcement_id, turn.person))
    if corrections.is_cleared(turn.db, posted):
        _warn_anew(turn, announcement_id)
    else:
        _begin(turn, "cancellation", announcement_id)


def _warn_anew(turn: Turn, announcement_id: int) -> None:
    """An all-clear is not taken back: what is dangerous now is said anew."""
    require_posted(turn.db, announcement_id, turn.person)
    turn.say(Notice(Text("correction.danger"), numbered((Text("correction.danger.new"), _ANEW))))


def _clear(turn: Turn, announcement_id: int) -> None:
    _begin(turn, "all_clear", announcement_id)


def _begin_extension(turn: Turn, announcement_id: int) -> None:
    posted = in_force(turn.db, require_posted(turn.db, announcement_id, turn.person))
    require_extendable(posted)
    context: dict[str, Any] = {POST: posted.id, KNOWN: "", BEGUN: turn.now.isoformat()}
    conversation.begin(turn, "extension", context)


def _begin(turn: Turn, name: str, announcement_id: int) -> None:
    wanted = Wanted(announcement_id, "", KINDS[name])
    posted = corrections.require_correct(turn.db, wanted, turn.person)
    context: dict[str, Any] = {
        POST: posted.id,
        CODE: unused_code(turn.db, turn.random_below),
        "public": list(public_numbers()),
        "incident": posted.incident_id or 0,
        "several": len(neighbourhoods_of(turn.db, posted)) != 1,
        "clear": suggested_clearing(turn.db, posted),
    }
    conversation.begin(turn, name, context, note=Text("correction.about", {"what": named(posted)}))


DEEDS: Final[Mapping[str, Callable[[Turn, int], None]]] = {
    "open": _open,
    "correct": _correct,
    "cancel": _cancel,
    "clear": _clear,
    "extend": _begin_extension,
    "danger": _warn_anew,
}
