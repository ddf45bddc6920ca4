"""The times of announcements: each is one row, planned, then sent once, or late, or dropped with
word to its author. The author's role is looked at again at that moment.
"""

from datetime import datetime
from typing import Final

from sqlalchemy.engine import Connection

from actions.announcement_news import tell_lost
from actions.audiences import send_to_groups
from actions.neighbours import post_in_chats
from actions.occurrence_fates import SENDING, Fate, fate_of
from actions.occurrence_fates import rule_of as rule_of
from actions.pasting import list_for_pasting
from actions.pieces import PIECE
from actions.private_copies import post_privately
from actions.sending import Spread as Spread
from actions.sending import go_on
from domain.announcing import State
from domain.recurrence import next_after
from storage import announcements
from storage.announcement_tables import Announcement, Occurrence

# Times of one announcement that one tick catches up with after a long downtime.
CATCH_UP: Final = 64
_OPEN: Final = [state.value for state in State if state.is_open]

# Chats of neighbourhoods, private copies, people by their tags, groups that no bot can join.
SPREADS: Final[tuple[Spread, ...]] = (
    post_in_chats,
    post_privately,
    send_to_groups,
    list_for_pasting,
)


def send_due(db: Connection, now: datetime) -> None:
    """A tick: plan and send what is due of every announcement, one piece of all of them together:
    where more is left the writer says so (`more` of storage/writer.py), and the next look follows
    at once."""
    most = PIECE
    for key in announcements.list_due(db, now):
        if most <= 0:
            break
        announcement = announcements.lock_free(db, key)
        if announcement is not None:
            most -= _send_due_of(db, announcement, now, most)
    if most <= 0:
        db.info["more"] = True


def send_due_of(db: Connection, announcement_id: int, now: datetime) -> None:
    """The same of one announcement, for whoever has something to do with it."""
    announcement = announcements.lock(db, announcement_id)
    if _send_due_of(db, announcement, now, PIECE) >= PIECE:
        db.info["more"] = True


def _send_due_of(db: Connection, announcement: Announcement, now: datetime, most: int) -> int:
    """How many copies were put; something may be left where they are as many as allowed."""
    put = _send_begun(db, announcement, now, most)
    lost: list[tuple[Occurrence, str]] = []
    for _ in range(CATCH_UP):
        occurrence = announcements.find_due(db, announcement.id)
        if occurrence is None or occurrence.send_at > now or put >= most:
            break
        fate = fate_of(db, announcement, occurrence, now)
        if fate is None or not _settle(db, occurrence, fate, now):
            break
        # Before it is sent: whoever hears of the sending finds what comes next.
        plan_next(db, announcement, occurrence.due_at)
        if fate == SENDING:
            put += _send_begun(db, announcement, now, most - put)
        if fate.is_told and fate.reason:
            lost.append((occurrence, fate.reason))
    tell_lost(db, announcement, lost, now)
    return put


def plan_next(db: Connection, announcement: Announcement, after: datetime) -> None:
    """Plan the first time later than `after` that has no row yet; without one it ends."""
    if announcements.find_due(db, announcement.id) is not None:
        return
    rule = rule_of(announcement)
    at = next_after(rule, after) if rule else None
    while at is not None and rule is not None:
        if announcements.plan(db, announcement.id, at, _send_at(announcement, at)):
            return
        at = next_after(rule, at)
    announcements.move(db, announcement.id, _OPEN, State.ENDED.value)


def plan_now(db: Connection, announcement: Announcement, now: datetime) -> None:
    """Plan one time of it at this moment: it has no rule."""
    announcements.plan(db, announcement.id, now, _send_at(announcement, now))


def _send_at(announcement: Announcement, due_at: datetime) -> datetime:
    return max(due_at, announcement.undo_until or due_at)


def _settle(db: Connection, occurrence: Occurrence, fate: Fate, now: datetime) -> bool:
    sent_at = now if fate == SENDING else None
    return announcements.settle(
        db, occurrence.id, fate.state.value, reason=fate.reason, sent_at=sent_at
    )


def _send_begun(db: Connection, announcement: Announcement, now: datetime, most: int) -> int:
    """Go on with the times of it that were begun."""
    put = 0
    for occurrence in announcements.list_sending(db, announcement.id):
        if put < most:
            put += go_on(db, announcement, occurrence, now, most - put, SPREADS)
    return put
