"""A copy that failed is posted again, through the one gate, because somebody who may change the
announcement pressed for it; a copy that people can read is never doubled.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.engine import Connection

from actions.announcement_authority import still_speaks
from actions.announcement_lists import may_change
from actions.board import Board, Group, board_of, is_changed_since
from actions.board_repeats import Again as Again
from actions.board_repeats import Repeats
from actions.in_force import require_in_force
from actions.pieces import PIECE
from domain.announcing import OccurrenceState
from domain.board import Fate
from domain.errors import Refused
from storage import announcements, boards
from storage.addresses import get_person
from storage.announcement_tables import AnnouncementChange
from storage.tables import Person

# Older words mislead more than they help ("chiều nay"): they are written anew.
AGAIN_WITHIN: Final = timedelta(days=7)
_FAILED: Final = (Fate.FAILED, Fate.MISSED)
_UNSURE: Final = (Fate.UNSURE,)
# What stands in the history until the rest of it is posted.
_WANTED: Final = "again_wanted"
_DONE: Final = "again_done"
_FIRST: Final = (-1, 0)


def post_failed_again(
    db: Connection, announcement_id: int, occurrence_id: int, person: Person, now: datetime
) -> Again:
    """Every copy of this time that failed, and the neighbourhoods that were missed and have a
    group by now; 0 everywhere where nothing is left to do. Of many the first PIECE: the rest
    follows by `go_on_again`. Raises Refused."""
    return _begin(db, announcement_id, occurrence_id, person, now, _FAILED)


def post_unsure_again(
    db: Connection, announcement_id: int, occurrence_id: int, person: Person, now: datetime
) -> Again:
    """Every copy of which the messenger did not say whether it has it: people may then read it
    twice, which whoever pressed was told. Of many the first PIECE, as above. Raises Refused."""
    return _begin(db, announcement_id, occurrence_id, person, now, _UNSURE)


def go_on_again(db: Connection, now: datetime) -> None:
    """A tick: the next piece of what somebody pressed for, all of it together."""
    most = PIECE
    for wish in boards.list_wishes(db, _WANTED, _DONE, now - AGAIN_WITHIN):
        if most > 0:
            most -= _go_on(db, wish, now, most)
    if most <= 0:
        db.info["more"] = True


def _begin(
    db: Connection,
    announcement_id: int,
    occurrence_id: int,
    person: Person,
    now: datetime,
    fates: Sequence[Fate],
) -> Again:
    board = _open(db, announcement_id, occurrence_id, person, now)
    wanted = _wanted(board, fates, _FIRST)
    made = _repeat(db, board, wanted[:PIECE], person, now)
    _wish_rest(db, board, fates, wanted, PIECE, person, now)
    return replace(made, left=max(0, len(wanted) - PIECE))


def _go_on(db: Connection, wish: AnnouncementChange, now: datetime, most: int) -> int:
    """How many groups were looked at, each once, whatever becomes of it."""
    key, person = wish.announcement_id, get_person(db, wish.actor_id or 0)
    fates = [Fate(each) for each in wish.detail["fates"]]
    announcements.add_change(db, key, _DONE, None, now, {"wish": wish.id})
    try:
        board = _open(db, key, wish.detail["occurrence"], person, now)
    except Refused:
        return 0
    wanted = _wanted(board, fates, tuple(wish.detail["after"]))
    _repeat(db, board, wanted[:most], person, now)
    _wish_rest(db, board, fates, wanted, most, person, now)
    return min(len(wanted), most)


def _wanted(board: Board, fates: Sequence[Fate], after: tuple[int, int]) -> list[Group]:
    """Behind the one that was looked at last."""
    found = [group for group in board.groups if group.fate in fates and _place(group) > after]
    return sorted(found, key=_place)


def _place(group: Group) -> tuple[int, int]:
    """In an order that stays: the copies as they were made, then the groups without one."""
    return (0, group.copy.id) if group.copy is not None else (1, group.address_id or 0)


def _wish_rest(
    db: Connection,
    board: Board,
    fates: Sequence[Fate],
    wanted: Sequence[Group],
    most: int,
    person: Person,
    now: datetime,
) -> None:
    """The history remembers what is left, so that a restart forgets none of it."""
    if len(wanted) <= most:
        return
    detail = {
        "occurrence": board.occurrence.id,
        "fates": [each.value for each in fates],
        "after": list(_place(wanted[most - 1])),
    }
    announcements.add_change(db, board.announcement.id, _WANTED, person.id, now, detail)
    db.info["more"] = True


def _repeat(
    db: Connection, board: Board, groups: Sequence[Group], person: Person, now: datetime
) -> Again:
    repeats = Repeats(db, board, now)
    for group in groups:
        if group.copy is not None:
            repeats.repeats(group.copy)
        else:
            repeats.brings(group)
    return _noted(db, board, repeats.made, person, now)


def _open(
    db: Connection, announcement_id: int, occurrence_id: int, person: Person, now: datetime
) -> Board:
    """The board, which nobody else changes meanwhile, of what may be posted now. Raises
    Refused."""
    if announcements.find(db, announcement_id) is None:
        raise Refused("board.refused.unknown")
    announcement = announcements.lock(db, announcement_id)
    board = board_of(db, announcement_id, person, occurrence_id)
    if not may_change(db, announcement, person):
        raise Refused("board.refused.not_yours")
    require_in_force(db, announcement, now)
    occurrence = board.occurrence
    if occurrence.state == OccurrenceState.SENDING.value:
        raise Refused("board.refused.sending")
    if occurrence.state != OccurrenceState.SENT.value or occurrence.sent_at is None:
        raise Refused("board.refused.dropped")
    if board.superseded:
        raise Refused("board.refused.later")
    if now > occurrence.sent_at + AGAIN_WITHIN:
        raise Refused("board.refused.old", number=AGAIN_WITHIN.days)
    if is_changed_since(db, announcement, occurrence.sent_at):
        raise Refused("board.refused.changed")
    if not still_speaks(db, announcement, now):
        raise Refused("board.refused.role_lost")
    return board


def _noted(db: Connection, board: Board, made: Again, person: Person, now: datetime) -> Again:
    number = made.posted + made.held
    if number:
        detail = {"occurrence": board.occurrence.id, "posts": number}
        key = board.announcement.id
        announcements.add_change(db, key, "posted_again", person.id, now, detail)
    return made
