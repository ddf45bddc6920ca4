"""Silence counts only while somebody waits; rates and latencies are those of what was measured."""

import pytest

from benchmarks.fsyncs import summed
from benchmarks.observed import Observed, hundredth


def test_silence_while_nobody_waits_is_none() -> None:
    seen = Observed(since=0.0)
    seen.asked(10.0)
    seen.answered(10.1, 10.0)
    seen.asked(70.0)
    seen.answered(70.3, 70.0)
    assert seen.figures(100.0)["max_pause_ms"] == pytest.approx(300)


def test_silence_counts_from_the_last_answer_while_others_still_wait() -> None:
    seen = Observed(since=0.0)
    for at in (1.0, 1.1, 1.2):
        seen.asked(at)
    seen.answered(1.3, 1.0)
    seen.answered(1.9, 1.1)
    seen.answered(2.0, 1.2)
    assert seen.figures(9.0)["max_pause_ms"] == pytest.approx(600)


def test_a_bot_that_falls_silent_for_good_is_silent_to_the_end() -> None:
    seen = Observed(since=0.0)
    seen.asked(1.0)
    seen.answered(1.1, 1.0)
    seen.asked(1.2)
    seen.asked(1.2)
    seen.answered(1.3, 1.2)
    seen.gave_up(6.0)
    seen.asked(6.0)
    assert seen.figures(8.3)["max_pause_ms"] == pytest.approx(4700)


def test_what_came_before_counts_for_nothing_but_faults() -> None:
    seen = Observed()
    seen.asked(0.0)
    seen.answered(4.0, 0.0)
    seen.wrong.append("0: …")
    seen.since = 5.0
    for at in (5.5, 6.0, 6.5, 7.0):
        seen.asked(at)
        seen.answered(at + 0.1, at)
    figures = seen.figures(7.1)
    assert figures["steps"] == 4
    assert figures["steps_per_second"] == pytest.approx(4 / 2.1)
    assert figures["max_ms"] == pytest.approx(100)
    assert seen.faults()["wrong"] == 1


def test_a_hundredth_is_a_value_that_was_seen() -> None:
    values = [float(n) for n in range(1, 11)]
    assert (hundredth(values, 50), hundredth(values, 95), hundredth(values, 1)) == (5, 10, 1)


def test_only_waits_within_a_step_are_on_its_path() -> None:
    found = summed([1.05, 1.15, 2.05, 2.5, 3.01, 3.02, 3.03], [(1.0, 1.1), (2.0, 2.1), (3.0, 3.1)])
    assert found["on_path_median"] == 1
    assert found["on_path_mean"] == pytest.approx(5 / 3)
    assert found["all_mean"] == pytest.approx(7 / 3)
