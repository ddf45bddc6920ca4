"""What repeats comes on exactly the days that a plain reading of a calendar gives."""

import calendar
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.lunar import lunar_of
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
    pattern_from_json,
    pattern_to_json,
)
from domain.recurrence import Rule, list_between, list_next, next_after, once
from domain.wall_clock import ZONE, day_of, instant_of

DAY = timedelta(days=1)
MOMENT = timedelta(microseconds=1)
SEVEN = time(7)
DATES = st.dates(date(2023, 1, 1), date(2033, 1, 1))
WEEKDAYS = st.integers(0, 6)
SOME_WEEKDAYS = st.frozensets(WEEKDAYS, min_size=1)
YEARLY = st.dates(date(2024, 1, 1), date(2024, 12, 31)).map(lambda on: Yearly(on.day, on.month))
PATTERNS: st.SearchStrategy[Pattern] = st.one_of(
    DATES.map(Once),
    st.just(Daily()),
    SOME_WEEKDAYS.map(Weekly),
    st.builds(Weekly, SOME_WEEKDAYS, st.integers(1, 5), DATES),
    st.builds(NthWeekday, st.sampled_from([1, 2, 3, 4, LAST]), WEEKDAYS),
    st.frozensets(st.sampled_from([LAST, *range(1, 32)]), min_size=1, max_size=3).map(MonthDays),
    YEARLY,
    st.frozensets(st.integers(1, 30), min_size=1, max_size=3).map(LunarMonthly),
    st.builds(LunarYearly, st.integers(1, 29), st.integers(1, 12)),
)
HOURS = st.builds(time, st.integers(0, 23), st.integers(0, 59))
RULES = st.builds(Rule, PATTERNS, HOURS, st.none() | DATES, st.frozensets(DATES, max_size=3))
BEGINNING = datetime(2023, 1, 1, tzinfo=UTC)
INSTANTS = st.timedeltas(timedelta(), timedelta(days=3300)).map(lambda span: BEGINNING + span)


def at(day: int, month: int, year: int, hour: int = 7, minute: int = 0) -> datetime:
    """An instant by the wall in Quảng Ninh."""
    return datetime(year, month, day, hour, minute, tzinfo=ZONE)


def days(rule: Rule, after: date, count: int = 5) -> list[str]:
    """The next days as dd/mm/yyyy, from the morning of `after` on."""
    found = list_next(rule, instant_of(after, time()), count)
    return [f"{day_of(each):%d/%m/%Y}" for each in found]


def falls_on(pattern: Pattern, on: date) -> bool:
    """Whether a day is one of the pattern's, by looking at the calendar alone."""
    length = calendar.monthrange(on.year, on.month)[1]
    match pattern:
        case Once(only):
            return on == only
        case Daily():
            return True
        case Weekly(weekdays, every, since):
            if on.weekday() not in weekdays or (since is not None and on < since):
                return False
            week = (on - timedelta(days=on.weekday())).toordinal() // 7
            first = since or on
            return (week - (first - timedelta(days=first.weekday())).toordinal() // 7) % every == 0
        case NthWeekday(nth, weekday):
            which = on.day + 7 > length if nth == LAST else (on.day - 1) // 7 + 1 == nth
            return on.weekday() == weekday and which
        case MonthDays(named):
            return on.day in named or (LAST in named and on.day == length)
        case Yearly(day, month):
            return (on.day, on.month) == (day, month)
        case LunarMonthly(named):
            return lunar_of(on).day in named
        case LunarYearly(day, month):
            lunar = lunar_of(on)
            return (lunar.day, lunar.month, lunar.leap) == (day, month, False)


def expected(rule: Rule, start: datetime, end: datetime) -> list[datetime]:
    """All occurrences by trying every day."""
    found = []
    on = day_of(start)
    while on <= day_of(end):
        instant = instant_of(on, rule.at)
        ended = rule.until is not None and on > rule.until
        if falls_on(rule.pattern, on) and on not in rule.skips and not ended:
            found.append(instant)
        on += DAY
    return [each for each in found if start < each <= end]


@settings(max_examples=150, deadline=None)
@given(RULES, INSTANTS, st.integers(0, 500))
def test_it_comes_on_every_day_of_the_pattern_and_no_other(
    rule: Rule, start: datetime, span: int
) -> None:
    end = start + span * DAY
    assert list_between(rule, start, end) == expected(rule, start, end)


@settings(max_examples=100, deadline=None)
@given(RULES, INSTANTS)
def test_one_after_the_other_is_the_list(rule: Rule, start: datetime) -> None:
    listed = list_next(rule, start, 6)
    assert all(sooner < later for sooner, later in pairwise([start, *listed]))
    after = start
    for each in listed:
        found = next_after(rule, after)
        assert found == each
        after = found
    if len(listed) < 6:
        assert next_after(rule, after) is None
    if listed:
        assert list_between(rule, start, listed[-1]) == listed
        assert next_after(rule, listed[0] - MOMENT) == listed[0]


@settings(max_examples=100, deadline=None)
@given(RULES, INSTANTS)
def test_the_wall_shows_the_same_hour_each_time(rule: Rule, start: datetime) -> None:
    for each in list_next(rule, start, 6):
        wall = each.astimezone(ZONE)
        assert each.tzinfo is UTC
        assert wall.time() == rule.at
        assert wall.date() not in rule.skips
        assert rule.until is None or wall.date() <= rule.until


@given(RULES)
def test_a_rule_is_stored_and_read(rule: Rule) -> None:
    assert Rule.from_json(rule.to_json()) == rule
    assert pattern_from_json(pattern_to_json(rule.pattern)) == rule.pattern


def test_how_a_rule_is_stored() -> None:
    rule = Rule(Weekly(frozenset({5, 0}), 2, date(2026, 11, 28)), SEVEN, date(2027, 6, 30))
    assert rule.to_json() == {
        "pattern": {"kind": "weekly", "weekdays": [0, 5], "every": 2, "since": "2026-11-28"},
        "at": "07:00",
        "until": "2027-06-30",
        "skips": [],
    }


@pytest.mark.parametrize(
    "stored",
    [
        {},
        {"pattern": {"kind": "hourly"}, "at": "07:00", "until": None, "skips": []},
        {"pattern": {"kind": "daily"}, "at": "25:00", "until": None, "skips": []},
        {"pattern": {"kind": "daily"}, "at": "07:00:30", "until": None, "skips": []},
        {"pattern": {"kind": "daily"}, "at": "07:00", "until": "soon", "skips": []},
        {"pattern": {"kind": "daily"}, "at": "07:00", "until": None, "skips": [5]},
        {"pattern": {"kind": "weekly", "weekdays": []}, "at": "07:00", "until": None, "skips": []},
        {"pattern": None, "at": "07:00", "until": None, "skips": []},
    ],
)
def test_what_is_no_stored_rule_is_refused(stored: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        Rule.from_json(stored)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Weekly(frozenset()),
        lambda: Weekly(frozenset({7})),
        lambda: Weekly(frozenset({0}), 2),
        lambda: Weekly(frozenset({0}), 0, date(2026, 1, 1)),
        lambda: NthWeekday(5, 0),
        lambda: MonthDays(frozenset({0})),
        lambda: MonthDays(frozenset({32})),
        lambda: Yearly(30, 2),
        lambda: Yearly(31, 4),
        lambda: LunarMonthly(frozenset({31})),
        lambda: LunarYearly(1, 13),
        lambda: Rule(Daily(), time(7, 0, 1)),
        lambda: Rule(Daily(), time(7, tzinfo=UTC)),
    ],
)
def test_days_that_no_calendar_has_are_refused(make: Any) -> None:
    with pytest.raises(ValueError):
        make()


def test_short_months_are_left_out_and_the_last_day_is_in_all() -> None:
    start = date(2027, 1, 1)
    assert days(Rule(MonthDays(frozenset({31})), SEVEN), start) == [
        "31/01/2027", "31/03/2027", "31/05/2027", "31/07/2027", "31/08/2027",
    ]  # fmt: skip
    assert days(Rule(MonthDays(frozenset({LAST})), SEVEN), start) == [
        "31/01/2027", "28/02/2027", "31/03/2027", "30/04/2027", "31/05/2027",
    ]  # fmt: skip
    both = Rule(MonthDays(frozenset({LAST, 31})), SEVEN)
    assert days(both, start, 3) == ["31/01/2027", "28/02/2027", "31/03/2027"]


def test_the_29th_of_february() -> None:
    assert days(Rule(Yearly(29, 2), SEVEN), date(2027, 1, 1), 3) == [
        "29/02/2028", "29/02/2032", "29/02/2036",
    ]  # fmt: skip
    assert days(Rule(MonthDays(frozenset({29})), SEVEN), date(2028, 2, 1), 2) == [
        "29/02/2028", "29/03/2028",
    ]  # fmt: skip


def test_over_the_end_of_the_year() -> None:
    daily = Rule(Daily(), time(23, 59))
    assert list_next(daily, at(31, 12, 2026, 23, 58), 2) == [
        at(31, 12, 2026, 23, 59),
        at(1, 1, 2027, 23, 59),
    ]
    weekly = Rule(Weekly(frozenset({4}), 2, date(2026, 12, 18)), SEVEN)
    assert days(weekly, date(2026, 12, 18), 3) == ["18/12/2026", "01/01/2027", "15/01/2027"]


def test_every_second_week_does_not_slip_however_late_it_is_asked() -> None:
    rule = Rule(Weekly(frozenset({5}), 2, date(2026, 11, 28)), SEVEN)
    fortnights = {date(2026, 11, 28) + n * 14 * DAY for n in range(200)}
    for weeks in range(0, 300, 7):
        found = next_after(rule, at(28, 11, 2026) + weeks * 7 * DAY)
        assert found is not None
        assert day_of(found) in fortnights
    assert days(rule, date(2025, 1, 1), 1) == ["28/11/2026"]


def test_the_days_of_a_shared_week_count_from_its_monday() -> None:
    rule = Rule(Weekly(frozenset({0, 5}), 2, date(2026, 11, 28)), SEVEN)
    assert days(rule, date(2026, 11, 1), 4) == [
        "28/11/2026", "07/12/2026", "12/12/2026", "21/12/2026",
    ]  # fmt: skip


def test_first_and_last_weekdays() -> None:
    assert days(Rule(NthWeekday(1, 5), SEVEN), date(2026, 12, 1), 3) == [
        "05/12/2026", "02/01/2027", "06/02/2027",
    ]  # fmt: skip
    assert days(Rule(NthWeekday(LAST, 6), SEVEN), date(2026, 12, 1), 3) == [
        "27/12/2026", "31/01/2027", "28/02/2027",
    ]  # fmt: skip


def test_full_moons_through_a_leap_month() -> None:
    full_moons = Rule(LunarMonthly(frozenset({15})), time(6))
    for start, found in (
        (date(2025, 7, 1), ["09/07/2025", "08/08/2025", "06/09/2025"]),
        (date(2028, 5, 20), ["07/06/2028", "07/07/2028", "05/08/2028"]),
    ):
        assert days(full_moons, start, 3) == found
    assert len(list_between(full_moons, at(17, 2, 2026), at(5, 2, 2027))) == 12
    assert len(list_between(full_moons, at(26, 1, 2028), at(12, 2, 2029))) == 13
    assert len(list_between(full_moons, at(23, 1, 2031), at(10, 2, 2032))) == 13


def test_a_lunar_anniversary_comes_once_in_a_year_with_a_leap_month() -> None:
    rule = Rule(LunarYearly(15, 5), SEVEN)
    assert days(rule, date(2028, 1, 1), 2)[0] == "07/06/2028"
    assert len(list_between(rule, at(26, 1, 2028), at(12, 2, 2029))) == 1
    third = Rule(LunarYearly(10, 3), SEVEN)
    assert len(list_between(third, at(23, 1, 2031), at(10, 2, 2032))) == 1


def test_tet() -> None:
    rule = Rule(LunarYearly(1, 1), time(0))
    assert days(rule, date(2026, 1, 1), 3) == ["17/02/2026", "06/02/2027", "26/01/2028"]


def test_a_lunar_30th_is_left_out_of_short_months() -> None:
    assert days(Rule(LunarMonthly(frozenset({30})), SEVEN), date(2026, 2, 1), 4) == [
        "18/03/2026", "16/05/2026", "12/08/2026", "08/11/2026",
    ]  # fmt: skip


def test_the_end_still_counts_and_skipped_days_do_not() -> None:
    skips = frozenset({date(2026, 11, 24)})
    rule = Rule(Daily(), SEVEN, date(2026, 11, 25), skips)
    assert days(rule, date(2026, 11, 23)) == ["23/11/2026", "25/11/2026"]
    assert next_after(rule, at(25, 11, 2026)) is None


def test_once() -> None:
    rule = once(at(28, 11, 2026, 19, 45))
    assert rule == Rule(Once(date(2026, 11, 28)), time(19, 45))
    assert next_after(rule, at(28, 11, 2026, 19, 44)) == at(28, 11, 2026, 19, 45)
    assert next_after(rule, at(28, 11, 2026, 19, 45)) is None


def test_just_after_midnight_on_the_wall_is_the_day_before_in_utc() -> None:
    rule = Rule(Weekly(frozenset({0})), time(0, 30))
    found = next_after(rule, at(22, 11, 2026))
    assert found == datetime(2026, 11, 22, 17, 30, tzinfo=UTC)
