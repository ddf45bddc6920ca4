"""A correction reaches the copies of what it stands for: each is edited in its place, and a short
message below it is seen by those who have read it. A tick does it in pieces, since several hundred
chats at once would hold up everybody else's messages; marks in the outbox survive a restart.
"""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.engine import Connection

from actions.all_clear import settle_questions
from actions.announcement_face import notice_of, reworded
from actions.announcement_news import tell_author
from actions.copy_edits import edit_copy, reached_since
from actions.correction_face import copy_face
from actions.correction_messages import Spreading, needs_short, post_copy, post_short
from actions.correction_rest import BROKEN_OFF, bring_to_rest
from actions.corrections import formers_of, in_force, kind_in
from actions.dark_phones import list_lit
from actions.pasting import list_for_pasting
from actions.pieces import PIECE
from actions.sending import break_off
from domain.announcing import OccurrenceState, Sort, State
from domain.codes import spoken
from domain.corrections import SETTLES_WITHIN, Kind
from domain.notices import Param, Text
from storage import announcements, corrections, outbox, pins, posts
from storage.announcement_tables import Announcement
from storage.corrections import Copy

# So that what is given up on is still told, after a downtime too.
_LOOKS_BACK: Final = SETTLES_WITHIN + timedelta(days=4)
_OPEN: Final = [state.value for state in State if state.is_open]


def spread_corrections(db: Connection, now: datetime) -> None:
    """A tick: corrections reach some more copies; all of them together a piece."""
    most = PIECE
    for key in corrections.list_open(db, now - _LOOKS_BACK):
        if most > 0:
            most -= spread_some(db, key, now, most)
    if most <= 0:
        db.info["more"] = True


def spread_some(db: Connection, announcement_id: int, now: datetime, most: int) -> int:
    """One piece of one correction, of at most `most` copies; how many there were. With the first
    one, what it stands for ends."""
    fresh = _lock(db, announcement_id)
    spreading = _find_spreading(db, fresh) if fresh is not None else None
    if spreading is None:
        return 0
    fresh, formers = spreading.fresh, spreading.formers
    if in_force(db, fresh).id != fresh.id:
        # Another one stands for it, and reaches all that it would have reached.
        announcements.add_change(db, fresh.id, "reached", None, now)
        return 0
    _end_formers(db, spreading, now)
    left = most - _reach_some(db, spreading, now, most)
    if left > 0:
        # Where no bot can be, a leader pastes it below the old words.
        left -= list_for_pasting(db, fresh, spreading.occurrence, now, left).put
    if left > 0 and spreading.kind is Kind.CORRECTED:
        more = bring_to_rest(db, fresh, spreading.occurrence, formers.values(), now, left)
        left = 0 if more else left
    if left > 0:
        left -= _say_refused(db, spreading, now, left)
    if left > 0:
        _settle(db, spreading, now)
    return most - left


def _lock(db: Connection, announcement_id: int) -> Announcement | None:
    """It and all that it stands for, in the order in which everybody locks them; None where
    somebody else has one of them now: the next look comes soon."""
    formers = formers_of(db, announcements.get(db, announcement_id))
    keys = sorted([announcement_id, *(each.id for each in formers)])
    locked = {key: announcements.lock_free(db, key) for key in keys}
    return None if None in locked.values() else locked[announcement_id]


def _find_spreading(db: Connection, fresh: Announcement) -> Spreading | None:
    """None before it left, and when it has reached all that it can reach."""
    times = announcements.list_occurrences(db, fresh.id)
    left = (t for t in times if t.due_at == fresh.created_at and t.sent_at is not None)
    occurrence, kind = next(left, None), kind_in(fresh)
    changes = announcements.list_changes(db, fresh.id)
    if occurrence is None or kind is None or any(c.what == "reached" for c in changes):
        return None
    return Spreading(fresh, occurrence, {e.id: e for e in formers_of(db, fresh)}, kind)


def _end_formers(db: Connection, spreading: Spreading, now: datetime) -> None:
    """What comes again comes with the right words only; nothing keeps the old ones on top."""
    fresh, said = spreading.fresh, spreading.kind.value
    ids = list(spreading.formers)
    changes = announcements.list_changes(db, ids[-1])
    if any(c.what == said and (c.detail or {}).get("by") == fresh.id for c in changes):
        return
    announcements.add_change(db, ids[-1], said, fresh.author_id, now, {"by": fresh.id})
    for key, former in spreading.formers.items():
        break_off(db, former, BROKEN_OFF, now)
        due = announcements.find_due(db, key)
        if due is not None:
            reason = "announcement.reason.stopped"
            announcements.settle(db, due.id, OccurrenceState.SKIPPED.value, reason=reason)
        announcements.move(db, key, _OPEN, State.ENDED.value)
    if spreading.kind is not Kind.CORRECTED:
        pins.end_pins(db, ids, now)
    if spreading.kind is Kind.CLEARED:
        corrections.set_cleared(db, ids, now)
    for former in spreading.formers.values():
        said_now = Text(f"correction.asked.{said}", {"code": spoken(fresh.code)})
        settle_questions(db, former, said_now, now)


def _reach_some(db: Connection, spreading: Spreading, now: datetime, most: int) -> int:
    ids = list(spreading.formers)
    since = reached_since(db, ids, now)
    found = corrections.list_unreached(db, ids, spreading.mark, since, most)
    for copy in list_lit(db, found, spreading.mark, now):
        _reach(db, spreading, copy, now)
    return len(found)


def _reach(db: Connection, spreading: Spreading, copy: Copy, now: datetime) -> None:
    row = outbox.get(db, copy.outbox_id)
    if posts.give_up(db, row.id):
        # It is held, so nobody has seen it: the right words leave in its place, if any.
        posts.give_up_files(db, row)
        if spreading.kind is Kind.CORRECTED:
            stored = outbox.load_notice(row.notice)
            whole = reworded(stored, notice_of(db, spreading.fresh, now))
            post_copy(db, spreading, copy, whole, Sort(spreading.fresh.sort), now)
        return
    face = copy_face(db, spreading.fresh, spreading.formers[copy.announcement_id])
    once = f"{spreading.mark}:{copy.post_id}"
    edit_copy(db, copy, face, once, now, row=row, kind=spreading.kind)
    if needs_short(copy):
        post_short(db, spreading, copy, now)


def _say_refused(db: Connection, spreading: Spreading, now: datetime, most: int) -> int:
    """Where an edit was refused after all, however late, the short message says it; in how many
    chats."""
    ids, key = list(spreading.formers), spreading.occurrence.id
    refused = corrections.list_refused(db, ids, spreading.mark, key, most)
    for copy in list_lit(db, refused, spreading.mark, now):
        post_short(db, spreading, copy, now)
    return len(refused)


def _settle(db: Connection, spreading: Spreading, now: datetime) -> None:
    """Every copy was reached, or is given up on: its author hears once, of what arrived."""
    ids, fresh, key = list(spreading.formers), spreading.fresh, spreading.occurrence.id
    given_up = now >= (spreading.occurrence.sent_at or now) + SETTLES_WITHIN
    if not given_up and corrections.is_waiting(db, ids, spreading.mark, key):
        return
    announcements.add_change(db, fresh.id, "reached", None, now)
    number = corrections.count_reached(db, ids, spreading.mark, key)
    params: dict[str, Param] = {"code": spoken(spreading.formers[ids[-1]].code)}
    said = f"correction.news.{spreading.kind.value}" if number else "correction.news.nowhere"
    text = Text(said, {**params, "number": number} if number else params)
    tell_author(db, fresh, text, now, once=f"correction:{fresh.id}:reached")
