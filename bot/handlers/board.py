"""/bang: the announcements that went out lately, and the board of one of them: where it stands,
where it waits, where it failed and why; those are posted again. In private, pressed or typed.
"""

from collections.abc import Callable, Mapping
from typing import Final

from actions.announcement_view import list_taps
from actions.board import Board, board_of, list_boards
from actions.board_again import Again, post_failed_again, post_unsure_again
from actions.board_shown import as_shown, redraw
from actions.expected import find_newest
from bot.handlers import menu
from bot.handlers.board_face import (
    LISTED,
    NAMED,
    again_notice,
    board_notice,
    list_notice,
    unsure_notice,
)
from bot.handlers.tap_data import find_id
from bot.handlers.turn import Turn
from domain.errors import Refused
from domain.notices import Notice, Text

_LIST: Final = "list"


def show(turn: Turn, rest: str = "") -> None:
    """/bang; typed without a slash below a message that opens one board, it is that one. An open
    question is asked again below. Raises Refused."""
    below = None if turn.incoming.text.startswith("/") else _opened_by_newest(turn)
    if below is not None:
        on_tap(turn, below)
        return
    _list(turn, 1)
    menu.go_on_asking(turn)


def on_tap(turn: Turn, rest: str) -> None:
    """A press of `<announcement>`, `<announcement>:<occurrence>:<page>` with or without an act,
    or of a page of the list. Raises Refused."""
    if not turn.incoming.private:
        raise Refused("incident.old_button")
    head, *more = rest.split(":")
    if head == _LIST:
        _list(turn, find_id(more[0]) or 1 if more else 1)
        return
    occurrence_id, page, act = _read(more)
    announcement_id, deed = find_id(head), _DEEDS.get(act)
    if announcement_id is None or deed is None:
        raise Refused("incident.old_button")
    deed(turn, board_of(turn.db, announcement_id, turn.person, occurrence_id), page)


def _read(parts: list[str]) -> tuple[int | None, int, str]:
    """The occurrence (None for the last one), the page and what is to be done. Raises Refused."""
    if not parts:
        return None, 1, ""
    occurrence_id = find_id(parts[0])
    if occurrence_id is None:
        raise Refused("incident.old_button")
    page = find_id(parts[1]) if len(parts) > 1 else 1
    return occurrence_id, max(page or 1, 1), ":".join(parts[2:])


def _list(turn: Turn, page: int) -> None:
    found = list_boards(turn.db, turn.person)
    if not found:
        turn.say(Notice(Text("board.list.none")))
        return
    first = (page - 1) * LISTED
    first = first if 0 <= first < len(found) else 0
    shown = [board_of(turn.db, key, turn.person) for key in found[first : first + LISTED]]
    turn.say(list_notice(shown, first, len(found)))


def _open(turn: Turn, board: Board, page: int) -> None:
    turn.say(_notice(turn, board, page))


def _look_again(turn: Turn, board: Board, page: int) -> None:
    """In the same message where it was pressed; below, where it was typed."""
    if not _redraw(turn, board, page):
        turn.say(_notice(turn, board, page))
    elif turn.incoming.tap is not None:
        turn.tap_answer = Text("board.seen_again")


def _again(turn: Turn, board: Board, page: int) -> None:
    _told(turn, board, page, post_failed_again)


def _ask_unsure(turn: Turn, board: Board, page: int) -> None:
    turn.say(unsure_notice(board))


def _unsure_again(turn: Turn, board: Board, page: int) -> None:
    _told(turn, board, page, post_unsure_again)


def _told(turn: Turn, board: Board, page: int, post: Callable[..., Again]) -> None:
    key, occurrence_id = board.announcement.id, board.occurrence.id
    made = post(turn.db, key, occurrence_id, turn.person, turn.now)
    now_so = board_of(turn.db, key, turn.person, occurrence_id)
    _redraw(turn, now_so, page)
    turn.say(again_notice(now_so, made))


def _redraw(turn: Turn, board: Board, page: int) -> bool:
    pressed = turn.incoming.message_id if turn.incoming.tap is not None else ""
    notice = _notice(turn, board, page)
    return redraw(turn.db, turn.address.id, pressed, notice, turn.now)


def _notice(turn: Turn, board: Board, page: int) -> Notice:
    return board_notice(turn.db, board, (page - 1) * NAMED, turn.now)


def _opened_by_newest(turn: Turn) -> str | None:
    """What opens the one board that the newest message leads to."""
    newest = as_shown(turn.db, find_newest(turn.db, turn.address.id))
    taps = list_taps(newest, turn.now)
    found = [tap.partition(":")[2] for tap in taps if tap.startswith("b:")]
    return found[0] if len(found) == 1 and found[0].isdecimal() else None


_DEEDS: Final[Mapping[str, Callable[[Turn, Board, int], None]]] = {
    "": _open,
    "see": _look_again,
    "again": _again,
    "unsure": _ask_unsure,
    "unsure_yes": _unsure_again,
}
