"""What the administrators hear of backups, in private: whether the newest can be put back, and
that there is none when there should be."""

from datetime import datetime

from sqlalchemy.engine import Connection

from domain.notices import Lane, Notice, Text
from storage import memberships, outbox, wards
from storage.addresses import find_private_chat


def tell_administrators(db: Connection, text: Text, once: str, now: datetime) -> int:
    """To whoever administers any ward here, each once for the same `once`. How many they are."""
    held = [
        m for ward in wards.list_wards(db) for m in memberships.list_administrators(db, ward.code)
    ]
    people = dict.fromkeys(each.person_id for each in held)
    homes = [home for person in people if (home := find_private_chat(db, person))]
    for home in homes:
        outbox.put(db, home, Notice(text), Lane.NOTICE, now, once=f"{once}:{home.id}")
    return len(homes)
