"""A ward gives its neighbourhoods a rest from the weekly item of law, and goes on later."""

from datetime import datetime

from sqlalchemy.engine import Connection

from actions.law_approval import require_approver
from storage import law, posts, wards
from storage.tables import Person


def pause_law(db: Connection, person: Person, ward_code: str, now: datetime) -> None:
    """No neighbourhood of the ward gets one until `resume_law`; what is held does not leave
    either. Raises Refused."""
    require_approver(db, person, ward_code)
    around = _around(db, ward_code)
    for key in around:
        posts.set_rhythm(db, key, law_paused=True)
    for each in posts.list_held(db):
        if each.law_item is not None and each.neighbourhood_id in around:
            posts.give_up(db, each.outbox_id or 0)


def resume_law(db: Connection, person: Person, ward_code: str, now: datetime) -> None:
    """From its next week on each neighbourhood gets one again; what was left out does not come.
    Raises Refused."""
    require_approver(db, person, ward_code)
    for key in _around(db, ward_code):
        posts.set_rhythm(db, key, law_paused=False, law_next_at=None)


def is_law_paused(db: Connection, ward_code: str) -> bool:
    """Whether any neighbourhood of the ward rests."""
    return any(each.law_paused for each in law.list_rhythms(db, _around(db, ward_code)))


def _around(db: Connection, ward_code: str) -> set[int]:
    return {each.id for each in wards.list_neighbourhoods(db, (ward_code,))}
