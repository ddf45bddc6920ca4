"""The one gate of everything that is posted to many: quiet hours and the daily limit of a chat
hold for every sender, urgent words pass. No other module puts a post into the outbox; what is held
leaves through actions/releasing.py.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Final

from sqlalchemy.engine import Connection

from actions.announcement_face import messages_of, reworded
from actions.pieces import PIECE as PIECE
from actions.post_hours import Diary
from actions.post_hours import quiet_hours_of as quiet_hours_of
from domain.announcing import Sort
from domain.notices import Lane, Notice
from storage import copies, outbox, posts, rooms
from storage.addresses import get_person
from storage.copies import Chat, Owed
from storage.rows import in_batches
from storage.tables import Address, Outbox

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
    occurrence_id: int | None,
    latest: datetime | None = None,
    most: int | None = None,
) -> set[int]:
    """The same for many chats at once that do not have it yet, in their order, until `most` have
    it (without an occurrence every chat gets it anew); the addresses that got it. Those that
    would wait until `latest` or longer are passed over."""
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
) -> list[Owed]:
    """What each of these chats is to get, now or later, for the first `most` that may."""
    found: list[Owed] = []
    for some in in_batches(chats, PIECE):
        diary = Diary(db, some)
        for chat in some:
            until = diary.held_until(chat, sort, now)
            if until is None or latest is None or until < latest:
                found.append(Owed(chat, until))
            if len(found) == most:
                return found
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
    copy = Owed(chat, Diary(db, [chat]).held_until(chat, sort, now))
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
