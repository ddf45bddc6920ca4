"""Every tick of the real scheduler, all night, with something of every kind to say: nothing
ordinary leaves for a neighbourhood while people are left alone, and all of it leaves afterwards.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest

from actions.broadcasting import post
from actions.law_approval import approve, list_waiting
from domain.announcing import Sort
from domain.notices import Notice, plain
from domain.patterns import Daily, LunarMonthly, Once
from domain.quiet_hours import QuietHours
from domain.recurrence import Rule
from domain.roles import Role
from domain.wall_clock import instant_of
from scheduler.ticks import TICKS
from tests.actions.living import is_quiet
from tests.actions.speakers import Speakers
from tests.precinct import WARD, Precinct

EVE = date(2026, 11, 22)
QUARTER = timedelta(minutes=15)
SAID = Notice(plain("Bản tin bịa"))


@pytest.fixture
def town(precinct: Precinct) -> Speakers:
    """Everything of it comes at ten in the evening, or in the nap after lunch."""
    speakers = Speakers(precinct)
    speakers.rhythm(speakers.khu2, law_weekday=6, law_minute=22 * 60, posts_a_day=50)
    chief = precinct.holder(Role.CHIEF, "Lê Văn Trưởng", "501")
    for each in list_waiting(speakers.db, WARD, speakers.now):
        approve(speakers.db, chief, WARD, each, speakers.now)
    for pattern in (Once(EVE), Daily(), LunarMonthly(frozenset({14, 15}))):
        speakers.weekly(Rule(pattern, time(22)))
    speakers.weekly(Rule(Daily(), time(12)))
    return speakers


def ticks(town: Speakers, at: datetime) -> None:
    """All that the scheduler does, whatever it is made of."""
    town.now = at
    for deed in TICKS:
        deed(town.db, at)


def lives(town: Speakers, start: datetime, end: datetime, each: Callable[[], None]) -> None:
    """Every quarter of an hour from one instant to another."""
    at = start
    while at <= end:
        ticks(town, at)
        each()
        at += QUARTER


def test_a_day_and_a_night(town: Speakers) -> None:
    gone: dict[int, datetime] = {}

    def look() -> None:
        for row in town.leaving(town.chat2):
            gone.setdefault(row.id, town.now)

    lives(town, instant_of(EVE, time(9)), instant_of(EVE + timedelta(days=1), time(10)), look)
    assert [at for at in gone.values() if is_quiet(at)] == []
    said = [row.concerns for row in town.leaving(town.chat2)]
    # Once, daily and on the 14th at ten; daily at noon; the law; nothing twice.
    assert len(said) == len(set(said)) == 5


def test_a_night_that_comes_back_while_the_bot_is_down(town: Speakers) -> None:
    """What should have left in the morning does not leave in the next night instead."""
    lives(
        town, instant_of(EVE, time(21)), instant_of(EVE + timedelta(days=1), time(6)),
        lambda: None,
    )  # fmt: skip
    before = len(town.leaving(town.chat2))
    for clock in (time(12), time(22), time(23, 45)):
        ticks(town, instant_of(EVE + timedelta(days=1), clock))
        assert len(town.leaving(town.chat2)) == before, clock
    assert before == 0


def test_hours_of_its_own_that_begin_soon_after(town: Speakers) -> None:
    """Within the three hours that an announcement may be late it is quiet again."""
    hours = QuietHours(((20 * 60, 6 * 60), (7 * 60, 10 * 60)))
    town.rhythm(town.khu3, quiet=hours.to_json())
    town.announce(town.minh, neighbourhoods=(town.khu3,), rule=Rule(Once(EVE), time(22)))
    morning = EVE + timedelta(days=1)
    for at in (instant_of(EVE, time(22)), instant_of(morning, time(8))):
        ticks(town, at)
        assert town.leaving(town.chat3) == []
    ticks(town, instant_of(morning, time(10)))
    assert len(town.leaving(town.chat3)) == 1
    assert [each for each in town.told(town.minh) if "không gửi" in each] == []


@pytest.mark.parametrize("sort", [Sort.HAZARD, Sort.EMERGENCY])
def test_what_is_urgent_does_not_wait_for_the_morning(town: Speakers, sort: Sort) -> None:
    night = instant_of(EVE, time(23))
    ticks(town, night)
    post(town.db, town.chat2, SAID, sort, night)
    assert len(town.leaving(town.chat2)) == 1
