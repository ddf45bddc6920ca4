"""Announcements of leaders, officers and the ward: planned, changed, paused, skipped, stopped.
What is due is sent by actions/occurrences.py; every act says who did it, and its author hears.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from sqlalchemy.engine import Connection

from actions.announcement_authority import give_up_held
from actions.announcement_face import face_of, notice_of
from actions.announcement_lists import Coming as Coming
from actions.announcement_lists import list_announcements as list_announcements
from actions.announcement_lists import list_week as list_week
from actions.announcement_lists import may_change
from actions.announcement_lists import next_times as next_times
from actions.announcement_news import tell_deed
from actions.announcement_plans import Planned as Planned
from actions.announcement_plans import asks_second_person as asks_second_person
from actions.announcement_plans import (
    columns_of,
    history_of,
    require_sound,
    says_the_same,
    targets_of,
)
from actions.announcement_plans import planned_of as planned_of
from actions.announcement_seconds import approve as approve
from actions.announcement_seconds import ask_seconds, require_second, settle_questions
from actions.announcement_seconds import refuse as refuse
from actions.broadcasting import reword_held
from actions.codes import unused_code
from actions.occurrences import plan_next, plan_now, send_due_of
from domain.announcing import OccurrenceState, State
from domain.errors import Refused
from domain.notices import Notice, Text
from storage import announcements, posts
from storage.announcement_tables import Announcement
from storage.tables import Person

_OPEN: Final = [state.value for state in State if state.is_open]


def schedule_announcement(
    db: Connection,
    author: Person,
    planned: Planned,
    draft_id: int | None,
    bot: str,
    now: datetime,
    random_below: Callable[[int], int],
    *,
    code: str | None = None,
) -> Announcement:
    """Plan it; what is for now and needs nobody else goes out at once. A second call with the
    same draft changes nothing and returns the first. `code` is the one that the preview showed
    (actions.codes.unused_code). Raises Refused."""
    filed = None if draft_id is None else announcements.find_filed(db, draft_id)
    if filed is not None:
        return filed
    if code is None or announcements.find_by_code(db, code):
        code = unused_code(db, random_below)
    row = _row(db, author, planned, code, bot, now)
    row.filed = None if draft_id is None else announcements.draft_mark(db, draft_id)
    waits = _state(db, planned, author.id, bot) is State.WAITING
    row.state = (State.WAITING if waits else State.PLANNED).value
    announcement = announcements.add_announcement(db, row)
    announcements.set_targets(db, announcement.id, targets_of(planned))
    announcements.add_change(db, announcement.id, "planned", author.id, now)
    _plan(db, announcement, now)
    if waits:
        ask_seconds(db, announcement, now)
    send_due_of(db, announcement.id, now)
    return announcements.get(db, announcement.id)


def preview_of(
    db: Connection, author: Person, planned: Planned, code: str, bot: str, now: datetime
) -> Notice:
    """Exactly what will be posted (send it as actions.announcement_face.messages_of says).
    Raises Refused as `schedule_announcement` does."""
    row = _row(db, author, planned, code, bot, now)
    return face_of(db, row, planned.neighbourhoods, now)


def change(
    db: Connection, announcement_id: int, person: Person, planned: Planned, now: datetime
) -> Announcement:
    """Replace all of what it says and when (its code stays); what is due already goes out
    first, as it was. Whoever changes it speaks from now on. What a second person agreed to
    needs an agreement again. Raises Refused."""
    _get_open(db, announcement_id, person)
    role = require_sound(db, person, planned, now)
    former = _caught_up(db, announcement_id, person, now)
    before = planned_of(db, former)
    values: dict[str, Any] = columns_of(planned)
    values |= {"ward_code": planned.ward_code, "author_id": person.id, "author_role": role.value}
    if not says_the_same(before, planned) or person.id != former.author_id:
        state = _state(db, planned, person.id, former.bot)
        values |= {"approved_by": None, "approved_at": None, "undo_until": None}
        if former.state != State.PAUSED.value:
            values["state"] = state.value
    _settle_questions(db, former, "changed", now)
    announcements.set_columns(db, announcement_id, **values)
    announcements.set_targets(db, announcement_id, targets_of(planned))
    announcements.add_change(db, announcement_id, "changed", person.id, now, history_of(before))
    announcement = announcements.get(db, announcement_id)
    if before.rule != planned.rule:
        announcements.unplan(db, announcement_id)
        _plan(db, announcement, now)
    reword_held(db, announcement, notice_of(db, announcement, now), now)
    if announcement.state == State.WAITING.value:
        ask_seconds(db, announcement, now)
    tell_deed(db, former, "changed", person.id, now)
    send_due_of(db, announcement_id, now)
    return announcements.get(db, announcement_id)


def skip_next(db: Connection, announcement_id: int, person: Person, now: datetime) -> datetime:
    """Leave out the next time; which one (aware, UTC). Raises Refused."""
    announcement = _caught_up(db, announcement_id, person, now)
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
    announcement = _get_open(db, announcement_id, person)
    froms = [State.WAITING.value, State.PLANNED.value]
    if not announcements.move(db, announcement_id, froms, State.PAUSED.value):
        raise Refused("announcement.refused.paused")
    _settle_questions(db, announcement, "paused", now)
    announcements.add_change(db, announcement_id, "paused", person.id, now)
    tell_deed(db, announcement, "paused", person.id, now)


def resume(db: Connection, announcement_id: int, person: Person, now: datetime) -> datetime | None:
    """Go on; when the next one comes (aware, UTC). What came while it was paused is left out.
    Raises Refused."""
    announcement = _caught_up(db, announcement_id, person, now)
    if announcement.state != State.PAUSED.value:
        raise Refused("announcement.refused.not_paused")
    state = State.PLANNED
    if announcement.approved_by is None:
        author, planned = announcement.author_id, planned_of(db, announcement)
        state = _state(db, planned, author, announcement.bot)
    announcements.move(db, announcement_id, [State.PAUSED.value], state.value)
    announcements.add_change(db, announcement_id, "resumed", person.id, now)
    tell_deed(db, announcement, "resumed", person.id, now)
    if state is State.WAITING:
        ask_seconds(db, announcement, now)
    due = announcements.find_due(db, announcement_id)
    return due.due_at if due else None


def stop(db: Connection, announcement_id: int, person: Person, now: datetime) -> None:
    """End it for good; what is held does not leave either. Raises Refused."""
    announcement = _get_open(db, announcement_id, person, also_held=True)
    _end(db, announcement, State.ENDED, "stopped", now)
    announcements.add_change(db, announcement_id, "stopped", person.id, now)
    tell_deed(db, announcement, "stopped", person.id, now)


def take_back(db: Connection, announcement_id: int, person: Person, now: datetime) -> None:
    """Within UNDO_FOR of the agreement, or before it: nothing was sent. Raises Refused."""
    announcement = _get_open(db, announcement_id, person)
    undo_until = announcement.undo_until
    agreed = announcement.state != State.WAITING.value
    if agreed and (undo_until is None or undo_until <= now):
        raise Refused("announcement.refused.sent")
    _end(db, announcement, State.TAKEN_BACK, "taken_back", now)
    announcements.add_change(db, announcement_id, "taken_back", person.id, now)
    tell_deed(db, announcement, "taken_back", person.id, now)


def _row(
    db: Connection, author: Person, planned: Planned, code: str, bot: str, now: datetime
) -> Announcement:
    role = require_sound(db, author, planned, now)
    return Announcement(
        code=code,
        ward_code=planned.ward_code,
        author_id=author.id,
        author_role=role.value,
        bot=bot,
        created_at=now,
        **columns_of(planned),
    )


def _state(db: Connection, planned: Planned, author_id: int, bot: str) -> State:
    """In which state it begins. Raises Refused where a second person must agree and there is
    none."""
    if not asks_second_person(db, planned):
        return State.PLANNED
    require_second(db, planned.ward_code, author_id, bot, names_person=planned.names_person)
    return State.WAITING


def _plan(db: Connection, announcement: Announcement, now: datetime) -> None:
    if announcement.rule is None:
        plan_now(db, announcement, now)
    else:
        plan_next(db, announcement, now)


def _get_open(
    db: Connection, announcement_id: int, person: Person, *, also_held: bool = False
) -> Announcement:
    """The announcement, which nobody else changes or sends meanwhile. Raises Refused."""
    if announcements.find(db, announcement_id) is None:
        raise Refused("announcement.refused.unknown")
    announcement = announcements.lock(db, announcement_id)
    if not may_change(db, announcement, person):
        raise Refused("access.may_not_announce")
    held = also_held and posts.list_held_of(db, announcement_id)
    if not (State(announcement.state).is_open or held):
        raise Refused("announcement.refused.over")
    return announcement


def _caught_up(
    db: Connection, announcement_id: int, person: Person, now: datetime
) -> Announcement:
    """The same, once everything that was due already is settled. Raises Refused."""
    _get_open(db, announcement_id, person)
    send_due_of(db, announcement_id, now)
    return _get_open(db, announcement_id, person)


def _end(
    db: Connection, announcement: Announcement, state: State, how: str, now: datetime
) -> None:
    reason, skipped = f"announcement.reason.{how}", OccurrenceState.SKIPPED
    due = announcements.find_due(db, announcement.id)
    if due is not None:
        announcements.settle(db, due.id, skipped.value, reason=reason)
    give_up_held(db, announcement.id, skipped, reason)
    _settle_questions(db, announcement, how, now)
    announcements.move(db, announcement.id, _OPEN, state.value)


def _settle_questions(db: Connection, announcement: Announcement, how: str, now: datetime) -> None:
    if announcement.state == State.WAITING.value:
        settle_questions(db, announcement, Text(f"announcement.second.{how}"), now)
