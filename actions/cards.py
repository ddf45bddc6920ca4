"""The police card in the duty chats of a ward: put with what follows it, kept up to date,
opened again. Every duty chat of the ward has its own, and all of them change together.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.engine import Connection

from actions.attachments import Thread, attach
from actions.card_face import PART_LIMIT, card_of, going_on, story_of, superseded
from actions.card_history import is_overheard
from actions.desks import concerning, desks, desks_with_card, lane_of, require_hears
from domain.codes import spoken
from domain.incidents import Happening, Place, pin_of
from domain.lengths import part
from domain.notices import Lane, Moment, Notice, Param, Pin, Text
from domain.routing import Recipient
from storage import incidents, outbox
from storage.cards import card_once, is_standing, list_cards
from storage.tables import Address, Incident, IncidentEvent

__all__ = [
    "card_of",
    "lacking",
    "open_card",
    "put_card",
    "put_cards",
    "redraw_cards",
    "refresh_card",
]


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
    require_hears(db, incident, Recipient.DESK, address)
    card = card_of(db, incident)
    if loud:
        card = replace(card, silent=False, digest=None, digest_button=None)
    lane = lane_of(incident) if lane is None else lane
    about = concerning(incident.id)
    earlier = list_cards(db, about, address.id)
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
    for row in filter(is_standing, earlier[-1:]):
        outbox.edit(db, row.id, superseded(incident), now)
    _follow(db, incident, Thread(address, card_id, lane, card.silent, about), now)
    return card_id


def refresh_card(db: Connection, incident: Incident, now: datetime) -> None:
    """Bring the card up to date in every duty chat that has one; where none has any more (the
    chat was replaced, or the messenger refused it), put a fresh one."""
    standing = desks_with_card(db, incident)
    for _, row in standing:
        outbox.edit(db, row.id, card_of(db, incident), now)
    if not standing:
        put_cards(db, incident, now)


def redraw_cards(db: Connection, incident: Incident, now: datetime) -> None:
    """The same where a card stands, and nothing where none does: for what happens to a report
    that is over."""
    for _, row in desks_with_card(db, incident):
        outbox.edit(db, row.id, card_of(db, incident), now)


def open_card(db: Connection, incident: Incident, address: Address, now: datetime) -> int:
    """Show the whole card again in this chat, at once, and from now on keep that one up."""
    lane = min(lane_of(incident), Lane.CONVERSATION)
    return put_card(db, incident, address, now, loud=True, lane=lane)


def lacking(db: Connection, incident: Incident, around: Sequence[Address]) -> list[Address]:
    """Of these desks, those that should get a card: all where none has one, else those that
    lost theirs. (A desk that was bound later does not get what another one has seen.)"""
    last = {desk.id: list_cards(db, concerning(incident.id), desk.id)[-1:] for desk in around}
    lost = [desk for desk in around if any(not is_standing(card) for card in last[desk.id])]
    anywhere = any(is_standing(card) for cards in last.values() for card in cards)
    return lost if anywhere else list(around)


def _follow(db: Connection, incident: Incident, thread: Thread, now: datetime) -> None:
    """What belongs to the card: the rest of a long story, what was added, files and pins."""
    added = _additions(db, incident)
    for text in _told_later(incident, added):
        thread.put(db, Notice(text=text, silent=thread.silent), now)
    files = incidents.list_media(db, incident.id)
    attach(db, thread, files, tuple(_pins(incident, added)), now)


def _told_later(incident: Incident, added: Sequence[IncidentEvent]) -> Iterator[Text]:
    code = spoken(incident.code)
    yield from going_on(incident, story_of(incident.words).rest)
    for event in added:
        first, rest = part(event.detail.get("words", ""), PART_LIMIT)
        if first:
            params: dict[str, Param] = {"code": code, "words": first, "at": Moment(event.at)}
            whose = "overheard" if is_overheard(event) else event.what
            yield Text(f"card.later.{whose}", params)
        yield from going_on(incident, rest)


def _pins(incident: Incident, added: Sequence[IncidentEvent]) -> Iterator[Pin]:
    first = Place.from_json(incident.place).pin
    later = (pin_of(event.detail.get("pin")) for event in added)
    for pin in (first, *later):
        if pin is not None:
            yield pin


def _additions(db: Connection, incident: Incident) -> list[IncidentEvent]:
    added = (Happening.ADDED, Happening.ANSWERED)
    return [event for event in incidents.list_events(db, incident.id) if event.what in added]
