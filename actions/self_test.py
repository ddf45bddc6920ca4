"""The stage of the self-test: a ward with one officer and one duty chat, in which nobody real can
hear anything. Whoever reports there is met like any newcomer.
"""

from datetime import datetime

from sqlalchemy.engine import Connection

from actions.backup_news import tell_administrators
from actions.standings import grant
from domain.notices import Text
from domain.roles import Purpose, Role
from domain.self_test import DESK_CHAT, OFFICER_CHAT, SELF_BOT, SELF_WARD, Progress
from domain.wall_clock import day_of
from storage import rooms, self_test, wards
from storage.addresses import add_address, add_person
from storage.tables import Room


def set_stage(db: Connection, now: datetime) -> None:
    """Anew, whatever an earlier one left."""
    self_test.clear(db)
    wards.add_ward(db, SELF_WARD, SELF_WARD)
    officer = add_person(db, SELF_BOT, "vi", now)
    add_address(db, SELF_BOT, OFFICER_CHAT, now, person_id=officer.id)
    grant(db, officer.id, Role.OFFICER, SELF_WARD, None, None, now)
    desk = add_address(db, SELF_BOT, DESK_CHAT, now, title=SELF_BOT)
    bound = Room(address_id=desk.id, purpose=Purpose.DUTY.value, ward_code=SELF_WARD, bound_at=now)
    rooms.add_room(db, bound)


def progress_of(db: Connection) -> Progress:
    """How far the report has come."""
    return self_test.progress_of(db)


def clear_stage(db: Connection) -> None:
    """Delete all of it."""
    self_test.clear(db)


def clear_remains(db: Connection) -> bool:
    """Delete what one left that was broken off; whether there was anything."""
    if not self_test.exists(db):
        return False
    self_test.clear(db)
    return True


def tell_failure(db: Connection, fault: str, now: datetime) -> int:
    """Tell the administrators of the wards, once a day; how many they are."""
    text = Text("self_test.news.failed", {"why": Text(f"self_test.fault.{fault}")})
    return tell_administrators(db, text, f"self_test:{day_of(now)}", now)
