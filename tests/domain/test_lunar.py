"""The lunar calendar against dates that were published, and against the sky itself."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.lunar import (
    FIRST_DAY,
    LAST_DAY,
    LunarDate,
    last_of_lunar_year,
    lunar_of,
    next_lunar,
    solar_of,
)
from tests.domain.heavens import months_to

DAY = timedelta(days=1)
DAYS = st.dates(date(1950, 1, 1), date(2150, 1, 1))

# Public holidays and festivals of the years 2025 to 2028.
PUBLISHED = [
    (1, 1, 2026, date(2026, 2, 17)),
    (1, 1, 2027, date(2027, 2, 6)),
    (1, 1, 2028, date(2028, 1, 26)),
    (10, 3, 2026, date(2026, 4, 26)),
    (10, 3, 2027, date(2027, 4, 16)),
    (10, 3, 2028, date(2028, 4, 4)),
    (23, 12, 2026, date(2027, 1, 30)),
    (23, 12, 2027, date(2028, 1, 19)),
    (5, 1, 2027, date(2027, 2, 10)),
    (7, 1, 2027, date(2027, 2, 12)),
    (5, 1, 2028, date(2028, 1, 30)),
    (10, 1, 2027, date(2027, 2, 15)),
    (10, 1, 2028, date(2028, 2, 4)),
    (15, 1, 2026, date(2026, 3, 3)),
    (15, 1, 2027, date(2027, 2, 20)),
    (15, 1, 2028, date(2028, 2, 9)),
    (3, 2, 2027, date(2027, 3, 10)),
    (3, 2, 2028, date(2028, 2, 27)),
    (8, 3, 2027, date(2027, 4, 14)),
    (8, 3, 2028, date(2028, 4, 2)),
    (15, 7, 2027, date(2027, 8, 16)),
    (15, 7, 2028, date(2028, 9, 3)),
    (15, 8, 2026, date(2026, 9, 25)),
    (15, 8, 2027, date(2027, 9, 15)),
    (15, 8, 2028, date(2028, 10, 3)),
]


@pytest.mark.parametrize(("day", "month", "year", "on"), PUBLISHED)
def test_published_dates(day: int, month: int, year: int, on: date) -> None:
    assert solar_of(day, month, year) == on
    assert lunar_of(on) == LunarDate(day, month, year)


# Later, a new moon comes within a minute of midnight (08/05/2054), and only tables decide.
@pytest.mark.parametrize("year", range(1970, 2054))
def test_every_month_begins_as_the_sky_says(year: int) -> None:
    months = months_to(year)
    assert len(months) in {12, 13}
    for first, (month, lunar_year, leap) in months.items():
        assert lunar_of(first) == LunarDate(1, month, lunar_year, leap), first
        assert lunar_of(first - DAY).day in {29, 30}


def test_every_day_of_twelve_years_is_named_once_and_in_order() -> None:
    months = {
        first: named for year in range(2023, 2036) for first, named in months_to(year).items()
    }
    on, end = min(months), max(months)
    first = on
    while on < end:
        first = on if on in months else first
        month, year, leap = months[first]
        named = lunar_of(on)
        assert named == LunarDate((on - first).days + 1, month, year, leap)
        assert solar_of(named.day, month, year, leap) == on
        on += DAY


def test_leap_months() -> None:
    found = {
        (year, month)
        for year in range(2025, 2034)
        for month in range(1, 13)
        if solar_of(1, month, year, leap=True)
    }
    assert found == {(2025, 6), (2028, 5), (2031, 3), (2033, 11)}
    assert solar_of(1, 6, 2025, leap=True) == date(2025, 7, 25)
    assert lunar_of(date(2025, 8, 8)) == LunarDate(15, 6, 2025, leap=True)


def test_what_the_calendar_does_not_have() -> None:
    assert solar_of(30, 12, 2026) is None
    assert solar_of(29, 12, 2026) == date(2027, 2, 5)
    assert solar_of(1, 7, 2025, leap=True) is None
    assert solar_of(31, 1, 2026) is None
    assert solar_of(1, 13, 2026) is None
    assert solar_of(1, 1, 3000) is None


def test_new_years_eve_is_the_29th_or_the_30th() -> None:
    assert last_of_lunar_year(2026) == date(2027, 2, 5)
    assert lunar_of(last_of_lunar_year(2026)).day == 29
    assert last_of_lunar_year(2023) == date(2024, 2, 9)
    assert lunar_of(last_of_lunar_year(2023)).day == 30


def test_every_month_has_its_full_moon_the_leap_month_too() -> None:
    on, found = date(2025, 7, 1), []
    for _ in range(4):
        on = next_lunar(15, None, on)
        found.append(on)
    assert found == [date(2025, 7, 9), date(2025, 8, 8), date(2025, 9, 6), date(2025, 10, 6)]
    assert [lunar_of(on).leap for on in found] == [False, True, False, False]


def test_a_yearly_day_is_not_kept_again_in_the_leap_month() -> None:
    first = next_lunar(15, 6, date(2025, 1, 1))
    assert first == date(2025, 7, 9)
    assert next_lunar(15, 6, first) == solar_of(15, 6, 2026)


def test_the_30th_is_left_out_of_a_short_month() -> None:
    firsts = sorted(months_to(2026))
    long = [one + 29 * DAY for one, other in pairwise(firsts) if other - one == 30 * DAY]
    found = [next_lunar(30, None, firsts[0])]
    while found[-1] < long[-1]:
        found.append(next_lunar(30, None, found[-1]))
    assert found == long
    assert len(long) < len(firsts) - 1


def test_a_yearly_30th_waits_for_the_year_that_has_one() -> None:
    # Every tháng Chạp from 2025 to 2031 ends on the 29th.
    assert next_lunar(30, 12, date(2025, 2, 1)) == solar_of(30, 12, 2032)


@given(DAYS)
def test_there_and_back(on: date) -> None:
    named = lunar_of(on)
    assert solar_of(named.day, named.month, named.year, named.leap) == on


@settings(max_examples=60)
@given(DAYS, st.integers(1, 30))
def test_the_next_such_day_is_the_next(after: date, day: int) -> None:
    found = next_lunar(day, None, after)
    assert found > after
    assert lunar_of(found).day == day
    between = (found - after).days
    assert all(lunar_of(after + n * DAY).day != day for n in range(1, between))


@settings(max_examples=60)
@given(DAYS, st.integers(1, 29), st.integers(1, 12))
def test_the_next_such_day_of_the_year_is_the_next(after: date, day: int, month: int) -> None:
    found = next_lunar(day, month, after)
    named = lunar_of(found)
    assert (named.day, named.month, named.leap) == (day, month, False)
    assert timedelta() < found - after <= timedelta(days=385)


@pytest.mark.parametrize(("day", "month"), [(0, None), (31, None), (1, 0), (1, 13), (31, 1)])
def test_a_name_that_no_month_has_is_refused(day: int, month: int | None) -> None:
    with pytest.raises(ValueError, match="no lunar day"):
        next_lunar(day, month, date(2026, 1, 1))


@pytest.mark.parametrize("on", [FIRST_DAY - DAY, LAST_DAY + DAY])
def test_outside_the_tables_nothing_is_guessed(on: date) -> None:
    with pytest.raises(ValueError, match="no lunar table"):
        lunar_of(on)
    with pytest.raises(ValueError, match="no lunar"):
        next_lunar(1, 1, LAST_DAY - DAY)
    with pytest.raises(ValueError, match="no lunar table"):
        last_of_lunar_year(LAST_DAY.year)
