"""Somebody takes back or rewords what people have read: a new announcement that stands for the
old one. What it does to the copies is in actions/corrected.py.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.engine import Connection

from actions.announcement_lists import may_change
from actions.announcement_plans import Planned, columns_of, planned_of, require_sound
from actions.announcing import schedule_announcement
from actions.correction_face import short_face
from actions.occurrences import plan_now, send_due_of
from actions.people import LOCALES
from actions.standings import standings_of
from actions.templates import offered_templates
from actions.warnings import public_numbers, require_no_trace
from domain.access import EVERY_WARD
from domain.announcing import Sort, State
from domain.corrections import CANCELLING, CLEARING, Kind, kind_of
from domain.errors import Refused
from domain.identifying import signs_in
from domain.notices import Notice
from storage import announcements, corrections, proofs, wards
from storage.announcement_tables import Announcement
from storage.tables import Person

# Older ones are found by their code.
LISTED_FOR: Final = timedelta(days=14)
_MOST: Final = 60
_TEMPLATES: Final = {Kind.CANCELLED: CANCELLING, Kind.CLEARED: CLEARING}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants said of an announcement that was posted; `shows_person`: the words
    name a person, face or plate, also where nobody can see it from them."""

    announcement_id: int
    words: str
    kind: Kind = Kind.CORRECTED
    shows_person: bool = False


def correct(
    db: Connection,
    person: Person,
    wanted: Wanted,
    draft_id: int | None,
    bot: str,
    now: datetime,
    random_below: Callable[[int], int],
    *,
    code: str | None = None,
) -> Announcement:
    """Say it, or ask the second person. A second call with the same draft changes nothing and
    returns the first. Raises Refused."""
    filed = None if draft_id is None else announcements.find_filed(db, draft_id)
    if filed is not None:
        return filed
    former = announcements.lock(db, require_correct(db, wanted, person).id)
    # All of it is out first: nothing of it may follow its own correction.
    send_due_of(db, former.id, now, most=None)
    planned = _planned(db, former, wanted, now)
    made = schedule_announcement(db, person, planned, draft_id, bot, now, random_below, code=code)
    if planned.rule is not None:
        # It takes over the times to come; this one is for the copies that stand already.
        plan_now(db, made, made.created_at)
        send_due_of(db, made.id, now)
    return announcements.get(db, made.id)


def preview_of(
    db: Connection, person: Person, wanted: Wanted, code: str, bot: str, now: datetime
) -> Notice:
    """The short message exactly as it will be posted. Raises Refused as `correct` does."""
    former = require_correct(db, wanted, person)
    planned = _planned(db, former, wanted, now)
    role = require_sound(db, person, planned, now)
    row = Announcement(
        code=code, ward_code=planned.ward_code, author_id=person.id, author_role=role.value,
        bot=bot, created_at=now, **columns_of(planned),
    )  # fmt: skip
    return short_face(db, row, former, neighbourhoods=planned.neighbourhoods)


def require_correct(db: Connection, wanted: Wanted, person: Person) -> Announcement:
    """What is in force of it now, which the correction will stand for. Raises Refused."""
    posted = require_posted(db, wanted.announcement_id, person)
    now_valid = in_force(db, posted)
    if wanted.kind is Kind.CLEARED and not Sort(now_valid.sort).is_urgent:
        raise Refused("correction.refused.not_urgent")
    if wanted.kind is Kind.CLEARED and kind_in(now_valid) is Kind.CLEARED:
        raise Refused("correction.refused.cleared")
    if kind_in(now_valid) is Kind.CANCELLED and wanted.kind is not Kind.CLEARED:
        raise Refused("correction.refused.cancelled")
    if now_valid.state == State.PAUSED.value:
        raise Refused("correction.refused.paused")
    if any(State(each.state).is_open and not was_posted(db, each.id)
           for each in corrections.list_following(db, now_valid.id)):  # fmt: skip
        raise Refused("correction.refused.waits")
    return now_valid


def require_posted(db: Connection, announcement_id: int, person: Person) -> Announcement:
    """One that went out and that this person may change. Raises Refused; what they may not
    change is answered like what does not exist."""
    found = announcements.find(db, announcement_id)
    if found is None or not may_change(db, found, person):
        raise Refused("correction.refused.unknown")
    if not was_posted(db, announcement_id):
        raise Refused("correction.refused.not_posted")
    return found


def find_coded(db: Connection, code: str) -> Announcement:
    """The one with these eight digits. Raises Refused."""
    found = announcements.find_by_code(db, code)
    if found is None:
        raise Refused("correction.refused.unknown")
    return found


def was_posted(db: Connection, announcement_id: int) -> bool:
    """Whether anything of it went out."""
    return corrections.newest_sent_at(db, announcement_id) is not None


def in_force(db: Connection, announcement: Announcement) -> Announcement:
    """What stands for it now: the last one of the chain that was posted, or it itself."""
    while (following := proofs.find_correction(db, announcement.id)) is not None:
        announcement = following
    return announcement


def formers_of(db: Connection, announcement: Announcement) -> list[Announcement]:
    """All that it stands for, the first one first."""
    found: list[Announcement] = []
    while announcement.corrects is not None:
        announcement = announcements.get(db, announcement.corrects)
        found.insert(0, announcement)
    return found


def kind_in(announcement: Announcement) -> Kind | None:
    """What it says of the one that it stands for; None where it stands for nothing."""
    return None if announcement.corrects is None else kind_of(announcement.template)


def list_posted(db: Connection, person: Person, now: datetime) -> list[Announcement]:
    """What went out lately, is in force, and may be changed by this person; the newest first."""
    codes = {each.ward_code for each in standings_of(db, person.id)}
    if EVERY_WARD in codes:
        codes = {ward.code for ward in wards.list_wards(db)}
    found = corrections.list_sent(db, sorted(codes), now - LISTED_FOR, _MOST)
    return [
        each
        for each in found
        if may_change(db, each, person)
        and proofs.find_correction(db, each.id) is None
        and kind_in(each) not in (Kind.CANCELLED, Kind.CLEARED)
    ]


def _planned(db: Connection, former: Announcement, wanted: Wanted, now: datetime) -> Planned:
    if former.incident_id is not None:
        require_no_trace(db, former.incident_id, wanted.words)
    base = planned_of(db, former)
    shows = wanted.shows_person or bool(signs_in(wanted.words, public_numbers()))
    expires_at = base.expires_at if base.expires_at and base.expires_at > now else None
    planned = replace(
        base, words=wanted.words, corrects=former.id, template=_TEMPLATES.get(wanted.kind),
        names_person=shows, expires_at=expires_at, media=(), asks_reading=False, rule=None,
        pinned_for=None, late_for=None,
    )  # fmt: skip
    if wanted.kind is Kind.CLEARED:
        # Calm words, which yet must not wait for the morning.
        return replace(planned, sort=Sort.HAZARD, expires_at=None)
    if planned.sort is Sort.EMERGENCY and expires_at is None:
        raise Refused("correction.refused.expired")
    return planned if wanted.kind is Kind.CANCELLED else _reworded(db, former, planned, base, now)


def _reworded(
    db: Connection, former: Announcement, planned: Planned, base: Planned, now: datetime
) -> Planned:
    """What comes again goes on with the right words, and what is pinned stays so for the rest
    of its time."""
    repeats = State(former.state).is_open and base.rule is not None
    return replace(
        planned,
        media=base.media,
        template=_template(former.template, planned.words, now),
        names_person=planned.names_person or base.names_person,
        rule=base.rule if repeats else None,
        late_for=base.late_for if repeats else None,
        asks_reading=base.asks_reading and repeats,
        pinned_for=base.pinned_for if repeats else _rest(db, former, now),
    )


def _template(name: str | None, words: str, now: datetime) -> str | None:
    """As urgent as its template without a second person, where its words are still that
    template's and no others."""
    every = (each for locale in LOCALES for each in offered_templates(locale, now))
    return next((each.id for each in every if each.id == name and each.made(words)), None)


def _rest(db: Connection, former: Announcement, now: datetime) -> timedelta | None:
    sent_at = corrections.newest_sent_at(db, former.id)
    if not former.pinned_for or sent_at is None:
        return None
    rest = sent_at + timedelta(seconds=former.pinned_for) - now
    return rest if rest >= timedelta(seconds=1) else None
