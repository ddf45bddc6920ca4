"""What is past its time is erased: the ticks behind the table of domain/retention.py. Each look
takes a bounded batch, so that no update waits for it; the next one goes on.
"""

from datetime import datetime
from typing import Final

from sqlalchemy.engine import Connection

from actions.cards import redraw_cards
from actions.consents import redraw_anew
from actions.erasure import erase_person, finish_erasures
from domain.notices import Button, Lane, Notice, Text
from domain.retention import Kept, over_since
from storage import ageing, forgetting, incidents, mediations, old_posts, outbox
from storage.addresses import find_private_chat, list_ids_of
from storage.people import change_person
from storage.tables import Incident, Person

BATCH: Final = 100
_PAGE: Final = 200


def forget_reports(db: Connection, now: datetime) -> None:
    """Reports become counts when their time is over; before that those without a name lose
    their link, and what somebody asked to be erased goes once it is closed."""
    for kept in (Kept.CALM_REPORT, Kept.REPORT):
        before, calm = over_since(kept, now), kept is Kept.CALM_REPORT
        for incident in ageing.list_reports_over(db, before, calm=calm, limit=BATCH):
            anonymise(db, incident, now)
    for incident in ageing.list_withheld(db, over_since(Kept.WITHHELD_LINK, now), BATCH):
        forgetting.cut_link(db, incident)
        if incident.callback:
            redraw_anew(db, incident.id, now)
    for mediation in ageing.list_mediations_over(db, over_since(Kept.MEDIATION, now), BATCH):
        forgetting.wipe_mediation(db, mediation)
    ageing.forget_actors(db, over_since(Kept.ACTORS, now))
    finish_erasures(db, now)


def anonymise(db: Connection, incident: Incident, now: datetime) -> None:
    """Only what is counted stays: kind, urgency, neighbourhood, state, outcome and times."""
    forgetting.cut_link(db, incident)
    forgetting.wipe_incident(db, incident, now)
    redraw_cards(db, incidents.get(db, incident.id), now)


def forget_announcements(db: Connection, now: datetime) -> None:
    """Who confirmed what goes soon; official words, with who wrote and changed them, stay as long
    as somebody may ask whether they were true."""
    old_posts.forget_readings(db, over_since(Kept.READING, now))
    old_posts.forget_announcements(db, over_since(Kept.ANNOUNCEMENT, now), BATCH)


def forget_people(db: Connection, now: datetime) -> None:
    """Profiles that nothing keeps; and those who enrolled and were silent for long are asked
    once, then erased."""
    forgetting.forget_parked(db, over_since(Kept.PARKED_UPDATE, now))
    _forget_idle(db, now)
    for person in ageing.list_unanswering_people(db, over_since(Kept.UNANSWERED, now), BATCH):
        erase_person(db, person, now)
    for person in ageing.list_silent_people(db, over_since(Kept.ENROLLED, now), BATCH):
        _ask_whether_to_keep(db, person, now)


def _forget_idle(db: Connection, now: datetime) -> None:
    before, worked = over_since(Kept.PROFILE, now), over_since(Kept.ACTORS, now)
    after = done = 0
    while done < BATCH:
        page = ageing.list_idle_people(db, before, worked, after, _PAGE)
        if not page:
            return
        for person in page:
            if not _has_open_matter(db, person):
                forgetting.wipe_person(db, person, name=True)
                done += 1
        after = page[-1].id


def _has_open_matter(db: Connection, person: Person) -> bool:
    """Something that they reported or asked for and that still tells whose it is."""
    own = list_ids_of(db, person.id)
    return bool(incidents.list_reported(db, own, 1) or mediations.list_asked(db, own, 1))


def _ask_whether_to_keep(db: Connection, person: Person, now: datetime) -> None:
    change_person(db, person.id, asked_at=now)
    chat = find_private_chat(db, person.id)
    if chat is None:
        return
    labels = (("keep", "d:keep"), ("erase", "d:erase"))
    buttons = tuple(
        (Button(_numbered(number, f"data.button.{name}"), tap),)
        for number, (name, tap) in enumerate(labels, start=1)
    )
    outbox.put(db, chat, Notice(Text("data.still_here"), buttons), Lane.NOTICE, now)


def _numbered(number: int, key: str) -> Text:
    return Text("menu.numbered", {"number": number, "label": Text(key)})
