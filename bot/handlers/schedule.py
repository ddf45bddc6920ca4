"""/lich: what goes out this week and after it; one of them opened, changed, left out once, paused
or stopped; and the second person's answer. All in private, by a press, a number or words.
"""

from collections.abc import Callable, Mapping
from typing import Final

from actions import announcing
from actions.announcement_view import list_views, view_of
from bot.handlers import announcing as writing
from bot.handlers import button_words, menu
from bot.handlers.numbered import numbered
from bot.handlers.schedule_face import PAGE, list_notice, opened_notice, stop_notice
from bot.handlers.tap_data import find_id
from bot.handlers.turn import Turn
from domain.announcing import State
from domain.choices import nod
from domain.errors import Refused
from domain.notices import Moment, Notice, Text
from domain.time_echo import say_instant
from storage.tables import Outbox

_LIST: Final = "list"
_AGREE: Final = "announcement.button.agree"


def show(turn: Turn, rest: str = "") -> None:
    """/lich; an open question is asked again below. Raises Refused."""
    _list(turn, 1)
    menu.go_on_asking(turn)


def on_tap(turn: Turn, rest: str) -> None:
    """A press of `<announcement id>:<what>`, or of a page of the list. Raises Refused."""
    number, _, what = rest.partition(":")
    if not turn.incoming.private:
        raise Refused("incident.old_button")
    if number == _LIST:
        _list(turn, find_id(what) or 1)
        return
    deed, announcement_id = _DEEDS.get(what), find_id(number)
    if deed is None or announcement_id is None:
        raise Refused("incident.old_button")
    deed(turn, announcement_id)


def on_words(turn: Turn, row: Outbox | None) -> bool:
    """Whether the words name a button of this message. A mere "ok" is asked about: it agrees to
    nothing. Raises Refused."""
    tap = button_words.find_pressed(row, turn.incoming.text, turn.now)
    if tap is not None and tap.startswith("t:"):
        on_tap(turn, tap.removeprefix("t:"))
        return True
    if nod(turn.incoming.text) and (again := button_words.choices_with(row, _AGREE, turn.now)):
        turn.say(Notice(Text("announcing.agree_how"), numbered(*again)))
        return True
    return False


def _list(turn: Turn, page: int) -> None:
    views = list_views(turn.db, turn.person, turn.now)
    first = (page - 1) * PAGE
    if first >= len(views):
        first = 0
    turn.say(list_notice(turn.db, views, first))


def _open(turn: Turn, announcement_id: int) -> None:
    view = view_of(turn.db, announcement_id, turn.person, turn.now)
    turn.say(opened_notice(turn.db, view, turn.now))


def _skip(turn: Turn, announcement_id: int) -> None:
    skipped = announcing.skip_next(turn.db, announcement_id, turn.person, turn.now)
    turn.say(Notice(Text("announcing.did.skip", {"when": say_instant(skipped)})))


def _pause(turn: Turn, announcement_id: int) -> None:
    announcing.pause(turn.db, announcement_id, turn.person, turn.now)
    turn.say(Notice(Text("announcing.did.pause")))


def _resume(turn: Turn, announcement_id: int) -> None:
    following = announcing.resume(turn.db, announcement_id, turn.person, turn.now)
    text = Text("announcing.did.resume.none")
    if following is not None:
        text = Text("announcing.did.resume", {"when": say_instant(following)})
    turn.say(Notice(text))


def _ask_stop(turn: Turn, announcement_id: int) -> None:
    view = view_of(turn.db, announcement_id, turn.person, turn.now)
    turn.say(stop_notice(view))


def _stop(turn: Turn, announcement_id: int) -> None:
    announcing.stop(turn.db, announcement_id, turn.person, turn.now)
    turn.say(Notice(Text("announcing.did.stop")))


def _take_back(turn: Turn, announcement_id: int) -> None:
    announcing.take_back(turn.db, announcement_id, turn.person, turn.now)
    turn.say(Notice(Text("announcing.did.take_back")))


def _approve(turn: Turn, announcement_id: int) -> None:
    agreed = announcing.approve(turn.db, announcement_id, turn.person, turn.now)
    text = Text("announcing.did.approve")
    if not State(agreed.state).is_open:
        text = Text("announcement.second.incident")
    elif agreed.undo_until is not None and agreed.undo_until > turn.now:
        text = Text("announcing.did.approve.undo", {"until": Moment(agreed.undo_until, "time")})
    turn.say(Notice(text))


def _refuse(turn: Turn, announcement_id: int) -> None:
    announcing.refuse(turn.db, announcement_id, turn.person, turn.now)
    turn.say(Notice(Text("announcing.did.refuse")))


_DEEDS: Final[Mapping[str, Callable[[Turn, int], None]]] = {
    "open": _open,
    "edit": writing.begin_change,
    "skip": _skip,
    "pause": _pause,
    "resume": _resume,
    "stop": _ask_stop,
    "stop:yes": _stop,
    "take_back": _take_back,
    "approve": _approve,
    "refuse": _refuse,
}
