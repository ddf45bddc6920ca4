"""What somebody who may change an announcement sees of it: what it says, where and when it goes
out next, and who changed what.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from sqlalchemy.engine import Connection

from actions.announcement_reach import heard_at
from actions.announcing import (
    Planned,
    list_announcements,
    list_week,
    next_times,
    planned_of,
)
from actions.board import has_board
from actions.expected import NUMBERS_COUNT_FOR
from domain.announcing import OccurrenceState
from domain.errors import Refused
from domain.patterns import Once
from domain.wall_clock import day_of
from storage import announcements, outbox
from storage.addresses import get_person
from storage.announcement_tables import Announcement, AnnouncementChange
from storage.tables import Outbox, Person

# The newest of them; the whole history is kept.
CHANGES_SHOWN: Final = 5
# How far a long deed has come (actions/board_again.py), which is nobody's deed.
_UNTOLD: Final = frozenset({"again_wanted", "again_done"})


@dataclass(frozen=True, slots=True)
class Changed:
    """One line of its history; `name` is "" where the bot did it itself."""

    at: datetime
    what: str
    name: str


@dataclass(frozen=True, slots=True)
class View:
    """`coming` is when people hear it next (aware, UTC), at most five times; `week` how many
    times fall into the next seven days, of those of a list; `went_out`: it has a board
    (actions/board.py). The rule of `planned` leaves out all days to come that were skipped."""

    announcement: Announcement
    planned: Planned
    coming: tuple[datetime, ...]
    changes: tuple[Changed, ...] = ()
    week: int = 0
    went_out: bool = False


def view_of(db: Connection, announcement_id: int, person: Person, now: datetime) -> View:
    """One of those that this person may change. Raises Refused for every other."""
    found = (a for a in list_announcements(db, person, now) if a.id == announcement_id)
    announcement = next(found, None)
    if announcement is None:
        raise Refused("announcing.gone")
    history = announcements.list_changes(db, announcement_id)
    changes = [each for each in history if each.what not in _UNTOLD][-CHANGES_SHOWN:]
    view = _view(db, announcement, now, changes=changes)
    return replace(view, went_out=has_board(db, announcement_id))


def list_views(db: Connection, person: Person, now: datetime) -> list[View]:
    """What goes out this week first, by time, then everything else that is open."""
    times: dict[int, int] = {}
    for coming in list_week(db, person, now):
        times[coming.announcement.id] = times.get(coming.announcement.id, 0) + 1
    by_id = {each.id: each for each in list_announcements(db, person, now)}
    order = [*(key for key in times if key in by_id), *(key for key in by_id if key not in times)]
    return [_view(db, by_id[key], now, week=times.get(key, 0)) for key in order]


def list_taps(row: Outbox | None, now: datetime) -> list[str]:
    """What the buttons of a message send back, as long as they may be named in words."""
    if row is None or row.created_at <= now - NUMBERS_COUNT_FOR:
        return []
    buttons = (button for line in outbox.load_notice(row.notice).buttons for button in line)
    return [button.tap for button in buttons if button.tap]


def _view(
    db: Connection,
    announcement: Announcement,
    now: datetime,
    *,
    changes: Sequence[AnnouncementChange] = (),
    week: int = 0,
) -> View:
    planned = _with_skips(db, announcement, now)
    coming = tuple(heard_at(db, planned, next_times(db, announcement, now)))
    told = tuple(Changed(each.at, each.what, _name(db, each)) for each in changes)
    return View(announcement, planned, coming, told, week)


def _with_skips(db: Connection, announcement: Announcement, now: datetime) -> Planned:
    """With what was left out once among the rule's own exceptions: they are days, whatever the
    hour becomes."""
    planned = planned_of(db, announcement)
    rule = planned.rule
    if rule is None or isinstance(rule.pattern, Once):
        return planned
    skips = {each for each in (*_skipped(db, announcement), *rule.skips) if each >= day_of(now)}
    return replace(planned, rule=replace(rule, skips=frozenset(skips)))


def _skipped(db: Connection, announcement: Announcement) -> list[date]:
    found = announcements.list_occurrences(db, announcement.id)
    reason, state = "announcement.reason.skipped", OccurrenceState.SKIPPED.value
    return [day_of(each.due_at) for each in found if (each.state, each.reason) == (state, reason)]


def _name(db: Connection, change: AnnouncementChange) -> str:
    return get_person(db, change.actor_id).name if change.actor_id else ""
