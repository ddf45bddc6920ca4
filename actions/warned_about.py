"""Whether a warning may still be said: what was reported may have been withdrawn since, or turned
into something of which no word may reach a neighbour.
"""

from sqlalchemy.engine import Connection

from domain.warnings import Reach, reach_of
from storage import incidents
from storage.announcement_tables import Announcement

_WARNED: frozenset[Reach] = frozenset({Reach.FREELY, Reach.CAREFULLY})


def still_warns(db: Connection, announcement: Announcement) -> bool:
    """True for what no incident stands behind, and for what corrects or ends another one: that
    must always follow."""
    if announcement.incident_id is None or announcement.corrects is not None:
        return True
    incident = incidents.find(db, announcement.incident_id)
    if incident is None or incident.withdrawn_at is not None or incident.erased_at is not None:
        return False
    return reach_of(incident.kind, quiet=incident.quiet) in _WARNED
