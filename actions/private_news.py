"""Somebody chooses what comes into their private chat, or stops it: each answer is a consent of
its own, written down with what was shown.
"""

from datetime import datetime

from sqlalchemy.engine import Connection

from actions import consents
from actions.expected import find_newest
from domain.consent import IN_PRIVATE, ConsentPurpose
from domain.errors import Refused
from storage import outbox, wards
from storage.tables import Person


def choose(
    db: Connection,
    person: Person,
    purpose: ConsentPurpose,
    given: bool,
    shown: consents.Shown,
    now: datetime,
) -> None:
    """The answer counts from now on; a yes that stands already needs no second one."""
    if given and consents.is_given(db, person.id, purpose):
        return
    if not given:
        consents.withdraw(db, person, purpose, now)
    consents.record(db, person, purpose, given, shown, now)


def stop_all(db: Connection, person: Person, now: datetime) -> bool:
    """Nothing of it comes any more; whether anything did."""
    standing = [each for each in IN_PRIVATE if consents.is_given(db, person.id, each)]
    for purpose in standing:
        consents.withdraw(db, person, purpose, now)
    return bool(standing)


def place_of(db: Connection, person: Person) -> str:
    """The neighbourhood whose news it is. Raises Refused where nobody knows which."""
    key = person.neighbourhood_id
    found = wards.find_neighbourhood(db, key) if key is not None else None
    if found is None:
        raise Refused("reading.no_neighbourhood")
    return found.name


def asked_at(db: Connection, address_id: int, key: str) -> datetime | None:
    """When this question was put, where it is what was said last."""
    row = find_newest(db, address_id)
    text = outbox.load_notice(row.notice).text if row else None
    return row.created_at if row and text and text.key == key else None
