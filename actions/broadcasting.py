"""The one gate of everything that is posted to many: quiet hours and the daily limit of a chat
hold for every sender, urgent words pass. No other module puts a post into the outbox.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache, partial
from types import MappingProxyType
from typing import Final

from sqlalchemy.engine import Connection

from actions.announcement_authority import still_speaks
from actions.announcement_face import messages_of, reworded
from actions.announcement_news import tell_lost
from actions.post_hours import Diary
from actions.post_hours import quiet_hours_of as quiet_hours_of
from domain.announcing import OccurrenceState, Sort, State
from domain.notices import Lane, Notice
from domain.quiet_hours import HELD_AT_MOST, free_from
from storage import announcements, copies, outbox, posts, rooms
from storage.addresses import get_address, get_person
from storage.announcement_tables import Announcement, Occurrence, Post
from storage.copies import Chat, Copy
from storage.tables import Address, Outbox

# Copies that one transaction puts or lets go: the one writer, which an emergency may be waiting
# for, is held for some ten milliseconds (benchmarks/broadcast.py).
PIECE: Final = 40
# A hazard does not wait behind six hundred ordinary posts.
LANES: Final[Mapping[Sort, Lane]] = MappingProxyType(
    {Sort.ORDINARY: Lane.BROADCAST, Sort.HAZARD: Lane.NOTICE, Sort.EMERGENCY: Lane.EMERGENCY}
)


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
    copy = _copy_for(db, [Chat(address.id, address.bot, near)], sort, now, latest, 1)
    if not copy:
        return 0
    keys = copies.add_copies(db, copy, occurrence_id, law_item, now)
    if not keys:
        return _earlier(db, occurrence_id, address)
    (key,) = keys.values()
    copies.owe(db, [(key, copy[0])], messages_of(notice), lane or LANES[sort], now)
    return key


def post_in(
    db: Connection,
    chats: Sequence[Chat],
    notice: Notice,
    sort: Sort,
    now: datetime,
    *,
    occurrence_id: int,
    latest: datetime | None = None,
    most: int | None = None,
) -> set[int]:
    """The same for many chats at once that do not have it yet, in their order, until `most` have
    it; the addresses that got it. Those that would wait until `latest` or longer are passed
    over."""
    several = _copy_for(db, chats, sort, now, latest, most)
    keys = copies.add_copies(db, several, occurrence_id, None, now)
    put = [(keys[c.chat.address_id], c) for c in several if c.chat.address_id in keys]
    copies.owe(db, put, messages_of(notice), LANES[sort], now)
    return set(keys)


def held_until(
    db: Connection,
    address: Address,
    sort: Sort,
    at: datetime,
    neighbourhood_id: int | None = None,
) -> datetime | None:
    """Until when a post that comes at `at` would wait there; None where it goes at once."""
    near = neighbourhood_id if neighbourhood_id is not None else _near(db, address)
    chat = Chat(address.id, address.bot, near)
    return Diary(db, [chat]).held_until(chat, sort, at)


def release_held(db: Connection, now: datetime) -> None:
    """A tick: what waited long enough leaves, if its author may still say it; a piece of it at
    a time (`more` of storage/writer.py)."""
    several: dict[int, list[Post]] = {}
    most = PIECE
    for each in posts.list_held(db, now):
        if each.occurrence_id is not None:
            several.setdefault(each.occurrence_id, []).append(each)
        # What waited for too long is given up by actions/law_rotation.py, which tells the ward.
        elif each.held_until is not None and now <= each.held_until + HELD_AT_MOST:
            most -= _let_go(db, [each], now, most)
    found = [announcements.get_occurrence(db, key) for key in several]
    # In the order of `send_due`, so that two schedulers never wait for each other crosswise.
    for occurrence in sorted(found, key=lambda each: (each.announcement_id, each.id)):
        most -= _release(db, occurrence, several[occurrence.id], now, most)
    if most <= 0:
        db.info["more"] = True


def reword_held(db: Connection, announcement: Announcement, notice: Notice, now: datetime) -> None:
    """What is held of it leaves in these words and with these files."""
    words, *files = messages_of(notice)
    for each in posts.list_held_of(db, announcement.id):
        row = outbox.get(db, each.outbox_id or 0)
        posts.reword(db, row.id, reworded(outbox.load_notice(row.notice), words))
        posts.give_up_files(db, row)
        _owe_files(db, get_address(db, row.address_id), files, row, now)


def _release(
    db: Connection, occurrence: Occurrence, held: Sequence[Post], now: datetime, most: int
) -> int:
    """How many were looked at, of at most `most`."""
    announcement = announcements.lock(db, occurrence.announcement_id)
    until = max(each.held_until or now for each in held)
    waits = announcement.state in {State.WAITING.value, State.PAUSED.value}
    late_for = HELD_AT_MOST if waits else timedelta(seconds=announcement.late_for)
    expired = announcement.expires_at is not None and announcement.expires_at <= now
    if expired or now > until + late_for:
        reason = "announcement.reason.expired" if expired else "announcement.reason.late"
        _give_up(db, announcement, occurrence, held, reason, now)
    elif not waits and still_speaks(db, announcement, now):
        return _let_go(db, held, now, most)
    return 0


def _let_go(db: Connection, held: Sequence[Post], now: datetime, most: int) -> int:
    """Where nobody looked when it was free, it may be night again: then it waits on. How many of
    these were looked at."""
    hours = cache(partial(quiet_hours_of, db))
    looked_at = held[: max(0, most)]
    let_go: list[int] = []
    for each in looked_at:
        free = free_from(now, hours(each.neighbourhood_id))
        if free > now:
            posts.set_post(db, each.id, held_until=free)
        else:
            let_go.append(each.outbox_id or 0)
    posts.release_all(db, let_go)
    return len(looked_at)


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


def _copy_for(
    db: Connection,
    chats: Sequence[Chat],
    sort: Sort,
    now: datetime,
    latest: datetime | None,
    most: int | None,
) -> list[Copy]:
    """What each of these chats is to get, now or later, for the first `most` that may."""
    diary = Diary(db, chats)
    found: list[Copy] = []
    for chat in chats:
        until = diary.held_until(chat, sort, now)
        if until is None or latest is None or until < latest:
            found.append(Copy(chat, until))
        if len(found) == most:
            break
    return found


def _near(db: Connection, address: Address) -> int | None:
    if address.person_id is not None:
        return get_person(db, address.person_id).neighbourhood_id
    room = rooms.find_room(db, address.id)
    return room.neighbourhood_id if room else None


def post_again(db: Connection, post_id: int, notice: Notice, sort: Sort, now: datetime) -> bool:
    """Owe a copy once more that nobody can read, or of which the messenger never said that it has
    it; now, or when its chat is free. False where it stands or still comes, or somebody else was
    quicker. Whether it may be said at all was asked before (actions/board_again.py)."""
    found = posts.get_post(db, post_id)
    former = outbox.get(db, found.outbox_id) if found.outbox_id is not None else None
    if former is None or not _is_missing(former) or not posts.let_go(db, post_id, former.id):
        return False
    chat = Chat(former.address_id, former.bot, found.neighbourhood_id)
    copy = Copy(chat, Diary(db, [chat]).held_until(chat, sort, now))
    words, *files = messages_of(notice)
    if not former.erased:
        words = reworded(outbox.load_notice(former.notice), words)
    posts.set_post(db, post_id, held_until=copy.held_until, created_at=now)
    copies.owe(db, [(post_id, copy)], (words, *files), LANES[sort], now)
    return True


def _is_missing(row: Outbox) -> bool:
    """Given up, or sent with no answer (bot/delivery/sender.py). Of one that was gathered with
    others the number is None: that one arrived."""
    return row.state in {"dead", "dropped"} or (row.state == "sent" and row.message_id == "")
