"""What was reported never shows through a warning: neither in the words of whoever told it, nor by
who or where that person is. Looked at when it is written, changed, agreed to and corrected, since
the reporter may add to the report meanwhile.
"""

from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy.engine import Connection

from domain.codes import spoken
from domain.errors import Refused
from domain.incidents import Happening, Place
from domain.phones import parse_phone
from domain.warnings import Reach, names, quotes, reach_of
from storage import incidents
from storage.tables import Incident

# What the reporter wrote after the report.
_TOLD: Final = (Happening.ADDED.value, Happening.ANSWERED.value)
# Of a number without the 0 or the +84 in front.
_FEWEST_DIGITS: Final = 8


def require_no_trace(db: Connection, incident_id: int | None, words: str) -> None:
    """Raises Refused where these words show what was reported, where, or by whom; what was erased
    shows through nothing."""
    incident = incidents.find(db, incident_id) if incident_id is not None else None
    if incident is None or incident.erased_at is not None:
        return
    if _shows(db, incident, words):
        raise Refused("warning.shows_reporter", number=spoken(incident.code))


def _shows(db: Connection, incident: Incident, words: str) -> bool:
    """Where everybody sees it burn, the place is nobody's secret."""
    freely = reach_of(incident.kind, quiet=incident.quiet) is Reach.FREELY
    helped = (incident.helped or {}).get("who", "")
    digits = _digits(words)
    later = list(_told_later(db, incident))
    places = [incident.place, *(each.get("place") for each in later)]
    told = [incident.words, *(str(each.get("words") or "") for each in later)]
    return (
        any(quotes(words, each, closely=not freely) for each in told)
        or (not freely and any(_quotes_place(words, each) for each in places if each))
        or names(words, incident.reporter_name or "")
        or names(words, helped)
        or _calls(digits, incident.callback)
        or incident.code in digits
    )


def _told_later(db: Connection, incident: Incident) -> Iterator[dict[str, Any]]:
    for each in incidents.list_events(db, incident.id):
        if each.what in _TOLD and isinstance(each.detail, dict):
            yield each.detail


def _quotes_place(words: str, stored: Any) -> bool:
    return quotes(words, Place.from_json(stored).words, closely=True)


def _calls(digits: str, callback: str | None) -> bool:
    """The same number with 0, 84 or +84 in front, and however it is parted."""
    number = _digits(parse_phone(callback or "") or callback or "")
    national = number.removeprefix("84") if number.startswith("84") else number.lstrip("0")
    return len(national) >= _FEWEST_DIGITS and national in digits


def _digits(words: str) -> str:
    return "".join(str(int(each)) for each in words if each.isdecimal())
