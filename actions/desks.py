"""Speaking to the duty chats of a ward about an incident that they already have a card of."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from sqlalchemy.engine import Connection

from actions.attachments import Thread
from actions.card_face import is_calm
from domain.errors import Refused
from domain.notices import Lane, Notice, Text
from domain.roles import Purpose, Role
from domain.routing import Recipient, recipients_of
from domain.urgency import Urgency
from storage import outbox, rooms
from storage.cards import find_card, is_replaced
from storage.memberships import list_memberships
from storage.tables import Address, Incident, Outbox

# Who of the ward's police is woken in private; a deputy is another one with the chief's role.
_POLICE: Final = {
    Recipient.OFFICER: Role.OFFICER.value,
    Recipient.DEPUTY: Role.CHIEF.value,
    Recipient.CHIEF: Role.CHIEF.value,
}


def bound_desks(db: Connection, ward_code: str) -> list[Address]:
    """The duty chats of a ward, also those that cannot be reached now."""
    return rooms.list_room_addresses(db, ward_code, Purpose.DUTY.value)


def desks(db: Connection, ward_code: str) -> list[Address]:
    """The duty chats of a ward that can be reached now."""
    found = bound_desks(db, ward_code)
    return [address for address in found if address.unreachable_at is None]


def lane_of(incident: Incident) -> Lane:
    """Emergency for P1 and P2, which ring; notice for the calm ones."""
    return Lane.NOTICE if is_calm(incident) else Lane.EMERGENCY


def concerning(incident_id: int) -> str:
    """The mark of every duty-side message about an incident."""
    return f"incident:{incident_id}"


def card_in(db: Connection, incident_id: int, address_id: int) -> Outbox | None:
    """The card that stands in one chat, or is on its way there."""
    return find_card(db, concerning(incident_id), address_id)


def desks_with_card(db: Connection, incident: Incident) -> list[tuple[Address, Outbox]]:
    """The duty chats that can be reached and have a card of it."""
    found = [(desk, card_in(db, incident.id, desk.id)) for desk in desks(db, incident.ward_code)]
    return [(desk, card) for desk, card in found if card is not None]


def require_in_table(incident: Incident, recipient: Recipient) -> None:
    """Whether the table lets a report like this one go there. Raises Refused."""
    if recipient not in recipients_of(incident.kind, Urgency(incident.urgency)):
        raise Refused("audience.not_here")


def require_hears(
    db: Connection, incident: Incident, recipient: Recipient, address: Address
) -> None:
    """The one gate of everything about an incident that goes to anybody but its reporter: the
    table allows it, and the address is what it is taken for. Raises Refused."""
    require_in_table(incident, recipient)
    if not _is(db, incident, recipient, address):
        raise Refused("audience.not_here")


def _is(db: Connection, incident: Incident, recipient: Recipient, address: Address) -> bool:
    held = list_memberships(db, address.person_id or 0) if address.person_id else []
    if role := _POLICE.get(recipient):
        return any((each.role, each.ward_code) == (role, incident.ward_code) for each in held)
    if recipient in (Recipient.LEADER, Recipient.TEAM):
        around = (incident.ward_code, incident.neighbourhood_id)
        return any(
            each.role == recipient.value and (each.ward_code, each.neighbourhood_id) == around
            for each in held
        )
    room = rooms.find_room(db, address.id)
    if room is None or room.ward_code != incident.ward_code:
        return False
    if recipient is Recipient.DESK:
        return room.purpose == Purpose.DUTY.value
    near = room.neighbourhood_id == incident.neighbourhood_id
    return room.purpose == Purpose.NEIGHBOURHOOD.value and near


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
        for address, _ in desks_with_card(db, incident)
    ]


def is_settled(db: Connection, question: Outbox) -> bool:
    """Whether the answer to it stands in its place already."""
    return is_replaced(db, question.id)


def text_of(question: Outbox) -> Text | None:
    """What a message says; None where that was erased since."""
    return outbox.load_notice(question.notice).text


def settle(db: Connection, question: Outbox, notice: Notice, now: datetime) -> None:
    """Put `notice` in the place of a question that was answered."""
    outbox.edit(db, question.id, notice, now)


def settle_question(
    db: Connection,
    address: Address,
    message_id: str,
    subjects: tuple[str, ...],
    notice: Notice,
    now: datetime,
) -> None:
    """The same by its message id; nothing where that message is none of `subjects`."""
    row = outbox.find_by_message(db, address.id, message_id)
    if row is not None and (row.concerns or "").startswith(subjects):
        settle(db, row, notice, now)


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
    require_hears(db, incident, Recipient.DESK, address)
    if not call.calm:
        notice = replace(notice, digest=None, digest_button=None)
    about = concerns or concerning(incident.id)
    card = card_in(db, incident.id, address.id)
    row_id = outbox.put(
        db,
        address,
        notice,
        call.lane,
        now,
        answers=card.id if card else None,
        concerns=about,
        calm=call.calm,
    )
    return Thread(address, row_id, call.lane, notice.silent, about)
