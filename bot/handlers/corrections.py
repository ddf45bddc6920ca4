"""/dinhchinh: what went out is opened, and gets other words, is cancelled, ends with an all-clear,
or goes on for longer. All in private, by a press, a number, or words.
"""

import html
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from actions import corrections
from actions.all_clear import extend, require_extendable
from actions.announcement_face import named
from actions.codes import unused_code
from actions.corrections import (
    Wanted,
    find_coded,
    in_force,
    kind_in,
    list_posted,
    require_posted,
)
from actions.warnings import public_numbers
from bot.flows import correction as flow
from bot.flows.draft import Draft
from bot.flows.outcomes import Outcome, Retry, Review
from bot.flows.warning_until import BEGUN, KNOWN, until_of
from bot.handlers import conversation, menu
from bot.handlers.numbered import numbered
from bot.handlers.tap_data import find_id
from bot.handlers.turn import Turn
from domain.announcing import Sort, State
from domain.codes import WrongCheckDigit, parse_code, spoken
from domain.corrections import Kind
from domain.errors import Refused
from domain.notices import Button, Moment, Notice, Param, Text
from storage.announcement_tables import Announcement

_KINDS: Final[Mapping[str, Kind]] = {
    "correction": Kind.CORRECTED,
    "cancellation": Kind.CANCELLED,
    "all_clear": Kind.CLEARED,
}
# Announcements are read by everybody, in the language of the country.
_SPOKEN: Final = "vi"
_TAGS: Final = re.compile(r"<[^>]+>")
# Five choices at most are seen at once.
_LISTED: Final = 5
# Templates with an all-clear of their own words, by the beginning of their names.
_CLEARED: Final = ("storm", "flood", "fire", "power_cut")
_POST: Final = "announcement"
_CODE: Final = "code"


def show(turn: Turn, rest: str = "") -> None:
    """/dinhchinh with a code, or the list of what went out lately. Raises Refused."""
    _by_code(turn, rest, "open", ordinary=True)


def show_all_clear(turn: Turn, rest: str = "") -> None:
    """/antoan, "báo an toàn" with a code or without. Raises Refused."""
    _by_code(turn, rest, "clear", ordinary=False)


def on_tap(turn: Turn, rest: str) -> None:
    """A press of `<announcement id>:<what>`, or of the list. In a duty chat it leads to the
    private one, where one is asked. Raises Refused."""
    number, _, what = rest.partition(":")
    if number == "list":
        _list(turn, ordinary=True)
        return
    deed, key = _DEEDS.get(what), find_id(number)
    if deed is None or key is None:
        raise Refused("incident.old_button")
    if turn.incoming.private:
        deed(turn, key)
        return
    found = require_posted(turn.db, key, turn.person)
    link = turn.bot.start_link(f"dc_{found.code}")
    button = Button(Text("correction.button.private"), link=link)
    turn.say(Notice(Text("correction.in_private", {"code": spoken(found.code)}), ((button,),)))


def show_post(turn: Turn, before: Draft | None, outcome: Outcome) -> None:
    """Above the review stands the short message, exactly as it will be posted."""
    draft = outcome.draft
    if draft.step != "review" or draft.offered or draft.flow not in _KINDS:
        return
    if not isinstance(outcome, Review | Retry):
        return
    stood = before if before and (before.step == "review" or before.editing) else None
    if stood is not None and stood.answers == draft.answers:
        return
    try:
        code = str(draft.context.get(_CODE) or "")
        notice = corrections.preview_of(
            turn.db, turn.person, _wanted(turn, draft), code, turn.bot.name, turn.now
        )
    except Refused as refused:
        notice = Notice(refused.text)
    turn.say(notice)


def finish(turn: Turn, draft_id: int, draft: Draft) -> None:
    """Do it. Raises Refused."""
    if draft.flow == "extension":
        _extend(turn, draft)
        return
    made = corrections.correct(
        turn.db, turn.person, _wanted(turn, draft), draft_id, turn.bot.name, turn.now,
        turn.random_below, code=str(draft.context.get(_CODE) or "") or None,
    )  # fmt: skip
    waits = made.state == State.WAITING.value
    params: dict[str, Param] = {"code": spoken(made.code)}
    how = "waiting" if waits else _KINDS[draft.flow].value
    buttons: tuple[tuple[Button, ...], ...] = ()
    if waits:
        button = Button(Text("announcing.act.take_back"), f"t:{made.id}:take_back")
        buttons = ((button,),)
    turn.say(Notice(Text(f"correction.done.{how}", params), buttons))


def _extend(turn: Turn, draft: Draft) -> None:
    until = until_of(draft)
    if until is None:
        raise Refused("correction.refused.until")
    extend(turn.db, _id_in(draft), turn.person, until, turn.now)
    turn.say(Notice(Text("correction.done.extended", {"at": Moment(until)})))


def _by_code(turn: Turn, rest: str, what: str, *, ordinary: bool) -> None:
    if not rest.strip():
        _list(turn, ordinary=ordinary)
        menu.go_on_asking(turn)
        return
    try:
        code = parse_code(rest)
    except WrongCheckDigit as fault:
        raise Refused("incident.code.mistyped") from fault
    _DEEDS[what](turn, find_coded(turn.db, code or "").id)


def _list(turn: Turn, *, ordinary: bool) -> None:
    """What went out lately, the newest first; older ones are named by their code."""
    found = list_posted(turn.db, turn.person, turn.now)
    listed = [each for each in found if ordinary or Sort(each.sort).is_urgent][:_LISTED]
    what = "open" if ordinary else "clear"
    if not listed:
        turn.say(Notice(Text(f"correction.list.none.{what}")))
        return
    choices = ((named(each), f"x:{each.id}:{what}") for each in listed)
    turn.say(Notice(Text(f"correction.list.{what}"), numbered(*choices)))


def _open(turn: Turn, announcement_id: int) -> None:
    posted = in_force(turn.db, require_posted(turn.db, announcement_id, turn.person))
    acts = [(Text(f"correction.act.{act}"), f"x:{posted.id}:{act}") for act in _acts(posted)]
    params: dict[str, Param] = {"what": named(posted)}
    turn.say(Notice(Text("correction.open", params), numbered(*acts)))


def _acts(posted: Announcement) -> list[str]:
    ended = kind_in(posted) in (Kind.CANCELLED, Kind.CLEARED)
    acts = [] if kind_in(posted) is Kind.CANCELLED else ["correct", "cancel"]
    if Sort(posted.sort).is_urgent and kind_in(posted) is not Kind.CLEARED:
        acts += ["clear"] if ended or posted.expires_at is None else ["clear", "extend"]
    return acts


def _correct(turn: Turn, announcement_id: int) -> None:
    _begin(turn, "correction", announcement_id)


def _cancel(turn: Turn, announcement_id: int) -> None:
    _begin(turn, "cancellation", announcement_id)


def _clear(turn: Turn, announcement_id: int) -> None:
    _begin(turn, "all_clear", announcement_id)


def _begin_extension(turn: Turn, announcement_id: int) -> None:
    posted = in_force(turn.db, require_posted(turn.db, announcement_id, turn.person))
    require_extendable(posted)
    context: dict[str, Any] = {_POST: posted.id, KNOWN: "", BEGUN: turn.now.isoformat()}
    conversation.begin(turn, "extension", context)


def _begin(turn: Turn, name: str, announcement_id: int) -> None:
    wanted = Wanted(announcement_id, "", _KINDS[name])
    posted = corrections.require_correct(turn.db, wanted, turn.person)
    context: dict[str, Any] = {
        _POST: posted.id,
        _CODE: unused_code(turn.db, turn.random_below),
        "public": list(public_numbers()),
        "incident": posted.incident_id or 0,
        "clear": _suggestion_of(posted),
    }
    conversation.begin(turn, name, context, note=Text("correction.about", {"what": named(posted)}))


def _suggestion_of(posted: Announcement) -> str:
    name = posted.template or ""
    return next((each for each in _CLEARED if name.startswith(each)), "other")


def _wanted(turn: Turn, draft: Draft) -> Wanted:
    said = html.unescape(_TAGS.sub("", turn.bot.words_of(flow.words_of(draft), _SPOKEN)))
    kind, shows = _KINDS[draft.flow], flow.shows_person(draft)
    return Wanted(_id_in(draft), said, kind, shows_person=shows)


def _id_in(draft: Draft) -> int:
    known = draft.context.get(_POST)
    return known if isinstance(known, int) else 0


_DEEDS: Final[Mapping[str, Callable[[Turn, int], None]]] = {
    "open": _open,
    "correct": _correct,
    "cancel": _cancel,
    "clear": _clear,
    "extend": _begin_extension,
}
