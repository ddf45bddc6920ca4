"""What the reporter sends after the report: more words, files or a pin, and the answer to an
officer's question. The duty chats get it by the code alone.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.engine import Connection

from actions.attachments import attach
from actions.card_face import is_calm, open_button, ward_name
from actions.cards import put_cards, refresh_card
from actions.desks import Call, desks, lane_of, tell_desks
from actions.receipts import numbers_first, refresh_receipt
from domain.codes import spoken
from domain.incidents import Happening
from domain.kinds import kind, urgency_of
from domain.notices import Lane, Media, Notice, Pin, Text, plain
from domain.urgency import Urgency
from storage import incidents, outbox
from storage.cards import album_once, find_album
from storage.tables import Address, Incident, IncidentMedia


@dataclass(frozen=True, slots=True)
class Addition:
    """`draft_id` where a guided conversation collected it: it is then added once. `bot` is the
    one that received the files."""

    bot: str
    words: str = ""
    media: tuple[Media, ...] = ()
    pin: Pin | None = None
    draft_id: int | None = None

    def to_json(self) -> dict[str, object]:
        """The detail of its event; the files are rows of their own."""
        point = [self.pin.latitude, self.pin.longitude] if self.pin else None
        return {"words": self.words, "pin": point, "draft_id": self.draft_id}


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
    _relay(db, incident, "card.added", addition, Call(lane_of(incident), calm), now)
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
    _relay(db, incident, "card.answered", addition, Call(lane), now)
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
) -> None:
    """Thanks in `key`'s words, or the truth where no desk gets it. The photos of an album come
    one by one: one word of thanks is enough."""
    heard = desks(db, incident.ward_code)
    params = {"code": spoken(incident.code), "ward": ward_name(db, incident.ward_code)}
    lines = (
        numbers_first(incident),
        Text(key if heard else "incident.added.no_desk", params),
    )
    outbox.put(
        db,
        address,
        Notice(text=Text("receipt.body", {"lines": lines})),
        Lane.CONVERSATION,
        now,
        concerns=f"receipt:{incident.id}",
        once=album_once(incident.id, album) if album else None,
    )


def find_album_incident(db: Connection, address_id: int, album: str) -> Incident | None:
    """The incident to which the first photos of this album were added."""
    incident_id = find_album(db, address_id, album)
    return None if incident_id is None else incidents.get(db, incident_id)


def add_to_album(
    db: Connection, incident: Incident, addition: Addition, now: datetime
) -> Incident:
    """A later photo of an album goes the way that the first ones went."""
    events = reversed(incidents.list_events(db, incident.id))
    deeds = {Happening.ANSWERED.value: answer_officer, Happening.ADDED.value: add_to_incident}
    deed = next(deeds[event.what] for event in events if event.what in deeds)
    return deed(db, incident, addition, now)


def _was_added(db: Connection, incident: Incident, addition: Addition) -> bool:
    if addition.draft_id is None:
        return False
    details = (event.detail or {} for event in incidents.list_events(db, incident.id))
    return any(detail.get("draft_id") == addition.draft_id for detail in details)


def _write(
    db: Connection, incident: Incident, what: Happening, addition: Addition, now: datetime
) -> Incident:
    incidents.add_event(db, incident.id, what, now, detail=addition.to_json())
    for file in addition.media:
        incidents.add_media(db, incident.id, addition.bot, file.kind, file.file, now)
    return incidents.get(db, incident.id)


def _raised(incident: Incident, words: str) -> Urgency | None:
    now_said = urgency_of(kind(incident.kind), words)
    return now_said if now_said < incident.urgency else None


def _raise(db: Connection, incident: Incident, urgency: Urgency, now: datetime) -> Incident:
    """A fresh card rings; what was added follows it."""
    incidents.set_columns(db, incident.id, urgency=int(urgency))
    incident = incidents.get(db, incident.id)
    put_cards(db, incident, now, loud=True)
    refresh_receipt(db, incident, now)
    return incident


def _relay(
    db: Connection,
    incident: Incident,
    key: str,
    addition: Addition,
    call: Call,
    now: datetime,
) -> None:
    code = spoken(incident.code)
    words = plain(addition.words) if addition.words else Text("card.words.files")
    notice = Notice(
        text=Text(key, {"code": code, "words": words}),
        silent=call.calm,
        digest=Text("card.added.digest", {"code": code}),
        digest_button=open_button(incident),
    )
    pins = (addition.pin,) if addition.pin else ()
    for thread in tell_desks(db, incident, notice, call, now):
        files = [_file(incident, addition, each, now) for each in addition.media]
        attach(db, thread, files, pins, now)


def _file(incident: Incident, addition: Addition, media: Media, now: datetime) -> IncidentMedia:
    return IncidentMedia(
        incident_id=incident.id,
        bot=addition.bot,
        kind=media.kind,
        file=media.file,
        added_at=now,
    )
