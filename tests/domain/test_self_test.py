"""When a self-test is due, and what is said of one that got stuck."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.self_test import FAULTS, Progress, Run, fault_of, is_due, is_missing

# 04:30 in Quảng Ninh.
HALF_PAST_FOUR = datetime(2026, 11, 21, 21, 30, tzinfo=UTC)
GOOD = Run(HALF_PAST_FOUR, 0.4)


@pytest.mark.parametrize(
    ("after", "started", "due"),
    [
        (timedelta(0), False, False),
        (timedelta(minutes=59), True, False),
        (timedelta(hours=1), True, True),
        (timedelta(hours=1), False, False),
        (timedelta(hours=23, minutes=59), False, False),
        (timedelta(hours=24), False, True),
        (timedelta(seconds=-1), False, True),  # the clock was ahead
    ],
)
def test_daily_and_at_a_start_but_not_at_every_one(
    after: timedelta, *, started: bool, due: bool
) -> None:
    assert is_due(GOOD, HALF_PAST_FOUR + after, started=started) is due


@pytest.mark.parametrize("last", [Run(HALF_PAST_FOUR, None, "desk"), Run(HALF_PAST_FOUR)])
def test_a_failure_and_one_that_was_broken_off_are_tried_again_after_an_hour(last: Run) -> None:
    hour = timedelta(hours=1)
    assert not is_due(last, HALF_PAST_FOUR + hour - timedelta(seconds=1), started=True)
    assert is_due(last, HALF_PAST_FOUR + hour, started=False)


def test_without_a_note_it_is_due_and_a_day_without_power_is_missing() -> None:
    assert is_due(None, HALF_PAST_FOUR, started=False)
    assert not is_missing(GOOD, HALF_PAST_FOUR + timedelta(hours=36))
    assert is_missing(GOOD, HALF_PAST_FOUR + timedelta(hours=36, seconds=1))


def test_only_how_it_ended_counts_as_an_end() -> None:
    assert not Run(HALF_PAST_FOUR).has_ended
    assert GOOD.has_ended
    assert replace(GOOD, seconds=None, fault="desk").has_ended


@pytest.mark.parametrize(
    ("progress", "fault"),
    [
        (Progress(), "talking"),
        (Progress(owed=1), "sending"),
        (Progress(stored=1), "handling"),
        (Progress(parked=1, owed=2), "handling"),
        (Progress(filed=True, owed=1), "desk"),
        (Progress(filed=True, shown=True), "taking"),
        (Progress(filed=True, shown=True, taken=True, owed=1), "answering"),
    ],
)
def test_what_stopped_it_is_told_by_how_far_it_came(progress: Progress, fault: str) -> None:
    assert fault_of(progress) == fault
    assert fault in FAULTS
    assert not progress.is_complete


def test_it_is_complete_when_it_was_taken_and_nothing_is_on_its_way() -> None:
    taken = Progress(filed=True, shown=True, taken=True)
    assert taken.is_complete
    assert not replace(taken, stored=1).is_complete
    assert not replace(taken, parked=1).is_complete
