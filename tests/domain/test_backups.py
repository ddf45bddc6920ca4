"""When backups are due: once a night by the wall's clock, and soon after a night without power."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.backups import is_backup_due, is_missing, is_rehearsal_due

# 02:30 on 22/11/2026 in Quảng Ninh.
NOW = datetime(2026, 11, 21, 19, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("age", "hour", "due"),
    [
        (timedelta(minutes=29), 2, False),
        (timedelta(minutes=31), 2, True),
        (timedelta(hours=20), 3, False),
        (timedelta(hours=24), 3, True),
        (timedelta(days=9), 3, True),
    ],
)
def test_due_once_a_night(age: timedelta, hour: int, due: bool) -> None:
    assert is_backup_due(NOW - age, NOW, hour) is due


def test_the_first_one_is_due_at_once() -> None:
    assert is_backup_due(None, NOW, 14)


def test_a_rehearsal_a_week_and_a_day_after_a_failed_one() -> None:
    week, day = NOW - timedelta(days=7), NOW - timedelta(days=1)
    assert is_rehearsal_due(None, NOW, succeeded=False)
    assert is_rehearsal_due(week, NOW, succeeded=True)
    assert not is_rehearsal_due(day, NOW, succeeded=True)
    assert is_rehearsal_due(day, NOW, succeeded=False)


def test_missing_after_a_day_and_a_half() -> None:
    since = NOW - timedelta(hours=37)
    assert is_missing(None, since, NOW)
    assert not is_missing(NOW - timedelta(hours=36), since, NOW)
    assert is_missing(NOW - timedelta(hours=36, seconds=1), NOW, NOW)
