"""The codes that stand for something already, of whatever sort."""

from typing import Final

from sqlalchemy import bindparam, exists, or_, select
from sqlalchemy.engine import Connection

from storage.announcement_tables import Announcement
from storage.prepared import scalar
from storage.rows import table
from storage.tables import Incident, Mediation

_TAKEN: Final = (
    exists().where(table(model).c.code == bindparam("code"))
    for model in (Incident, Mediation, Announcement)
)
_IS_USED: Final = select(or_(*_TAKEN).label("used"))


def is_used(db: Connection, code: str) -> bool:
    """Whether an incident, a mediation or an announcement has these eight digits."""
    return bool(scalar(db, _IS_USED, {"code": code}))
