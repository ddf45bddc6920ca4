"""Erasing what people said and what tells who they are, and nothing that statistics count.

Rows stay where others hang on them; what they held is overwritten, and SQLite writes zeros
over the old bytes (secure_delete, storage/engine.py). `db.info["scrub"]` asks the writer to
empty the write-ahead log, too, once that is committed.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy.engine import Connection
from sqlmodel import select

from domain.notices import Notice
from storage import incidents
from storage.keys import mark
from storage.outbox import IS_DUE, dump_notice
from storage.people import change_person
from storage.rows import change, table
from storage.subjects import subject_in
from storage.tables import (
    Address,
    Draft,
    Inbox,
    Incident,
    IncidentEvent,
    IncidentMedia,
    Mediation,
    Outbox,
    Person,
    Reveal,
)

_DRAFT = table(Draft)
_EVENT = table(IncidentEvent)
_INBOX = table(Inbox)
_MEDIA = table(IncidentMedia)
_OUTBOX = table(Outbox)
_REVEAL = table(Reveal)
# What statistics count in the detail of an event.
_COUNTED: Final = frozenset({"outcome", "to"})
_WORDLESS: Final[dict[str, Any]] = {"notice": {}, "erased": True}


def wipe_person(db: Connection, person: Person, *, name: bool) -> None:
    """House, phone and neighbourhood; the `name` as well, unless somebody still needs it."""
    values: dict[str, Any] = {"house": None, "phone": None, "neighbourhood_id": None}
    values |= {"asked_at": None}
    if name:
        values["name"] = ""
    change_person(db, person.id, **values)
    for column, value in values.items():
        setattr(person, column, value)
    _scrub(db)


def wipe_incident(db: Connection, incident: Incident, now: datetime) -> None:
    """All but what is counted: kind, urgency, place by neighbourhood, state, outcome, times."""
    choice = (incident.occurred or {}).get("choice", "")
    incidents.set_columns(
        db,
        incident.id,
        words="",
        place=None,
        occurred={"choice": choice},
        helped=None,
        callback=None,
        named=False,
        reporter_name=None,
        filed=None,
        erased_at=now,
    )
    for event in incidents.list_events(db, incident.id):
        _keep_in_detail(db, event, _COUNTED)
    reasons = _REVEAL.update().where(_REVEAL.c.incident_id == incident.id)
    db.execute(reasons.values(reason=""))
    wipe_files(db, incident.id)


def cut_link(db: Connection, incident: Incident) -> None:
    """Nothing tells any more whose report it is, neither here nor in the messages that were
    sent about it; nor whom to call back."""
    address_id = incidents.find_reporter(db, incident.id)
    incidents.unlink_reporter(db, incident.id)
    incidents.set_columns(db, incident.id, callback=None, filed=None)
    for event in incidents.list_events(db, incident.id):
        _keep_in_detail(db, event, frozenset((event.detail or {}).keys()) - {"filed"})
    if address_id is not None:
        about = [key for key, _, number in _about(db, [address_id]) if number == incident.id]
        db.execute(_OUTBOX.update().where(_OUTBOX.c.id.in_(about)).values(concerns=None))
    _scrub(db)


def wipe_files(db: Connection, incident_id: int) -> None:
    """The files of a report, and what still waits to be said of it to the desks; the sealed
    originals go with the next tick that looks for files which no row names."""
    db.execute(_MEDIA.delete().where(_MEDIA.c.incident_id == incident_id))
    waiting = (_OUTBOX.c.concerns == f"incident:{incident_id}") & IS_DUE
    db.execute(_OUTBOX.update().where(waiting).values(state="dropped"))
    wipe_desk_messages(db, incident_id)


def wipe_mediation(db: Connection, mediation: Mediation) -> None:
    """The story and who asked; that there was a request stays."""
    blank = {"asker": "", "asker_mark": "", "subject": "", "other_side": "", "meeting": ""}
    change(db, Mediation, mediation.id, **blank, attached=None, draft_id=None)
    about = _OUTBOX.c.concerns.in_([f"asked:{mediation.id}", f"mediation:{mediation.id}"])
    settled = about & (_OUTBOX.c.state != "due")
    db.execute(_OUTBOX.update().where(settled).values(**_WORDLESS))
    _scrub(db)


def wipe_chats(db: Connection, chats: Sequence[Address], open_incidents: Collection[int]) -> None:
    """What was said in these chats: drafts, the bot's messages, updates. Messages that wait to
    be sent go too, but for those about reports that are still open."""
    own = [address.id for address in chats]
    drafts = _DRAFT.c.address_id.in_(own) & _DRAFT.c.state.is_not(None)
    open_ones = _DRAFT.c.address_id.in_(own) & _DRAFT.c.status.in_(["open", "cancelled"])
    db.execute(_DRAFT.update().where(open_ones).values(status="expired"))
    db.execute(_DRAFT.update().where(drafts).values(state=None))
    needless = [
        key
        for key, state, number in _about(db, own)
        if state == "due" and number not in open_incidents
    ]
    dropped = _OUTBOX.update().where(_OUTBOX.c.id.in_(needless))
    db.execute(dropped.values(state="dropped"))
    settled = _OUTBOX.c.address_id.in_(own) & (_OUTBOX.c.state != "due")
    db.execute(_OUTBOX.update().where(settled).values(**_WORDLESS))
    conversations = [mark(db, address.chat) for address in chats]
    updates = _INBOX.c.conversation.in_(conversations) & (_INBOX.c.state != "new")
    db.execute(_INBOX.update().where(updates).values(payload=None, message_id=None))
    _scrub(db)


def forget_parked(db: Connection, before: datetime) -> int:
    """The content of updates that could not be handled and arrived at or before `before`;
    that there were such stays. How many."""
    old = (_INBOX.c.state == "parked") & (_INBOX.c.received_at <= before)
    held = old & _INBOX.c.payload.is_not(None)
    return db.execute(_INBOX.update().where(held).values(payload=None)).rowcount


def wipe_desk_messages(db: Connection, incident_id: int) -> None:
    """What the desks, and whoever was warned, were told about a report and is settled; their
    chats keep what they show."""
    about = [f"{subject}:{incident_id}" for subject in ("incident", "told", "clear", "ladder")]
    settled = _OUTBOX.c.concerns.in_(about) & (_OUTBOX.c.state != "due")
    db.execute(_OUTBOX.update().where(settled).values(**_WORDLESS))
    _scrub(db)


def reword(db: Connection, row_id: int, notice: Notice) -> None:
    """A message that was sent is on record with other words: those that replace it."""
    change(db, Outbox, row_id, notice=dump_notice(notice), erased=False)


def _keep_in_detail(db: Connection, event: IncidentEvent, names: frozenset[str]) -> None:
    if event.detail is None:
        return
    kept = {name: value for name, value in event.detail.items() if name in names}
    if kept != event.detail:
        change(db, IncidentEvent, event.id, detail=kept)


def _about(db: Connection, address_ids: Sequence[int]) -> list[tuple[int, str, int]]:
    """(id, state, incident of the reporter's own or 0) of every message to these chats."""
    column = _OUTBOX.c
    wanted = select(column.id, column.state, column.concerns)
    found = db.execute(wanted.where(column.address_id.in_(address_ids))).all()
    return [(key, state, subject_in(db, concerns)[1]) for key, state, concerns in found]


def _scrub(db: Connection) -> None:
    db.info["scrub"] = True
