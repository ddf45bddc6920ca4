"""A correction reaches the copies of what it stands for: each is edited in its place, and a short
message below it is seen by those who have read it. A tick does it in pieces, since several hundred
chats at once would hold up everybody else's messages; marks in the outbox survive a restart.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.engine import Connection

from actions.all_clear import settle_questions
from actions.announcement_face import notice_of, reworded
from actions.announcement_news import tell_author
from actions.broadcasting import post, quiet_hours_of
from actions.correction_face import copy_face, short_face
from actions.corrections import formers_of, in_force, kind_in
from actions.pasting import list_for_pasting
from domain.announcing import OccurrenceState, Sort, State
from domain.codes import spoken
from domain.corrections import REACHES_BACK, SETTLES_WITHIN, UNREAD_FOR, Kind
from domain.notices import Notice, Param, Text
from domain.quiet_hours import free_from
from storage import announcements, corrections, outbox, pins, posts
from storage.addresses import get_address
from storage.announcement_tables import Announcement, Occurrence
from storage.corrections import Copy
from storage.tables import Outbox

# Copies that one transaction looks at.
PIECE: Final = 40
# What could not reach everybody in this time is given up on.
_GIVEN_UP_AFTER: Final = timedelta(days=3)
_OPEN: Final = [state.value for state in State if state.is_open]


@dataclass(frozen=True, slots=True)
class _Spreading:
    """One correction on its way: `occurrence` is the time at which it left for the old copies,
    `formers` are what it stands for, by their ids."""

    fresh: Announcement
    occurrence: Occurrence
    formers: dict[int, Announcement]
    kind: Kind

    @property
    def mark(self) -> str:
        """What the edits that it owes are marked with."""
        return f"correction:{self.fresh.id}"


def spread_corrections(db: Connection, now: datetime) -> None:
    """A tick: every correction reaches some more copies."""
    for key in corrections.list_open(db, now - _GIVEN_UP_AFTER):
        spread_some(db, key, now)


def spread_some(db: Connection, announcement_id: int, now: datetime) -> None:
    """One piece of one correction; with the first one, what it stands for ends."""
    fresh = announcements.lock(db, announcement_id)
    times = announcements.list_occurrences(db, fresh.id)
    left = (t for t in times if t.due_at == fresh.created_at and t.sent_at is not None)
    occurrence, kind = next(left, None), kind_in(fresh)
    changes = announcements.list_changes(db, fresh.id)
    if occurrence is None or kind is None or any(c.what == "reached" for c in changes):
        return
    formers = {each.id: each for each in formers_of(db, fresh)}
    spreading = _Spreading(fresh, occurrence, formers, kind)
    _end_formers(db, spreading, now)
    found = corrections.list_unreached(
        db, list(formers), spreading.mark, _since(db, formers, now), PIECE
    )
    for copy in found:
        _reach(db, spreading, copy, now)
    if len(found) == PIECE:
        db.info["more"] = True
    else:
        _settle(db, spreading, now)


def spread_extensions(db: Connection, now: datetime) -> None:
    """A tick: the copies of what is in force longer than it said show until when."""
    for announcement in corrections.list_extended(db, now):
        if announcement.expires_at is None or in_force(db, announcement).id != announcement.id:
            continue
        several = {each.id: each for each in formers_of(db, announcement)}
        several[announcement.id] = announcement
        mark = f"until:{announcement.id}:{int(announcement.expires_at.timestamp())}"
        since = _since(db, several, now)
        for copy in corrections.list_unreached(db, list(several), mark, since, PIECE):
            face = _extended_face(db, announcement, several[copy.announcement_id], now)
            _edit(db, copy, face, f"{mark}:{copy.post_id}", now)


def _extended_face(
    db: Connection, announcement: Announcement, former: Announcement, now: datetime
) -> Notice:
    if announcement.corrects is None:
        return replace(notice_of(db, announcement, now), media=())
    return copy_face(db, announcement, former)


def _since(db: Connection, several: dict[int, Announcement], now: datetime) -> datetime:
    """Copies older than this are left as they are: those of the newest time are reached however
    old they are."""
    newest = (corrections.newest_sent_at(db, key) for key in several)
    return min((now - REACHES_BACK, *(at for at in newest if at is not None)))


def _end_formers(db: Connection, spreading: _Spreading, now: datetime) -> None:
    """What comes again comes with the right words only; nothing keeps the old ones on top."""
    fresh, said = spreading.fresh, spreading.kind.value
    ids = list(spreading.formers)
    changes = announcements.list_changes(db, ids[-1])
    if any(c.what == said and (c.detail or {}).get("by") == fresh.id for c in changes):
        return
    announcements.add_change(db, ids[-1], said, fresh.author_id, now, {"by": fresh.id})
    for key in ids:
        due = announcements.find_due(db, key)
        if due is not None:
            reason = "announcement.reason.stopped"
            announcements.settle(db, due.id, OccurrenceState.SKIPPED.value, reason=reason)
        announcements.move(db, key, _OPEN, State.ENDED.value)
    if spreading.kind is not Kind.CORRECTED:
        pins.end_pins(db, ids, now)
    if spreading.kind is Kind.CLEARED:
        corrections.set_cleared(db, ids, now)
    for key in ids:
        said_now = Text(f"correction.asked.{said}", {"code": spoken(fresh.code)})
        settle_questions(db, spreading.formers[key], said_now, now)
    # Where no bot can be, a leader pastes it below the old words.
    list_for_pasting(db, fresh, spreading.occurrence, now)


def _reach(db: Connection, spreading: _Spreading, copy: Copy, now: datetime) -> None:
    row = outbox.get(db, copy.outbox_id)
    if posts.give_up(db, row.id):
        # It is held, so nobody has seen it: the right words leave in its place, if any.
        posts.give_up_files(db, row)
        if spreading.kind is Kind.CORRECTED:
            stored = outbox.load_notice(row.notice)
            whole = reworded(stored, notice_of(db, spreading.fresh, now))
            _post(db, spreading, copy, whole, Sort(spreading.fresh.sort), now)
        return
    face = copy_face(db, spreading.fresh, spreading.formers[copy.announcement_id])
    _edit(db, copy, face, f"{spreading.mark}:{copy.post_id}", now, row=row, kind=spreading.kind)
    if _needs_short(spreading.kind, copy, now):
        _post_short(db, spreading, copy, now)


def _needs_short(kind: Kind, copy: Copy, now: datetime) -> bool:
    """An edit notifies nobody: where the copy was there long enough to be read, or cannot be
    edited, a message of its own says it."""
    if copy.state == "due":
        return False
    old = copy.sent_at is None or now - copy.sent_at >= UNREAD_FOR
    return old or kind is Kind.CLEARED or not copy.message_id


def _edit(
    db: Connection,
    copy: Copy,
    face: Notice,
    once: str,
    now: datetime,
    *,
    row: Outbox | None = None,
    kind: Kind = Kind.CORRECTED,
) -> None:
    row = row or outbox.get(db, copy.outbox_id)
    notice = reworded(outbox.load_notice(row.notice), face)
    if kind is not Kind.CORRECTED:
        notice = replace(notice, buttons=())
    outbox.edit(db, row.id, notice, now, once=once)


def _post_short(db: Connection, spreading: _Spreading, copy: Copy, now: datetime) -> None:
    """Below the old copy, and on top of the group instead of it. Quiet hours hold; the day's
    limit is against noise, and a correction of what stands there already is none."""
    former = spreading.formers[copy.announcement_id]
    short = replace(short_face(db, spreading.fresh, former), replies_to=copy.message_id or None)
    sort = Sort(spreading.fresh.sort)
    if not sort.is_urgent and free_from(now, quiet_hours_of(db, copy.neighbourhood_id)) <= now:
        sort = Sort.HAZARD
    _post(db, spreading, copy, short, sort, now)
    if copy.unpin_at is not None:
        posts.set_post(db, copy.post_id, unpin_at=min(copy.unpin_at, now))


def _post(
    db: Connection, spreading: _Spreading, copy: Copy, notice: Notice, sort: Sort, now: datetime
) -> None:
    post(
        db,
        get_address(db, copy.address_id),
        notice,
        sort,
        now,
        occurrence_id=spreading.occurrence.id,
        neighbourhood_id=copy.neighbourhood_id,
    )


def _settle(db: Connection, spreading: _Spreading, now: datetime) -> None:
    """Every copy was reached: where an edit was refused after all, the short message says it.
    Its author hears once."""
    ids, fresh = list(spreading.formers), spreading.fresh
    waits = False
    for copy, state in corrections.list_without(db, ids, spreading.mark, spreading.occurrence.id):
        if state in {"dead", "dropped"}:
            _post_short(db, spreading, copy, now)
        waits = waits or state == "due"
    if waits and now < (spreading.occurrence.sent_at or now) + SETTLES_WITHIN:
        return
    announcements.add_change(db, fresh.id, "reached", None, now)
    params: dict[str, Param] = {"code": spoken(spreading.formers[ids[-1]].code)}
    params["number"] = corrections.count_chats(db, ids, spreading.mark)
    text = Text(f"correction.news.{spreading.kind.value}", params)
    tell_author(db, fresh, text, now, once=f"correction:{fresh.id}:reached")
