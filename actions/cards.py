"""The police card in the duty chats of a ward: put with what follows it, kept up to date,
opened again. Every duty chat of the ward has its own, and all of them change together.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from sqlalchemy.engine import Connection

from actions.attachments import Thread, attach
from actions.card_face import card_of, story_of, superseded
from actions.desks import cards_in, concerning, desks, lane_of
from actions.receipts import refresh_receipt
from domain.codes import spoken
from domain.incidents import Happening, Place, pin_of
from domain.notices import Lane, Moment, Notice, Pin, Text
from storage import incidents, outbox
from storage.cards import card_once
from storage.tables import Address, Incident, IncidentEvent

__all__ = [
    "card_of",
    "open_card",
    "put_card",
    "put_cards",
    "put_waiting_cards",
    "refresh_card",
]

_MANY = 200


def put_cards(db: Connection, incident: Incident, now: datetime, *, loud: bool = False) -> None:
    """A fresh card in every duty chat of the ward; `loud` rings even for what is calm."""
    for address in desks(db, incident.ward_code):
        put_card(db, incident, address, now, loud=loud)


def put_card(
    db: Connection,
    incident: Incident,
    address: Address,
    now: datetime,
    *,
    loud: bool = False,
    lane: Lane | None = None,
) -> int:
    """A fresh card in one chat, with its media and pins; an earlier one there is set aside."""
    card = card_of(db, incident)
    if loud:
        card = replace(card, silent=False, digest=None, digest_button=None)
    lane = lane_of(incident) if lane is None else lane
    earlier = cards_in(db, incident.id, address.id)
    about = concerning(incident.id)
    card_id = outbox.put(
        db,
        address,
        card,
        lane,
        now,
        concerns=about,
        once=card_once(about, address.id, len(earlier) + 1),
        calm=card.digest is not None,
    )
    for row in earlier[-1:]:
        outbox.edit(db, row.id, superseded(incident), now)
    incidents.set_columns(db, incident.id, card_id=card_id)
    _follow(db, incident, Thread(address, card_id, lane, card.silent, about), now)
    return card_id


def refresh_card(db: Connection, incident: Incident, now: datetime) -> None:
    """Bring the card up to date in every duty chat of the ward."""
    for address in desks(db, incident.ward_code):
        for row in cards_in(db, incident.id, address.id)[-1:]:
            outbox.edit(db, row.id, card_of(db, incident), now)


def open_card(db: Connection, incident: Incident, address: Address, now: datetime) -> int:
    """Show the whole card again in this chat, at once, and from now on keep that one up."""
    lane = min(lane_of(incident), Lane.CONVERSATION)
    return put_card(db, incident, address, now, loud=True, lane=lane)


def put_waiting_cards(db: Connection, ward_code: str, now: datetime) -> int:
    """A duty chat was bound: put the cards of open incidents that no desk has seen, and let
    their receipts say so; how many there were."""
    waiting = [
        incident
        for incident in incidents.list_open(db, ward_code, _MANY)
        if not any(cards_in(db, incident.id, desk.id) for desk in desks(db, ward_code))
    ]
    for incident in waiting:
        put_cards(db, incident, now)
        refresh_receipt(db, incident, now)
    return len(waiting)


def _follow(db: Connection, incident: Incident, thread: Thread, now: datetime) -> None:
    """What belongs to the card: the rest of a long story, what was added, files and pins."""
    for text in _told_later(db, incident):
        thread.put(db, Notice(text=text, silent=thread.silent), now)
    files = incidents.list_media(db, incident.id)
    attach(db, thread, files, tuple(_pins(db, incident)), now)


def _told_later(db: Connection, incident: Incident) -> Iterator[Text]:
    code = spoken(incident.code)
    if rest := story_of(incident.words).rest:
        yield Text("card.words.rest", {"code": code, "words": rest})
    for event in _additions(db, incident):
        if words := event.detail.get("words"):
            params = {"code": code, "words": words, "at": Moment(event.at)}
            yield Text(f"card.later.{event.what}", params)


def _pins(db: Connection, incident: Incident) -> Iterator[Pin]:
    first = Place.from_json(incident.place).pin
    later = (pin_of(event.detail.get("pin")) for event in _additions(db, incident))
    for pin in (first, *later):
        if pin is not None:
            yield pin


def _additions(db: Connection, incident: Incident) -> list[IncidentEvent]:
    added = (Happening.ADDED, Happening.ANSWERED)
    return [event for event in incidents.list_events(db, incident.id) if event.what in added]
