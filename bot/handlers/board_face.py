"""How the board looks: first whether it stands everywhere, then only those groups that need
somebody's hand, ten at a time, and its numbered buttons.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import reduce
from itertools import islice
from typing import Final

from sqlalchemy.engine import Connection

from actions.board import Board
from actions.board_again import Again
from actions.board_lines import line_of
from bot.handlers.numbered import numbered
from domain.announcing import OccurrenceState
from domain.board import Fate
from domain.codes import spoken
from domain.lengths import shortened
from domain.notices import Button, Moment, Notice, Param, Text, plain
from domain.time_echo import say_instant
from storage.announcement_tables import Announcement

LISTED: Final = 4
NAMED: Final = 10
# More choices than these are read by nobody.
_BUTTONS: Final = 5
_LETTERS: Final = 60
# What the first sentence counts, after those that can be read.
_COUNTED: Final = (Fate.UNSURE, Fate.UNPASTED, Fate.HELD, Fate.LEAVING)


def list_notice(boards: Sequence[Board], first: int, number: int) -> Notice:
    """The boards of one page, the first of which is at `first` of `number`, counted from 0."""
    lines = tuple(_listed(at, board) for at, board in enumerate(boards, start=first + 1))
    buttons = [
        (Button(_numbered(at, _words(board.announcement, _LETTERS // 2)), opens(board)),)
        for at, board in enumerate(boards, start=first + 1)
    ]
    if number > LISTED:
        page = first // LISTED + 2 if first + LISTED < number else 1
        buttons.append((Button(Text("board.button.more"), f"b:list:{page}"),))
    return Notice(Text("board.list", {"lines": lines}), tuple(buttons))


def board_notice(db: Connection, board: Board, first: int, now: datetime) -> Notice:
    """One board; its groups are named from the one at `first` on, counted from 0."""
    left = [group for group in board.groups if not group.fate.is_there]
    if first >= len(left):
        first = 0
    named = list(islice(left, first, first + NAMED))
    below = len(left) - first - len(named)
    lines = (
        lead_of(board),
        *(line_of(db, board, group) for group in named),
        *((Text("board.more", {"number": below}),) if below else ()),
        *_tail(board, now),
    )
    page = first // NAMED + 1
    following = page + 1 if below else 1
    more = following if len(left) > NAMED else 0
    return Notice(Text("board.lines", {"lines": lines}), _buttons(board, page, more))


def lead_of(board: Board) -> Text:
    """One sentence: did it go out everywhere?"""
    total, there = len(board.groups), board.there
    if board.occurrence.state == OccurrenceState.DROPPED.value:
        reason = Text(board.occurrence.reason or "text.nothing")
        return Text("board.lead.dropped", {"reason": reason})
    sent, people = board.private
    if board.for_groups:
        return Text("board.lead.tags", {"number": people}) if people else Text("board.lead.few")
    if total == 0:
        return Text("board.lead.private", {"sent": sent, "people": people})
    if there == total:
        return Text("board.lead.all" if total > 1 else "board.lead.one", {"number": total})
    parts = [("lost", board.lost), *((fate.value, board.counts[fate]) for fate in _COUNTED)]
    said = _joined(Text(f"board.part.{name}", {"number": n}) for name, n in parts if n)
    params: dict[str, Param] = {"there": there, "total": total, "parts": said}
    return Text("board.lead.some" if there else "board.lead.none", params)


def unsure_notice(board: Board) -> Notice:
    """What may follow from posting those again, asked before it is done."""
    yes = (Text("board.button.unsure_yes"), _tap(board, 1, "unsure_yes"))
    no = (Text("board.button.unsure_no"), opens(board))
    text = Text("board.unsure.ask", {"number": board.counts[Fate.UNSURE]})
    return Notice(text, numbered(yes, no))


def again_notice(board: Board, again: Again) -> Notice:
    """What came of pressing for it."""
    posted, held = again.posted, again.held
    until = say_instant(again.until) if again.until else Text("text.nothing")
    lines = (
        Text("board.again.posted", {"number": posted}) if posted else None,
        Text("board.again.held", {"number": held, "until": until}) if held else None,
        Text("board.again.unbound", {"number": again.unbound}) if again.unbound else None,
        Text("board.again.silent", {"number": again.silent}) if again.silent else None,
        Text("board.again.left", {"number": again.left}) if again.left else None,
    )
    said = tuple(line for line in lines if line) or (Text("board.again.nothing"),)
    button = (Text("board.button.open"), opens(board))
    return Notice(Text("board.lines", {"lines": said}), numbered(button))


def opens(board: Board) -> str:
    """What opens it again at its beginning."""
    return f"b:{board.announcement.id}:{board.occurrence.id}:1"


def _tail(board: Board, now: datetime) -> tuple[Text, ...]:
    """What it is about, who read it, and of when this is."""
    sent, people = board.private
    read, asked = board.readings
    went_at = board.occurrence.sent_at or board.occurrence.due_at
    about: dict[str, Param] = {
        "code": spoken(board.announcement.code),
        "words": _words(board.announcement, _LETTERS),
        "when": say_instant(went_at),
    }
    private: dict[str, Param] = {"sent": sent, "people": people}
    return (
        *((Text("board.private", private),) if people and board.groups else ()),
        *((Text("board.read", {"read": read, "asked": asked}),) if asked else ()),
        Text("board.about", about),
        Text("board.as_of", {"at": Moment(now)}),
    )


def _buttons(board: Board, page: int, more: int) -> tuple[tuple[Button, ...], ...]:
    """Five at most; looking again always is one of them."""
    unsure, asked = board.counts[Fate.UNSURE], board.readings[1] and board.may_chase
    dropped = board.occurrence.state == OccurrenceState.DROPPED.value
    again = board.lost and not (dropped or board.superseded)
    key = board.announcement.id
    offered = (
        (again, Text("board.button.again", {"number": board.lost}), _tap(board, page, "again")),
        (
            unsure and not board.superseded,
            Text("board.button.unsure", {"number": unsure}),
            _tap(board, page, "unsure"),
        ),
        (more, Text("board.button.more"), _tap(board, more)),
        (asked, Text("board.button.unread"), f"n:{board.occurrence.id}:list"),
        (board.earlier, Text("board.button.earlier"), f"b:{key}:{board.earlier}:1"),
        (board.later, Text("board.button.later"), f"b:{key}:{board.later}:1"),
    )
    shown = [(label, tap) for wanted, label, tap in offered if wanted][: _BUTTONS - 1]
    return numbered(*shown, (Text("board.button.see"), _tap(board, page, "see")))


def _tap(board: Board, page: int, act: str = "") -> str:
    place = f"b:{board.announcement.id}:{board.occurrence.id}:{page}"
    return f"{place}:{act}" if act else place


def _listed(at: int, board: Board) -> Text:
    params: dict[str, Param] = {
        "number": at,
        "when": Moment(board.occurrence.sent_at or board.occurrence.due_at),
        "words": _words(board.announcement, _LETTERS),
        "result": _result(board),
    }
    return Text("board.list.line", params)


def _result(board: Board) -> Text:
    if board.occurrence.state == OccurrenceState.DROPPED.value:
        return Text("board.list.dropped")
    sent, people = board.private
    if board.for_groups:
        return Text("board.list.tags", {"number": people}) if people else Text("board.list.few")
    if not board.groups:
        return Text("board.list.people", {"sent": sent, "people": people})
    return Text("board.list.groups", {"there": board.there, "total": len(board.groups)})


def _joined(parts: Iterable[Text]) -> Text:
    return reduce(lambda a, b: Text("board.joined", {"first": a, "second": b}), parts)


def _words(found: Announcement, most: int) -> Text:
    words = " ".join(found.words.split())
    return plain(shortened(words, most)) if words else Text("announcing.list.file")


def _numbered(number: int, label: Text) -> Text:
    return Text("menu.numbered", {"number": number, "label": label})
