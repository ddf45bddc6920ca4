"""What was written down while a chat was not there, or could not be reached, is shown once it
is: bound, let in again, or heard from.
"""

from datetime import datetime

from sqlalchemy.engine import Connection

from actions.mediations import put_waiting_requests
from actions.people import migrate, set_reachable
from actions.receipts import put_waiting_cards
from actions.rooms import find_room
from actions.ward_news import room_moved
from domain.roles import Purpose
from storage.tables import Address


def come_back(db: Connection, address: Address, now: datetime) -> None:
    """A group that was given up can be written to, since it writes to us; nothing is written
    where it never was."""
    if address.unreachable_at is not None:
        set_reachable(db, address, True, now)
        show_what_waits(db, address.id, now)


def move(db: Connection, address: Address, chat: str, now: datetime) -> None:
    """The group lives on as `chat`, where nothing that stood in the old one can be used. The
    ward hears of it once, by whichever sign it was learnt."""
    there = migrate(db, address, chat, now)
    room_moved(db, there, now)
    show_what_waits(db, there.id, now)


def show_what_waits(db: Connection, address_id: int, now: datetime) -> None:
    """The cards or requests that this chat, by what it serves, should have and has not."""
    room = find_room(db, address_id)
    if room is None:
        return
    if room.purpose == Purpose.DUTY.value:
        put_waiting_cards(db, room.ward_code, now)
    elif room.purpose == Purpose.MEDIATION.value:
        put_waiting_requests(db, room.ward_code, now)
