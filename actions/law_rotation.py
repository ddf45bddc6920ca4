"""The weekly item of law in each neighbourhood's chats: planned in the tables, posted once through
the one gate, and where the bot was down for too long left out, which the ward is told.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Final

from sqlalchemy.engine import Connection

from actions.broadcasting import PIECE, post
from actions.law import offered_law
from actions.law_approval import approved_items
from actions.law_face import post_of
from actions.law_missed import Missed, Rooms, give_up_late, tell_missed
from actions.ward_news import tell_ward
from content.law import FACTS_IN, FOLDER, LawItem
from domain.announcing import Sort
from domain.law_rotation import (
    MINUTE,
    WEEK,
    WEEKDAY,
    Past,
    Running,
    choose,
    slot_after,
    slot_at_or_before,
)
from domain.notices import Text
from domain.quiet_hours import is_silent_day
from domain.wall_clock import day_of
from storage import law, posts
from storage.addresses import get_address
from storage.announcement_tables import Campaign, Rhythm
from storage.tables import Room

# What could not come in this time is left out: the next one is near.
LATE_FOR: Final = timedelta(days=1)

# No week is planned further ahead than this by a clock that is right.
_FURTHEST: Final = WEEK + timedelta(days=1)

_Offered = tuple[Sequence[LawItem], Sequence[Running]]


def send_law(db: Connection, now: datetime, folder: Path = FOLDER) -> None:
    """A tick: plan the week of each neighbourhood that has a chat, and post what is due, a piece
    of it at a time (`more` of storage/writer.py)."""
    around = _rooms(db)
    missed: Missed = {}
    give_up_late(db, around, now, missed)
    due = [each for each in _planned(db, around, now) if (each.law_next_at or now) <= now]
    coming = [each for each in due if _comes(each, now)]
    _leave_out(db, [each for each in due if each not in coming], around, now, missed)
    _post_some(db, coming, around, now, missed, folder)
    tell_missed(db, missed, now)


def running_campaigns(db: Connection, ward_code: str, today: date) -> list[Running]:
    """The campaigns of a ward that run on this day of Việt Nam."""
    return [
        Running(items_of(each), date.fromisoformat(each.begins_on))
        for each in law.list_campaigns(db, ward_code, today)
        if date.fromisoformat(each.begins_on) <= today
    ]


def items_of(campaign: Campaign) -> tuple[str, ...]:
    """The ids of the items that a campaign brings first."""
    return tuple(campaign.topics or ())


def _rooms(db: Connection) -> Rooms:
    found: dict[int, list[Room]] = {}
    for room in law.list_neighbourhood_rooms(db):
        found.setdefault(room.neighbourhood_id or 0, []).append(room)
    return found


def _planned(db: Connection, around: Rooms, now: datetime) -> list[Rhythm]:
    """The rhythms of these neighbourhoods; those that had no week planned get the next one. So do
    those whose week is further away than any: the clock was wrong when it was planned."""
    stored = {each.neighbourhood_id: each for each in law.list_rhythms(db, around)}
    for key in around:
        rhythm = stored.get(key)
        planned = rhythm.law_next_at if rhythm is not None else None
        if planned is None or planned > now + _FURTHEST:
            posts.set_rhythm(db, key, law_next_at=slot_after(now, *_weekly(rhythm)))
            stored.pop(key, None)
    return [each for each in stored.values() if each.law_next_at is not None]


def _weekly(rhythm: Rhythm | None) -> tuple[int, int]:
    """The weekday and the minute of the day."""
    if rhythm is None:
        return WEEKDAY, MINUTE
    weekday = WEEKDAY if rhythm.law_weekday is None else rhythm.law_weekday
    return weekday, MINUTE if rhythm.law_minute is None else rhythm.law_minute


def _latest(rhythm: Rhythm, now: datetime) -> datetime:
    """The newest of its weeks that have come."""
    return max(rhythm.law_next_at or now, slot_at_or_before(now, *_weekly(rhythm)))


def _comes(rhythm: Rhythm, now: datetime) -> bool:
    """Whether it is posted now, and not left out."""
    latest = _latest(rhythm, now)
    silent = is_silent_day(day_of(now)) or is_silent_day(day_of(latest))
    return not (rhythm.law_paused or silent or now - latest > LATE_FOR)


def _leave_out(
    db: Connection, several: Iterable[Rhythm], around: Rooms, now: datetime, missed: Missed
) -> None:
    """All at once, so that their ward hears it in one message."""
    for rhythm in several:
        if _claim(db, rhythm, now):
            _note_missed(rhythm, around, now, missed)


def _post_some(
    db: Connection,
    coming: Sequence[Rhythm],
    around: Rooms,
    now: datetime,
    missed: Missed,
    folder: Path,
) -> None:
    offered = cache(partial(_offered, db, day_of(now), folder))
    left = PIECE
    for rhythm in coming:
        if left <= 0:
            db.info["more"] = True
            return
        if _claim(db, rhythm, now):
            _note_missed(rhythm, around, now, missed)
            rooms = around[rhythm.neighbourhood_id]
            _post(db, rhythm.neighbourhood_id, rooms, now, offered(rooms[0].ward_code))
            left -= len(rooms)


def _claim(db: Connection, rhythm: Rhythm, now: datetime) -> bool:
    due, following = rhythm.law_next_at or now, slot_after(now, *_weekly(rhythm))
    return law.claim_week(db, rhythm.neighbourhood_id, due, following)


def _note_missed(rhythm: Rhythm, around: Rooms, now: datetime, missed: Missed) -> None:
    due, latest = rhythm.law_next_at or now, _latest(rhythm, now)
    late = now - latest > LATE_FOR or due < latest
    if late and not rhythm.law_paused and not is_silent_day(day_of(due)):
        key = rhythm.neighbourhood_id
        missed.setdefault(around[key][0].ward_code, {})[key] = due


def _offered(db: Connection, today: date, folder: Path, ward_code: str) -> _Offered:
    """Looked up once for all neighbourhoods of a ward."""
    items = offered_law(FACTS_IN, today, approved_items(db, ward_code, folder), folder)
    return tuple(items), tuple(running_campaigns(db, ward_code, today))


def _post(
    db: Connection, neighbourhood_id: int, rooms: Sequence[Room], now: datetime, offered: _Offered
) -> None:
    chats = [get_address(db, room.address_id) for room in rooms]
    chats = [chat for chat in chats if chat.unreachable_at is None]
    if not chats:
        return
    items, running = offered
    key = choose(items, _past(db, neighbourhood_id), day_of(now), running)
    if key is None:
        # Once a month, until somebody approves one.
        ward_code = rooms[0].ward_code
        once = f"law_none:{ward_code}:{day_of(now):%Y%m}"
        tell_ward(db, ward_code, Text("law.none_approved"), now, once)
        return
    notice = post_of(next(item for item in items if item.id == key))
    for chat in chats:
        post(db, chat, notice, Sort.ORDINARY, now, law_item=key, neighbourhood_id=neighbourhood_id)


def _past(db: Connection, neighbourhood_id: int) -> list[Past]:
    """What a neighbourhood got, each week once however many chats it has."""
    got = law.list_law_posts(db, neighbourhood_id)
    weeks = dict.fromkeys((each.law_item or "", day_of(each.created_at)) for each in got)
    return [Past(item, on) for item, on in weeks]
