"""The question to the second persons, each in their private chat. Its reason is there to be
weighed: once nothing is to be decided in a chat any more, it no longer stands there.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlalchemy.engine import Connection

from actions import reveal_face as face
from actions.second_persons import list_police, list_police_ever, list_seconds
from domain.notices import Lane, Notice
from domain.reveals import has_lapsed
from storage import incidents, outbox, reveals
from storage.addresses import list_ids_of
from storage.cards import find_once, is_replaced
from storage.tables import Address, Incident, Outbox, Reveal


def put_questions(
    db: Connection, reveal: Reveal, question: Notice, chats: Iterable[Address], now: datetime
) -> None:
    """Ask in each of these chats, once."""
    for chat in chats:
        once, about = _once(reveal, chat.id), f"reveal:{reveal.id}"
        outbox.put(db, chat, question, Lane.CONVERSATION, now, concerns=about, once=once)


def settle_questions(
    db: Connection, incident: Incident, reveal: Reveal, decided: Notice, now: datetime
) -> None:
    """Where it was asked, it now stands what was decided; for who is none of the ward's police
    any more only that there is nothing to decide."""
    police = list_police(db, incident.ward_code)
    for person_id, row in _standing(db, incident, reveal):
        _replace(db, row, decided if person_id in police else face.closed(incident), now)


def close_idle(db: Connection, now: datetime) -> None:
    """Take back the questions that lapsed, and those of persons who may not decide any more."""
    for reveal in reveals.list_undecided(db, now):
        incident, lapsed = incidents.get(db, reveal.incident_id), has_lapsed(reveal.asked_at, now)
        seconds = [] if lapsed else list_seconds(db, reveal.asked_by, incident.ward_code)
        for person_id, row in _standing(db, incident, reveal):
            if person_id not in seconds:
                _replace(db, row, face.closed(incident), now)


def _standing(db: Connection, incident: Incident, reveal: Reveal) -> Iterator[tuple[int, Outbox]]:
    """Who was asked, and the question that still stands in their chat."""
    for person_id in list_police_ever(db, incident.ward_code):
        for chat_id in list_ids_of(db, person_id):
            row = find_once(db, _once(reveal, chat_id))
            if row is not None and not row.erased and not is_replaced(db, row.id):
                yield person_id, row


def _replace(db: Connection, row: Outbox, notice: Notice, now: datetime) -> None:
    """One that still waits is never sent."""
    outbox.edit(db, row.id, notice, now)
    if row.state == "due":
        reveals.forget_words(db, row)


def _once(reveal: Reveal, chat_id: int) -> str:
    return f"reveal:{reveal.id}:{chat_id}"
