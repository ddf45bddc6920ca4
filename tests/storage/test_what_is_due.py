"""What delivery is shown of what is due, and in which order."""

from datetime import datetime

from sqlalchemy.engine import Connection

from domain.notices import Lane, Media, Notice, plain
from storage import addresses, deliveries, outbox, owed
from storage.owed import Closed
from storage.tables import Address


def put(
    db: Connection, home: Address, lane: Lane, now: datetime, answers: int | None = None
) -> int:
    return outbox.put(db, home, Notice(plain("Cháy")), lane, now, answers=answers)


def seen(db: Connection, now: datetime, most: int, closed: Closed | None = None) -> list[int]:
    return [due.id for due in owed.list_due(db, "phuong", now, closed or Closed(), most)]


def test_cards_of_emergencies_come_before_what_belongs_to_them(
    db: Connection, now: datetime
) -> None:
    """However many there are: behind the pins of an earlier alarm no card may be hidden."""
    homes = [addresses.add_address(db, "phuong", f"-{n}", now) for n in range(6)]
    first = put(db, homes[0], Lane.EMERGENCY, now)
    deliveries.mark_sent(db, first, "501", now, None)
    calm = put(db, homes[5], Lane.NOTICE, now)
    pins = [put(db, home, Lane.EMERGENCY, now, answers=first) for home in homes[1:4]]
    card = put(db, homes[4], Lane.EMERGENCY, now)
    assert seen(db, now, 2) == [card, pins[0]]
    assert seen(db, now, 4) == [card, *pins]
    assert seen(db, now, 9) == [card, *pins, calm]


def test_of_a_chat_with_room_the_first_is_enough(db: Connection, now: datetime) -> None:
    roomy, crowded = (addresses.add_address(db, "phuong", f"-{n}", now) for n in range(2))
    here = [put(db, roomy, Lane.NOTICE, now) for _ in range(3)]
    there = [put(db, crowded, Lane.NOTICE, now) for _ in range(3)]
    assert seen(db, now, 9, Closed(crowded={crowded.id})) == [here[0], *there]
    assert seen(db, now, 9) == [*here, *there]


def test_behind_a_file_that_must_be_made_ready_the_next_is_seen(
    db: Connection, now: datetime
) -> None:
    home = addresses.add_address(db, "phuong", "-1", now)
    photo = Notice(media=(Media("photo", "bia-1"),))
    file = outbox.put(db, home, photo, Lane.NOTICE, now)
    words = [put(db, home, Lane.NOTICE, now) for _ in range(2)]
    assert seen(db, now, 9, Closed(crowded=())) == [file, words[0]]
