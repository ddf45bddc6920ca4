"""Somebody takes back or rewords what people have read: a new announcement that stands for the
old one. What it does to the copies is in actions/corrected.py.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.engine import Connection

from actions.announcement_lists import may_change
from actions.announcement_plans import columns_of, require_sound
from actions.announcing import schedule_announcement
from actions.correction_face import short_face
from actions.correction_plans import Wanted as Wanted
from actions.correction_plans import planned_correction
from actions.correction_rest import BROKEN_OFF, stop_coming
from actions.occurrences import plan_now, send_due_of
from actions.sending import break_off
from actions.standings import standings_of
from domain.access import EVERY_WARD
from domain.announcing import Sort, State
from domain.corrections import Kind, clearing_words, kind_of
from domain.errors import Refused
from domain.notices import Notice
from storage import announcements, corrections, incidents, proofs, wards
from storage.announcement_tables import Announcement
from storage.tables import Person

# Older ones are found by their code.
LISTED_FOR: Final = timedelta(days=14)
_MOST: Final = 60


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
    _lock_first(db, wanted.announcement_id)
    filed = None if draft_id is None else announcements.find_filed(db, draft_id)
    if filed is not None:
        return filed
    former = announcements.lock(db, require_correct(db, wanted, person).id)
    planned = planned_correction(db, former, wanted, now)
    # Nothing of it may follow its own correction, which reaches whoever has none in its place.
    break_off(db, former, BROKEN_OFF, now)
    made = schedule_announcement(db, person, planned, draft_id, bot, now, random_below, code=code)
    if planned.rule is not None:
        # It takes over the times to come; this one is for the copies that stand already.
        plan_now(db, made, made.created_at)
        send_due_of(db, made.id, now)
    if made.state != State.WAITING.value:
        stop_coming(db, former, now)
    return announcements.get(db, made.id)


def preview_of(
    db: Connection, person: Person, wanted: Wanted, code: str, bot: str, now: datetime
) -> Notice:
    """The short message exactly as it will be posted. Raises Refused as `correct` does."""
    former = require_correct(db, wanted, person)
    planned = planned_correction(db, former, wanted, now)
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
    if wanted.kind is Kind.CLEARED and is_cleared(db, now_valid):
        raise Refused("correction.refused.cleared")
    if wanted.kind is Kind.CANCELLED and is_cleared(db, now_valid):
        # Nobody would be asked about the danger any more, and its copies would say "cancelled".
        raise Refused("correction.refused.cancels_clear")
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


def suggested_clearing(db: Connection, announcement: Announcement) -> str:
    """Which all-clear is suggested (domain.corrections.clearing_words): by what was reported where
    a report stands behind it, else by the first template."""
    first = next(iter(formers_of(db, announcement)), announcement)
    incident = incidents.find(db, announcement.incident_id or 0)
    return clearing_words(first.template, incident.kind if incident else None)


def is_cleared(db: Connection, announcement: Announcement) -> bool:
    """Whether it is an all-clear, or says one in other words."""
    chain = (*formers_of(db, announcement), announcement)
    return any(kind_in(each) is Kind.CLEARED for each in chain)


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


def _lock_first(db: Connection, announcement_id: int) -> None:
    """Of all that stands for it the first one: two who correct it at once, by whichever code,
    come one after the other."""
    found = announcements.find(db, announcement_id)
    while found is not None and found.corrects is not None:
        found = announcements.find(db, found.corrects)
    if found is not None:
        announcements.lock(db, found.id)
