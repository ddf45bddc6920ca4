"""Whether an announcement that went out still says what holds: asked before it is posted again,
and before anybody is reminded of it.
"""

from datetime import datetime
from typing import Final

from sqlalchemy.engine import Connection

from domain.announcing import OccurrenceState, State
from domain.codes import spoken
from domain.errors import Refused
from storage import announcements, boards
from storage.announcement_tables import Announcement

_ENDED_BY: Final = frozenset({"stopped", "role_lost", "refused", "taken_back"})


def require_in_force(db: Connection, announcement: Announcement, now: datetime) -> None:
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


def is_in_force(db: Connection, announcement: Announcement, now: datetime) -> bool:
    """The same as a question."""
    try:
        require_in_force(db, announcement, now)
    except Refused:
        return False
    return True


def _replaces(db: Connection, correction: Announcement) -> bool:
    """Whether it went out, or still may."""
    if State(correction.state).is_open:
        return True
    times = announcements.list_occurrences(db, correction.id)
    return any(each.state == OccurrenceState.SENT.value for each in times)
