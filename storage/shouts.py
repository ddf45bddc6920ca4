"""Cries for help in a neighbourhood's chat whose author was asked whether to tell the police:
kept as drafts of their author that nothing else goes on with.
"""

from datetime import datetime
from typing import Any

from sqlalchemy.engine import Connection
from sqlmodel import col, select

from domain.incidents import Source, State
from storage.rows import add, find, rows
from storage.tables import Draft, Incident

FLOW = "shout"
ASKED = "asked"


def add_shout(db: Connection, author_id: int, state: Any, now: datetime) -> int:
    """`author_id` is the address of the author's private chat."""
    draft = Draft(
        address_id=author_id, flow=FLOW, state=state, status=ASKED, created_at=now, updated_at=now
    )
    return add(db, draft)


def find_shout(db: Connection, key: int) -> Draft | None:
    """One whose author has not answered yet."""
    wanted = (Draft.id == key) & (Draft.flow == FLOW) & (Draft.status == ASKED)
    return find(db, Draft, select(Draft).where(wanted))


def list_shouts_of(db: Connection, author_id: int, since: datetime) -> list[Draft]:
    """What one author was asked about not before `since`, the newest first."""
    wanted = (
        (col(Draft.address_id) == author_id)
        & (col(Draft.flow) == FLOW)
        & (col(Draft.status) == ASKED)
        & (col(Draft.created_at) >= since)
    )
    return rows(db, Draft, select(Draft).where(wanted).order_by(col(Draft.id).desc()))


def find_shouted(
    db: Connection, neighbourhood_id: int, kind: str, since: datetime
) -> Incident | None:
    """The open incident that was shouted about the same danger in the same neighbourhood."""
    still_open = [str(state) for state in State if state.is_open]
    wanted = (
        (col(Incident.source) == Source.GROUP.value)
        & (col(Incident.neighbourhood_id) == neighbourhood_id)
        & (col(Incident.kind) == kind)
        & col(Incident.state).in_(still_open)
        & col(Incident.withdrawn_at).is_(None)
        & (col(Incident.created_at) >= since)
    )
    return find(db, Incident, select(Incident).where(wanted).order_by(col(Incident.id)))
