"""What waited is looked at once more before it leaves: the group may serve somebody else by now,
somebody else may hold the phone, and a law item may not be approved any more.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Final

from sqlalchemy.engine import Connection

from actions.announcement_face import places_of
from actions.announcement_news import tell_lost, tell_not_everywhere
from actions.law import offered_law
from actions.law_approval import approved_items
from actions.ward_news import tell_ward
from content.law import FACTS_IN
from domain.announcing import OccurrenceState
from domain.notices import Text
from domain.wall_clock import day_of
from storage import announcements, posts, readers, rooms, wards
from storage.announcement_tables import Post

_UNBOUND: Final = "announcement.reason.unbound"


def still_leaving(
    db: Connection, held: Sequence[Post], now: datetime, folder: Path
) -> Sequence[Post]:
    """Those of these held copies (of one occurrence, or law items) that may leave; the others are
    given up. Whoever wrote it hears of groups that are the neighbourhood's no more; of a phone
    that must stay dark nobody hears. `folder` holds the law items."""
    chats = {each.address_id for each in held if each.address_id is not None}
    served = rooms.served_by(db, chats)
    moved = [
        each
        for each in held
        if each.address_id in served and served[each.address_id] != each.neighbourhood_id
    ]
    dark = readers.list_guarded(db, chats - served.keys())
    guarded = [each for each in held if each.address_id in dark]
    unapproved = _unapproved(db, held, now, folder)
    _give_up(db, moved)
    _give_up(db, unapproved)
    readers.withhold(db, guarded)
    if moved:
        _tell(db, moved, now)
    gone = {each.id for each in (*moved, *guarded, *unapproved)}
    return [each for each in held if each.id not in gone]


def _unapproved(
    db: Connection, held: Sequence[Post], now: datetime, folder: Path
) -> Sequence[Post]:
    """The ward itself is told by actions/law_approval.py."""

    @cache
    def offered(ward_code: str) -> frozenset[str]:
        approved = approved_items(db, ward_code, folder)
        found = offered_law(FACTS_IN, day_of(now), approved, folder)
        return frozenset(item.id for item in found)

    return [
        each
        for each in held
        if each.law_item is not None and each.law_item not in offered(_ward_of(db, each))
    ]


def _ward_of(db: Connection, post: Post) -> str:
    place = wards.find_neighbourhood(db, post.neighbourhood_id or 0)
    return place.ward_code if place else ""


def _give_up(db: Connection, several: Iterable[Post]) -> None:
    for each in several:
        posts.give_up(db, each.outbox_id or 0)


def _tell(db: Connection, moved: Sequence[Post], now: datetime) -> None:
    places = tuple(
        dict.fromkeys(each.neighbourhood_id for each in moved if each.neighbourhood_id is not None)
    )
    occurrence_id = moved[0].occurrence_id
    if occurrence_id is None:
        _tell_of_law(db, moved, places, now)
        return
    occurrence = announcements.get_occurrence(db, occurrence_id)
    announcement = announcements.get(db, occurrence.announcement_id)
    if posts.leaves_somewhere(db, occurrence_id):
        tell_not_everywhere(db, announcement, places, _UNBOUND, now)
        return
    dropped = OccurrenceState.DROPPED.value
    announcements.set_occurrence(db, occurrence_id, state=dropped, reason=_UNBOUND, sent_at=None)
    tell_lost(db, announcement, [(occurrence, _UNBOUND)], now)


def _tell_of_law(
    db: Connection, moved: Sequence[Post], places: Sequence[int], now: datetime
) -> None:
    """One word to each ward."""
    by_ward: dict[str, list[int]] = {}
    for key in places:
        by_ward.setdefault(wards.get_neighbourhood(db, key).ward_code, []).append(key)
    for ward_code, several in by_ward.items():
        text = Text("law.unbound", {"places": places_of(db, tuple(several))})
        tell_ward(db, ward_code, text, now, f"law_unbound:{ward_code}:{moved[0].id}")
