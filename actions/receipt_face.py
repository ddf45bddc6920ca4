"""What a receipt says, and nothing but what is true at that moment: written down, on its way
to the duty desk, there but unread, taken, or not there at all.
"""

from collections.abc import Mapping

from sqlalchemy.engine import Connection

from actions.card_face import kind_label, ward_name
from actions.desks import bound_desks, desks_with_card
from domain.codes import spoken
from domain.incidents import State, is_still_open
from domain.kinds import kind
from domain.kinds.numbers_for import numbers_for
from domain.notices import Button, Moment, Notice, Param, Text
from domain.urgency import Urgency
from storage.tables import Incident

_NOTHING = Text("text.nothing")
# For what is calm the numbers of its kind would only alarm.
_POLICE = "113"


def receipt_of(db: Connection, incident: Incident) -> Notice:
    """The receipt as it stands now. Its first line names the numbers where life is in danger."""
    named: dict[str, Param] = {"code": spoken(incident.code), "kind": kind_label(incident.kind)}
    lines = (
        numbers_first(incident),
        Text("house.trial"),
        Text("receipt.written", named),
        standing(db, incident),
        _withdrawn(incident),
        Text("receipt.more") if State(incident.state).is_open else _NOTHING,
        _NOTHING if incident.named else Text("receipt.withheld"),
    )
    return Notice(text=Text("receipt.body", {"lines": lines}), buttons=_buttons(incident))


def numbers_first(incident: Incident) -> Text:
    """ "Call 114 now" while an emergency is open; nothing otherwise."""
    if not _is_alarm(incident):
        return _NOTHING
    return Text("receipt.first", {"numbers": numbers_of(incident)})


def _is_alarm(incident: Incident) -> bool:
    """An emergency that is open, and was not called a mistake."""
    return incident.urgency == Urgency.P1 and is_still_open(incident)


def numbers_of(incident: Incident) -> str:
    """The numbers to call: the kind's own, and the police's where it has none, where the words
    tell of an attack, or where they made it more urgent than its kind is."""
    of_kind = kind(incident.kind)
    raised = incident.urgency == Urgency.P1 and of_kind.urgency != Urgency.P1
    return ", ".join(numbers_for(of_kind, incident.words, raised=raised))


def standing(db: Connection, incident: Incident) -> Text:
    """One sentence: who has it now."""
    state = State(incident.state)
    params: dict[str, Param] = {"ward": ward_name(db, incident.ward_code)}
    calm = incident.urgency > Urgency.P2
    params["numbers"] = _POLICE if calm else numbers_of(incident)
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


def _withdrawn(incident: Incident) -> Text:
    if incident.withdrawn_at is None:
        return _NOTHING
    return Text("receipt.withdrawn", {"at": Moment(incident.withdrawn_at)})


def _buttons(incident: Incident) -> tuple[tuple[Button, ...], ...]:
    if _is_alarm(incident):
        return ((add_button(incident),), (withdraw_button(incident),))
    named = ((name_button(incident),),) if may_give_name(incident) else ()
    return ((add_button(incident),), *named)


def withdraw_button(incident: Incident) -> Button:
    """ "It was a mistake": for an alert that goes on."""
    return Button(Text("danger.button.false_alarm"), tap=f"a:{incident.id}:wrong")


def add_button(incident: Incident) -> Button:
    """Lets the reporter add words, files or a pin."""
    return Button(Text("incident.button.add"), tap=f"r:{incident.id}:add")


def name_button(incident: Incident) -> Button:
    """Lets the reporter give the name that they withheld."""
    return Button(Text("incident.button.name"), tap=f"r:{incident.id}:name")


def may_give_name(incident: Incident) -> bool:
    """Whether the name is still withheld while the police work on it. About a quiet report
    nothing of this is said on the phone."""
    return is_still_open(incident) and not incident.named and not incident.quiet


def reopen_button(incident: Incident) -> Button:
    """ "Not solved"; its number may be typed while the message is the newest."""
    label = Text("menu.numbered", {"number": 1, "label": Text("incident.button.reopen")})
    return Button(label, tap=f"r:{incident.id}:reopen")


def _not_taken_yet(db: Connection, incident: Incident, params: Mapping[str, Param]) -> Text:
    if incident.card_sent_at is not None:
        return Text("receipt.state.sent", {**params, "at": Moment(incident.card_sent_at)})
    if desks_with_card(db, incident):
        reopened = ".again" if incident.reopened_at else ""
        return Text(f"receipt.state.sending{reopened}", params)
    refused = bound_desks(db, incident.ward_code)
    return Text("receipt.state.unreached" if refused else "receipt.state.no_desk", params)
