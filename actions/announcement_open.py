"""An announcement that goes on, for somebody who may change it, with everything settled that was
due before; and in which state one begins.
"""

from datetime import datetime

from sqlalchemy.engine import Connection

from actions.announcement_lists import may_change
from actions.announcement_plans import Planned, asks_second_person
from actions.announcement_seconds import require_second, settle_questions
from actions.occurrences import send_due_of
from domain.announcing import State
from domain.errors import Refused
from domain.notices import Text
from storage import announcements, held_posts
from storage.announcement_tables import Announcement
from storage.tables import Person


def first_state(db: Connection, planned: Planned, author_id: int, bot: str) -> State:
    """In which state it begins. Raises Refused where a second person must agree and there is
    none."""
    if not asks_second_person(db, planned):
        return State.PLANNED
    require_second(db, planned.ward_code, author_id, bot, names_person=planned.names_person)
    return State.WAITING


def get_open(
    db: Connection, announcement_id: int, person: Person, *, also_held: bool = False
) -> Announcement:
    """The announcement, which nobody else changes or sends meanwhile. Raises Refused."""
    if announcements.find(db, announcement_id) is None:
        raise Refused("announcement.refused.unknown")
    announcement = announcements.lock(db, announcement_id)
    if not may_change(db, announcement, person):
        raise Refused("access.may_not_announce")
    is_sending = bool(announcements.list_sending(db, announcement_id))
    leaves = also_held and (is_sending or held_posts.has_held(db, announcement_id))
    if not (State(announcement.state).is_open or leaves):
        raise Refused(f"announcement.refused.{'sending' if is_sending else 'over'}")
    return announcement


def caught_up(db: Connection, announcement_id: int, person: Person, now: datetime) -> Announcement:
    """The same, once everything that was due already is settled, or is being sent. Raises
    Refused."""
    get_open(db, announcement_id, person)
    send_due_of(db, announcement_id, now)
    return get_open(db, announcement_id, person)


def settle_waiting(db: Connection, announcement: Announcement, how: str, now: datetime) -> None:
    """Put what became of it in the place of the questions to second persons, if any wait."""
    if announcement.state == State.WAITING.value:
        settle_questions(db, announcement, Text(f"announcement.second.{how}"), now)
