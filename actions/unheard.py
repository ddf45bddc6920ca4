"""Nobody has taken an urgent report yet: its sender is told so, again and again, with the
number to call, so that nobody waits for help that does not come.
"""

from datetime import datetime
from typing import Final

from sqlalchemy.engine import Connection

from actions.card_face import ward_name
from actions.desks import bound_desks, desks_with_card
from actions.receipt_face import numbers_of
from actions.receipts import tell_reporter
from domain.codes import spoken
from domain.notices import Moment, Notice, Param, Text
from domain.urgency import Urgency
from domain.waiting import STEPS, is_last, step_due
from storage import incidents
from storage.incidents import Due
from storage.tables import Incident

# So many at once; the rest has its turn a few seconds later.
_BATCH: Final = 100


def tell_unheard(db: Connection, now: datetime) -> None:
    """Tell each sender the newest step that is due, and write down that it was told: both are
    one transaction, so that no step is told twice."""
    due = [
        Due(int(urgency), number, now - after)
        for urgency, steps in STEPS.items()
        for number, after in enumerate(steps, start=1)
    ]
    for incident in incidents.list_unheard(db, due, _BATCH):
        since = incident.urgent_since or incident.reopened_at or incident.created_at
        step = step_due(Urgency(incident.urgency), since, now, incident.waits_told)
        if step is not None:
            incidents.set_columns(db, incident.id, waits_told=step)
            tell_reporter(db, incident, _notice(db, incident, step, now), now)


def _notice(db: Connection, incident: Incident, step: int, now: datetime) -> Notice:
    """The number first. The time stands in it, so that it is true whenever it arrives."""
    urgency = Urgency(incident.urgency)
    params: dict[str, Param] = {
        "at": Moment(now, "time"),
        "code": spoken(incident.code),
        "ward": ward_name(db, incident.ward_code),
        "numbers": numbers_of(incident),
    }
    lines = (
        Text(f"waiting.first.p{urgency.value}", params),
        Text("house.trial"),
        Text(_standing(db, incident), params),
        Text("waiting.last" if is_last(urgency, step) else "text.nothing"),
    )
    return Notice(text=Text("receipt.body", {"lines": lines}))


def _standing(db: Connection, incident: Incident) -> str:
    """Where it is: with the desk but not taken, on its way, or nowhere yet."""
    if incident.card_sent_at is not None:
        return "waiting.unheard"
    if desks_with_card(db, incident):
        return "waiting.sending"
    return "waiting.unreached" if bound_desks(db, incident.ward_code) else "waiting.no_desk"
