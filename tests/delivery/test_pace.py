"""The pace keeps every window that a messenger might count, and wastes little of it."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.pace import BotPace, GroupPace, Pace, PrivatePace

PACE = Pace()


def arrivals(pace: BotPace | PrivatePace | GroupPace, count: int) -> list[float]:
    """When `count` messages leave that are all due at once."""
    now, left = 0.0, []
    for _ in range(count):
        now += pace.delay(now)
        pace.take(now)
        if isinstance(pace, BotPace):
            pace.answered(now)
        left.append(now)
    return left


def most_in(times: list[float], span: float) -> int:
    return max(sum(start <= at < start + span for at in times) for start in times)


def test_a_bot_never_sends_thirty_in_a_second_and_uses_most_of_it() -> None:
    times = arrivals(BotPace(PACE), 600)
    assert most_in(times, 1.0) <= 30
    assert 600 / (times[-1] - times[0]) >= 0.96 * 30


@given(st.lists(st.floats(0.0, 0.9), min_size=60, max_size=120))
def test_no_delay_on_the_way_makes_thirty_one_arrive_in_a_second(delays: list[float]) -> None:
    """Each message arrives after a delay of its own, and is answered as it arrives."""
    pace, now = BotPace(PACE), 0.0
    on_the_way: list[tuple[float, float]] = []
    arrived: list[float] = []
    for delay in delays:
        while wait := pace.delay(now):
            now += min([wait, *(at - now for at, _ in on_the_way)])
            for at, started in [each for each in on_the_way if each[0] <= now]:
                on_the_way.remove((at, started))
                pace.answered(now)
        pace.take(now)
        on_the_way.append((now + delay, now))
        arrived.append(now + delay)
    assert most_in(arrived, 1.0) <= 30


def test_a_group_gets_twenty_in_a_minute_at_once_and_then_waits() -> None:
    times = arrivals(GroupPace(PACE), 50)
    assert times[19] == 0.0
    assert most_in(times, 60.0) <= 20


def test_a_private_chat_gets_a_burst_of_three_and_then_one_a_second() -> None:
    times = arrivals(PrivatePace(PACE), 10)
    assert times[:3] == [0.0, 0.0, 0.0]
    gaps = [later - sooner for sooner, later in itertools.pairwise(times[2:])]
    assert all(1.0 <= gap < 1.1 for gap in gaps)


@given(st.lists(st.floats(0, 5), min_size=1, max_size=60))
def test_whenever_messages_come_a_private_chats_bucket_never_overflows(waits: list[float]) -> None:
    pace, now, tokens, refilled_at = PrivatePace(PACE), 0.0, 3.0, 0.0
    for wait in waits:
        now += wait
        now += pace.delay(now)
        pace.take(now)
        tokens, refilled_at = min(3.0, tokens + now - refilled_at), now
        assert tokens >= 0.999
        tokens -= 1


@pytest.mark.parametrize("pace", [PrivatePace(PACE), GroupPace(PACE)])
def test_a_refused_chat_rests_for_exactly_what_the_messenger_named(
    pace: PrivatePace | GroupPace,
) -> None:
    pace.hold(10.0, 7.0)
    assert pace.room(16.9) == 0
    assert pace.delay(12.0) == pytest.approx(5.0)
    assert pace.room(17.0) > 0


def test_an_album_larger_than_the_burst_is_paid_off_afterwards() -> None:
    pace = PrivatePace(PACE)
    pace.take(0.0, 10)
    assert pace.delay(0.0) > 7.0
