"""One line of a board: which group it is, and in plain words why people there cannot read the
announcement yet.
"""

from collections import Counter
from typing import Final

from sqlalchemy.engine import Connection

from actions.board import Board, Group
from actions.board_reasons import reason_of
from actions.broadcasting import quiet_hours_of
from actions.card_face import NAME_LIMIT
from domain.board import Fate
from domain.lengths import shortened
from domain.notices import Moment, Param, Text, plain
from domain.quiet_hours import free_from
from storage import wards
from storage.addresses import get_address
from storage.boards import GroupCopy

_TITLE_LIMIT: Final = 40
_SOMEWHERE: Final = Text("board.place.unknown")


def line_of(db: Connection, board: Board, group: Group) -> Text:
    """The group and the reason; for those that stand in the group there is none."""
    params: dict[str, Param] = {"place": _place(db, board, group), "reason": _reason(db, group)}
    return Text("board.line", params)


def _place(db: Connection, board: Board, group: Group) -> Text:
    """The neighbourhood, and which of its groups where it has several."""
    key = group.neighbourhood_id
    name = _SOMEWHERE
    if key is not None:
        name = plain(shortened(wards.get_neighbourhood(db, key).name, NAME_LIMIT))
    several = Counter(each.neighbourhood_id for each in board.groups)[key] > 1
    title = _title(db, group)
    if not title or not (several or name is _SOMEWHERE or group.fate is Fate.UNPASTED):
        return name
    return Text("board.place.group", {"place": name, "title": title})


def _title(db: Connection, group: Group) -> str:
    title = (group.copy.paste_group if group.copy is not None else None) or ""
    if group.address_id is not None:
        title = get_address(db, group.address_id).title
    return shortened(title, _TITLE_LIMIT)


def _reason(db: Connection, group: Group) -> Text:
    copy = group.copy
    if copy is None and group.fate is Fate.LEAVING:
        return Text("board.reason.leaving")
    if copy is None:
        return Text("board.reason.missed" if group.address_id else "board.reason.no_chat")
    match group.fate:
        case Fate.FAILED | Fate.LEAVING:
            return reason_of(copy)
        case Fate.HELD:
            return _held(db, copy)
        case fate:
            return Text(f"board.reason.{fate}")


def _held(db: Connection, copy: GroupCopy) -> Text:
    """It waits for the end of quiet hours, or else for a day that is not full."""
    if copy.held_until is None:
        return Text("board.reason.leaving")
    hours = quiet_hours_of(db, copy.neighbourhood_id)
    rests = free_from(copy.created_at, hours) == copy.held_until
    params: dict[str, Param] = {"until": Moment(copy.held_until)}
    return Text("board.reason.quiet" if rests else "board.reason.full", params)
