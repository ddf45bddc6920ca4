"""What is expected of a person: which message they read last, which of its buttons have a
number that may be typed, and which officer's question still waits for their answer.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.engine import Connection

from domain.incidents import Happening
from domain.notices import Button, Notice, Text
from storage import incidents, last_said, outbox
from storage.subjects import ASIDE as ASIDE
from storage.subjects import NUMBER as NUMBER
from storage.subjects import subject_in
from storage.tables import Incident, Outbox
from storage.traces import find_notice, list_ours

QUESTION_WAITS_FOR: Final = timedelta(hours=24)
NUMBERS_COUNT_FOR: Final = timedelta(days=7)
# A flow's question knows its own numbers while it is open, and afterwards they mean nothing.
_FLOW: Final = "f:"
# After any of these nobody waits for an answer.
_ENDS: Final = (Happening.ANSWERED, Happening.CLOSED, Happening.PASSED_ON, Happening.REOPENED)


def find_newest(db: Connection, address_id: int) -> Outbox | None:
    """The newest message of this chat."""
    return last_said.find_newest(db, address_id)


def find_listed(db: Connection, address_id: int) -> Outbox | None:
    """What this person asked to see over an open draft, as long as nothing was said after it:
    numbers and labels that are typed now mean its buttons, not the draft's."""
    if not last_said.is_set_apart(db, address_id):
        return None
    return last_said.find_newest(db, address_id)


def find_message(db: Connection, row_id: int | None) -> Outbox | None:
    """What was said with this id, as long as it is kept."""
    try:
        return None if row_id is None else outbox.get(db, row_id)
    except LookupError:
        return None


def list_numbered_buttons(row: Outbox | None, now: datetime) -> Mapping[int, str]:
    """What the numbered buttons of a message send back, as long as its numbers count."""
    return {number: button.tap or "" for number, button in _numbered(row, now)}


def list_numbered_labels(row: Outbox | None, now: datetime) -> Mapping[int, Text]:
    """What stands on them beside the number."""
    labels = {number: button.label.params.get("label") for number, button in _numbered(row, now)}
    return {number: label for number, label in labels.items() if isinstance(label, Text)}


def list_buttons(row: Outbox | None, now: datetime) -> list[Button]:
    """All buttons of a message that send something back, as long as they may be named; a flow
    knows its own."""
    if row is None or row.created_at <= now - NUMBERS_COUNT_FOR:
        return []
    buttons = (each for line in outbox.load_notice(row.notice).buttons for each in line)
    return [each for each in buttons if each.tap and not each.tap.startswith(_FLOW)]


def _numbered(row: Outbox | None, now: datetime) -> list[tuple[int, Button]]:
    if row is None or row.created_at <= now - NUMBERS_COUNT_FOR:
        return []
    return _numbered_in(outbox.load_notice(row.notice))


def has_numbers(notice: Notice) -> bool:
    """Whether it is a list whose numbers may be typed; a flow's question is none."""
    return bool(_numbered_in(notice))


def _numbered_in(notice: Notice) -> list[tuple[int, Button]]:
    return [
        (number, button)
        for button in (each for line in notice.buttons for each in line)
        if isinstance(number := button.label.params.get("number"), int)
        and button.tap
        and not button.tap.startswith(_FLOW)
    ]


def find_question(db: Connection, address_id: int, now: datetime) -> Incident | None:
    """The incident about which an officer asked last, not longer than QUESTION_WAITS_FOR ago,
    and was not answered."""
    since = now - QUESTION_WAITS_FOR
    row = last_said.find_newest_about(db, address_id, "question", since)
    asked_about = subject_in(db, row.concerns)[1] if row else 0
    incident = incidents.find(db, asked_about)
    # Of a quiet one whoever holds the phone may write what comes next: that takes the code.
    if incident is None or incident.quiet or not is_asked(db, incident):
        return None
    return incident


def find_newest_question(
    db: Connection, address_id: int, now: datetime, tap: str
) -> Incident | None:
    """The same, where it stands below the last message with a button whose data begins with
    `tap`: it is then the newest thing that was asked."""
    incident = find_question(db, address_id, now)
    row = last_said.find_newest_about(db, address_id, "question", now - QUESTION_WAITS_FOR)
    if incident is None or row is None:
        return None
    later = (each for each in list_ours(db, address_id, row.created_at) if each.id > row.id)
    below = any(_has_button(find_notice(db, each.id), tap) for each in later)
    return None if below else incident


def _has_button(notice: Notice | None, tap: str) -> bool:
    rows = notice.buttons if notice else ()
    return any((button.tap or "").startswith(tap) for row in rows for button in row)


def is_asked(db: Connection, incident: Incident) -> bool:
    """Whether an officer waits for an answer."""
    counted = (Happening.ASKED.value, *(each.value for each in _ENDS))
    events = (e.what for e in reversed(incidents.list_events(db, incident.id)))
    return next((what for what in events if what in counted), None) == Happening.ASKED


def report_in(db: Connection, row: Outbox | None) -> tuple[str, int]:
    """What a message to a reporter is about: "receipt", "question" or "closed" and the
    incident's id; 0 for what is about no report."""
    return subject_in(db, row.concerns) if row else ("", 0)


def question_of(db: Connection, incident: Incident) -> str:
    """The officer's words that were asked last, "" where nothing was."""
    events = reversed(incidents.list_events(db, incident.id))
    asked = (event for event in events if event.what == Happening.ASKED)
    return next((str((event.detail or {}).get("words", "")) for event in asked), "")
