"""Finding an incident by the code that somebody typed, behind a gate: what a person may not see
is answered exactly like what does not exist.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy.engine import Connection

from actions.standings import standings_of
from domain.codes import WrongCheckDigit, parse_code
from domain.errors import Refused
from domain.roles import Standing
from storage import incidents
from storage.tables import Incident


@dataclass(frozen=True, slots=True)
class Gate:
    """`may` asks domain.access about one ward; `closed` is said to who may see none at all,
    `how` where no code was typed."""

    may: Callable[[Sequence[Standing], str], bool]
    closed: str
    how: str


def code_in(told: str) -> str | None:
    """The eight bare digits. Raises Refused for a mistyped code."""
    try:
        return parse_code(told)
    except WrongCheckDigit as fault:
        raise Refused("incident.code.mistyped") from fault


def get_behind(db: Connection, person_id: int, told: str, gate: Gate) -> Incident:
    """The incident whose code is in `told`, for a person whom the gate lets see it. Raises
    Refused."""
    standings = standings_of(db, person_id)
    if not any(gate.may(standings, each.ward_code) for each in standings):
        raise Refused(gate.closed)
    code = code_in(told)
    if code is None:
        raise Refused(gate.how)
    incident = incidents.find_by_code(db, code)
    if incident is None or not gate.may(standings, incident.ward_code):
        raise Refused("incident.unknown")
    return incident
