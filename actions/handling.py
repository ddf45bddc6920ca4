"""What officers do with an incident: each deed asks the gate, changes the state in one
statement so that the first press wins, writes the history, brings cards and receipt up to
date, and tells the reporter. Raises Refused; then nothing was changed.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.engine import Connection

from actions.audience import alert_neighbourhood, tell_all_clear, tell_leaders
from actions.card_face import ward_name
from actions.cards import put_cards, refresh_card
from actions.ladder import tell_taken
from actions.receipt_face import add_button, numbers_first, reopen_button
from actions.receipts import refresh_receipt, step, tell_reporter
from actions.standings import standings_of
from domain.access import require_handle_incident
from domain.errors import Refused
from domain.incidents import (
    ACTS,
    Act,
    Destination,
    Happening,
    Outcome,
    State,
    may_reopen,
    states_before,
)
from domain.names import given_name
from domain.notices import Button, Moment, Notice, Param, Text
from storage import addresses, incidents
from storage.tables import Incident, Person


def acknowledge(db: Connection, incident_id: int, officer: Person, now: datetime) -> Incident:
    """The officer's "I take it". Of two presses the first wins; the other one hears who did."""
    incident = require_officer(db, incident_id, officer)
    values = {"officer_id": officer.id, "taken_at": now}
    _move(db, incident, State.TAKEN, officer, now, values)
    incident = _announce(db, incident.id, "incident.taken", now)
    tell_taken(db, incident, now)
    return incident


def set_on_the_way(db: Connection, incident_id: int, officer: Person, now: datetime) -> Incident:
    """The police have set out; no time of arrival is ever said."""
    incident = require_officer(db, incident_id, officer)
    _move(db, incident, State.ON_THE_WAY, officer, now, {})
    return _announce(db, incident.id, "incident.on_the_way", now)


def deal_with(
    db: Connection, incident_id: int, outcome: Outcome, officer: Person, now: datetime
) -> Incident:
    """Close it with an outcome, whose sentence the reporter reads with "not solved" below."""
    incident = require_officer(db, incident_id, officer)
    values = {"closed_at": now, "outcome": outcome.value}
    _move(db, incident, State.CLOSED, officer, now, values, {"outcome": outcome.value})
    incident = incidents.get(db, incident_id)
    notice = _closing(incident, Text(f"incident.outcome.{outcome.value}.sentence"))
    tell_reporter(db, incident, notice, now, subject="closed")
    tell_all_clear(db, incident, now)
    return _show(db, incident, now)


def pass_on(
    db: Connection, incident_id: int, to: Destination, officer: Person, now: datetime
) -> Incident:
    """The officer passed it to another body; the reporter hears to whom and when."""
    incident = require_officer(db, incident_id, officer)
    values = {"closed_at": now, "outcome": to.value}
    _move(db, incident, State.PASSED_ON, officer, now, values, {"to": to.value})
    destination = Text(f"incident.destination.{to.value}")
    return _announce(db, incident_id, "incident.passed_on", now, destination=destination)


def ask_reporter(
    db: Connection, incident_id: int, question: str, officer: Person, now: datetime
) -> bool:
    """Relay a question by the code alone; False where the reporter cannot be reached now."""
    incident = require_act(db, incident_id, Act.ASK, officer)
    detail = {"words": question}
    incidents.add_event(db, incident.id, Happening.ASKED, now, actor_id=officer.id, detail=detail)
    ward = ward_name(db, incident.ward_code)
    button = Button(Text("incident.button.answer"), tap=f"r:{incident.id}:answer")
    text = step(incident, "incident.question", ward=ward, words=question).text
    tell_reporter(db, incident, Notice(text=text, buttons=((button,),)), now, subject="question")
    refresh_card(db, incident, now)
    address_id = incidents.find_reporter(db, incident.id)
    return address_id is not None and (
        addresses.get_address(db, address_id).unreachable_at is None
    )


def reopen(db: Connection, incident: Incident, now: datetime) -> Incident:
    """The reporter's "not solved", once: new again, with a fresh card that rings, and whoever
    heard that it is over hears that it is not. The caller has made sure that it is the
    reporter."""
    if not incidents.mark_reopened(db, incident.id, now):
        raise _not_again(incidents.get(db, incident.id))
    incidents.add_event(db, incident.id, Happening.REOPENED, now)
    incident = incidents.get(db, incident.id)
    put_cards(db, incident, now, loud=True)
    refresh_receipt(db, incident, now)
    tell_leaders(db, incident, now)
    alert_neighbourhood(db, incident, now)
    return incident


def _not_again(incident: Incident) -> Refused:
    if incident.reopened_at is None:
        return Refused("incident.not_closed")
    state = State(incident.state)
    return Refused("incident.reopening" if state is State.NEW else "incident.reopened_before")


def require_officer(db: Connection, incident_id: int, officer: Person) -> Incident:
    """The incident, for an officer of its ward. Raises Refused."""
    incident = incidents.find(db, incident_id)
    if incident is None:
        raise Refused("incident.unknown")
    require_handle_incident(standings_of(db, officer.id), incident.ward_code)
    return incident


def require_act(db: Connection, incident_id: int, act: Act, officer: Person) -> Incident:
    """The incident, where this act is possible now. Raises Refused with what stands instead."""
    incident = require_officer(db, incident_id, officer)
    if act not in ACTS[State(incident.state)]:
        raise too_late(db, incident, officer)
    if act is Act.ASK and incidents.find_reporter(db, incident.id) is None:
        raise Refused("recording.nobody_to_ask")
    return incident


def too_late(db: Connection, incident: Incident, officer: Person) -> Refused:
    """Why an act is not possible now: who has it since when, or that it is over."""
    match State(incident.state):
        case State.NEW:
            return Refused("incident.take_first")
        case State.CLOSED | State.PASSED_ON as over:
            return Refused(f"incident.{over.value}_already")
        case state if incident.officer_id == officer.id:
            return Refused(f"incident.{state.value}_by_you")
        case _:
            name = addresses.get_person(db, incident.officer_id or 0).name
            at = Moment(incident.taken_at or incident.created_at, "time")
            return Refused("incident.taken_by", name=given_name(name), at=at)


def _move(
    db: Connection,
    incident: Incident,
    to: State,
    officer: Person,
    now: datetime,
    values: dict[str, Any],
    detail: dict[str, str] | None = None,
) -> None:
    if not incidents.move(db, incident.id, states_before(to), to, **values):
        raise too_late(db, incidents.get(db, incident.id), officer)
    what = Happening(to.value)
    incidents.add_event(db, incident.id, what, now, actor_id=officer.id, detail=detail)


def _announce(
    db: Connection, incident_id: int, key: str, now: datetime, **params: Param
) -> Incident:
    """Tell the reporter the step, and bring receipt and cards up to date."""
    incident = incidents.get(db, incident_id)
    ward = ward_name(db, incident.ward_code)
    said = step(incident, key, ward=ward, at=Moment(now, "time"), **params)
    lines = tuple(line for line in (numbers_first(incident), said.text) if line)
    tell_reporter(db, incident, Notice(text=Text("receipt.body", {"lines": lines})), now)
    return _show(db, incident, now)


def _show(db: Connection, incident: Incident, now: datetime) -> Incident:
    refresh_receipt(db, incident, now)
    refresh_card(db, incident, now)
    return incident


def _closing(incident: Incident, sentence: Text) -> Notice:
    """The outcome; "not solved" below it as long as it still counts."""
    if may_reopen(State(incident.state), reopened_before=incident.reopened_at is not None):
        closed = step(incident, "incident.closed", sentence=sentence)
        return replace(closed, buttons=((reopen_button(incident),),))
    return replace(
        step(incident, "incident.closed.again", sentence=sentence),
        buttons=((add_button(incident),),),
    )
