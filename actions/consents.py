"""Consent for each purpose: recorded with what was shown, whether the answer was yes or no, and
withdrawn at once. What the consent let us keep is erased with it.

The words themselves are known to the catalogues alone; whoever asked hands them in as they were
spoken (`Turn.bot.words_of`), and their SHA-256 is kept. With the catalogue of that day it
proves what the person read; it says nothing about the person.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.engine import Connection

from actions.cards import card_of, redraw_cards
from actions.desks import desks_with_card
from actions.private_holds import give_up_unwanted
from domain.consent import RECEIVING, ConsentPurpose
from domain.incidents import Happening
from storage import audiences, confirmations, consents, incidents
from storage.addresses import list_ids_of
from storage.forgetting import reword, wipe_desk_messages
from storage.people import change_person
from storage.tables import Consent, Incident, Person

_MANY = 10_000


@dataclass(frozen=True, slots=True)
class Shown:
    """A question as somebody saw it: its catalogue key, all of its `words` in `locale`, by
    which bot, and when (aware UTC)."""

    text_key: str
    words: str
    locale: str
    bot: str
    at: datetime


def record(
    db: Connection,
    person: Person,
    purpose: ConsentPurpose,
    given: bool,
    shown: Shown,
    now: datetime,
) -> None:
    """Write the answer down, a no as well as a yes."""
    consents.add_consent(
        db,
        person_id=person.id,
        purpose=purpose.value,
        given=given,
        text_key=shown.text_key,
        text_hash=hashlib.sha256(shown.words.encode()).hexdigest(),
        locale=shown.locale,
        bot=shown.bot,
        shown_at=shown.at,
        answered_at=now,
    )


def newest(db: Connection, person_id: int, purpose: ConsentPurpose) -> Consent | None:
    """The answer that counts: the last yes that was not withdrawn (the name is asked for each
    report), else the last answer."""
    standing = consents.find_standing(db, person_id, purpose.value)
    return standing or consents.find_newest(db, person_id, purpose.value)


def is_given(db: Connection, person_id: int, purpose: ConsentPurpose) -> bool:
    """Whether there is a yes that stands."""
    return consents.find_standing(db, person_id, purpose.value) is not None


def keep(
    db: Connection,
    person: Person,
    purpose: ConsentPurpose,
    value: str | None,
    shown: Shown,
    now: datetime,
) -> None:
    """The answer about the house or the phone: `value` is kept, None is a no and erases what
    was kept. A correction of what is agreed already needs no new consent."""
    agreed = is_given(db, person.id, purpose)
    if value is None:
        withdraw(db, person, purpose, now)
    else:
        change_person(db, person.id, **{purpose.value: value})
        setattr(person, purpose.value, value)
    if not (agreed and value is not None):
        record(db, person, purpose, value is not None, shown, now)


def withdraw(db: Connection, person: Person, purpose: ConsentPurpose, now: datetime) -> None:
    """From now on, and for what was kept because of it: the house or the phone is erased, the
    name taken off every report, the groups of news and what was confirmed
    forgotten, and what waits for the private chat given up unless something else lets it come.
    A second time changes nothing."""
    consents.mark_withdrawn(db, person.id, purpose.value, now)
    match purpose:
        case ConsentPurpose.HOUSE:
            change_person(db, person.id, house=None)
            person.house = None
        case ConsentPurpose.PHONE:
            _take_number_off_reports(db, person, now)
            change_person(db, person.id, phone=None)
            person.phone = None
        case ConsentPurpose.NAME:
            _unname_reports(db, person.id, now)
        case ConsentPurpose.CONFIRM:
            confirmations.forget_person(db, person.id)
        case ConsentPurpose.TOPICS:
            audiences.drop_tags(db, person.id)
    if purpose in RECEIVING:
        give_up_unwanted(db, person.id)
    db.info["scrub"] = True


def take_name_off(db: Connection, incident: Incident, now: datetime) -> None:
    """The report says "no name given" from now on, also on the cards that stand and in what
    was kept of them."""
    incidents.set_columns(db, incident.id, named=False, reporter_name=None)
    incidents.add_event(db, incident.id, Happening.UNNAMED, now)
    redraw_anew(db, incident.id, now)


def redraw_anew(db: Connection, incident_id: int, now: datetime) -> None:
    """The cards show what is left of a report, and no message that is kept here says more."""
    incident = incidents.get(db, incident_id)
    wipe_desk_messages(db, incident.id)
    for _, card in desks_with_card(db, incident):
        # Also one that waits: nobody must read first what was taken back. (Where it is on the
        # wire already, the new one below replaces it.)
        reword(db, card.id, card_of(db, incident))
    redraw_cards(db, incident, now)


def _unname_reports(db: Connection, person_id: int, now: datetime) -> None:
    for incident in _reported(db, person_id):
        if incident.named or incident.reporter_name is not None:
            take_name_off(db, incident, now)


def _take_number_off_reports(db: Connection, person: Person, now: datetime) -> None:
    """Where it was taken from what was kept; another one, given for a report, stays with it."""
    for incident in _reported(db, person.id) if person.phone else ():
        if incident.callback == person.phone:
            incidents.set_columns(db, incident.id, callback=None)
            redraw_anew(db, incident.id, now)


def _reported(db: Connection, person_id: int) -> list[Incident]:
    own = list_ids_of(db, person_id)
    return incidents.list_reported(db, own, _MANY)
