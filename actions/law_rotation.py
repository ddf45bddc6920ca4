"""The weekly item of law in each neighbourhood's chats: planned in the tables, posted once through
the one gate, and where the bot was down for too long left out, which the ward is told.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy.engine import Connection

from actions.broadcasting import post
from actions.card_face import neighbourhood_of
from actions.law import offered_law
from actions.law_approval import approved_items
from actions.law_face import post_of
from actions.ward_news import tell_ward
from content.law import FACTS_IN, FOLDER
from domain.announcing import Sort
from domain.law_rotation import (
    MINUTE,
    WEEKDAY,
    Past,
    Running,
    choose,
    slot_after,
    slot_at_or_before,
)
from domain.notices import Moment, Param, Text
from domain.quiet_hours import HELD_AT_MOST, is_silent_day
from domain.wall_clock import day_of
from storage import law, posts
from storage.addresses import get_address
from storage.announcement_tables import Campaign, Rhythm
from storage.tables import Room

# What could not come in this time is left out: the next one is near.
LATE_FOR: Final = timedelta(days=1)

_Rooms = Mapping[int, Sequence[Room]]
_Missed = dict[str, dict[int, datetime]]


def send_law(db: Connection, now: datetime, folder: Path = FOLDER) -> None:
    """A tick: plan the week of each neighbourhood that has a chat, and post what is due."""
    around = _rooms(db)
    missed: _Missed = {}
    _give_up_late(db, around, now, missed)
    for rhythm in _planned(db, around, now):
        due = rhythm.law_next_at
        if due is None or due > now:
            continue
        following = slot_after(now, *_weekly(rhythm))
        if law.claim_week(db, rhythm.neighbourhood_id, due, following) and not rhythm.law_paused:
            _take(db, rhythm, around[rhythm.neighbourhood_id], now, missed, folder)
    _tell_missed(db, missed, now)


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


def _rooms(db: Connection) -> _Rooms:
    found: dict[int, list[Room]] = {}
    for room in law.list_neighbourhood_rooms(db):
        found.setdefault(room.neighbourhood_id or 0, []).append(room)
    return found


def _planned(db: Connection, around: _Rooms, now: datetime) -> list[Rhythm]:
    """The rhythms of these neighbourhoods; those that had no week planned get the next one."""
    stored = {each.neighbourhood_id: each for each in law.list_rhythms(db, around)}
    for key in around:
        rhythm = stored.get(key)
        if rhythm is None or rhythm.law_next_at is None:
            posts.set_rhythm(db, key, law_next_at=slot_after(now, *_weekly(rhythm)))
    return list(stored.values())


def _weekly(rhythm: Rhythm | None) -> tuple[int, int]:
    """The weekday and the minute of the day."""
    if rhythm is None:
        return WEEKDAY, MINUTE
    weekday = WEEKDAY if rhythm.law_weekday is None else rhythm.law_weekday
    return weekday, MINUTE if rhythm.law_minute is None else rhythm.law_minute


def _take(
    db: Connection,
    rhythm: Rhythm,
    rooms: Sequence[Room],
    now: datetime,
    missed: _Missed,
    folder: Path,
) -> None:
    """One neighbourhood's week came: post, or leave it out."""
    due = rhythm.law_next_at or now
    latest = max(due, slot_at_or_before(now, *_weekly(rhythm)))
    ward_code, key = rooms[0].ward_code, rhythm.neighbourhood_id
    late = now - latest > LATE_FOR
    if (late or due < latest) and not is_silent_day(day_of(due)):
        missed.setdefault(ward_code, {})[key] = due
    if late or is_silent_day(day_of(now)) or is_silent_day(day_of(latest)):
        return
    _post(db, key, rooms, now, folder)


def _post(
    db: Connection, neighbourhood_id: int, rooms: Sequence[Room], now: datetime, folder: Path
) -> None:
    chats = [get_address(db, room.address_id) for room in rooms]
    chats = [chat for chat in chats if chat.unreachable_at is None]
    if not chats:
        return
    ward_code, today = rooms[0].ward_code, day_of(now)
    offered = offered_law(FACTS_IN, today, approved_items(db, ward_code, folder), folder)
    past = _past(db, neighbourhood_id)
    key = choose(offered, past, today, running_campaigns(db, ward_code, today))
    if key is None:
        # Once a month, until somebody approves one.
        once = f"law_none:{ward_code}:{today:%Y%m}"
        tell_ward(db, ward_code, Text("law.none_approved"), now, once)
        return
    notice = post_of(next(item for item in offered if item.id == key))
    for chat in chats:
        post(db, chat, notice, Sort.ORDINARY, now, law_item=key, neighbourhood_id=neighbourhood_id)


def _past(db: Connection, neighbourhood_id: int) -> list[Past]:
    """What a neighbourhood got, each week once however many chats it has."""
    got = law.list_law_posts(db, neighbourhood_id)
    weeks = dict.fromkeys((each.law_item or "", day_of(each.created_at)) for each in got)
    return [Past(item, on) for item, on in weeks]


def _give_up_late(db: Connection, around: _Rooms, now: datetime, missed: _Missed) -> None:
    """What was held, and should have left while the bot was down, does not come days later."""
    for each in posts.list_held(db, now - HELD_AT_MOST):
        mine = each.occurrence_id is None and posts.give_up(db, each.outbox_id or 0)
        rooms = around.get(each.neighbourhood_id or 0)
        if mine and rooms and each.law_item is not None:
            key = each.neighbourhood_id or 0
            missed.setdefault(rooms[0].ward_code, {})[key] = each.created_at


def _tell_missed(db: Connection, missed: _Missed, now: datetime) -> None:
    """One message for each ward and day that was left out."""
    for ward_code, places in missed.items():
        for due in sorted(set(places.values())):
            keys = [key for key, at in places.items() if at == due]
            params: dict[str, Param] = {"at": Moment(due), "lines": _names(db, keys)}
            once = f"law_missed:{ward_code}:{keys[0]}:{due:%Y%m%d%H%M}"
            tell_ward(db, ward_code, Text("law.missed", params), now, once)


def _names(db: Connection, keys: Iterable[int]) -> tuple[Text, ...]:
    return tuple(Text("law.line", {"title": neighbourhood_of(db, key)}) for key in keys)
