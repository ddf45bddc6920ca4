"""Rules against dates that were published, or read off a printed calendar, and against the plain
calendar and the sky: over the year's end, leap days, Tết and leap months.
"""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.patterns import (
    LAST,
    LunarMonthly,
    LunarYearly,
    MonthDays,
    NthWeekday,
    Pattern,
    Weekly,
    Yearly,
)
from domain.recurrence import Rule, list_between
from tests.domain.plain_calendar import DAY, EAST, firsts, instants, lunar_name
from tests.domain.test_recurrence import HOURS, INSTANTS, PATTERNS

EVENING = time(19)
# Tết as it was published year by year. 2030: a day before China's.
TET = {
    2020: date(2020, 1, 25), 2021: date(2021, 2, 12), 2022: date(2022, 2, 1),
    2023: date(2023, 1, 22), 2024: date(2024, 2, 10), 2025: date(2025, 1, 29),
    2026: date(2026, 2, 17), 2027: date(2027, 2, 6), 2028: date(2028, 1, 26),
    2029: date(2029, 2, 13), 2030: date(2030, 2, 2), 2031: date(2031, 1, 23),
    2032: date(2032, 2, 11), 2033: date(2033, 1, 31), 2034: date(2034, 2, 19),
    2035: date(2035, 2, 8),
}  # fmt: skip
LEAP_MONTHS = {2020: 4, 2023: 2, 2025: 6, 2028: 5, 2031: 3, 2033: 11}


def days(rule: Rule, first: str, last: str) -> list[str]:
    """The days of a rule from one day to another, both included, as ISO dates."""
    start = datetime.combine(date.fromisoformat(first), time(), UTC) - EAST
    end = datetime.combine(date.fromisoformat(last) + DAY, time(), UTC) - EAST
    moment = timedelta(microseconds=1)
    return [str((at + EAST).date()) for at in list_between(rule, start - moment, end - moment)]


def test_what_the_dates_are_checked_by_is_the_published_calendar() -> None:
    """The sky of these tests, without our code."""
    named = {(month, year): first for first, (month, year, leap) in firsts().items() if not leap}
    assert {year: named[1, year] for year in TET} == TET
    leaps = {year: month for month, year, leap in firsts().values() if leap and year in TET}
    assert leaps == LEAP_MONTHS


def test_every_tet_and_the_day_before_it() -> None:
    rule = Rule(LunarYearly(1, 1), EVENING)
    assert days(rule, "2020-01-01", "2035-12-31") == [str(on) for on in TET.values()]
    # Tháng Chạp ends on its 29th or its 30th: who says the 30th has no day in a short one.
    thirtieth = days(Rule(LunarYearly(30, 12), EVENING), "2020-01-01", "2035-12-31")
    eves = [on - DAY for on in TET.values()]
    assert thirtieth == [str(eve) for eve in eves if lunar_name(eve).day == 30]
    # Many remember that the years from Giáp Thìn (to January 2025) on had no 30th.
    assert thirtieth[:4] == ["2020-01-24", "2021-02-11", "2023-01-21", "2024-02-09"]
    assert thirtieth[4] > "2032-01-01"


@pytest.mark.parametrize(
    ("pattern", "first", "last", "found"),
    [
        # The leap second month of 2023: 20/02 and 22/03 begin the two.
        (LunarMonthly(frozenset({1})), "2023-02-01", "2023-05-01",
         ["2023-02-20", "2023-03-22", "2023-04-20"]),
        (LunarMonthly(frozenset({1, 15})), "2023-02-20", "2023-04-20",
         ["2023-02-20", "2023-03-06", "2023-03-22", "2023-04-05", "2023-04-20"]),
        (LunarYearly(1, 2), "2023-01-01", "2024-12-31", ["2023-02-20", "2024-03-10"]),
        # The leap sixth month of 2025 begins on 25/07.
        (LunarMonthly(frozenset({1, 15})), "2025-06-20", "2025-09-10",
         ["2025-06-25", "2025-07-09", "2025-07-25", "2025-08-08", "2025-08-23", "2025-09-06"]),
        (LunarYearly(15, 6), "2025-01-01", "2025-12-31", ["2025-07-09"]),
        # The leap fifth month of 2028 begins on 23/06.
        (LunarMonthly(frozenset({1})), "2028-05-20", "2028-07-31",
         ["2028-05-24", "2028-06-23", "2028-07-22"]),
        (LunarYearly(5, 5), "2028-01-01", "2028-12-31", ["2028-05-28"]),
        # Rằm tháng Giêng and Giỗ Tổ, of which everybody has the holiday in mind.
        (LunarYearly(15, 1), "2025-01-01", "2028-12-31",
         ["2025-02-12", "2026-03-03", "2027-02-20", "2028-02-09"]),
        (LunarYearly(10, 3), "2023-01-01", "2028-12-31",
         ["2023-04-29", "2024-04-18", "2025-04-07", "2026-04-26", "2027-04-16", "2028-04-04"]),
        # Leap days: 2100 has none, 2000 had one.
        (Yearly(29, 2), "1999-01-01", "2009-01-01", ["2000-02-29", "2004-02-29", "2008-02-29"]),
        (Yearly(29, 2), "2095-01-01", "2105-01-01", ["2096-02-29", "2104-02-29"]),
        (MonthDays(frozenset({29})), "2027-01-30", "2028-03-01",
         ["2027-03-29", "2027-04-29", "2027-05-29", "2027-06-29", "2027-07-29", "2027-08-29",
          "2027-09-29", "2027-10-29", "2027-11-29", "2027-12-29", "2028-01-29", "2028-02-29"]),
        (MonthDays(frozenset({LAST})), "2027-11-01", "2028-03-31",
         ["2027-11-30", "2027-12-31", "2028-01-31", "2028-02-29", "2028-03-31"]),
        (MonthDays(frozenset({LAST})), "2100-01-01", "2100-03-01", ["2100-01-31", "2100-02-28"]),
        # Over the year's end. 2026 has 53 weeks by ISO: numbers of weeks would slip.
        (Weekly(frozenset({0}), 2, date(2026, 12, 14)), "2026-12-01", "2027-02-10",
         ["2026-12-14", "2026-12-28", "2027-01-11", "2027-01-25", "2027-02-08"]),
        (Weekly(frozenset({2, 5}), 3, date(2026, 12, 9)), "2026-12-01", "2027-01-31",
         ["2026-12-09", "2026-12-12", "2026-12-30", "2027-01-02", "2027-01-20", "2027-01-23"]),
        (NthWeekday(1, 4), "2026-12-01", "2027-02-28", ["2026-12-04", "2027-01-01", "2027-02-05"]),
        (NthWeekday(4, 6), "2026-12-01", "2027-02-28", ["2026-12-27", "2027-01-24", "2027-02-28"]),
        (NthWeekday(LAST, 3), "2026-12-01", "2027-02-28",
         ["2026-12-31", "2027-01-28", "2027-02-25"]),
    ],
)  # fmt: skip
def test_dates_read_off_a_calendar(
    pattern: Pattern, first: str, last: str, found: list[str]
) -> None:
    assert days(Rule(pattern, EVENING), first, last) == found


def test_an_end_and_skipped_days_in_a_leap_month() -> None:
    skips = frozenset({date(2025, 7, 9), date(2025, 8, 23)})
    rule = Rule(LunarMonthly(frozenset({1, 15})), EVENING, date(2025, 9, 6), skips)
    assert days(rule, "2025-06-20", "2026-06-20") == [
        "2025-06-25", "2025-07-25", "2025-08-08", "2025-09-06",
    ]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.builds(
        Rule,
        PATTERNS,
        HOURS,
        st.none() | st.dates(date(2023, 1, 1), date(2034, 1, 1)),
        st.frozensets(st.dates(date(2023, 1, 1), date(2034, 1, 1)), max_size=4),
    ),
    INSTANTS,
    st.integers(0, 800),
)
def test_no_day_more_and_none_less_than_the_calendar_and_the_sky_say(
    rule: Rule, start: datetime, span: int
) -> None:
    end = start + span * DAY
    assert list_between(rule, start, end) == list(instants(rule, start, end))
