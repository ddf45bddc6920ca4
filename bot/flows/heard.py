"""When people hear what goes out while they rest: later, and the review names that hour instead
of the one that was chosen. A draft knows the quiet hours of its neighbourhoods (context), so
that this is asked of no clock and no database.
"""

from datetime import datetime
from typing import Any, Final

from bot.flows.audience_step import chosen
from bot.flows.draft import Draft
from domain.announcing import Sort
from domain.quiet_hours import QuietHours, free_from

# In the context: the quiet hours of those neighbourhoods that have their own, by id.
HOURS: Final = "hours"
# And of one that is changed the words with which it is urgent; True with any words.
URGENT: Final = "urgent"


def heard_at(draft: Draft, at: datetime) -> datetime:
    """The first instant at or after `at` (aware, UTC) at which nobody of them rests; a chat that
    is full is the gate's affair (actions/broadcasting.py)."""
    if _is_urgent(draft):
        return at
    own: Any = draft.context.get(HOURS) or {}
    hours = {QuietHours.from_json(own.get(str(place))) for place in chosen(draft)}
    return max((free_from(at, each) for each in hours), default=at)


def _is_urgent(draft: Draft) -> bool:
    """A template of a hazard with no words beside it, or one that was urgent and still is."""
    what, was = draft.get("what"), draft.context.get(URGENT)
    if was is True or (was and was == what.words):
        return True
    listed: Any = draft.context.get("templates") or ()
    sorts = (Sort(each["sort"]) for each in listed if each["id"] == what.choice)
    return not what.words and any(sort.is_urgent for sort in sorts)
