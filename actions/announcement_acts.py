"""What is done to an announcement after it was planned: one time left out, paused, gone on with,
stopped, taken back. Every act says who did it, and its author hears.
"""

from datetime import datetime
from typing import Final

from sqlalchemy.engine import Connection

from actions.announcement_authority import give_up_held
from actions.announcement_news import tell_deed
from actions.announcement_open import caught_up, first_state, get_open, settle_waiting
from actions.announcement_plans import planned_of
from actions.announcement_seconds import ask_seconds
from actions.occurrences import plan_next, rule_of
from actions.sending import break_off
from domain.announcing import OccurrenceState, State
from domain.errors import Refused
from domain.patterns import Once
from storage import announcements
from storage.announcement_tables import Announcement
from storage.tables import Person

_OPEN: Final = [state.value for state in State if state.is_open]


def skip_next(db: Connection, announcement_id: int, person: Person, now: datetime) -> datetime:
    """Leave out the next time; which one (aware, UTC). Raises Refused."""
    announcement = caught_up(db, announcement_id, person, now)
    due = announcements.find_due(db, announcement_id)
    if due is None:
        raise Refused("announcement.refused.nothing_comes")
    skipped, reason = OccurrenceState.SKIPPED.value, "announcement.reason.skipped"
    announcements.settle(db, due.id, skipped, reason=reason)
    plan_next(db, announcement, due.due_at)
    detail = {"due_at": due.due_at.isoformat()}
    announcements.add_change(db, announcement_id, "skipped", person.id, now, detail)
    tell_deed(db, announcement, "skipped", person.id, now)
    return due.due_at


def pause(db: Connection, announcement_id: int, person: Person, now: datetime) -> None:
    """Nothing goes out until `resume`, nor what is held. Raises Refused."""
    announcement = get_open(db, announcement_id, person)
    froms = [State.WAITING.value, State.PLANNED.value]
    if not announcements.move(db, announcement_id, froms, State.PAUSED.value):
        raise Refused("announcement.refused.paused")
    break_off(db, announcement, "announcement.reason.paused", now)
    settle_waiting(db, announcement, "paused", now)
    announcements.add_change(db, announcement_id, "paused", person.id, now)
    tell_deed(db, announcement, "paused", person.id, now)


def resume(db: Connection, announcement_id: int, person: Person, now: datetime) -> datetime | None:
    """Go on; when the next one comes (aware, UTC). What came while it was paused is left out.
    Raises Refused."""
    announcement = caught_up(db, announcement_id, person, now)
    if announcement.state != State.PAUSED.value:
        raise Refused("announcement.refused.not_paused")
    state = State.PLANNED
    if announcement.approved_by is None:
        author, planned = announcement.author_id, planned_of(db, announcement)
        state = first_state(db, planned, author, announcement.bot)
    announcements.move(db, announcement_id, [State.PAUSED.value], state.value)
    announcements.add_change(db, announcement_id, "resumed", person.id, now)
    tell_deed(db, announcement, "resumed", person.id, now)
    if state is State.WAITING:
        ask_seconds(db, announcement, now)
    due = announcements.find_due(db, announcement_id)
    return due.due_at if due else None


def stop(db: Connection, announcement_id: int, person: Person, now: datetime) -> None:
    """End it for good; what is held or not put yet does not leave either. Raises Refused."""
    announcement = get_open(db, announcement_id, person, also_held=True)
    _end(db, announcement, State.ENDED, "stopped", now)
    announcements.add_change(db, announcement_id, "stopped", person.id, now)
    tell_deed(db, announcement, "stopped", person.id, now)


def take_back(db: Connection, announcement_id: int, person: Person, now: datetime) -> None:
    """Within UNDO_FOR of the agreement, or before it: nothing was sent. Raises Refused."""
    announcement = get_open(db, announcement_id, person)
    undo_until = announcement.undo_until
    agreed = announcement.state != State.WAITING.value
    if agreed and (undo_until is None or undo_until <= now):
        rule = rule_of(announcement)
        once = rule is None or isinstance(rule.pattern, Once)
        raise Refused(f"announcement.refused.{'sent_once' if once else 'sent'}")
    _end(db, announcement, State.TAKEN_BACK, "taken_back", now)
    announcements.add_change(db, announcement_id, "taken_back", person.id, now)
    tell_deed(db, announcement, "taken_back", person.id, now)


def _end(
    db: Connection, announcement: Announcement, state: State, how: str, now: datetime
) -> None:
    reason, skipped = f"announcement.reason.{how}", OccurrenceState.SKIPPED
    due = announcements.find_due(db, announcement.id)
    if due is not None:
        announcements.settle(db, due.id, skipped.value, reason=reason)
    break_off(db, announcement, reason, now)
    give_up_held(db, announcement.id, skipped, reason)
    settle_waiting(db, announcement, how, now)
    announcements.move(db, announcement.id, _OPEN, state.value)
