"""The other half of the gate (actions/broadcasting.py): what it held for the end of quiet hours or
of a full day leaves, or is given up. Nobody else lets a held post go.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache, partial
from itertools import groupby
from pathlib import Path

from sqlalchemy.engine import Connection

from actions.announcement_authority import still_speaks
from actions.announcement_face import messages_of, named, notice_of, reworded
from actions.announcement_news import tell_author, tell_lost, tell_not_everywhere
from actions.pieces import PIECE
from actions.post_hours import quiet_hours_of
from actions.release_checks import still_leaving
from content.law import FOLDER
from domain.announcing import OccurrenceState, State
from domain.audiences import is_counted
from domain.notices import Lane, Notice, Param, Text
from domain.quiet_hours import HELD_AT_MOST, free_from
from storage import announcements, copies, held_posts, outbox, posts
from storage.addresses import get_address
from storage.announcement_tables import Announcement, Post
from storage.tables import Outbox

_REASONS = {
    State.WAITING.value: "announcement.reason.not_agreed",
    State.PAUSED.value: "announcement.reason.paused",
}


def release_held(db: Connection, now: datetime, folder: Path = FOLDER) -> None:
    """A tick: what waited long enough leaves, if its author may still say it; a piece of it at
    a time (`more` of storage/writer.py). `folder` holds the law items."""
    # A law item that waits longer is given up by actions/law_rotation.py, which tells the ward.
    found = held_posts.list_leaving(db, now, now - HELD_AT_MOST, PIECE)
    done = 0
    for key, several in groupby(found, key=lambda each: each[0]):
        held = [post for _, post in several]
        if not key:
            _let_go(db, held, now, folder)
        elif announcement := announcements.lock_free(db, key):
            _release(db, announcement, held, now, folder)
        else:
            continue
        done += len(held)
    if done and len(found) == PIECE:
        db.info["more"] = True


def give_up_taken_off(
    db: Connection, announcement: Announcement, was_for_groups: bool, now: datetime
) -> None:
    """Other places or groups of people were chosen for it: what is held where it does not go any
    more is not sent, and its author hears of how many chats. (Of people nobody is counted.)"""
    is_for_groups = any(tag for _, tag in announcements.list_aims(db, announcement.id))
    given_up = held_posts.give_up_taken_off(db, announcement.id)
    if was_for_groups and not is_for_groups:
        given_up += held_posts.give_up_private(db, announcement.id)
    if not given_up:
        return
    params: dict[str, Param] = {"what": named(announcement)}
    if was_for_groups or is_for_groups:
        tell_author(db, announcement, Text("announcement.news.taken_off.people", params), now)
        return
    reason = "announcement.reason.changed"
    for key in {each.occurrence_id for each in given_up if each.occurrence_id is not None}:
        if not posts.leaves_somewhere(db, key):
            dropped = OccurrenceState.DROPPED.value
            announcements.set_occurrence(db, key, state=dropped, reason=reason, sent_at=None)
    if number := copies.count_groups(db, [each.id for each in given_up]):
        params["number"] = number
        tell_author(db, announcement, Text("announcement.news.taken_off", params), now)


def _release(
    db: Connection, announcement: Announcement, held: Sequence[Post], now: datetime, folder: Path
) -> None:
    expired = announcement.expires_at is not None and announcement.expires_at <= now
    waited_for = _REASONS.get(announcement.state)
    late_for = HELD_AT_MOST if waited_for else timedelta(seconds=announcement.late_for)
    before = None if expired else now - late_for
    late = [each for each in held if expired or (each.held_until or now) < now - late_for]
    reason = "announcement.reason.expired" if expired else waited_for
    for key in dict.fromkeys(each.occurrence_id for each in late):
        _give_up(db, announcement, key or 0, reason or "announcement.reason.late", before, now)
    free = [each for each in held if each not in late]
    if not waited_for and free and still_speaks(db, announcement, now):
        _reword(db, announcement, free, now)
        for _, several in groupby(free, key=lambda each: each.occurrence_id):
            _let_go(db, list(several), now, folder)


def _let_go(db: Connection, held: Sequence[Post], now: datetime, folder: Path) -> None:
    """Where nobody looked when it was free, it may be night again: then it waits on."""
    hours = cache(partial(quiet_hours_of, db))
    let_go: list[int] = []
    for each in still_leaving(db, held, now, folder):
        free = free_from(now, hours(each.neighbourhood_id))
        if free > now:
            posts.set_post(db, each.id, held_until=free)
        else:
            let_go.append(each.outbox_id or 0)
    posts.release_all(db, let_go)


def _reword(
    db: Connection, announcement: Announcement, held: Sequence[Post], now: datetime
) -> None:
    """What was changed since it was put leaves in the words and with the files of now."""
    changed = announcements.newest_change(db, announcement.id, ["changed"])
    keys = [each.outbox_id or 0 for each in held if changed and each.created_at <= changed.at]
    if not keys:
        return
    words, *files = messages_of(notice_of(db, announcement, now))
    found = held_posts.list_words(db, keys)
    fresh = {row.id: reworded(outbox.load_notice(row.notice), words) for row in found}
    held_posts.reword_all(db, fresh)
    for row in found:
        _owe_files(db, row, files, now)


def _give_up(
    db: Connection,
    announcement: Announcement,
    occurrence_id: int,
    reason: str,
    before: datetime | None,
    now: datetime,
) -> None:
    """All of it that waits since before `before`, however much that is: its author hears once."""
    given_up = held_posts.give_up_late(db, occurrence_id, before)
    # Of a post for groups of people its author hears, and sees, no more than where nobody is in
    # one.
    few = not is_counted(len(copies.chats_with(db, occurrence_id)))
    tagged = any(tag for _, tag in announcements.list_aims(db, announcement.id))
    if not given_up or (tagged and few):
        return
    if posts.leaves_somewhere(db, occurrence_id) and not tagged:
        places = dict.fromkeys(each.neighbourhood_id for each in given_up)
        missed = tuple(each for each in places if each is not None)
        tell_not_everywhere(db, announcement, missed, reason, now)
        return
    if not posts.leaves_somewhere(db, occurrence_id):
        dropped = OccurrenceState.DROPPED.value
        announcements.set_occurrence(db, occurrence_id, state=dropped, reason=reason, sent_at=None)
    occurrence = announcements.get_occurrence(db, occurrence_id)
    tell_lost(db, announcement, [(occurrence, reason)], now)


def _owe_files(db: Connection, row: Outbox, files: Sequence[Notice], now: datetime) -> None:
    address, lane, about = get_address(db, row.address_id), Lane(row.lane), row.concerns
    for each in files:
        outbox.put(db, address, each, lane, now, answers=row.id, concerns=about)
