"""An alert goes out before anybody is asked where or who; what is answered afterwards follows
it at once: the place, a number to call back, a yes to warning the neighbours, and "it was a
mistake". The caller has made sure that it is the reporter.
"""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.engine import Connection

from actions.attachments import attach
from actions.audience import alert_neighbourhood, tell_all_clear, tell_leaders
from actions.card_face import is_calm, neighbourhood_of, place_text
from actions.cards import refresh_card
from actions.desks import Call, lane_of, tell_desks
from actions.ladder import tell_withdrawn
from actions.receipts import refresh_receipt
from domain.codes import spoken
from domain.errors import Refused
from domain.incidents import Happening, Place, State, is_still_open
from domain.notices import Moment, Notice, Param, Pin, Text
from domain.phones import spoken_phone
from domain.urgency import Urgency
from storage import incidents
from storage.addresses import list_ids_of
from storage.subjects import NEWS, subject_in
from storage.tables import Incident
from storage.traces import list_ours

RECENT_FOR: Final = timedelta(hours=1)
# Who is beaten in the evening may write again in the night.
QUIET_FOR: Final = timedelta(hours=12)
_LATEST: Final = 20


def find_recent_alert(
    db: Connection, person_id: int, now: datetime, kind_code: str | None, *, quiet: bool = False
) -> Incident | None:
    """The newest open emergency that this person reported in the last hour, of this kind (None:
    of any): more words of the same danger belong to it. `quiet` finds one of those instead of
    which nothing may be said without their code."""
    own = list_ids_of(db, person_id)
    return next(
        (
            each
            for each in incidents.list_reported(db, own, _LATEST)
            if each.urgency == Urgency.P1
            and is_recent(each, now)
            and is_still_open(each)
            and each.quiet == quiet
            and kind_code in (None, each.kind)
        ),
        None,
    )


def find_quiet_case(
    db: Connection, person_id: int, address_id: int, now: datetime
) -> Incident | None:
    """The newest open quiet report of this person's last QUIET_FOR of which this chat still
    tells: they are writing of it. None once they have left it (actions/traces.py)."""
    own = list_ids_of(db, person_id)
    since = now - QUIET_FOR
    told = [row for row in list_ours(db, address_id, since) if not row.erased]
    about = {subject_in(db, row.concerns) for row in told}
    here = {incident_id for subject, incident_id in about if subject != NEWS}
    return next(
        (
            each
            for each in incidents.list_reported(db, own, _LATEST)
            if each.quiet and each.created_at > since and is_still_open(each) and each.id in here
        ),
        None,
    )


def is_recent(incident: Incident, now: datetime) -> bool:
    """Whether it is an hour old at most."""
    return incident.created_at > now - RECENT_FOR


def note_warned(db: Connection, incident: Incident) -> None:
    """Its sender was told what a pin may give away."""
    if not incident.warned:
        incidents.set_columns(db, incident.id, warned=True)


def put_place(
    db: Connection,
    incident: Incident,
    place: Place,
    neighbourhood_id: int | None,
    now: datetime,
) -> Incident:
    """Where it is: on the card, and below it as loudly as the alert."""
    fresh = place.pin if place.pin != Place.from_json(incident.place).pin else None
    incidents.set_columns(
        db, incident.id, place=place.to_json(), neighbourhood_id=neighbourhood_id
    )
    detail = {"place": place.to_json(), "neighbourhood": neighbourhood_id}
    incidents.add_event(db, incident.id, Happening.ADDED, now, detail=detail)
    incident = incidents.get(db, incident.id)
    params: dict[str, Param] = {"place": place_text(place)}
    params["where"] = neighbourhood_of(db, neighbourhood_id)
    _tell_desks(db, incident, "card.told.place", params, now, fresh)
    tell_leaders(db, incident, now)
    return incidents.get(db, incident.id)


def put_callback(db: Connection, incident: Incident, number: str, now: datetime) -> Incident:
    """A number to call back, for the police alone."""
    incidents.set_columns(db, incident.id, callback=number)
    incidents.add_event(db, incident.id, Happening.ADDED, now, detail={"callback": True})
    incident = incidents.get(db, incident.id)
    _tell_desks(db, incident, "card.told.callback", {"number": spoken_phone(number)}, now)
    return incident


def answer_neighbours(db: Connection, incident: Incident, yes: bool, now: datetime) -> int:
    """Whether the neighbourhood may be warned; how many of its chats just were."""
    incidents.set_columns(db, incident.id, tell_neighbours=yes)
    return alert_neighbourhood(db, incidents.get(db, incident.id), now)


def withdraw(db: Connection, incident: Incident, now: datetime) -> Incident:
    """It was a mistake, they say: everybody who was told hears so, and an officer closes it.
    Raises Refused where it is over already."""
    if incident.withdrawn_at is not None:
        raise Refused("danger.withdrawn_already")
    if not State(incident.state).is_open:
        raise Refused(f"incident.{incident.state}_already")
    incidents.set_columns(db, incident.id, withdrawn_at=now)
    incidents.add_event(db, incident.id, Happening.WITHDRAWN, now)
    incident = incidents.get(db, incident.id)
    _tell_desks(db, incident, "card.told.withdrawn", {"at": Moment(now, "time")}, now)
    refresh_receipt(db, incident, now)
    tell_withdrawn(db, incident, now)
    tell_all_clear(db, incident, now)
    return incident


def _tell_desks(
    db: Connection,
    incident: Incident,
    key: str,
    params: dict[str, Param],
    now: datetime,
    pin: Pin | None = None,
) -> None:
    """Below every card, which says it too from now on."""
    notice = Notice(Text(key, {"code": spoken(incident.code), **params}))
    call = Call(lane_of(incident), is_calm(incident))
    for thread in tell_desks(db, incident, notice, call, now):
        attach(db, thread, (), (pin,) if pin else (), now)
    refresh_card(db, incident, now)
