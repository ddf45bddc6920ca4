"""The one gate of everything that is posted to many: quiet hours and the daily limit of a chat
hold for every sender, urgent words pass. No other module puts a post into the outbox.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from types import MappingProxyType
from typing import Final

from sqlalchemy.engine import Connection

from actions.announcement_authority import still_speaks
from actions.announcement_face import messages_of, reworded
from actions.announcement_news import tell_lost
from domain.announcing import OccurrenceState, Sort, State
from domain.notices import Lane, Notice
from domain.quiet_hours import HELD_AT_MOST, POSTS_A_DAY, QuietHours, free_from
from domain.wall_clock import day_of, instant_of
from storage import announcements, outbox, posts, rooms
from storage.addresses import get_address, get_person
from storage.announcement_tables import Announcement, Occurrence, Post, Rhythm
from storage.tables import Address, Outbox

# A hazard does not wait behind six hundred ordinary posts.
LANES: Final[Mapping[Sort, Lane]] = MappingProxyType(
    {Sort.ORDINARY: Lane.BROADCAST, Sort.HAZARD: Lane.NOTICE, Sort.EMERGENCY: Lane.EMERGENCY}
)
# Days that are looked through for one with room; full ones are given up on, not waited for.
_DAYS: Final = 7


def post(
    db: Connection,
    address: Address,
    notice: Notice,
    sort: Sort,
    now: datetime,
    *,
    occurrence_id: int | None = None,
    law_item: str | None = None,
    lane: Lane | None = None,
    neighbourhood_id: int | None = None,
    latest: datetime | None = None,
) -> int:
    """Owe this post to this chat, now or (ordinary ones) when it is free; the id of its row in
    `post`, whose `held_until` says until when it waits (None: it does not). A second one of the
    same occurrence is not put: the first one's id comes back. `neighbourhood_id` is whose hours
    hold, where it is not that of the chat or of the person. 0 where it would have to wait until
    `latest` or longer: nothing is put then."""
    near = neighbourhood_id if neighbourhood_id is not None else _near(db, address)
    until = _held_until(db, address, near, sort, now)
    if until is not None and latest is not None and until >= latest:
        return 0
    key = posts.add_post(
        db,
        occurrence_id=occurrence_id,
        law_item=law_item,
        address_id=address.id,
        neighbourhood_id=near,
        held_until=until,
        created_at=now,
    )
    if key is None:
        return _earlier(db, occurrence_id, address)
    hold = posts.HELD if until is not None else None
    row = _owe(db, address, messages_of(notice), lane or LANES[sort], key, now, hold)
    posts.set_post(db, key, outbox_id=row)
    return key


def held_until(
    db: Connection,
    address: Address,
    sort: Sort,
    at: datetime,
    neighbourhood_id: int | None = None,
) -> datetime | None:
    """Until when a post that comes at `at` would wait there; None where it goes at once."""
    near = neighbourhood_id if neighbourhood_id is not None else _near(db, address)
    return _held_until(db, address, near, sort, at)


def quiet_hours_of(db: Connection, neighbourhood_id: int | None) -> QuietHours:
    """The quiet hours of a neighbourhood: its own, or the defaults."""
    return _hours(_rhythm(db, neighbourhood_id))


def release_held(db: Connection, now: datetime) -> None:
    """A tick: what waited long enough leaves, if its author may still say it."""
    several: dict[int, list[Post]] = {}
    for each in posts.list_held(db, now):
        if each.occurrence_id is not None:
            several.setdefault(each.occurrence_id, []).append(each)
        # What waited for too long is given up by actions/law_rotation.py, which tells the ward.
        elif each.held_until is not None and now <= each.held_until + HELD_AT_MOST:
            posts.release(db, each.outbox_id or 0)
    found = [announcements.get_occurrence(db, key) for key in several]
    # In the order of `send_due`, so that two schedulers never wait for each other crosswise.
    for occurrence in sorted(found, key=lambda each: (each.announcement_id, each.id)):
        _release(db, occurrence, several[occurrence.id], now)


def reword_held(db: Connection, announcement: Announcement, notice: Notice, now: datetime) -> None:
    """What is held of it leaves in these words and with these files."""
    words, *files = messages_of(notice)
    for each in posts.list_held_of(db, announcement.id):
        row = outbox.get(db, each.outbox_id or 0)
        posts.reword(db, row.id, reworded(outbox.load_notice(row.notice), words))
        posts.give_up_files(db, row)
        _owe_files(db, get_address(db, row.address_id), files, row, now)


def _release(db: Connection, occurrence: Occurrence, held: Sequence[Post], now: datetime) -> None:
    announcement = announcements.lock(db, occurrence.announcement_id)
    until = max(each.held_until or now for each in held)
    waits = announcement.state in {State.WAITING.value, State.PAUSED.value}
    late_for = HELD_AT_MOST if waits else timedelta(seconds=announcement.late_for)
    expired = announcement.expires_at is not None and announcement.expires_at <= now
    if expired or now > until + late_for:
        reason = "announcement.reason.expired" if expired else "announcement.reason.late"
        _give_up(db, announcement, occurrence, held, reason, now)
    elif not waits and still_speaks(db, announcement, now):
        for each in held:
            posts.release(db, each.outbox_id or 0)


def _give_up(
    db: Connection,
    announcement: Announcement,
    occurrence: Occurrence,
    held: Sequence[Post],
    reason: str,
    now: datetime,
) -> None:
    given_up = [each for each in held if posts.give_up(db, each.outbox_id or 0)]
    if not given_up:
        return
    if not posts.leaves_somewhere(db, occurrence.id):
        dropped = OccurrenceState.DROPPED.value
        announcements.set_occurrence(db, occurrence.id, state=dropped, reason=reason, sent_at=None)
    tell_lost(db, announcement, [(occurrence, reason)], now)


def _owe(
    db: Connection,
    address: Address,
    messages: Sequence[Notice],
    lane: Lane,
    post_id: int,
    now: datetime,
    hold: datetime | None,
) -> int:
    """The words, and the files behind them: those wait for the words by themselves."""
    words, *files = messages
    about = posts.subject_of(post_id)
    row = outbox.put(db, address, words, lane, now, concerns=about, not_before=hold)
    if files:
        _owe_files(db, address, files, outbox.get(db, row), now)
    return row


def _owe_files(
    db: Connection, address: Address, files: Sequence[Notice], row: Outbox, now: datetime
) -> None:
    lane, about = Lane(row.lane), row.concerns
    for each in files:
        outbox.put(db, address, each, lane, now, answers=row.id, concerns=about)


def _earlier(db: Connection, occurrence_id: int | None, address: Address) -> int:
    earlier = posts.find_post(db, occurrence_id or 0, address.id)
    if earlier is None:
        raise LookupError(f"no post of occurrence {occurrence_id}")
    return earlier.id


def _held_until(
    db: Connection, address: Address, near: int | None, sort: Sort, at: datetime
) -> datetime | None:
    if sort.is_urgent:
        return None
    rhythm = _rhythm(db, near)
    most = POSTS_A_DAY if rhythm is None or rhythm.posts_a_day is None else rhythm.posts_a_day
    hours = _hours(rhythm)
    free = free_from(at, hours)
    for _ in range(_DAYS):
        start = instant_of(day_of(free), time())
        end = start + timedelta(days=1)
        if posts.count_posts(db, address.id, start, end) < most:
            break
        free = free_from(end, hours)
    return free if free > at else None


def _near(db: Connection, address: Address) -> int | None:
    if address.person_id is not None:
        return get_person(db, address.person_id).neighbourhood_id
    room = rooms.find_room(db, address.id)
    return room.neighbourhood_id if room else None


def _rhythm(db: Connection, neighbourhood_id: int | None) -> Rhythm | None:
    return posts.find_rhythm(db, neighbourhood_id) if neighbourhood_id is not None else None


def _hours(rhythm: Rhythm | None) -> QuietHours:
    return QuietHours.from_json(rhythm.quiet if rhythm else None)
