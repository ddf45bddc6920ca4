"""Whether an announcement's author may say it at this moment: asked again whenever something of it
is about to leave, because a role may have ended since it was planned.
"""

from datetime import datetime

from sqlalchemy.engine import Connection

from actions.announcement_face import neighbourhoods_of
from actions.announcement_news import tell_of_lost_role
from actions.standings import standings_of
from domain.access import announcing_role
from domain.announcing import OccurrenceState, State
from storage import announcements, held_posts, posts
from storage.announcement_tables import Announcement

ROLE_LOST = "announcement.reason.role_lost"
_OPEN = [state.value for state in State if state.is_open]


def still_speaks(db: Connection, announcement: Announcement, now: datetime) -> bool:
    """Whether its author may say it now, in whichever role; where not, it ends, nothing that was
    held leaves, and the ward is told. What is posted names the role that holds now."""
    places = neighbourhoods_of(db, announcement)
    standings = standings_of(db, announcement.author_id)
    role = announcing_role(standings, announcement.ward_code, places)
    if role is None:
        _end(db, announcement, now)
        return False
    if role.value != announcement.author_role:
        announcements.set_columns(db, announcement.id, author_role=role.value)
        announcement.author_role = role.value
    return True


def give_up_held(
    db: Connection, announcement_id: int, state: OccurrenceState, reason: str
) -> None:
    """What is held of it does not leave any more. `state` and `reason` are those of the times of
    which no copy left at all."""
    given_up = held_posts.give_up_of(db, announcement_id)
    if any(tag for _, tag in announcements.list_aims(db, announcement_id)):
        # Of people in groups it would say that there are some.
        return
    for key in {each.occurrence_id for each in given_up if each.occurrence_id is not None}:
        if not posts.leaves_somewhere(db, key):
            announcements.set_occurrence(db, key, state=state.value, reason=reason, sent_at=None)


def _end(db: Connection, announcement: Announcement, now: datetime) -> None:
    announcements.move(db, announcement.id, _OPEN, State.ENDED.value)
    announcements.add_change(db, announcement.id, "role_lost", None, now)
    give_up_held(db, announcement.id, OccurrenceState.REFUSED, ROLE_LOST)
    due = announcements.find_due(db, announcement.id)
    if due is not None:
        refused = OccurrenceState.REFUSED.value
        announcements.settle(db, due.id, refused, reason=ROLE_LOST, told_at=now)
    tell_of_lost_role(db, announcement, now)
