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


def cross(pace: BotPace, delays: list[tuple[float, float]]) -> tuple[list[float], list[float]]:
    """When each message leaves and arrives, with its way there and the way of its answer."""
    now, left, arrived = 0.0, list[float](), list[float]()
    on_the_way: list[tuple[float, float]] = []
    for there, back in delays:
        while wait := pace.delay(now):
            now += min([wait, *(at - now for at, _ in on_the_way)])
            for answer in [each for each in on_the_way if each[0] <= now]:
                on_the_way.remove(answer)
                pace.answered(now, took=now - answer[1])
        pace.take(now)
        left.append(now)
        arrived.append(now + there)
        on_the_way.append((now + there + back, now))
    return left, arrived


@pytest.mark.parametrize(("there", "back"), [(0.05, 0.0), (0.0, 0.05), (0.025, 0.025)])
def test_once_the_round_trip_is_learnt_it_costs_nothing(there: float, back: float) -> None:
    left, arrived = cross(BotPace(PACE), [(there, back)] * 600)
    assert most_in(arrived, 1.0) <= 30
    assert 300 / (left[-1] - left[-301]) >= 0.96 * 30


@given(
    st.lists(st.tuples(st.floats(0.0, 0.4), st.floats(0.0, 0.4)), min_size=60, max_size=90),
    st.sampled_from([(0.05, 0.05), (0.1, 0.0), (0.0, 0.1)]),
    st.floats(0.5, 1.0),
)
def test_learnt_round_trips_break_no_limit_while_ways_do_not_halve(
    extra: list[tuple[float, float]], way: tuple[float, float], shorter: float
) -> None:
    """Whatever is added on either way, and even where both suddenly take half as long."""
    there, back = way
    known = [way] * 160
    jitter = [(shorter * there + more, shorter * back + late) for more, late in extra]
    _, arrived = cross(BotPace(PACE), known + jitter)
    assert most_in(arrived, 1.0) <= 30


def test_what_is_urgent_does_not_wait_for_its_place_in_the_row() -> None:
    pace = BotPace(PACE)
    pace.take(0.0)
    assert pace.delay(0.0) > 0.03
    assert pace.delay(0.0, urgent=True) == 0.0
    pace.hold(0.0, 2.0)
    assert pace.delay(0.0, urgent=True) == pytest.approx(2.0)


def test_a_short_pause_is_made_up_for_and_a_long_one_is_not() -> None:
    pace = BotPace(PACE)
    pace.take(0.0)
    pace.answered(0.0)
    burst = 0
    while pace.delay(10.0) == 0.0:
        pace.take(10.0)
        burst += 1
    assert 3 <= burst <= 5


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
