"""When the weekly item of law comes to a neighbourhood, and which one: in rounds, so that none
comes twice before all came, and within a round what a campaign or the calendar calls for.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, Protocol

from domain.law_calendar import day_called, is_in_season
from domain.wall_clock import instant_of, wall_of

# Friday afternoon, before the week-end: a good hour that is not quiet (references/domain.md 8.6).
WEEKDAY: Final = 4
MINUTE: Final = 17 * 60 + 45
WEEK: Final = timedelta(days=7)
# At the turn of a round what was sent lately rests, where anything else is left.
REST: Final = 4 * WEEK

_RECENT: Final = 2


class Item(Protocol):
    """What of an item the rotation looks at."""

    @property
    def id(self) -> str:
        """Its name in the files."""

    @property
    def pack(self) -> str:
        """The file that it stands in."""

    @property
    def audience(self) -> tuple[str, ...]:
        """Whom it is meant for."""

    @property
    def occasions(self) -> tuple[str, ...]:
        """When the calendar calls for it: domain/law_calendar.py."""


@dataclass(frozen=True, slots=True)
class Running:
    """A campaign of the ward that runs today: its items, and the day when it began."""

    items: tuple[str, ...]
    begins_on: date


@dataclass(frozen=True, slots=True)
class Past:
    """One item that a neighbourhood got, on this day."""

    item: str
    on: date


def slot_at_or_before(at: datetime, weekday: int = WEEKDAY, minute: int = MINUTE) -> datetime:
    """The latest weekly instant (aware, UTC) that is not after `at`; weekday 0 is Monday,
    `minute` is that of the day on the wall."""
    wall = wall_of(at)
    on = wall.date() - timedelta(days=(wall.weekday() - weekday) % 7)
    found = instant_of(on, time(minute // 60, minute % 60))
    return found if found <= at else instant_of(on - WEEK, time(minute // 60, minute % 60))


def slot_after(after: datetime, weekday: int = WEEKDAY, minute: int = MINUTE) -> datetime:
    """The first weekly instant after `after`."""
    return slot_at_or_before(after + WEEK, weekday, minute)


def is_for_everybody(item: Item) -> bool:
    """Whether it may go to a neighbourhood's group, in which everybody sits."""
    return "all" in item.audience


def choose(
    items: Sequence[Item], past: Sequence[Past], on: date, running: Iterable[Running] = ()
) -> str | None:
    """The id of the item for the week that begins on this day; None where there is none at
    all. `items` are those that may be sent, `past` what was, the oldest first.

    First what a running campaign names, each once while it runs, also where it came earlier in
    this round. Then of those that did not come in this round: the one that is kept for a day of
    this week; one whose month or season it is; any other that is kept for no day within the
    rest of the round.
    """
    can = [item for item in items if is_for_everybody(item)]
    if not can:
        return None
    last = {each.item: each.on for each in past}
    fresh = _left_of_round({item.id for item in can}, past)
    wanted = _of_campaigns(can, last, running)
    if not wanted:
        wanted = _preferred(can, fresh, last, on)
    recent = {each.item for each in past[-_RECENT:]}
    packs = {item.pack for item in can if item.id in recent}
    return min(wanted, key=_order(fresh, last, packs)).id


def _left_of_round(ids: Collection[str], past: Iterable[Past]) -> Collection[str]:
    """Those that did not come since the last time that all of them had come."""
    seen: set[str] = set()
    for each in past:
        seen.add(each.item)
        if seen.issuperset(ids):
            seen.clear()
    return set(ids) - seen


def _of_campaigns(
    items: Iterable[Item], last: Mapping[str, date], running: Iterable[Running]
) -> list[Item]:
    begun = {key: campaign.begins_on for campaign in running for key in campaign.items}
    return [
        item for item in items if item.id in begun and last.get(item.id, date.min) < begun[item.id]
    ]


def _preferred(
    items: Iterable[Item], fresh: Collection[str], last: Mapping[str, date], on: date
) -> list[Item]:
    left = [item for item in items if item.id in fresh]
    rested = [item for item in left if last.get(item.id, date.min) <= on - REST]
    left = rested or left
    end = on + len(fresh) * WEEK
    kept_for = _kept(left, on, end)
    soonest = min(kept_for.values(), default=end)
    if soonest < on + WEEK:
        return [item for item in left if kept_for.get(item.id) == soonest]
    free = [item for item in left if item.id not in kept_for]
    in_season = [item for item in free if any(is_in_season(each, on) for each in item.occasions)]
    if in_season or free:
        return in_season or free
    latest = max(kept_for.values())
    return [item for item in left if kept_for[item.id] == latest]


def _kept(items: Iterable[Item], on: date, end: date) -> Mapping[str, date]:
    """One item for each day that the calendar names before `end`, by its id: rather one that no
    other day needs."""
    calls: dict[date, list[Item]] = {}
    for item in items:
        for each in item.occasions:
            day = day_called(each, on)
            if day is not None and day < end:
                calls.setdefault(day, []).append(item)
    days_of = Counter(item.id for called in calls.values() for item in called)
    kept: dict[str, date] = {}
    for day in sorted(calls):
        left = [item.id for item in calls[day] if item.id not in kept]
        if left:
            kept[min(left, key=lambda key: days_of[key])] = day
    return kept


def _order(
    fresh: Collection[str], last: Mapping[str, date], packs: Collection[str]
) -> Callable[[Item], tuple[bool, bool, date]]:
    """Rather one that did not come in this round, about something else than lately, and that
    came longest ago; else in the order of the files."""
    return lambda item: (item.id not in fresh, item.pack in packs, last.get(item.id, date.min))
