"""Whoever has no copy of what a correction stands for, because its sending was broken off,
gets the right words in full: in no chat do the wrong ones come first.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.engine import Connection

from actions.audiences import send_to_groups
from actions.neighbours import post_in_chats
from actions.private_copies import post_privately
from domain.announcing import OccurrenceState
from storage import announcements
from storage.announcement_tables import Announcement, Occurrence

BROKEN_OFF = "announcement.reason.corrected"


def stop_coming(db: Connection, former: Announcement, now: datetime) -> None:
    """A time of it that has come and was not begun is left to its correction."""
    due = announcements.find_due(db, former.id)
    if due is not None and due.send_at <= now:
        dropped = OccurrenceState.DROPPED.value
        announcements.settle(db, due.id, dropped, reason=BROKEN_OFF, told_at=now)


def bring_to_rest(
    db: Connection,
    fresh: Announcement,
    occurrence: Occurrence,
    formers: Iterable[Announcement],
    now: datetime,
    most: int,
) -> bool:
    """The next piece of these copies, of at most `most`; whether more must follow."""
    theirs = [t for each in formers for t in _settled_by_corrections(db, each)]
    if not any(each.reason == BROKEN_OFF for each in theirs):
        return False
    besides = tuple(each.id for each in theirs)
    put = 0
    for spread in (post_in_chats, post_privately, send_to_groups):
        put += spread(db, fresh, occurrence, now, most - put, besides=besides).put
        if put >= most:
            return True
    return False


def _settled_by_corrections(db: Connection, former: Announcement) -> list[Occurrence]:
    """Its times that were broken off, and that at which it left for older copies."""
    times = announcements.list_occurrences(db, former.id)
    left_at = former.created_at if former.corrects is not None else None
    return [each for each in times if each.reason == BROKEN_OFF or each.due_at == left_at]
