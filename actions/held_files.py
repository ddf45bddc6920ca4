"""A file that could not be shared without telling who sent it: the desk that would have got it is
told so instead, and the reporter once. Called by delivery, which alone learns of it.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sqlalchemy.engine import Connection

from actions.receipts import step, tell_reporter
from domain.codes import spoken
from domain.notices import Lane, Notice, Text
from storage import addresses, incidents, outbox
from storage.incident_media import Why
from storage.tables import IncidentMedia, Outbox

_TO_DESK: Final[Mapping[Why, str]] = {
    "too_large": "card.file.too_large",
    "gone": "card.file.gone",
    "unclean": "card.file.unclean",
}
_TO_REPORTER: Final[Mapping[Why, str]] = {
    "too_large": "receipt.file.too_large",
    "gone": "receipt.file.gone",
    "unclean": "receipt.file.unclean",
}


def file_was_held(
    db: Connection, row: Outbox, file: IncidentMedia, why: Why, first: bool, now: datetime
) -> None:
    """`row` is the message that would have brought `file`, `first` whether it is the first one
    of its incident."""
    incident = incidents.get(db, file.incident_id)
    told = Text(_TO_DESK[why], {"code": spoken(incident.code)})
    outbox.put(
        db,
        addresses.get_address(db, row.address_id),
        Notice(text=told, silent=outbox.load_notice(row.notice).silent),
        Lane(row.lane),
        now,
        answers=row.answers,
        concerns=row.concerns,
        once=f"held:{file.id}:{row.address_id}",
    )
    if first:
        tell_reporter(db, incident, step(incident, _TO_REPORTER[why]), now)
