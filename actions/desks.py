"""Speaking to the duty chats of a ward about an incident that they already have a card of."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.engine import Connection

from actions.attachments import Thread
from actions.card_face import is_calm
from domain.notices import Lane, Notice
from domain.roles import Purpose
from storage import outbox, rooms
from storage.cards import list_cards
from storage.tables import Address, Incident, Outbox


def desks(db: Connection, ward_code: str) -> list[Address]:
    """The duty chats of a ward that can be reached now."""
    found = rooms.list_room_addresses(db, ward_code, Purpose.DUTY.value)
    return [address for address in found if address.unreachable_at is None]


def lane_of(incident: Incident) -> Lane:
    """Emergency for P1 and P2, which ring; notice for the calm ones."""
    return Lane.NOTICE if is_calm(incident) else Lane.EMERGENCY


def concerning(incident_id: int) -> str:
    """The mark of every duty-side message about an incident."""
    return f"incident:{incident_id}"


def cards_in(db: Connection, incident_id: int, address_id: int) -> list[Outbox]:
    """The cards that were put in one chat, the oldest first; the last one counts."""
    return list_cards(db, concerning(incident_id), address_id)


@dataclass(frozen=True, slots=True)
class Call:
    """How a message to the desks goes out."""

    lane: Lane
    calm: bool = False


def tell_desks(
    db: Connection, incident: Incident, notice: Notice, call: Call, now: datetime
) -> list[Thread]:
    """Say it in every duty chat that has a card, as an answer to the card."""
    return [
        tell_desk(db, incident, address, notice, call, now)
        for address in desks(db, incident.ward_code)
        if cards_in(db, incident.id, address.id)
    ]


def settle_question(
    db: Connection,
    address: Address,
    message_id: str,
    subjects: tuple[str, ...],
    notice: Notice,
    now: datetime,
) -> None:
    """Put `notice` in the place of a question that was answered; nothing where that message
    is none of `subjects`."""
    row = outbox.find_by_message(db, address.id, message_id)
    if row is not None and (row.concerns or "").startswith(subjects):
        outbox.edit(db, row.id, notice, now)


def tell_desk(
    db: Connection,
    incident: Incident,
    address: Address,
    notice: Notice,
    call: Call,
    now: datetime,
    *,
    concerns: str | None = None,
) -> Thread:
    """Say it in one duty chat, as an answer to its card. (Delivery says it all the same where
    the card was only one line among others.)"""
    if not call.calm:
        notice = replace(notice, digest=None, digest_button=None)
    about = concerns or concerning(incident.id)
    cards = cards_in(db, incident.id, address.id)
    row_id = outbox.put(
        db,
        address,
        notice,
        call.lane,
        now,
        answers=cards[-1].id if cards else None,
        concerns=about,
        calm=call.calm,
    )
    return Thread(address, row_id, call.lane, notice.silent, about)
