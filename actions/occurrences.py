"""The times of announcements: each is one row, planned, then sent once, or late, or dropped with
word to its author. The author's role is looked at again at that moment.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.engine import Connection

from actions.announcement_authority import still_speaks
from actions.announcement_face import neighbourhoods_of
from actions.announcement_news import tell_held, tell_lost, tell_not_everywhere
from actions.neighbours import post_in_chats
from domain.announcing import WAITS_FOR, OccurrenceState, State
from domain.recurrence import Rule, next_after
from storage import announcements, posts
from storage.announcement_tables import Announcement, Occurrence

# Times of one announcement that one tick catches up with after a long downtime.
CATCH_UP: Final = 64
_OPEN: Final = [state.value for state in State if state.is_open]

Spread = Callable[[Connection, Announcement, Occurrence, datetime], object]
"""Brings one occurrence to others than the chats of its neighbourhoods, each with a row in `post`
of its own (actions.broadcasting.post)."""

# Private copies, people by their tags, groups that no bot can join.
SPREADS: Final[tuple[Spread, ...]] = ()


@dataclass(frozen=True, slots=True)
class _Fate:
    """What becomes of a time that has come; `reason` for its author, unless it is sent."""

    state: OccurrenceState
    reason: str | None = None
    is_told: bool = False


_SENT: Final = _Fate(OccurrenceState.SENT)
_PAUSED: Final = _Fate(OccurrenceState.SKIPPED, "announcement.reason.paused")


def send_due(db: Connection, now: datetime) -> None:
    """A tick: plan and send what is due of every announcement."""
    for key in announcements.list_due(db, now):
        send_due_of(db, key, now)


def send_due_of(db: Connection, announcement_id: int, now: datetime) -> None:
    """The same of one announcement."""
    announcement = announcements.lock(db, announcement_id)
    lost: list[tuple[Occurrence, str]] = []
    for _ in range(CATCH_UP):
        occurrence = announcements.find_due(db, announcement_id)
        if occurrence is None or occurrence.send_at > now:
            break
        fate = _fate(db, announcement, occurrence, now)
        if fate is None or not _settle(db, occurrence, fate, now):
            break
        # Before it is sent: whoever hears of the sending finds what comes next.
        plan_next(db, announcement, occurrence.due_at)
        if fate.state is OccurrenceState.SENT:
            fate = _spread(db, announcement, occurrence, now)
        if fate.is_told and fate.reason:
            lost.append((occurrence, fate.reason))
    tell_lost(db, announcement, lost, now)


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


def rule_of(announcement: Announcement) -> Rule | None:
    """When it repeats; None for what is said once, at once."""
    return Rule.from_json(announcement.rule) if announcement.rule is not None else None


def _send_at(announcement: Announcement, due_at: datetime) -> datetime:
    return max(due_at, announcement.undo_until or due_at)


def _fate(
    db: Connection, announcement: Announcement, occurrence: Occurrence, now: datetime
) -> _Fate | None:
    """None where it waits for the second person."""
    rule = rule_of(announcement)
    following = next_after(rule, occurrence.due_at) if rule else None
    match State(announcement.state):
        case State.WAITING:
            wait = WAITS_FOR if rule is None else timedelta(seconds=announcement.late_for)
            return _lost("not_agreed") if now > occurrence.send_at + wait else None
        case State.PAUSED:
            # Somebody wanted it so; but what never comes again is not lost without a word.
            return _PAUSED if following is not None else _lost("paused")
        case State.PLANNED:
            if late := _too_late(announcement, occurrence, following, now):
                return late
            if not still_speaks(db, announcement, now):
                return None
            return _SENT
        case _:
            return _Fate(OccurrenceState.SKIPPED, "announcement.reason.stopped")


def _too_late(
    announcement: Announcement, occurrence: Occurrence, following: datetime | None, now: datetime
) -> _Fate | None:
    if announcement.expires_at is not None and announcement.expires_at <= now:
        return _lost("expired")
    if now > occurrence.send_at + timedelta(seconds=announcement.late_for):
        return _lost("late")
    if following is not None and following <= now:
        return _lost("superseded")
    return None


def _lost(why: str) -> _Fate:
    return _Fate(OccurrenceState.DROPPED, f"announcement.reason.{why}", is_told=True)


def _settle(db: Connection, occurrence: Occurrence, fate: _Fate, now: datetime) -> bool:
    sent_at = now if fate.state is OccurrenceState.SENT else None
    return announcements.settle(
        db, occurrence.id, fate.state.value, reason=fate.reason, sent_at=sent_at
    )


def _spread(
    db: Connection, announcement: Announcement, occurrence: Occurrence, now: datetime
) -> _Fate:
    """Post it everywhere; what became of it, since it may lead nowhere."""
    silent = post_in_chats(db, announcement, occurrence, now)
    for spread in SPREADS:
        spread(db, announcement, occurrence, now)
    copies = posts.list_posts(db, occurrence.id)
    if not copies:
        fate = _lost("silent" if silent else "no_chat")
        announcements.set_occurrence(
            db, occurrence.id, state=fate.state.value, reason=fate.reason, sent_at=None
        )
        return fate
    tell_held(db, announcement, copies, now)
    reached = {*silent, *(each.neighbourhood_id for each in copies)}
    missed = tuple(p for p in neighbourhoods_of(db, announcement) if p not in reached)
    for places, why in ((missed, "no_chat"), (silent, "silent")):
        if places:
            tell_not_everywhere(db, announcement, places, f"announcement.reason.{why}", now)
    return _SENT
