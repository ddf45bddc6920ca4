"""Whatever happens to the clock, the program and the announcement: each time of it is posted once,
or its author was told, or somebody left it out; none is lost without a word and none comes twice.
When it must come, and when people are left alone, is worked out by the calendar and the clock on
the wall alone (tests/domain/plain_calendar.py), without the code that is tested.
"""

from datetime import date, time, timedelta

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy.engine import Engine

from domain.patterns import (
    LAST,
    Daily,
    LunarMonthly,
    LunarYearly,
    MonthDays,
    NthWeekday,
    Once,
    Pattern,
    Weekly,
    Yearly,
)
from domain.recurrence import Rule
from tests.actions.living import Life
from tests.actions.speakers import Speakers
from tests.conftest import START
from tests.domain.plain_calendar import instants
from tests.precinct import Precinct

FIRST = date(2026, 11, 22)
DAY = timedelta(days=1)
PATTERNS: list[Pattern] = [
    Once(FIRST + 9 * DAY),
    Daily(),
    Weekly(frozenset({1, 4})),
    Weekly(frozenset({6}), 2, FIRST),
    NthWeekday(LAST, 4),
    MonthDays(frozenset({1, 15, LAST})),
    Yearly(24, 11),
    LunarMonthly(frozenset({1, 15})),
    LunarYearly(15, 10),
]
RULES = st.builds(
    Rule,
    st.sampled_from(PATTERNS),
    st.builds(time, st.sampled_from([0, 6, 7, 12, 13, 19, 22]), st.sampled_from([0, 30])),
    st.none() | st.just(FIRST + 30 * DAY),
    st.just(frozenset()) | st.just(frozenset({FIRST + DAY})),
)
MINUTES = st.sampled_from([1, 30, 180, 181, 600, 1440, 2220, 3 * 1440, 20 * 1440])
DEEDS = [
    "runs", "runs", "stands still", "stands still", "clock back", "pause", "resume", "skip",
    "reword", "another rule", "others post", "stop",
]  # fmt: skip
EVENTS = st.lists(st.tuples(st.sampled_from(DEEDS), MINUTES, RULES), max_size=9)
LATE = st.sampled_from([timedelta(), timedelta(minutes=40), timedelta(hours=3), timedelta(days=4)])
POSTS_A_DAY = 2
# Held until half past six; when the program runs again, people take their nap.
NIGHTLY = Rule(Daily(), time(22))
INTO_THE_NAP = [("runs", 1080, NIGHTLY), ("stands still", 600, NIGHTLY)]
MORNING = Rule(Daily(), time(7))
# What each of these must not break, whatever else is made up.
THREE_DAYS = [("stands still", 3 * 1440, MORNING)]
PAUSED = [
    ("pause", 1, MORNING),
    ("runs", 3 * 1440, MORNING),
    ("resume", 1, MORNING),
    ("runs", 1440, MORNING),
]
BACK = [("runs", 1440, MORNING), ("clock back", 2220, MORNING), ("runs", 1440, MORNING)]
MOVED = [("runs", 1440, MORNING), ("another rule", 1, NIGHTLY), ("runs", 1440, MORNING)]
STOPPED = [("runs", 1080, NIGHTLY), ("stop", 1, NIGHTLY)]
OVERSLEPT = [("runs", 1080, NIGHTLY), ("stands still", 1440, NIGHTLY)]
YEARLY = Rule(Yearly(24, 11), time(0))
THREE_YEARS = [("skip", 1, YEARLY)] * 3
CROWDED = [("others post", 1, MORNING), ("others post", 1, MORNING), ("runs", 1440, MORNING)]


def comes(rule: Rule) -> bool:
    """Whether it has any day: one that has none is refused."""
    return any(True for _ in instants(rule, START, START + 400 * DAY))


@given(rule=RULES.filter(comes), events=EVENTS, late_for=LATE, is_quiet=st.booleans())
@example(rule=NIGHTLY, events=INTO_THE_NAP, late_for=4 * DAY, is_quiet=True)
@example(rule=MORNING, events=THREE_DAYS, late_for=timedelta(hours=3), is_quiet=True)
@example(rule=MORNING, events=PAUSED, late_for=timedelta(hours=3), is_quiet=False)
@example(rule=MORNING, events=BACK, late_for=timedelta(hours=3), is_quiet=True)
@example(rule=MORNING, events=MOVED, late_for=timedelta(hours=3), is_quiet=True)
@example(rule=NIGHTLY, events=STOPPED, late_for=timedelta(hours=3), is_quiet=True)
@example(rule=NIGHTLY, events=OVERSLEPT, late_for=timedelta(hours=3), is_quiet=True)
@example(rule=YEARLY, events=THREE_YEARS, late_for=timedelta(), is_quiet=False)
@example(rule=NIGHTLY, events=CROWDED, late_for=timedelta(hours=3), is_quiet=True)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_double_and_no_silent_loss(
    shared_engine: Engine,
    rule: Rule,
    events: list[tuple[str, int, Rule]],
    late_for: timedelta,
    is_quiet: bool,
) -> None:
    with shared_engine.connect() as db, db.begin() as transaction:
        town = Speakers(Precinct(db, START))
        town.rhythm(town.khu2, posts_a_day=POSTS_A_DAY, **({} if is_quiet else {"quiet": []}))
        announcement = town.weekly(rule, late_for=late_for)
        life = Life(town, announcement, rule, is_quiet, late_for)
        for what, minutes, other in events:
            life.happens(what, minutes, other)
        life.ends()
        life.check()
        transaction.rollback()
