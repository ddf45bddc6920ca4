"""What the calendar calls for, checked against dates of references that are not our own tables."""

from datetime import date, timedelta

import pytest

from content.law_faults import CAMPAIGNS
from domain.law_calendar import SEASONS, day_called, is_in_season


@pytest.mark.parametrize(
    ("occasion", "first", "found"),
    [
        ("06-26", date(2026, 11, 22), date(2027, 6, 26)),
        ("06-26", date(2027, 6, 26), date(2027, 6, 26)),
        ("02-29", date(2027, 1, 1), date(2028, 2, 29)),
        ("02-29", date(2096, 3, 1), date(2104, 2, 29)),
        # Ông Công Ông Táo and Rằm tháng Giêng, references/domain.md 8.4.
        ("lunar:12-23", date(2026, 11, 22), date(2027, 1, 30)),
        ("lunar:01-15", date(2027, 1, 1), date(2027, 2, 20)),
        ("lunar:07-15", date(2027, 8, 16), date(2027, 8, 16)),
        ("lunar:07-15", date(2027, 8, 17), date(2028, 9, 3)),
        ("lunar:01-15", date(2199, 12, 30), None),
        ("month:06", date(2027, 6, 1), None),
        ("campaign:tet", date(2027, 2, 1), None),
    ],
)
def test_the_next_day_of_an_occasion(occasion: str, first: date, found: date | None) -> None:
    assert day_called(occasion, first) == found


@pytest.mark.parametrize(
    ("occasion", "begins", "ends"),
    [
        ("month:06", date(2027, 6, 1), date(2027, 6, 30)),
        # Tết is on 06/02/2027.
        ("campaign:tet", date(2026, 12, 23), date(2027, 2, 20)),
        ("campaign:storms", date(2027, 6, 1), date(2027, 10, 31)),
        ("campaign:dry_season", date(2026, 11, 1), date(2027, 4, 30)),
        ("campaign:exams", date(2027, 5, 15), date(2027, 6, 30)),
        ("campaign:school_year", date(2027, 8, 15), date(2027, 9, 30)),
        ("campaign:tourism", date(2027, 4, 25), date(2027, 8, 31)),
    ],
)
def test_a_season_has_two_ends(occasion: str, begins: date, ends: date) -> None:
    day = timedelta(days=1)
    assert is_in_season(occasion, begins)
    assert is_in_season(occasion, ends)
    assert not is_in_season(occasion, begins - day)
    assert not is_in_season(occasion, ends + day)


def test_a_day_is_no_season_and_the_tables_end() -> None:
    assert not is_in_season("06-26", date(2027, 6, 26))
    assert not is_in_season("lunar:12-23", date(2027, 1, 30))
    assert not is_in_season("campaign:tet", date(2199, 12, 20))
    assert not is_in_season("campaign:unheard", date(2027, 1, 1))


def test_the_files_know_the_same_seasons() -> None:
    assert SEASONS == CAMPAIGNS
