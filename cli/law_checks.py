"""The checks of doctor on law items: whether the files can be used, and for each ward how many
items may be sent, wait to be approved, or are past their review.
"""

from collections import Counter
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidTag
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from actions.law_approval import held_items
from cli.content_check import find_content_faults
from cli.database import opened
from cli.findings import Finding, State
from content.law import FACTS_IN, FOLDER, load_law
from domain.law import Held
from domain.notices import Param, Text
from settings import Settings
from storage.health import database_exists
from storage.keys import KeyFault
from storage.migrate import pending
from storage.tables import Ward
from storage.wards import list_wards


def check_law(settings: Settings, now: datetime, folder: Path = FOLDER) -> list[Finding]:
    """Nothing where there is no ward yet, or the database has its own fault."""
    if faults := find_content_faults(folder):
        words = Text("doctor.content.faults", {"number": len(faults), "first": faults[0]})
        return [Finding("content", State.FAULT, words, Text("doctor.content.faults_do"))]
    if not database_exists(settings.database_url):
        return []
    try:
        with opened(settings) as engine:
            if pending(engine):
                return []
            with engine.connect() as db:
                return [_check_ward(db, ward, now, folder) for ward in list_wards(db)]
    except (KeyFault, InvalidTag, SQLAlchemyError):
        return []


def _check_ward(db: Connection, ward: Ward, now: datetime, folder: Path) -> Finding:
    held = held_items(db, ward.code, now, folder)
    counts = Counter(held.values())
    offered = len(load_law(FACTS_IN, folder)) - len(held)
    params: dict[str, Param] = {
        "ward": ward.name,
        "offered": offered,
        "waiting": counts[Held.UNAPPROVED],
        "expired": counts[Held.EXPIRED],
        "uncertain": counts[Held.UNCERTAIN],
        "not_yet": counts[Held.NOT_YET],
    }
    words = Text("doctor.law.counts", params)
    if offered and not counts[Held.EXPIRED]:
        return Finding("law", State.OK, words)
    return Finding("law", State.WARN, words, Text("doctor.law.counts_do"))
