"""Quiet hours: nothing ordinary at night, at noon, or at Tết; the first free instant after it."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.announcing import LATE_FOR, Sort, State, needs_second_person
from domain.quiet_hours import DEFAULTS, QuietHours, free_from, is_silent_day
from domain.wall_clock import instant_of, wall_of

# In local time, 23 and 24 November 2026 being no holidays.
MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


def wall(on: date, clock: str) -> datetime:
    return instant_of(on, time.fromisoformat(clock))


@pytest.mark.parametrize(
    ("at", "on", "free"),
    [
        ("06:29", MONDAY, "06:30"),
        ("06:30", MONDAY, "06:30"),
        ("11:29", MONDAY, "11:29"),
        ("11:30", MONDAY, "13:30"),
        ("13:29", MONDAY, "13:30"),
        ("21:29", MONDAY, "21:29"),
        ("21:30", TUESDAY, "06:30"),
        ("00:00", MONDAY, "06:30"),
    ],
)
def test_the_defaults_are_night_and_noon(at: str, on: date, free: str) -> None:
    assert free_from(wall(MONDAY, at), DEFAULTS) == wall(on, free)


def test_seconds_before_the_end_still_wait_for_the_whole_minute() -> None:
    almost = wall(MONDAY, "06:29") + timedelta(seconds=59, microseconds=1)
    assert free_from(almost, DEFAULTS) == wall(MONDAY, "06:30")


@pytest.mark.parametrize(
    ("tet", "silent"),
    [
        (date(2026, 2, 17), True),  # a year whose last day is the 29th
        (date(2027, 2, 6), True),
        (date(2028, 1, 26), True),
    ],
)
def test_the_last_day_of_the_year_and_three_of_tet_are_silent(tet: date, silent: bool) -> None:
    days = [tet + timedelta(days=shift) for shift in range(-2, 4)]
    assert [is_silent_day(day) for day in days] == [False, silent, silent, silent, silent, False]


def test_what_comes_at_tet_waits_until_the_fourth_day() -> None:
    assert free_from(wall(date(2027, 2, 5), "10:00"), DEFAULTS) == wall(date(2027, 2, 9), "06:30")


def test_outside_the_tables_no_day_is_silent() -> None:
    assert not is_silent_day(date(2300, 2, 1))
    assert not is_silent_day(date(1700, 2, 1))


def test_a_neighbourhood_may_have_no_quiet_hours() -> None:
    night = wall(MONDAY, "23:00")
    assert free_from(night, QuietHours()) == night


def test_spans_that_touch_are_left_together() -> None:
    hours = QuietHours(((0, 60), (60, 120)))
    assert free_from(wall(MONDAY, "00:30"), hours) == wall(MONDAY, "02:00")


def test_a_span_may_end_at_midnight() -> None:
    hours = QuietHours(((22 * 60, 24 * 60),))
    assert free_from(wall(MONDAY, "22:30"), hours) == wall(TUESDAY, "00:00")


@pytest.mark.parametrize(
    "spans",
    [((0, 1440),), ((0, 0),), ((600, 1200), (1200, 600)), ((-1, 5),), ((5, 1441),), ((1440, 3),)],
)
def test_hours_that_leave_no_minute_are_refused(spans: tuple[tuple[int, int], ...]) -> None:
    with pytest.raises(ValueError):
        QuietHours(spans)


def test_they_are_stored_and_read_again() -> None:
    assert QuietHours.from_json(DEFAULTS.to_json()) == DEFAULTS
    assert QuietHours.from_json(None) == DEFAULTS
    assert QuietHours.from_json([]) == QuietHours()
    assert DEFAULTS.to_words() == "21:30–06:30, 11:30–13:30"


SPANS = st.lists(
    st.tuples(st.integers(0, 1439), st.integers(0, 1440)).filter(lambda span: span[0] != span[1]),
    max_size=3,
)
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
INSTANTS = st.integers(0, 9 * 365 * 24 * 60).map(lambda n: BEGINNING + timedelta(minutes=n))


@given(at=INSTANTS, spans=SPANS)
def test_the_instant_found_is_free_and_the_first(
    at: datetime, spans: list[tuple[int, int]]
) -> None:
    try:
        hours = QuietHours(tuple(spans))
    except ValueError:
        return
    found = free_from(at, hours)
    assert found >= at
    assert is_free(found, hours)
    minute = at
    for _ in range(200):
        if minute >= found:
            break
        assert not is_free(minute, hours)
        minute += timedelta(minutes=37)


def is_free(at: datetime, hours: QuietHours) -> bool:
    local = wall_of(at)
    silent = is_silent_day(local.date())
    return not silent and not hours.is_quiet(local.hour * 60 + local.minute)


@pytest.mark.parametrize(
    ("sort", "places", "names", "needed"),
    [
        (Sort.ORDINARY, 1, False, False),
        (Sort.ORDINARY, 2, False, True),
        (Sort.HAZARD, 9, False, False),
        (Sort.EMERGENCY, 9, False, False),
        (Sort.ORDINARY, 1, True, True),
        (Sort.HAZARD, 1, True, True),
        (Sort.EMERGENCY, 1, True, True),
    ],
)
def test_who_needs_a_second_person(sort: Sort, places: int, names: bool, needed: bool) -> None:
    assert needs_second_person(sort, places, names) is needed


def test_every_sort_has_its_lateness_and_every_state_an_answer() -> None:
    assert set(LATE_FOR) == set(Sort)
    assert {state for state in State if state.is_open} == {
        State.WAITING,
        State.PLANNED,
        State.PAUSED,
    }
    assert [sort for sort in Sort if sort.is_urgent] == [Sort.HAZARD, Sort.EMERGENCY]
