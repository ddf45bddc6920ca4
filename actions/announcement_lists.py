"""The announcements that somebody may change, and when each of them goes out next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Final

from sqlalchemy.engine import Connection

from actions.announcement_face import neighbourhoods_of
from actions.occurrences import rule_of
from actions.standings import standings_of
from domain.access import EVERY_WARD, announcing_role
from domain.announcing import OccurrenceState, State
from domain.recurrence import list_next
from domain.roles import Role
from storage import announcements, wards
from storage.announcement_tables import Announcement
from storage.tables import Person

WEEK: Final = timedelta(days=7)
_OPEN: Final = [state.value for state in State if state.is_open]


@dataclass(frozen=True, slots=True)
class Coming:
    """One time at which an announcement goes out, or would if it were not paused or waiting
    (`announcement.state`); `due_at` is aware and UTC."""

    due_at: datetime
    announcement: Announcement


def list_announcements(db: Connection, person: Person, now: datetime) -> list[Announcement]:
    """The open ones that this person may change, the newest first."""
    standings = standings_of(db, person.id)
    codes = {each.ward_code for each in standings}
    if EVERY_WARD in codes:
        codes = {ward.code for ward in wards.list_wards(db)}
    found = announcements.list_in_states(db, sorted(codes), _OPEN)
    return [each for each in found if may_change(db, each, person)]


def list_week(db: Connection, person: Person, now: datetime) -> list[Coming]:
    """What goes out within seven days of those, by time; what waits for a second person too."""
    found = [
        Coming(at, announcement)
        for announcement in list_announcements(db, person, now)
        for at in next_times(db, announcement, now, count=WEEK.days + 1)
        if at <= now + WEEK
    ]
    return sorted(found, key=lambda coming: coming.due_at)


def next_times(
    db: Connection, announcement: Announcement, now: datetime, count: int = 5
) -> list[datetime]:
    """When it goes out next, without what was skipped; a time that is due already is the first
    of them."""
    return list(islice(_times(db, announcement, now, count), count))


def may_change(db: Connection, announcement: Announcement, person: Person) -> bool:
    """Whoever could announce it; but a leader nothing that the police or the ward says."""
    standings = standings_of(db, person.id)
    places = neighbourhoods_of(db, announcement)
    role = announcing_role(standings, announcement.ward_code, places)
    if role is Role.LEADER and announcement.author_role != Role.LEADER.value:
        return False
    return role is not None


def _times(
    db: Connection, announcement: Announcement, now: datetime, count: int
) -> Iterator[datetime]:
    known = {each.due_at: each for each in announcements.list_occurrences(db, announcement.id)}
    for at, occurrence in known.items():
        if occurrence.state == OccurrenceState.DUE.value:
            yield at
    rule = rule_of(announcement)
    if rule is not None and State(announcement.state).is_open:
        following = list_next(rule, now, count + len(known))
        yield from (at for at in following if at not in known)
