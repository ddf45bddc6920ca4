"""Counts what one person has sent, from all of their chats, by the keyed marks of the sealed
links alone, and holds it against domain/limits.py.
"""

from datetime import datetime

from sqlalchemy.engine import Connection

from domain.errors import Refused
from domain.limits import COUNTED_FOR, URGENT, calm_again_at, is_suspect
from domain.notices import Moment
from domain.urgency import Urgency
from storage import incidents
from storage.addresses import list_ids_of
from storage.tables import Address

_LAST_URGENT = Urgency.P2


def weigh(db: Connection, reporter: Address | None, urgency: Urgency, now: datetime) -> int | None:
    """Ask before one more report is filed. An urgent one is always taken: where it is one too
    many, how many its sender has sent within the hour, this one included; else None. What an
    officer types (no reporter) is not counted. Raises Refused for a calm one too many."""
    if reporter is None:
        return None
    own = [reporter.id]
    if reporter.person_id is not None:
        own = list_ids_of(db, reporter.person_id)
    sent = incidents.list_sent(db, own, now - COUNTED_FOR)
    if urgency <= _LAST_URGENT:
        urgent = [at for at, each in sent if each <= _LAST_URGENT]
        within = URGENT.recent([at for at, _ in sent], now)
        return len(within) + 1 if is_suspect(urgent, now) else None
    again = calm_again_at([at for at, each in sent if each > _LAST_URGENT], now)
    if again is not None:
        raise Refused("limits.calm", again=Moment(again))
    return None
