"""What the reporter sends after the report: more words, files or a pin, and the answer to an
officer's question. The duty chats get it by the code alone.
"""

from datetime import datetime
from typing import cast

from sqlalchemy.engine import Connection

from actions import quiet
from actions.audience import tell_leaders
from actions.card_face import is_calm, ward_name
from actions.cards import put_cards, refresh_card
from actions.desks import Call, desks_with_card, lane_of
from actions.receipts import numbers_first, refresh_receipt
from actions.relaying import Addition, relay, relay_files
from domain.codes import spoken
from domain.incidents import Happening
from domain.kinds import kind, urgency_of
from domain.notices import Button, Lane, Media, MediaKind, Notice, Param, Pin, Text
from domain.urgency import Urgency
from storage import incidents, outbox
from storage.cards import album_once, find_once
from storage.subjects import subject_for, subject_in
from storage.tables import Address, Incident, IncidentEvent

__all__ = [
    "Addition",
    "add_to_album",
    "add_to_incident",
    "added_last",
    "answer_officer",
    "find_added",
    "find_album_incident",
    "thank_reporter",
]


def add_to_incident(
    db: Connection, incident: Incident, addition: Addition, now: datetime
) -> Incident:
    """Append it, and tell the duty chats as loudly as the incident asks. Words that speak of
    more danger raise the urgency; nothing lowers it."""
    if _was_added(db, incident, addition):
        return incident
    raised = _raised(incident, addition.words)
    incident = _write(db, incident, Happening.ADDED, addition, now)
    if raised is not None:
        return _raise(db, incident, raised, now)
    calm = is_calm(incident)
    key = "card.overheard" if addition.overheard else "card.added"
    relay(db, incident, key, addition, Call(lane_of(incident), calm), now)
    refresh_card(db, incident, now)
    return incident


def answer_officer(
    db: Connection, incident: Incident, addition: Addition, now: datetime
) -> Incident:
    """Append the answer, and show it in the duty chats, where somebody waits for it."""
    if _was_added(db, incident, addition):
        return incident
    incident = _write(db, incident, Happening.ANSWERED, addition, now)
    lane = min(lane_of(incident), Lane.CONVERSATION)
    relay(db, incident, "card.answered", addition, Call(lane), now)
    refresh_card(db, incident, now)
    return incident


def thank_reporter(
    db: Connection,
    incident: Incident,
    address: Address,
    key: str,
    now: datetime,
    *,
    album: str | None = None,
    note: Text | None = None,
    buttons: tuple[tuple[Button, ...], ...] = (),
    by_code: bool = True,
) -> None:
    """Thanks in `key`'s words, or the truth where no desk has it or is getting it, then the
    `note`. The photos of an album come one by one: one word of thanks is enough. Of a quiet
    one the code is said only where it was written (`by_code`)."""
    heard = desks_with_card(db, incident)
    params: dict[str, Param] = {"code": spoken(incident.code)}
    params["ward"] = ward_name(db, incident.ward_code)
    lines = (
        numbers_first(incident),
        Text("house.trial"),
        Text(key if heard else "incident.added.no_desk", params),
        note or Text("text.nothing"),
    )
    thanks = Notice(text=Text("receipt.body", {"lines": lines}), buttons=buttons)
    outbox.put(
        db,
        address,
        quiet.noted_of(db, incident, by_code=by_code) if incident.quiet else thanks,
        Lane.CONVERSATION,
        now,
        concerns=subject_for(db, "receipt", incident.id),
        once=album_once(db, address.id, album) if album else None,
    )


def find_album_incident(db: Connection, address_id: int, album: str) -> Incident | None:
    """The incident to which the first photos of this album were added."""
    thanks = find_once(db, album_once(db, address_id, album))
    return incidents.find(db, subject_in(db, thanks.concerns)[1]) if thanks else None


def added_last(db: Connection, incident: Incident) -> IncidentEvent | None:
    """What was added to it last."""
    events = reversed(incidents.list_events(db, incident.id))
    return next((each for each in events if each.what == Happening.ADDED), None)


def find_added(
    db: Connection, incident: Incident, event_id: int
) -> tuple[str, tuple[Media, ...], Pin | None] | None:
    """The words, files and pin that were added then; None where nothing was."""
    events = incidents.list_events(db, incident.id)
    event = next((e for e in events if e.id == event_id and e.what == Happening.ADDED), None)
    if event is None:
        return None
    detail, files = event.detail or {}, incidents.list_media(db, incident.id)
    media = tuple(
        Media(cast(MediaKind, each.kind), each.file) for each in files if each.added_at == event.at
    )
    point = detail.get("pin")
    return str(detail.get("words") or ""), media, Pin(*point) if point else None


def add_to_album(
    db: Connection, incident: Incident, addition: Addition, now: datetime
) -> Incident:
    """A later photo of an album follows the first ones without a word; with words of its own
    it goes the way that they went."""
    if not addition.words:
        _keep_files(db, incident, addition, now)
        relay_files(db, incident, addition, now)
        refresh_card(db, incident, now)
        return incident
    events = reversed(incidents.list_events(db, incident.id))
    deeds = {Happening.ANSWERED.value: answer_officer, Happening.ADDED.value: add_to_incident}
    deed = next(deeds[event.what] for event in events if event.what in deeds)
    return deed(db, incident, addition, now)


def _was_added(db: Connection, incident: Incident, addition: Addition) -> bool:
    if addition.draft_id is None:
        return False
    filed = incidents.draft_mark(db, addition.draft_id)
    details = (event.detail or {} for event in incidents.list_events(db, incident.id))
    return any(detail.get("filed") == filed for detail in details)


def _write(
    db: Connection, incident: Incident, what: Happening, addition: Addition, now: datetime
) -> Incident:
    detail = addition.to_json()
    if addition.draft_id is not None:
        detail["filed"] = incidents.draft_mark(db, addition.draft_id)
    incidents.add_event(db, incident.id, what, now, detail=detail)
    _keep_files(db, incident, addition, now)
    incident = incidents.get(db, incident.id)
    # Nobody else's words may silence what the reporter is told.
    if addition.overheard:
        return incident
    return quiet.become_quiet(db, incident, addition.words)


def _keep_files(db: Connection, incident: Incident, addition: Addition, now: datetime) -> None:
    for file in addition.media:
        incidents.add_media(db, incident.id, addition.bot, file.kind, file.file, now)


def _raised(incident: Incident, words: str) -> Urgency | None:
    now_said = urgency_of(kind(incident.kind), words)
    return now_said if now_said < incident.urgency else None


def _raise(db: Connection, incident: Incident, urgency: Urgency, now: datetime) -> Incident:
    """A fresh card rings; what was added follows it. Its sender waits for an urgent one from
    now on, whatever they were told before."""
    waits = {"urgent_since": now, "waits_told": 0}
    incidents.set_columns(db, incident.id, urgency=int(urgency), **waits)
    incident = incidents.get(db, incident.id)
    put_cards(db, incident, now, loud=True)
    refresh_receipt(db, incident, now)
    tell_leaders(db, incident, now)
    return incident
