"""Whatever happens to the clock, the program and the announcement: each time of it is posted once,
or its author was told, or somebody left it out; none is lost without a word and none comes twice.
"""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.engine import Engine

from actions.announcing import change, pause, planned_of, resume, skip_next
from domain.errors import Refused
from domain.notices import Text
from domain.patterns import (
    LAST,
    Daily,
    LunarMonthly,
    MonthDays,
    NthWeekday,
    Once,
    Pattern,
    Weekly,
)
from domain.recurrence import Rule, list_between
from storage import announcements, outbox
from storage.announcement_tables import Announcement, Occurrence, Post
from storage.tables import Outbox
from tests.actions.speakers import Speakers
from tests.conftest import START
from tests.precinct import Precinct

FIRST = date(2026, 11, 22)
PATTERNS: list[Pattern] = [
    Once(FIRST + timedelta(days=9)),
    Daily(),
    Weekly(frozenset({1, 4})),
    Weekly(frozenset({6}), 2, FIRST),
    NthWeekday(LAST, 4),
    MonthDays(frozenset({1, 15, LAST})),
    LunarMonthly(frozenset({1, 15})),
]
RULES = st.builds(
    Rule,
    st.sampled_from(PATTERNS),
    st.builds(time, st.sampled_from([0, 7, 12, 19, 22]), st.sampled_from([0, 30])),
    st.none() | st.just(FIRST + timedelta(days=30)),
    st.just(frozenset()) | st.just(frozenset({FIRST + timedelta(days=1)})),
)
MINUTES = st.sampled_from([1, 30, 180, 181, 1440, 3 * 1440, 20 * 1440])
EVENTS = st.lists(
    st.tuples(
        st.sampled_from(
            ["runs", "runs", "stands still", "clock back", "pause", "resume", "skip", "reword"]
        ),
        MINUTES,
    ),
    max_size=9,
)
LATE = st.sampled_from([timedelta(), timedelta(minutes=40), timedelta(hours=3), timedelta(days=4)])


@dataclass
class Life:
    """One announcement and all that happens to it; `left_out` are the times that its author
    skipped, and while it was paused everything that comes."""

    town: Speakers
    announcement: Announcement
    left_out: set[datetime] = field(default_factory=set)
    latest: datetime = START

    def happens(self, what: str, minutes: int) -> None:
        span = timedelta(minutes=minutes)
        match what:
            case "runs":
                for _ in range(6):
                    self.ticks(span / 6)
            case "stands still":
                self.ticks(span)
            case "clock back":
                self.ticks(-span)
            case "pause" | "resume" | "skip" | "reword":
                self.acts(what)

    def ticks(self, span: timedelta) -> None:
        self.town.now += span
        self.latest = max(self.latest, self.town.now)
        self.town.tick()

    def acts(self, what: str) -> None:
        town, key = self.town, self.announcement.id
        try:
            match what:
                case "pause":
                    pause(town.db, key, town.lan, town.now)
                case "resume":
                    resume(town.db, key, town.lan, town.now)
                case "skip":
                    self.left_out.add(skip_next(town.db, key, town.lan, town.now))
                case _:
                    planned = planned_of(town.db, announcements.get(town.db, key))
                    words = f"{planned.words} và nữa"[:200]
                    change(town.db, key, town.lan, replace(planned, words=words), town.now)
        except Refused:
            return

    def ends(self) -> None:
        """A long time in which it runs as it should, so that nothing stays in between."""
        for _ in range(3):
            self.ticks(timedelta(minutes=1))
        self.ticks(timedelta(hours=13))
        while self.overdue():
            self.town.tick()

    def overdue(self) -> bool:
        due = announcements.find_due(self.town.db, self.announcement.id)
        return due is not None and due.send_at <= self.town.now

    def check(self, rule: Rule) -> None:
        times = self.town.times(self.announcement)
        assert max(Counter(each.due_at for each in times).values(), default=1) == 1
        behind = {each.due_at for each in times if each.state != "due"}
        assert behind >= set(list_between(rule, START, self.town.now))
        assert {each.due_at for each in times} <= set(
            list_between(rule, START, max(self.latest, *behind, START) + timedelta(days=400))
        )
        copies = Counter(post.occurrence_id for post in self.town.posts())
        for each in times:
            self.check_time(each, copies[each.id])
        told = sum(self.dates_told())
        assert told == sum(each.state == "dropped" for each in times)

    def check_time(self, occurrence: Occurrence, copies: int) -> None:
        match occurrence.state:
            case "sent":
                assert copies == 1
                assert self.row(occurrence).state == "due"
            case "dropped":
                assert occurrence.told_at is not None
                assert copies == 0 or self.row(occurrence).state == "dropped"
            case "skipped":
                paused = occurrence.reason == "announcement.reason.paused"
                assert copies == 0
                assert paused or occurrence.due_at in self.left_out
            case state:
                assert (state, copies) == ("due", 0)

    def row(self, occurrence: Occurrence) -> Outbox:
        post: Post = next(p for p in self.town.posts() if p.occurrence_id == occurrence.id)
        return outbox.get(self.town.db, post.outbox_id or 0)

    def dates_told(self) -> list[int]:
        home = self.town.precinct.home(self.town.lan)
        texts = [notice.text for notice in self.town.precinct.notices(home)]
        lost = [text for text in texts if text and text.key == "announcement.news.lost"]
        return [_number(text.params["dates"]) for text in lost]


def _number(dates: object) -> int:
    assert isinstance(dates, Text)
    lines, more = dates.params["lines"], dates.params.get("number", 0)
    assert isinstance(lines, tuple)
    assert isinstance(more, int)
    return len(lines) + more


@given(rule=RULES, events=EVENTS, late_for=LATE, is_quiet=st.booleans())
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_double_and_no_silent_loss(
    shared_engine: Engine,
    rule: Rule,
    events: list[tuple[str, int]],
    late_for: timedelta,
    is_quiet: bool,
) -> None:
    with shared_engine.connect() as db, db.begin() as transaction:
        town = Speakers(Precinct(db, START))
        if not is_quiet:
            town.rhythm(town.khu2, quiet=[])
        announcement = town.weekly(rule, late_for=late_for)
        life = Life(town, announcement)
        for what, minutes in events:
            life.happens(what, minutes)
        life.ends()
        life.check(rule)
        transaction.rollback()
