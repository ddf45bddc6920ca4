"""What the reporter is told, and nothing but what is true at that moment: written down, on its
way to the duty desk, there but unread, taken. The receipt changes in place; each step that
matters is a short message of its own.
"""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.engine import Connection

from actions.card_face import kind_label, ward_name
from actions.desks import desks
from domain.codes import spoken
from domain.incidents import State
from domain.kinds import kind
from domain.notices import Button, Lane, Moment, Notice, Param, Text
from domain.urgency import Urgency
from storage import addresses, incidents, outbox
from storage.tables import Incident, Outbox

_NOTHING = Text("text.nothing")
_POLICE = ("113",)


def receipt_of(db: Connection, incident: Incident) -> Notice:
    """The receipt as it stands now. Its first line names the numbers where life is in danger."""
    named: dict[str, Param] = {"code": spoken(incident.code), "kind": kind_label(incident.kind)}
    lines = (
        numbers_first(incident),
        Text("receipt.written", named),
        standing(db, incident),
        Text("receipt.more") if State(incident.state).is_open else _NOTHING,
    )
    return Notice(text=Text("receipt.body", {"lines": lines}), buttons=((add_button(incident),),))


def numbers_first(incident: Incident) -> Text:
    """ "Call 114 now" while an emergency is open; nothing otherwise."""
    if incident.urgency != Urgency.P1 or not State(incident.state).is_open:
        return _NOTHING
    return Text("receipt.first", {"numbers": numbers_of(incident)})


def numbers_of(incident: Incident) -> str:
    """The numbers to call for this kind, the police where it has none of its own."""
    return ", ".join(kind(incident.kind).numbers or _POLICE)


def standing(db: Connection, incident: Incident) -> Text:
    """One sentence: who has it now."""
    state = State(incident.state)
    params: dict[str, Param] = {"ward": ward_name(db, incident.ward_code)}
    params["numbers"] = numbers_of(incident)
    if state is State.NEW:
        return _not_taken_yet(db, incident, params)
    if incident.taken_at is not None:
        params["at"] = Moment(incident.taken_at)
    if incident.closed_at is not None:
        params["at"] = Moment(incident.closed_at)
    if state is State.CLOSED:
        params["sentence"] = Text(f"incident.outcome.{incident.outcome}.sentence")
    if state is State.PASSED_ON:
        params["destination"] = Text(f"incident.destination.{incident.outcome}")
    return Text(f"receipt.state.{state.value}", params)


def _not_taken_yet(db: Connection, incident: Incident, params: Mapping[str, Param]) -> Text:
    if incident.card_sent_at is not None:
        return Text("receipt.state.sent", {**params, "at": Moment(incident.card_sent_at)})
    if not desks(db, incident.ward_code):
        return Text("receipt.state.no_desk", params)
    reopened = ".again" if incident.reopened_at else ""
    return Text(f"receipt.state.sending{reopened}", params)


def put_receipt(db: Connection, incident: Incident, now: datetime) -> int:
    """Owe the receipt to the reporter."""
    row_id = tell_reporter(db, incident, receipt_of(db, incident), now)
    incidents.set_columns(db, incident.id, receipt_id=row_id)
    return row_id


def refresh_receipt(db: Connection, incident: Incident, now: datetime) -> None:
    """Make the receipt say what is true now."""
    if incident.receipt_id is not None:
        outbox.edit(db, incident.receipt_id, receipt_of(db, incident), now)


def card_was_sent(db: Connection, row: Outbox, now: datetime) -> None:
    """Told of every row that a messenger accepted: the first card of an incident makes its
    receipt say so; every other row changes nothing."""
    incident = _incident_of_card(db, row)
    if incident is None:
        return
    if incident.reopened_at is not None and row.created_at < incident.reopened_at:
        return
    if incidents.mark_card_sent(db, incident.id, now):
        refresh_receipt(db, incidents.get(db, incident.id), now)


def card_was_refused(db: Connection, row: Outbox, now: datetime) -> None:
    """Told of a dead letter: a receipt must not go on saying that the card is on its way."""
    incident = _incident_of_card(db, row)
    if incident is not None and incident.card_sent_at is None:
        refresh_receipt(db, incident, now)


def tell_reporter(
    db: Connection, incident: Incident, notice: Notice, now: datetime, *, subject: str = "receipt"
) -> int:
    """Owe the reporter a message about their incident; the outbox id. What they reply to it is
    understood by `subject`."""
    address = addresses.get_address(db, incidents.get_reporter(db, incident.id))
    # Never ahead of the questions that this person is still being sent in the same chat.
    lane = Lane.CONVERSATION
    return outbox.put(db, address, notice, lane, now, concerns=f"{subject}:{incident.id}")


def step(incident: Incident, key: str, **params: Param) -> Notice:
    """A short message about one step, by the code."""
    return Notice(text=Text(key, {"code": spoken(incident.code), **params}))


def add_button(incident: Incident) -> Button:
    """Lets the reporter add words, files or a pin."""
    return Button(Text("incident.button.add"), tap=f"r:{incident.id}:add")


def _incident_of_card(db: Connection, row: Outbox) -> Incident | None:
    if row.once is None or not row.once.startswith("incident:"):
        return None
    return incidents.get(db, int(row.once.split(":")[1]))
