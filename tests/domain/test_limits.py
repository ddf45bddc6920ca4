"""How much one person may send: at the figures themselves, one less and one more."""

from datetime import UTC, datetime, timedelta

from domain.limits import CALM, URGENT, calm_again_at, is_suspect

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def test_the_figures() -> None:
    assert [(limit.most, limit.within) for limit in CALM] == [(5, HOUR), (10, DAY)]
    assert (URGENT.most, URGENT.within) == (3, HOUR)


def test_five_calm_ones_an_hour() -> None:
    sent = [NOW - 50 * MINUTE, *(NOW - n * MINUTE for n in range(3))]
    assert calm_again_at(sent, NOW) is None
    sent.append(NOW - 5 * MINUTE)
    assert calm_again_at(sent, NOW) == NOW + 10 * MINUTE
    assert calm_again_at(sent, NOW + 10 * MINUTE) is None


def test_ten_calm_ones_a_day() -> None:
    sent = [NOW - 2 * n * HOUR for n in range(1, 10)]
    assert calm_again_at(sent, NOW) is None
    sent.append(NOW - 20 * HOUR)
    assert calm_again_at(sent, NOW) == NOW + 4 * HOUR
    assert calm_again_at(sent, NOW + 4 * HOUR) is None


def test_the_longer_wait_counts() -> None:
    early = [NOW - 20 * HOUR + n * MINUTE for n in range(5)]
    late = [NOW - n * MINUTE for n in range(5)]
    assert calm_again_at([*early, *late], NOW) == NOW + 4 * HOUR


def test_the_fourth_urgent_one_within_an_hour_is_marked() -> None:
    sent = [NOW - 59 * MINUTE, NOW - 30 * MINUTE]
    assert not is_suspect(sent, NOW)
    sent.append(NOW)
    assert is_suspect(sent, NOW)
    assert not is_suspect(sent, NOW + MINUTE)
