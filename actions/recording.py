"""An officer records what reached the police by another way. It becomes a card like any other,
with how it came and who wrote it down; who told it is not kept unless the officer types it.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy.engine import Connection

from actions.desks import desks_with_card
from actions.incidents import ReportedIncident, report_incident
from actions.standings import standings_of
from actions.wards import Surroundings
from domain.access import may_handle_incident, require_handle_incident
from domain.danger import danger_in
from domain.errors import Refused
from domain.recognition import guess_kinds
from domain.routing import makes_incident
from storage import incidents, wards
from storage.tables import Incident

_OTHER = "OTHER"


def may_record(db: Connection, person_id: int, served: Sequence[str]) -> bool:
    """Whether this person is an officer of a ward that the bot serves (() for all)."""
    standings = standings_of(db, person_id)
    # Everybody's forwarded messages come by here; most people hold no role at all.
    if not standings:
        return False
    known = wards.list_wards(db, served)
    return any(may_handle_incident(standings, ward.code) for ward in known)


def precinct_of(db: Connection, person_id: int, served: Sequence[str]) -> Surroundings:
    """The wards for which this officer may record, with their neighbourhoods. Raises
    Refused."""
    standings = standings_of(db, person_id)
    known = wards.list_wards(db, served)
    own = {ward.code: ward for ward in known if may_handle_incident(standings, ward.code)}
    if not own:
        raise Refused("access.officers_only")
    ward = next(iter(own.values())) if len(own) == 1 else None
    return Surroundings(own, ward, None, wards.list_neighbourhoods(db, tuple(own)))


def guess_kind(words: str) -> str:
    """The likeliest kind of what was written in one go; officers see the words beside it."""
    if danger := danger_in(words):
        return danger.kind_code
    guesses = guess_kinds(words, 1)
    return filed_as(guesses[0].kind.code) if guesses else _OTHER


def filed_as(kind_code: str) -> str:
    """What belongs elsewhere is kept all the same where an officer writes it down."""
    return kind_code if makes_incident(kind_code) else _OTHER


def record(
    db: Connection,
    report: ReportedIncident,
    now: datetime,
    random_below: Callable[[int], int],
) -> Incident:
    """File what an officer (`report.recorded_by`) typed or forwarded. Raises Refused."""
    standings = standings_of(db, report.recorded_by or 0)
    require_handle_incident(standings, report.ward_code)
    return report_incident(db, report, now, random_below)


def reaches_desk(db: Connection, incident: Incident) -> bool:
    """Whether a duty chat has its card, or is getting it."""
    return bool(desks_with_card(db, incident))


def has_reporter(db: Connection, incident: Incident) -> bool:
    """Whether anybody hears of what is done about it."""
    return incidents.find_reporter(db, incident.id) is not None
