"""The ladder's minutes and numbers: which step is due, and what people type to change it."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ladder import (
    DEFAULT_MINUTES,
    HEARS,
    MOST_MINUTES,
    MOST_PHONES,
    STALE_AFTER,
    STAMPS,
    Ladder,
    Phone,
    Rung,
    minutes_in,
    phone_in,
    rungs_due,
    with_phone,
)
from domain.routing import Recipient
from domain.urgency import Urgency


def due(urgency: Urgency, minutes: float, climbed: Rung | None = None) -> list[int]:
    """The numbers of the steps that are due on the usual ladder."""
    waited = timedelta(minutes=minutes)
    return [int(rung) for rung in rungs_due(Ladder(), urgency, waited, climbed)]


@pytest.mark.parametrize("urgency", [Urgency.P1, Urgency.P2])
def test_each_step_at_its_minute_and_not_before(urgency: Urgency) -> None:
    before = None
    for rung, minute in zip(Rung, DEFAULT_MINUTES[urgency], strict=True):
        assert due(urgency, minute - 0.001, before) == []
        assert due(urgency, minute, before) == [rung]
        assert due(urgency, minute, rung) == []
        before = rung


@pytest.mark.parametrize("urgency", [Urgency.P3, Urgency.P4])
def test_what_is_calm_has_no_ladder(urgency: Urgency) -> None:
    assert due(urgency, 500) == []


def test_the_minutes_that_were_asked_for() -> None:
    assert dict(DEFAULT_MINUTES) == {Urgency.P1: (2, 4, 6, 8), Urgency.P2: (10, 20, 30, 40)}


def test_after_a_time_without_anybody_looking_they_come_together() -> None:
    assert due(Urgency.P1, 7) == [1, 2, 3]
    assert due(Urgency.P1, 700, Rung.DEPUTY) == [3, 4]


def test_what_is_a_day_old_wakes_nobody() -> None:
    day = STALE_AFTER.total_seconds() / 60
    assert due(Urgency.P1, day - 1) == [1, 2, 3, 4]
    assert due(Urgency.P1, day) == []


def test_a_clock_that_was_set_back_wakes_nobody() -> None:
    assert due(Urgency.P1, -30) == []


@given(st.lists(st.floats(0, 1439), max_size=40), st.sampled_from([Urgency.P1, Urgency.P2]))
def test_however_often_one_looks_no_step_is_climbed_twice(
    looks: list[float], urgency: Urgency
) -> None:
    climbed: list[int] = []
    for minutes in sorted(looks):
        climbed += due(urgency, minutes, Rung(climbed[-1]) if climbed else None)
    assert climbed == sorted(set(climbed))
    reached = max(looks, default=0)
    assert len(climbed) == sum(reached >= minute for minute in DEFAULT_MINUTES[urgency])


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("2 4 6 8", (2, 4, 6, 8)),
        ("1, 3, 5 và 10 phút", (1, 3, 5, 10)),
        (f"1 2 3 {MOST_MINUTES}", (1, 2, 3, MOST_MINUTES)),
        (f"1 2 3 {MOST_MINUTES + 1}", None),
        ("0 2 4 6", None),
        ("2 4 6", None),
        ("2 4 4 8", None),
        ("8 6 4 2", None),
        ("2 4 6 8 10", None),
        ("nhanh lên", None),
    ],
)
def test_minutes_as_they_are_typed(typed: str, read: tuple[int, ...] | None) -> None:
    assert minutes_in(typed) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("0912 345 678 anh Ba", Phone("0912345678", "anh Ba")),
        ("Trực ban 0203.3123.456", Phone("02033123456", "Trực ban")),
        ("+84 912 345 678", Phone("0912345678", "")),
        ("anh Ba", None),
        ("12345", None),
    ],
)
def test_a_number_as_it_is_typed(typed: str, read: Phone | None) -> None:
    assert phone_in(typed) == read


def test_a_number_stands_there_once_and_not_too_many() -> None:
    phones: tuple[Phone, ...] = ()
    for number in range(MOST_PHONES):
        more = with_phone(phones, Phone(f"091234567{number}", "Bịa"))
        assert more is not None
        phones = more
    assert with_phone(phones, Phone("0912345679", "Bịa")) is None
    renamed = with_phone(phones, Phone("0912345670", "Tên khác"))
    assert renamed is not None
    assert len(renamed) == MOST_PHONES
    assert renamed[-1].name == "Tên khác"


def test_each_step_has_its_hearer_and_its_stamp() -> None:
    assert list(HEARS) == list(STAMPS) == list(Rung)
    assert HEARS[Rung.PHONE] is Recipient.DESK
    assert len(set(HEARS.values())) == len(set(STAMPS.values())) == len(Rung)
