"""An urgent report that nobody takes wakes the ward's police, step by step: officers, deputy,
chief, and in the end whom to phone. The first who takes it ends it for everybody.

What is due follows from the rows of the report, so a restart forgets nothing; each step leaves
its stamp in the history in the transaction that puts its messages, so none is climbed twice.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final, TypeGuard

from sqlalchemy.engine import Connection

from actions.cards import refresh_card
from actions.desks import Call, desks, require_hears, settle, tell_desk
from actions.ladder_face import call_of, contacts_of, phones_of, taken_of, withdrawn_of
from actions.ladder_keeping import ladders_in_use
from actions.ladder_people import homes_at
from domain.errors import Refused
from domain.incidents import State
from domain.ladder import HEARS, STALE_AFTER, STAMPS, Ladder, Rung, rungs_due
from domain.notices import Lane, Notice
from domain.routing import recipients_of
from domain.urgency import Urgency
from storage import incidents, ladders, outbox
from storage.addresses import get_address
from storage.ladders import Due
from storage.tables import Address, Incident

# So many at once; the rest has its turn a few seconds later.
_BATCH: Final = 100
_RUNGS: Final = {stamp.value: rung for rung, stamp in STAMPS.items()}


def climb_ladders(db: Connection, now: datetime) -> None:
    """Wake whoever is due."""
    for ladder, ward_codes in ladders_in_use(db):
        due = [
            Due(int(urgency), now - ladder.after(urgency, rung), _at_or_above(rung))
            for urgency in ladder.minutes
            for rung in Rung
        ]
        for found in ladders.list_climbing(db, ward_codes, due, now - STALE_AFTER, _BATCH):
            incident = ladders.hold(db, found.id)
            if _waits(incident):
                _climb(db, incident, ladder, now)


def tell_taken(db: Connection, incident: Incident, now: datetime) -> None:
    """Somebody took it: whoever was woken reads who, in the place of the call."""
    _replace(db, incident, taken_of(db, incident), now)


def tell_withdrawn(db: Connection, incident: Incident, now: datetime) -> None:
    """Its reporter called it a mistake: nobody need hurry."""
    _replace(db, incident, withdrawn_of(incident), now)


def waiting_since(incident: Incident) -> datetime:
    """Since when nobody has taken it: new, opened again, or more urgent than before."""
    return incident.urgent_since or incident.reopened_at or incident.created_at


def is_waiting(db: Connection, incident_id: int) -> bool:
    """Whether this report still waits for somebody to take it."""
    return _waits(incidents.find(db, incident_id))


def _waits(incident: Incident | None) -> TypeGuard[Incident]:
    if incident is None or incident.withdrawn_at is not None:
        return False
    return incident.state == State.NEW.value


def _climb(db: Connection, incident: Incident, ladder: Ladder, now: datetime) -> None:
    since, urgency = waiting_since(incident), Urgency(incident.urgency)
    stamps = ladders.list_stamps(db, incident.id, STAMPS.values(), since)
    climbed = max((_RUNGS[each.what] for each in stamps), default=None)
    due = rungs_due(ladder, urgency, now - since, climbed)
    if not due:
        return
    rungs = _without_waiting(db, incident, due)
    rows = _wake(db, incident, rungs, now)
    if rungs[-1] is Rung.PHONE:
        rows += _show_phones(db, incident, ladder, now)
    stamp = STAMPS[rungs[-1]]
    incidents.add_event(db, incident.id, stamp, now, detail={"rows": rows})
    refresh_card(db, incident, now)


def _without_waiting(db: Connection, incident: Incident, due: Sequence[Rung]) -> tuple[Rung, ...]:
    """A step that reaches nobody is not waited out: the next one above is climbed instead."""
    rungs = list(due)
    while rungs[-1] is not Rung.PHONE and not _homes(db, incident, rungs[-1]):
        rungs.append(Rung(rungs[-1] + 1))
    return tuple(rungs)


def _homes(db: Connection, incident: Incident, rung: Rung) -> list[Address]:
    """Whom this step wakes, as far as the table lets them hear of it at all."""
    allowed = recipients_of(incident.kind, Urgency(incident.urgency))
    return homes_at(db, incident.ward_code, rung) if HEARS[rung] in allowed else []


def _wake(
    db: Connection, incident: Incident, rungs: Sequence[Rung], now: datetime
) -> list[list[int]]:
    """One message to each person, of the highest step that is theirs: [step, outbox id]."""
    heard: dict[int, tuple[Rung, Address]] = {}
    for rung in rungs:
        if rung is not Rung.PHONE:
            heard |= {home.id: (rung, home) for home in _homes(db, incident, rung)}
    return [[int(rung), _call(db, incident, rung, home, now)] for rung, home in heard.values()]


def _call(db: Connection, incident: Incident, rung: Rung, home: Address, now: datetime) -> int:
    require_hears(db, incident, HEARS[rung], home)
    since = int(waiting_since(incident).timestamp())
    return outbox.put(
        db,
        home,
        call_of(db, incident, rung),
        Lane.EMERGENCY,
        now,
        # Not "incident:": in private nothing else of the report follows it.
        concerns=f"ladder:{incident.id}",
        once=f"ladder:{incident.id}:{since}:{int(rung)}:{home.id}",
    )


def _show_phones(
    db: Connection, incident: Incident, ladder: Ladder, now: datetime
) -> list[list[int]]:
    rows = []
    for desk in desks(db, incident.ward_code):
        notice = phones_of(db, incident, ladder)
        thread = tell_desk(db, incident, desk, notice, Call(Lane.EMERGENCY), now)
        for contact in contacts_of(incident, ladder):
            thread.put(db, Notice(contact=contact), now)
        rows.append([int(Rung.PHONE), thread.row_id])
    return rows


def _replace(db: Connection, incident: Incident, notice: Notice, now: datetime) -> None:
    """Of this life of the report: who was woken before it was closed knows how that ended."""
    since = incident.reopened_at or incident.created_at
    for stamp in ladders.list_stamps(db, incident.id, STAMPS.values(), since):
        rows: Collection[tuple[int, int]] = (stamp.detail or {}).get("rows", ())
        for rung, row_id in rows:
            _put_in_place(db, incident, Rung(rung), row_id, notice, now)


def _put_in_place(
    db: Connection, incident: Incident, rung: Rung, row_id: int, notice: Notice, now: datetime
) -> None:
    row = outbox.get(db, row_id)
    try:
        require_hears(db, incident, HEARS[rung], get_address(db, row.address_id))
    except Refused:
        # No longer of this police: the call says nothing that they have not read.
        return
    settle(db, row, notice, now)


def _at_or_above(rung: Rung) -> tuple[str, ...]:
    return tuple(STAMPS[each].value for each in Rung if each >= rung)
