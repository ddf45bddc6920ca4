"""The weeks in which a neighbourhood got no item of law because the bot was down: the ward hears
of them, and nothing comes days later.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy.engine import Connection

from actions.card_face import neighbourhood_of
from actions.ward_news import tell_ward
from domain.notices import Moment, Param, Text
from domain.quiet_hours import HELD_AT_MOST
from storage import posts
from storage.tables import Room

Rooms = Mapping[int, Sequence[Room]]
"""The chats of each neighbourhood, by its id."""
Missed = dict[str, dict[int, datetime]]
"""By ward: the neighbourhoods that were left out, and when it should have come (aware, UTC)."""


def give_up_late(db: Connection, around: Rooms, now: datetime, missed: Missed) -> None:
    """What was held, and should have left while the bot was down, does not come days later."""
    for each in posts.list_held(db, now - HELD_AT_MOST):
        mine = each.occurrence_id is None and posts.give_up(db, each.outbox_id or 0)
        rooms = around.get(each.neighbourhood_id or 0)
        if mine and rooms and each.law_item is not None:
            key = each.neighbourhood_id or 0
            missed.setdefault(rooms[0].ward_code, {})[key] = each.created_at


def tell_missed(db: Connection, missed: Missed, now: datetime) -> None:
    """One message for each ward and day that was left out."""
    for ward_code, places in missed.items():
        for due in sorted(set(places.values())):
            keys = [key for key, at in places.items() if at == due]
            params: dict[str, Param] = {"at": Moment(due), "lines": _names(db, keys)}
            once = f"law_missed:{ward_code}:{keys[0]}:{due:%Y%m%d%H%M}"
            tell_ward(db, ward_code, Text("law.missed", params), now, once)


def _names(db: Connection, keys: Iterable[int]) -> tuple[Text, ...]:
    return tuple(Text("law.line", {"title": neighbourhood_of(db, key)}) for key in keys)
