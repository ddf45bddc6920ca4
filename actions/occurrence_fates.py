"""What becomes of a time of an announcement that has come: it is sent, waits, or is lost for a
reason that its author hears.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from sqlalchemy.engine import Connection

from actions.announcement_authority import ROLE_LOST, still_speaks
from actions.warned_about import still_warns
from domain.announcing import WAITS_FOR, OccurrenceState, State
from domain.recurrence import Rule, next_after
from storage import announcements
from storage.announcement_tables import Announcement, Occurrence

# A time that was begun is finished, unless the program stood still for longer than this.
FINISHED_WITHIN: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of a time that has come; `reason` for its author, unless it is sent."""

    state: OccurrenceState
    reason: str | None = None
    is_told: bool = False


_CORRECTED: Final = "announcement.reason.corrected"
# What ends an announcement before its time, by what its history says, and the reason.
_ENDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "stopped": "announcement.reason.stopped",
        "role_lost": ROLE_LOST,
        "corrected": _CORRECTED,
        "cancelled": _CORRECTED,
        "cleared": _CORRECTED,
    }
)
SENDING: Final = Fate(OccurrenceState.SENDING)
_COMING: Final = frozenset({State.WAITING, State.PLANNED})
_PAUSED: Final = Fate(OccurrenceState.SKIPPED, "announcement.reason.paused")


def rule_of(announcement: Announcement) -> Rule | None:
    """When it repeats; None for what is said once, at once."""
    return Rule.from_json(announcement.rule) if announcement.rule is not None else None


def lost(why: str) -> Fate:
    """It is not sent; `why` ends the key of the reason."""
    return Fate(OccurrenceState.DROPPED, f"announcement.reason.{why}", is_told=True)


def fate_of(
    db: Connection, announcement: Announcement, occurrence: Occurrence, now: datetime
) -> Fate | None:
    """None where it waits for the second person."""
    rule = rule_of(announcement)
    if State(announcement.state) in _COMING and not still_warns(db, announcement):
        return lost("incident")
    following = next_after(rule, occurrence.due_at) if rule else None
    match State(announcement.state):
        case State.WAITING:
            wait = WAITS_FOR if rule is None else timedelta(seconds=announcement.late_for)
            return lost("not_agreed") if now > occurrence.send_at + wait else None
        case State.PAUSED:
            # Somebody wanted it so; but what never comes again is not lost without a word.
            return _PAUSED if following is not None else lost("paused")
        case State.PLANNED:
            if late := _too_late(announcement, occurrence, following, now):
                return late
            if not still_speaks(db, announcement, now):
                return None
            return SENDING
        case _:
            return Fate(OccurrenceState.SKIPPED, "announcement.reason.stopped")


def why_no_more(
    db: Connection, announcement: Announcement, occurrence: Occurrence, now: datetime
) -> str | None:
    """Why the rest of what was begun is not sent; None where it goes on."""
    begun_at = occurrence.sent_at or occurrence.send_at
    match State(announcement.state):
        case State.WAITING:
            return "announcement.reason.not_agreed"
        case State.PAUSED:
            return "announcement.reason.paused"
        case State.TAKEN_BACK:
            return "announcement.reason.taken_back"
        case State.ENDED:
            if reason := _who_ended(db, announcement, begun_at):
                return reason
    rule = rule_of(announcement)
    following = next_after(rule, occurrence.due_at) if rule else None
    late = _too_late(announcement, occurrence, following, now)
    if late and (_is_over(announcement, now) or now > begun_at + FINISHED_WITHIN):
        return late.reason
    return None if still_speaks(db, announcement, now) else ROLE_LOST


def _who_ended(db: Connection, announcement: Announcement, begun_at: datetime) -> str | None:
    """Why it was ended since then. What has no further time is ended as soon as its last one
    begins: that is no reason."""
    ended = announcements.newest_change(db, announcement.id, list(_ENDS))
    return _ENDS[ended.what] if ended is not None and ended.at >= begun_at else None


def _too_late(
    announcement: Announcement, occurrence: Occurrence, following: datetime | None, now: datetime
) -> Fate | None:
    if _is_over(announcement, now):
        return lost("expired")
    if now > occurrence.send_at + timedelta(seconds=announcement.late_for):
        return lost("late")
    if following is not None and following <= now:
        return lost("superseded")
    return None


def _is_over(announcement: Announcement, now: datetime) -> bool:
    return announcement.expires_at is not None and announcement.expires_at <= now
