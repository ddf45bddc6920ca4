"""A person asks that what the bot knows of them be erased. What is theirs goes at once; a report
that is still open keeps its link until it is closed, since the police may have to ask, and a
tick finishes the work then. Counts stay, and so does the proof of what was consented to.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.engine import Connection

from actions.consents import redraw_anew, take_name_off, withdraw
from actions.standings import standings_of
from domain.consent import WITHDRAWABLE, ConsentPurpose
from domain.incidents import State
from storage import consents, forgetting, incidents, mediations, old_posts
from storage.addresses import list_addresses_of, list_ids_of
from storage.tables import Incident, Mediation, Person

BATCH = 100
_MANY = 10_000


@dataclass(frozen=True, slots=True)
class Remaining:
    """What is not erased yet: open reports by code and waiting requests for mediation, and
    whether a role keeps the name. Quiet reports are never among them, but are `unfinished`."""

    open_codes: tuple[str, ...] = ()
    has_role: bool = False
    unfinished: bool = False


def erase_person(db: Connection, person: Person, now: datetime) -> Remaining:
    """Erase all of it that may go now. A second call changes nothing more."""
    chats = list_addresses_of(db, person.id)
    for purpose in WITHDRAWABLE:
        withdraw(db, person, purpose, now)
    reported = incidents.list_reported(db, [chat.id for chat in chats], _MANY)
    still_open = [each for each in reported if State(each.state).is_open]
    for incident in reported:
        if incident not in still_open:
            cut_off(db, incident, now)
    waiting = _erase_mediations(db, [chat.id for chat in chats], now)
    has_role = bool(standings_of(db, person.id))
    # A mediator who takes the request must know who asks.
    forgetting.wipe_person(db, person, name=not has_role and not waiting)
    forgetting.wipe_chats(db, chats, {incident.id for incident in still_open})
    old_posts.forget_copies(db, [chat.id for chat in chats])
    codes = [each.code for each in still_open if not each.quiet]
    codes += [each.code for each in waiting]
    return Remaining(tuple(codes), has_role, bool(still_open or waiting))


def cut_off(db: Connection, incident: Incident, now: datetime) -> None:
    """Whose report it was is gone, with its files; what happened stays until its time."""
    if incident.named or incident.reporter_name is not None:
        take_name_off(db, incident, now)
    forgetting.cut_link(db, incident)
    forgetting.wipe_files(db, incident.id)
    redraw_anew(db, incident.id, now)


def finish_erasures(db: Connection, now: datetime) -> int:
    """For those who asked while something was open: cut off what was closed since; how many
    requests are done with."""
    done, after = 0, 0
    while asked := consents.list_standing(db, ConsentPurpose.ERASURE.value, after, BATCH):
        for request in asked:
            done += _finish(db, request.person_id, request.answered_at, now)
        after = asked[-1].id
    return done


def _finish(db: Connection, person_id: int, asked_at: datetime, now: datetime) -> bool:
    own = list_ids_of(db, person_id)
    reported = incidents.list_reported(db, own, _MANY)
    meant = [each for each in reported if each.created_at <= asked_at]
    for incident in meant:
        if not State(incident.state).is_open:
            cut_off(db, incident, now)
    waiting = _erase_mediations(db, own, asked_at)
    if waiting or any(State(each.state).is_open for each in meant):
        return False
    consents.mark_withdrawn(db, person_id, ConsentPurpose.ERASURE.value, now)
    return True


def _erase_mediations(db: Connection, own: list[int], until: datetime) -> list[Mediation]:
    """Of what was asked until then, all that a mediator has taken; the others are returned."""
    asked = [each for each in mediations.list_asked(db, own, _MANY) if each.created_at <= until]
    for mediation in asked:
        if mediation.state != "new":
            forgetting.wipe_mediation(db, mediation)
    return [each for each in asked if each.state == "new"]
