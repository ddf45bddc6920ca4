"""The receipt that a reporter holds: put, and changed in place as its report goes on; each step
that matters is a short message of its own. Here delivery tells what became of the cards.
"""

from datetime import datetime
from typing import Final

from sqlalchemy.engine import Connection

from actions import quiet, traces
from actions.cards import lacking, put_card
from actions.desks import desks
from actions.receipt_face import add_button, numbers_first, receipt_of, standing
from domain.codes import spoken
from domain.notices import Lane, Notice, Param, Text
from storage import addresses, incidents, outbox
from storage.cards import subject_of
from storage.subjects import subject_for
from storage.tables import Address, Incident, Outbox

__all__ = [
    "add_button",
    "card_was_refused",
    "card_was_sent",
    "numbers_first",
    "put_receipt",
    "put_waiting_cards",
    "receipt_of",
    "refresh_receipt",
    "standing",
    "step",
    "tell_reporter",
]

_MANY: Final = 200


def put_receipt(db: Connection, incident: Incident, reporter: Address, now: datetime) -> None:
    """Owe the receipt to the reporter."""
    face = quiet.receipt_of if incident.quiet else receipt_of
    row_id = _put(db, incident, reporter, face(db, incident), "receipt", now)
    incidents.keep_receipt(db, incident.id, row_id)


def refresh_receipt(db: Connection, incident: Incident, now: datetime) -> None:
    """Make the receipt say what is true now; a quiet one is left as it was."""
    receipt_id = None if incident.quiet else incidents.find_receipt(db, incident.id)
    if receipt_id is not None:
        outbox.edit(db, receipt_id, receipt_of(db, incident), now)


def put_waiting_cards(db: Connection, ward_code: str, now: datetime) -> int:
    """A duty chat was bound, or can be reached again: put the cards of open incidents that no
    desk has, or that this one lost, and let their receipts say so; how many there were."""
    around, count = desks(db, ward_code), 0
    for incident in incidents.list_open(db, ward_code, _MANY):
        wanting = lacking(db, incident, around)
        for desk in wanting:
            put_card(db, incident, desk, now)
        if wanting:
            refresh_receipt(db, incidents.get(db, incident.id), now)
            count += 1
    return count


def card_was_sent(db: Connection, row: Outbox, now: datetime) -> None:
    """Told of each card that a messenger accepted: the first one of an incident makes its receipt
    say so; and of what was erased while it was on the wire: that is taken back."""
    traces.take_back(db, row, now)
    incident = _incident_of_card(db, row)
    if incident is None:
        return
    if incident.reopened_at is not None and row.created_at < incident.reopened_at:
        return
    if incidents.mark_card_sent(db, incident.id, now):
        incident.card_sent_at = now
        refresh_receipt(db, incident, now)


def card_was_refused(db: Connection, row: Outbox, now: datetime) -> None:
    """Told of a dead letter: a receipt must not go on saying that the card is on its way."""
    incident = _incident_of_card(db, row)
    if incident is not None and incident.card_sent_at is None:
        refresh_receipt(db, incident, now)


def tell_reporter(
    db: Connection, incident: Incident, notice: Notice, now: datetime, *, subject: str = "receipt"
) -> int | None:
    """Owe the reporter a message about their incident; the outbox id, None where there is no
    reporter (any more). What they reply to it is understood by `subject`. About a quiet one
    nothing is said but that there is news, and only when that is safe."""
    address = _reporter_of(db, incident)
    if address is None:
        return None
    if incident.quiet:
        return quiet.tell_news(db, incident, address, now)
    return _put(db, incident, address, notice, subject, now)


def _put(
    db: Connection,
    incident: Incident,
    address: Address,
    notice: Notice,
    subject: str,
    now: datetime,
) -> int:
    # Never ahead of the questions that this person is still being sent in the same chat.
    lane, about = Lane.CONVERSATION, subject_for(db, subject, incident.id)
    return outbox.put(db, address, notice, lane, now, concerns=about)


def step(incident: Incident, key: str, **params: Param) -> Notice:
    """A short message about one step, by the code."""
    return Notice(text=Text(key, {"code": spoken(incident.code), **params}))


def _reporter_of(db: Connection, incident: Incident) -> Address | None:
    address_id = incidents.find_reporter(db, incident.id)
    return None if address_id is None else addresses.get_address(db, address_id)


def _incident_of_card(db: Connection, row: Outbox) -> Incident | None:
    subject, _, number = (subject_of(row) or "").partition(":")
    return incidents.get(db, int(number)) if subject == "incident" else None
