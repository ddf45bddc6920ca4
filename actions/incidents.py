"""A finished report becomes an incident: written down once, its media and its reporter kept
apart from it, the receipt owed to the reporter and the card to the duty chats.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.engine import Connection

from actions.audience import tell_leaders
from actions.cards import put_cards
from actions.codes import unused_code
from actions.limits import weigh
from actions.receipts import put_receipt
from domain.errors import Refused
from domain.incidents import Happening, Place, Source
from domain.kinds import kind, urgency_of
from domain.notices import Media
from domain.quiet import contact_of, is_told_quietly, may_be_quiet
from domain.routing import makes_incident
from domain.urgency import Urgency
from storage import incidents, wards
from storage.tables import Address, Incident


@dataclass(frozen=True, slots=True)
class Occurred:
    """When it happened: a choice ("now", "today", "yesterday", "earlier") or words."""

    choice: str = "now"
    words: str = ""

    def to_json(self) -> dict[str, str]:
        """What the card reads."""
        return {"choice": self.choice, "words": self.words}

    @property
    def is_now(self) -> bool:
        """Whether nothing was said but that it goes on."""
        return self.choice == "now" and not self.words


@dataclass(frozen=True, slots=True)
class ReportedIncident:
    """What a report says. `draft_id` None where no conversation made it; `name` only where the
    reporter allowed it to be shown; `neighbourhood_id` None where it is not known. `reporter`
    is None where an officer (`recorded_by`) typed it; `bot` then received its files. `helped`
    says for whom somebody else reports it, `callback` is a number to call back, `urgent` an
    alert that was confirmed: never less than P1. `contact` says when it is safe to write about
    a quiet one (domain/quiet.py); "" where that was not asked. `warned`: its writer was told
    that a pin or a voice may show who they are. `quiet`: it follows one of theirs that is."""

    draft_id: int | None
    reporter: Address | None
    kind: str
    words: str
    ward_code: str
    neighbourhood_id: int | None = None
    place: Place = field(default_factory=Place)
    occurred: Occurred = field(default_factory=Occurred)
    name: str | None = None
    media: tuple[Media, ...] = ()
    source: Source = Source.RESIDENT
    recorded_by: int | None = None
    helped: Mapping[str, str] | None = None
    callback: str | None = None
    urgent: bool = False
    bot: str = ""
    contact: str = ""
    warned: bool = False
    quiet: bool = False

    @property
    def received_by(self) -> str:
        """The bot whose messenger keeps the files."""
        return self.reporter.bot if self.reporter else self.bot


def report_incident(
    db: Connection,
    report: ReportedIncident,
    now: datetime,
    random_below: Callable[[int], int],
) -> Incident:
    """File it; a second call with the same draft changes nothing and returns the first. Raises
    Refused for a kind that belongs elsewhere, and beyond the limit of one person."""
    filed = None if report.draft_id is None else incidents.find_filed(db, report.draft_id)
    if filed is not None:
        return filed
    if not makes_incident(report.kind):
        raise Refused("report.elsewhere.not_filed")
    sent = weigh(db, report.reporter, _urgency(report), now)
    incident = _incident(db, report, unused_code(db, random_below), now, suspect=sent is not None)
    if report.reporter is not None:
        incidents.link_reporter(db, incident.id, report.reporter.id)
    for file in report.media:
        incidents.add_media(db, incident.id, report.received_by, file.kind, file.file, now)
    actor_id, detail = report.recorded_by, {"sent": sent} if sent is not None else None
    incidents.add_event(db, incident.id, Happening.REPORTED, now, actor_id=actor_id, detail=detail)
    put_cards(db, incident, now)
    if report.reporter is not None:
        put_receipt(db, incident, report.reporter, now)
    tell_leaders(db, incident, now)
    return incident


def responsible_ward(
    db: Connection, neighbourhood_id: int | None, known: str, served: Sequence[str]
) -> str:
    """The code of the ward that answers: the neighbourhood's, else the `known` one ("" where
    nobody knows), else the first that the bot serves, whose desk can pass it on: better one
    that is wrong than none. Raises Refused where there is no ward at all."""
    if neighbourhood_id is not None:
        return wards.get_neighbourhood(db, neighbourhood_id).ward_code
    if known:
        return known
    if first := wards.list_wards(db, served):
        return first[0].code
    raise Refused("command.no_ward_yet")


def _incident(
    db: Connection, report: ReportedIncident, code: str, now: datetime, *, suspect: bool
) -> Incident:
    follows = report.quiet and may_be_quiet(report.kind)
    quiet = follows or is_told_quietly(report.kind, report.words)
    return incidents.add_incident(
        db,
        code=code,
        filed=None if report.draft_id is None else incidents.draft_mark(db, report.draft_id),
        source=report.source.value,
        recorded_by=report.recorded_by,
        kind=report.kind,
        urgency=int(_urgency(report)),
        ward_code=report.ward_code,
        neighbourhood_id=report.neighbourhood_id,
        words=report.words,
        place=report.place.to_json(),
        occurred=report.occurred.to_json(),
        helped=dict(report.helped) if report.helped else None,
        callback=report.callback,
        named=report.name is not None,
        reporter_name=report.name,
        quiet=quiet,
        suspect=suspect,
        warned=report.warned,
        contact=contact_of(report.contact, quiet=quiet),
        created_at=now,
    )


def _urgency(report: ReportedIncident) -> Urgency:
    told = " ".join((report.words, report.place.words))
    urgency = urgency_of(kind(report.kind), told, going_on=report.occurred.is_now)
    return urgency.or_more_urgent(Urgency.P1) if report.urgent else urgency
