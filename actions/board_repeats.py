"""What is made of a board when somebody presses for it: a copy once more, or the first one of a
group; what became of each is counted.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.engine import Connection

from actions.announcement_face import notice_of
from actions.board import Board, Group
from actions.broadcasting import held_until, post, post_again
from actions.post_hours import waits_at_most
from domain.announcing import Sort
from storage.addresses import get_address
from storage.boards import GroupCopy


@dataclass(frozen=True, slots=True)
class Again:
    """In how many groups it is posted now, and in how many it waits (`until` the last of them,
    aware, UTC); in how many it cannot be: no group that serves the neighbourhood (`unbound`),
    or it would have to wait for too long (`silent`). `left` are looked at right after this."""

    posted: int = 0
    held: int = 0
    until: datetime | None = None
    unbound: int = 0
    silent: int = 0
    left: int = 0


class Repeats:
    """What is made of one board; `made` counts it."""

    def __init__(self, db: Connection, board: Board, now: datetime) -> None:
        self._db = db
        self._now = now
        self._board = board
        self._notice = notice_of(db, board.announcement, now)
        self._sort = Sort(board.announcement.sort)
        expires_at = board.announcement.expires_at
        self._latest = waits_at_most(now, expires_at)
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
