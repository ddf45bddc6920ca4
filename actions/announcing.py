"""Announcements of leaders, officers and the ward: planned and changed here, and the one door to
all else that is done to them. What is due is sent by actions/occurrences.py.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from sqlalchemy.engine import Connection

from actions.announcement_acts import pause as pause
from actions.announcement_acts import resume as resume
from actions.announcement_acts import skip_next as skip_next
from actions.announcement_acts import stop as stop
from actions.announcement_acts import take_back as take_back
from actions.announcement_face import face_of
from actions.announcement_lists import Coming as Coming
from actions.announcement_lists import list_announcements as list_announcements
from actions.announcement_lists import list_week as list_week
from actions.announcement_lists import next_times as next_times
from actions.announcement_news import tell_deed
from actions.announcement_open import caught_up, first_state, get_open, settle_waiting
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
from actions.announcement_seconds import ask_seconds
from actions.announcement_seconds import refuse as refuse
from actions.audiences import reason_of
from actions.codes import unused_code
from actions.occurrences import plan_next, plan_now, send_due_of
from actions.releasing import give_up_taken_off
from actions.sending import break_off
from domain.announcing import State
from domain.notices import Notice
from storage import announcements
from storage.announcement_tables import Announcement
from storage.tables import Person

_CHANGED: Final = "announcement.reason.changed"


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
    waits = first_state(db, planned, author.id, bot) is State.WAITING
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
    return face_of(db, row, planned.neighbourhoods, now, reason_of(planned.tags))


def change(
    db: Connection, announcement_id: int, person: Person, planned: Planned, now: datetime
) -> Announcement:
    """Replace all of what it says and when (its code stays); what is due already goes out first,
    as it was, as far as it comes: the rest of it is broken off, and what is held where it does
    not go any more is given up. Whoever changes it speaks from now on. What a second person
    agreed to needs an agreement again. Raises Refused."""
    former = get_open(db, announcement_id, person)
    role = require_sound(db, person, planned, now)
    # The rest must not follow in other words, to other places, or with nobody's agreement.
    break_off(db, former, _CHANGED, now)
    former = caught_up(db, announcement_id, person, now)
    break_off(db, former, _CHANGED, now)
    before = planned_of(db, former)
    values: dict[str, Any] = columns_of(planned)
    values |= {"ward_code": planned.ward_code, "author_id": person.id, "author_role": role.value}
    if not says_the_same(before, planned) or person.id != former.author_id:
        state = first_state(db, planned, person.id, former.bot)
        values |= {"approved_by": None, "approved_at": None, "undo_until": None}
        if former.state != State.PAUSED.value:
            values["state"] = state.value
    settle_waiting(db, former, "changed", now)
    announcements.set_columns(db, announcement_id, **values)
    announcements.set_targets(db, announcement_id, targets_of(planned))
    announcements.add_change(db, announcement_id, "changed", person.id, now, history_of(before))
    announcement = announcements.get(db, announcement_id)
    if before.rule != planned.rule:
        announcements.unplan(db, announcement_id)
        _plan(db, announcement, now)
    give_up_taken_off(db, announcement, bool(before.tags), now)
    if announcement.state == State.WAITING.value:
        ask_seconds(db, announcement, now)
    tell_deed(db, former, "changed", person.id, now)
    send_due_of(db, announcement_id, now)
    return announcements.get(db, announcement_id)


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


def _plan(db: Connection, announcement: Announcement, now: datetime) -> None:
    if announcement.rule is None:
        plan_now(db, announcement, now)
    else:
        plan_next(db, announcement, now)
