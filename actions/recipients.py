"""A post in people's private chats: each person and each account once, none whose phone somebody
else may be holding, as many at a time as the writer can take.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import datetime

from sqlalchemy.engine import Connection

from actions.announcement_face import neighbourhoods_of
from actions.broadcasting import post_in
from actions.pieces import PIECE
from actions.post_hours import resting_places, waits_at_most
from domain.announcing import Sort
from domain.notices import Notice
from storage import readers, recipients, wards
from storage.announcement_tables import Announcement, Occurrence
from storage.copies import Chat
from storage.recipients import Recipient, Whom

Face = Callable[[int, frozenset[str]], Notice]
"""What it looks like for people of this neighbourhood who get it for these reasons."""


def post_to_people(
    db: Connection,
    announcement: Announcement,
    occurrence: Occurrence,
    whom: Whom,
    face: Face,
    now: datetime,
    most: int,
    *,
    besides: Collection[int] = (),
) -> list[Recipient]:
    """Post it to the next of them, at most `most`, who have no copy of it yet nor of one of the
    occurrences `besides`; to whom. Those who would have to wait so long that it is not sent are
    passed over."""
    latest = waits_at_most(now, announcement.expires_at)
    if resting := _resting(db, announcement, now, latest):
        whom = whom._replace(living=whom.living & recipients.living_outside(resting))
    put: list[Recipient] = []
    for page in _pages(db, whom, (occurrence.id, *besides)):
        for (place, reasons), several in _by_face(page).items():
            reached = post_in(
                db,
                [Chat(each.address_id, each.bot, place) for each in several],
                face(place, reasons),
                Sort(announcement.sort),
                now,
                occurrence_id=occurrence.id,
                latest=latest,
                most=most - len(put),
            )
            put += [each for each in several if each.address_id in reached]
            if len(put) >= most:
                return put
    return put


def list_everybody(db: Connection, whom: Whom) -> list[Recipient]:
    """One chat of each of them."""
    return [each for page in _pages(db, whom) for each in page]


def _pages(db: Connection, whom: Whom, without: Collection[int] = ()) -> Iterator[list[Recipient]]:
    """PIECE of them at a time. Who has none though their turn was (a full day) is passed over."""
    people: set[int] = set()
    accounts: set[str] = set()
    after = None
    while found := recipients.list_recipients(db, whom, PIECE, after, without):
        guarded = readers.list_guarded(db, {each.address_id for each in found})
        page: list[Recipient] = []
        for each in found:
            seen = each.person_id in people or each.chat_mark in accounts
            if not seen and each.address_id not in guarded:
                page.append(each)
            people.add(each.person_id)
            accounts.add(each.chat_mark)
        yield page
        after = found[-1]


def _by_face(
    several: Sequence[Recipient],
) -> dict[tuple[int, frozenset[str]], list[Recipient]]:
    """Those for whom it looks the same, and in whose place the same hours hold."""
    found: dict[tuple[int, frozenset[str]], list[Recipient]] = {}
    for each in several:
        found.setdefault((each.neighbourhood_id, each.reasons), []).append(each)
    return found


def _resting(
    db: Connection, announcement: Announcement, now: datetime, latest: datetime
) -> set[int]:
    if Sort(announcement.sort).is_urgent:
        return set()
    return resting_places(db, places_of(db, announcement), now, latest)


def places_of(db: Connection, announcement: Announcement) -> tuple[int, ...]:
    """Where the people live to whom it goes: in its neighbourhoods, or anywhere in the ward."""
    around = neighbourhoods_of(db, announcement)
    if around:
        return around
    return tuple(each.id for each in wards.list_neighbourhoods(db, [announcement.ward_code]))
