"""A copy that failed is posted again, through the one gate, because somebody who may change the
announcement pressed for it; a copy that people can read is never doubled.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.engine import Connection

from actions.announcement_authority import still_speaks
from actions.announcement_face import notice_of
from actions.announcement_lists import may_change
from actions.board import Board, Group, board_of, is_changed_since
from actions.broadcasting import held_until, post, post_again
from domain.announcing import OccurrenceState, Sort, State
from domain.board import Fate
from domain.codes import spoken
from domain.errors import Refused
from domain.quiet_hours import HELD_AT_MOST
from storage import announcements, boards
from storage.addresses import get_address
from storage.announcement_tables import Announcement
from storage.boards import GroupCopy
from storage.tables import Person

# Older words mislead more than they help ("chiều nay"): they are written anew.
AGAIN_WITHIN: Final = timedelta(days=7)
_ENDED_BY: Final = frozenset({"stopped", "role_lost", "refused", "taken_back"})


@dataclass(frozen=True, slots=True)
class Again:
    """In how many groups it is posted now, and in how many it waits (`until` the last of them,
    aware, UTC); in how many it cannot be: no group that serves the neighbourhood (`unbound`),
    or it would have to wait for too long (`silent`)."""

    posted: int = 0
    held: int = 0
    until: datetime | None = None
    unbound: int = 0
    silent: int = 0


def post_failed_again(
    db: Connection, announcement_id: int, occurrence_id: int, person: Person, now: datetime
) -> Again:
    """Every copy of this time that failed, and the neighbourhoods that were missed and have a
    group by now; 0 everywhere where nothing is left to do. Raises Refused."""
    board = _open(db, announcement_id, occurrence_id, person, now)
    again = _Again(db, board, now)
    for group in board.groups:
        if group.fate is Fate.FAILED and group.copy is not None:
            again.repeats(group.copy)
        elif group.fate is Fate.MISSED:
            again.brings(group)
    return _noted(db, board, again.made, person, now)


def post_unsure_again(
    db: Connection, announcement_id: int, occurrence_id: int, person: Person, now: datetime
) -> Again:
    """Every copy of which the messenger did not say whether it has it: people may then read it
    twice, which whoever pressed was told. Raises Refused."""
    board = _open(db, announcement_id, occurrence_id, person, now)
    again = _Again(db, board, now)
    for group in board.groups:
        if group.fate is Fate.UNSURE and group.copy is not None:
            again.repeats(group.copy)
    return _noted(db, board, again.made, person, now)


class _Again:
    """What is made of one board; `made` counts it."""

    def __init__(self, db: Connection, board: Board, now: datetime) -> None:
        self._db = db
        self._now = now
        self._board = board
        self._notice = notice_of(db, board.announcement, now)
        self._sort = Sort(board.announcement.sort)
        expires_at = board.announcement.expires_at
        self._latest = min(now + HELD_AT_MOST, expires_at or now + HELD_AT_MOST)
        self.made = Again()

    def repeats(self, copy: GroupCopy) -> None:
        """One copy once more, where the group still is this neighbourhood's."""
        if not copy.serves or copy.address_id is None:
            self._counts(unbound=1)
            return
        address = get_address(self._db, copy.address_id)
        near = copy.neighbourhood_id
        until = held_until(self._db, address, self._sort, self._now, near)
        if until is not None and until >= self._latest:
            self._counts(silent=1)
        elif post_again(self._db, copy.id, self._notice, self._sort, self._now):
            self._owes(until)

    def brings(self, group: Group) -> None:
        """The first copy of a group that has none."""
        if group.address_id is None:
            self._counts(unbound=1)
            return
        chat, near = get_address(self._db, group.address_id), group.neighbourhood_id
        until = held_until(self._db, chat, self._sort, self._now, near)
        key = post(
            self._db, chat, self._notice, self._sort, self._now,
            occurrence_id=self._board.occurrence.id, neighbourhood_id=near, latest=self._latest,
        )  # fmt: skip
        if key:
            self._owes(until)
        else:
            self._counts(silent=1)

    def _owes(self, until: datetime | None) -> None:
        if until is None:
            self._counts(posted=1)
            return
        latest = max(until, self.made.until or until)
        self._counts(held=1)
        self.made = replace(self.made, until=latest)

    def _counts(self, **more: int) -> None:
        counted = {name: getattr(self.made, name) + number for name, number in more.items()}
        self.made = replace(self.made, **counted)


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
    _require_in_force(db, announcement, now)
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


def _require_in_force(db: Connection, announcement: Announcement, now: datetime) -> None:
    """Raises Refused where it says what does not hold any more, or must wait."""
    if announcement.state in {State.WAITING.value, State.PAUSED.value}:
        raise Refused(f"board.refused.{announcement.state}")
    ended = {each.what for each in announcements.list_changes(db, announcement.id)} & _ENDED_BY
    if announcement.state != State.PLANNED.value and ended:
        raise Refused(f"board.refused.{'role_lost' if 'role_lost' in ended else 'stopped'}")
    if announcement.cleared_at is not None:
        raise Refused("board.refused.cleared")
    if announcement.expires_at is not None and announcement.expires_at <= now:
        raise Refused("board.refused.expired")
    for each in boards.list_corrections(db, announcement.id):
        if _replaces(db, each):
            raise Refused("board.refused.corrected", by=spoken(each.code))


def _replaces(db: Connection, correction: Announcement) -> bool:
    """Whether it went out, or still may."""
    if State(correction.state).is_open:
        return True
    times = announcements.list_occurrences(db, correction.id)
    return any(each.state == OccurrenceState.SENT.value for each in times)


def _noted(db: Connection, board: Board, made: Again, person: Person, now: datetime) -> Again:
    number = made.posted + made.held
    if number:
        detail = {"occurrence": board.occurrence.id, "posts": number}
        key = board.announcement.id
        announcements.add_change(db, key, "posted_again", person.id, now, detail)
    return made
