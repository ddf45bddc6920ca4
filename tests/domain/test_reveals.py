"""The pure part of who may let whom see who reported."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.reveals import Party, Seat, hands_behind, has_lapsed, is_reason, sort_of
from domain.roles import Role, Standing

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def test_hands_are_followed_to_their_beginning_and_around_in_circles() -> None:
    assert hands_behind(1, {}) == {1}
    assert hands_behind(1, {1: [2], 2: [3], 4: [5]}) == {1, 2, 3}
    assert hands_behind(1, {1: [2], 2: [1]}) == {1, 2}


def test_a_seat_is_settled_after_a_day() -> None:
    seat = Seat(Standing(Role.CHIEF, "99901"), NOW - timedelta(hours=24))
    party = Party(1, (seat,), frozenset({1}))
    assert party.settled(NOW) == party.standings == (seat.standing,)
    assert party.settled(NOW - timedelta(seconds=1)) == ()


def test_a_request_lapses_after_a_day() -> None:
    assert not has_lapsed(NOW - timedelta(hours=23, minutes=59), NOW)
    assert has_lapsed(NOW - timedelta(hours=24), NOW)


@pytest.mark.parametrize(
    ("words", "enough"),
    [("cần lấy lời khai", False), ("cần lấy lời khai của người báo", True),
     ("!!!! 12345678901234567", False), ("abcdefghijklmno", True)],
)  # fmt: skip
def test_a_reason_has_fifteen_letters(words: str, enough: bool) -> None:
    assert is_reason(words) is enough


@pytest.mark.parametrize(
    ("reason", "sort"),
    [("Cần bảo vệ người báo vì bị đe dọa", "safety"), ("mời lấy LỜI KHAI", "case"),
     ("nghi báo giả để trêu", "false"), ("cần xác minh lại địa điểm", "check"),
     ("theo phân công của cấp trên", "other"), ("", "other")],
)  # fmt: skip
def test_the_sort_of_a_reason(reason: str, sort: str) -> None:
    assert sort_of(reason) == sort
