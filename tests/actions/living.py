"""The life of one announcement in which anything may happen: what test_occurrences_whatever.py
makes up, and what must be true of it afterwards, by the calendar and the clock on the wall.
"""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from actions.announcing import change, pause, planned_of, resume, skip_next, stop
from actions.broadcasting import post
from domain.announcing import Sort
from domain.errors import Refused
from domain.notices import Notice, Text, plain
from domain.recurrence import Rule
from storage import announcements, outbox
from storage.announcement_tables import Announcement, Occurrence, Post
from storage.posts import subject_of
from storage.tables import Outbox
from tests.actions.speakers import Speakers
from tests.conftest import START
from tests.domain.plain_calendar import DAY, EAST, instants, lunar_name

# On the wall, in minutes of the day: at night, and for the nap after lunch.
QUIET = ((21 * 60 + 30, 24 * 60), (0, 6 * 60 + 30), (11 * 60 + 30, 13 * 60 + 30))
HELD_AT_MOST = timedelta(hours=36)


@dataclass
class Life:
    """One announcement and all that happens to it. `left_out` are the times that its author
    skipped; `owed` all that its rules promised for as long as they held."""

    town: Speakers
    announcement: Announcement
    rule: Rule
    is_quiet: bool
    late_for: timedelta
    left_out: set[datetime] = field(default_factory=set)
    owed: set[datetime] = field(default_factory=set)
    promised: set[datetime] = field(default_factory=set)
    since: datetime = START
    latest: datetime = START
    is_stopped: bool = False
    gone: set[int] = field(default_factory=set)

    def happens(self, what: str, minutes: int, rule: Rule) -> None:
        span = timedelta(minutes=minutes)
        match what:
            case "runs":
                for _ in range(6):
                    self.ticks(span / 6)
            case "stands still":
                self.ticks(span)
            case "clock back":
                self.ticks(-span)
            case "others post":
                said = Notice(plain("Lời bịa của người khác"))
                post(self.town.db, self.town.chat2, said, Sort.ORDINARY, self.town.now)
                self.looks()
            case _:
                self.acts(what, rule)

    def ticks(self, span: timedelta) -> None:
        self.town.now += span
        self.latest = max(self.latest, self.town.now)
        self.town.tick()
        self.looks()

    def acts(self, what: str, rule: Rule) -> None:
        town, key = self.town, self.announcement.id
        try:
            match what:
                case "pause":
                    pause(town.db, key, town.lan, town.now)
                case "resume":
                    resume(town.db, key, town.lan, town.now)
                case "skip":
                    self.left_out.add(skip_next(town.db, key, town.lan, town.now))
                case "stop":
                    stop(town.db, key, town.lan, town.now)
                    self.promises()
                    self.is_stopped = True
                case "another rule":
                    planned = planned_of(town.db, announcements.get(town.db, key))
                    change(town.db, key, town.lan, replace(planned, rule=rule), town.now)
                    if rule != self.rule:
                        self.promises()
                        self.rule, self.since, self.latest = rule, town.now, town.now
                case _:
                    planned = planned_of(town.db, announcements.get(town.db, key))
                    words = f"{planned.words} và nữa"[:200]
                    change(town.db, key, town.lan, replace(planned, words=words), town.now)
        except Refused:
            return
        self.looks()

    def promises(self) -> None:
        """What the rule that holds until now owes, and what it may have planned ahead."""
        if not self.is_stopped:
            self.owed |= set(instants(self.rule, self.since, self.latest))
            # What comes once a year is planned a year further ahead with each that is left out.
            ahead = self.latest + timedelta(days=400 * (2 + len(self.left_out)))
            self.promised |= set(instants(self.rule, self.since, ahead))

    def looks(self) -> None:
        """Nothing ordinary leaves while people are left alone, nor more than the day's share."""
        leaving = self.town.leaving(self.town.chat2)
        fresh = [row for row in leaving if row.id not in self.gone]
        self.gone |= {row.id for row in fresh}
        if self.is_quiet and fresh:
            assert not is_quiet(self.town.now), self.town.now + EAST
        if self.is_stopped:
            own = {subject_of(each.id) for each in self.town.posts() if each.occurrence_id}
            assert not own & {row.concerns for row in fresh}, "it was stopped"

    def ends(self) -> None:
        """A long time in which it runs as it should, so that nothing stays in between."""
        for _ in range(3):
            self.ticks(timedelta(minutes=1))
        for _ in range(26):
            self.ticks(timedelta(minutes=30))
        # Not at night: there everything may wait.
        while is_quiet(self.town.now):
            self.ticks(timedelta(minutes=30))
        while self.overdue():
            self.town.tick()
            self.looks()

    def overdue(self) -> bool:
        due = announcements.find_due(self.town.db, self.announcement.id)
        return due is not None and due.send_at <= self.town.now

    def check(self) -> None:
        self.promises()
        times = self.town.times(self.announcement)
        assert max(Counter(each.due_at for each in times).values(), default=1) == 1
        behind = {each.due_at for each in times if each.state != "due"}
        assert behind >= self.owed
        assert {each.due_at for each in times} <= self.promised
        copies = Counter(each.occurrence_id for each in self.town.posts())
        for each in times:
            self.check_time(each, copies[each.id])
        told = sum(self.dates_told())
        assert told == sum(each.state == "dropped" for each in times)

    def check_time(self, occurrence: Occurrence, copies: int) -> None:
        match occurrence.state:
            case "sent":
                assert copies == 1
                assert self.row(occurrence).state == "due"
                assert occurrence.sent_at is not None
                assert timedelta() <= occurrence.sent_at - occurrence.due_at <= self.late_for
                self.check_held(occurrence)
            case "dropped":
                assert occurrence.told_at is not None
                assert copies == 0 or self.row(occurrence).state == "dropped"
            case "skipped":
                why = (occurrence.reason or "").removeprefix("announcement.reason.")
                assert copies == 0 or (self.is_stopped and self.row(occurrence).state == "dropped")
                assert why != "skipped" or occurrence.due_at in self.left_out
                assert why != "stopped" or self.is_stopped
                assert why in {"skipped", "paused", "stopped"}
            case state:
                assert (state, copies) == ("due", 0)

    def check_held(self, occurrence: Occurrence) -> None:
        """What waits has a reason to."""
        copy = self.copy(occurrence)
        if self.row(occurrence).not_before is None or copy.held_until is None:
            return
        is_paused = self.town.again(self.announcement).state == "paused"
        assert copy.held_until + is_paused * HELD_AT_MOST >= self.town.now
        assert copy.held_until - occurrence.due_at <= HELD_AT_MOST + timedelta(days=20)

    def copy(self, occurrence: Occurrence) -> Post:
        return next(p for p in self.town.posts() if p.occurrence_id == occurrence.id)

    def row(self, occurrence: Occurrence) -> Outbox:
        return outbox.get(self.town.db, self.copy(occurrence).outbox_id or 0)

    def dates_told(self) -> list[int]:
        home = self.town.precinct.home(self.town.lan)
        texts = [notice.text for notice in self.town.precinct.notices(home)]
        lost = [text for text in texts if text and text.key == "announcement.news.lost"]
        return [_number(text.params["dates"]) for text in lost]


def is_quiet(at: datetime) -> bool:
    """Whether people are left alone at this instant."""
    wall = at + EAST
    tomorrow, today = lunar_name(wall.date() + DAY), lunar_name(wall.date())
    tet = (today.month == 1 and not today.leap and today.day <= 3) or tomorrow[:2] == (1, 1)
    minute = wall.hour * 60 + wall.minute
    return tet or any(first <= minute < last for first, last in QUIET)


def _number(dates: object) -> int:
    assert isinstance(dates, Text)
    lines, more = dates.params["lines"], dates.params.get("number", 0)
    assert isinstance(lines, tuple)
    assert isinstance(more, int)
    return len(lines) + more
