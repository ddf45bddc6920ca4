"""A report that was sent without a name is raised to one with a name, when its sender says so."""

from datetime import datetime

from sqlalchemy.engine import Connection

from actions.cards import refresh_card
from actions.receipt_face import may_give_name
from actions.receipts import refresh_receipt
from domain.errors import Refused
from domain.incidents import Happening
from storage import incidents
from storage.tables import Incident


def give_name(db: Connection, incident: Incident, name: str, now: datetime) -> Incident:
    """The card shows the name from now on. The caller has made sure that it is the reporter,
    and has asked. Raises Refused where there is nothing to raise."""
    if not may_give_name(incident):
        raise Refused("incident.named_already")
    incidents.set_columns(db, incident.id, named=True, reporter_name=name)
    incidents.add_event(db, incident.id, Happening.NAMED, now)
    incident = incidents.get(db, incident.id)
    refresh_card(db, incident, now)
    refresh_receipt(db, incident, now)
    return incident


def note_warned(db: Connection, incident: Incident) -> None:
    """The reporter was told that a pin or a voice may show who they are."""
    incidents.set_columns(db, incident.id, warned=True)
    incident.warned = True
