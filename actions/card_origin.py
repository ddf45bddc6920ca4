"""Lines of the card beside the story: what an officer typed, whom somebody reports for, that one
person sends a great many, or calls it a mistake, or is not content. Never who that person is.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy.engine import Connection

from actions.card_history import officer_name
from domain.incidents import Happening, Source
from domain.lengths import shortened
from domain.notices import Moment, Param, Text, plain
from domain.phones import spoken_phone
from storage import incidents
from storage.tables import Incident, IncidentEvent

# In domain.lengths.units.
_WHO_LIMIT: Final = 300
_NOTHING: Final = Text("text.nothing")


def source_line(db: Connection, incident: Incident) -> Text:
    """How it came, where nobody wrote it to the bot for themselves."""
    source = Source(incident.source)
    if incident.recorded_by is None:
        return _NOTHING if source is Source.RESIDENT else Text(f"card.source.{source.value}")
    params: dict[str, Param] = {"source": Text(f"card.source.{source.value}")}
    params["name"] = officer_name(db, incident.recorded_by)
    return Text("card.recorded", params)


def helped_line(incident: Incident) -> Text:
    """For whom it was reported, and whether they agreed."""
    if not incident.helped:
        return _NOTHING
    told: Mapping[str, str] = incident.helped
    who = told.get("who") or ""
    params: dict[str, Param] = {"agreed": Text(f"helping.told.{told.get('agreed') or 'unasked'}")}
    params["who"] = plain(shortened(who, _WHO_LIMIT)) if who else Text("helping.who.untold")
    return Text("helping.card", params)


def suspect_line(incident: Incident, events: Sequence[IncidentEvent]) -> Text:
    """That its sender sent many lately."""
    if not incident.suspect:
        return _NOTHING
    filed = next((e.detail for e in events if e.what == Happening.REPORTED), None) or {}
    sent = filed.get("sent")
    return Text("limits.card", {"number": sent}) if sent else Text("limits.card.many")


def callback_line(incident: Incident) -> Text:
    """The number to call back, for the police alone."""
    if not incident.callback:
        return _NOTHING
    return Text("card.callback", {"number": spoken_phone(incident.callback)})


def withdrawn_line(incident: Incident) -> Text:
    """That its sender calls it a mistake; an officer closes it all the same."""
    if incident.withdrawn_at is None:
        return _NOTHING
    return Text("card.withdrawn", {"at": Moment(incident.withdrawn_at)})


def reopened_line(incident: Incident) -> Text:
    """That its reporter was not content."""
    if incident.reopened_at is None:
        return _NOTHING
    return Text("card.reopened", {"at": Moment(incident.reopened_at)})


def media_line(db: Connection, incident: Incident) -> Text:
    """How many files belong to it."""
    count = len(incidents.list_media(db, incident.id))
    return Text("card.media", {"number": count}) if count else _NOTHING
