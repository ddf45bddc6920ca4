"""Who may open the board of an announcement, and who may know which households have not read it:
looked at as they stand now, since somebody may speak for a neighbourhood no more.
"""

from sqlalchemy.engine import Connection

from actions.announcement_face import neighbourhoods_of
from actions.announcement_lists import may_change
from actions.standings import standings_of
from domain.access import announcing_role
from domain.roles import Role
from storage.announcement_tables import Announcement
from storage.tables import Person


def may_see(db: Connection, announcement: Announcement, person: Person) -> bool:
    """Its author, as long as they speak there in some role, and whoever may change it."""
    if may_change(db, announcement, person):
        return True
    places = neighbourhoods_of(db, announcement)
    standings = standings_of(db, person.id)
    role = announcing_role(standings, announcement.ward_code, places)
    return announcement.author_id == person.id and role is not None


def may_chase(db: Connection, announcement: Announcement, person: Person) -> bool:
    """Its author and the leaders of where it went (actions/confirmations.py asks again)."""
    places = neighbourhoods_of(db, announcement)
    leads = any(
        each.role is Role.LEADER and each.neighbourhood_id in places
        for each in standings_of(db, person.id)
    )
    return leads or (announcement.author_id == person.id and may_see(db, announcement, person))
