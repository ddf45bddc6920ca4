"""The check of doctor on the ladder for silence: whether each step of a ward reaches anybody."""

from cryptography.exceptions import InvalidTag
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from actions.ladder_keeping import gap_lines
from actions.ladder_people import gaps_of
from cli.database import opened
from cli.findings import Finding, State
from domain.notices import Text
from settings import Settings
from storage.health import database_exists
from storage.keys import KeyFault
from storage.migrate import pending
from storage.tables import Ward
from storage.wards import list_wards


def check_ladders(settings: Settings) -> list[Finding]:
    """Nothing where there is no ward yet, or the database has its own fault."""
    if not database_exists(settings.database_url):
        return []
    try:
        with opened(settings) as engine:
            if pending(engine):
                return []
            with engine.connect() as db:
                return [_check_ward(db, ward) for ward in list_wards(db)]
    except (KeyFault, InvalidTag, SQLAlchemyError):
        return []


def _check_ward(db: Connection, ward: Ward) -> Finding:
    gaps = gaps_of(db, ward.code)
    if not gaps:
        return Finding("ladder", State.OK, Text("doctor.ladder.complete", {"ward": ward.name}))
    words = Text("doctor.ladder.gaps", {"ward": ward.name, "number": len(gaps)})
    advice = Text("doctor.ladder.gaps_do", {"lines": gap_lines(gaps)})
    return Finding("ladder", State.WARN, words, advice)
