"""Every figure that the aims name is in the results, and is what the runs say."""

from pathlib import Path
from typing import Any

import pytest

from benchmarks.ratios import ratios_of, spreads_of
from benchmarks.results import merged, read, write
from benchmarks.shown import AIMS, meets

WANTED = {
    "steps_sqlite_over_aiogram_memory_1", "steps_sqlite_over_aiogram_memory_50",
    "steps_sqlite_over_aiogram_memory_500", "steps_postgres1_over_aiogram_memory_50",
    "steps_postgres2_over_aiogram_memory_50", "p95_sqlite_over_aiogram_memory_50",
    "steps_sqlite_over_ptb_pickle_50", "steps_sqlite_over_ptb_pickle_50ms_50",
    "p50_sqlite_over_aiogram_memory_1", "fsyncs_per_step_1", "max_pause_ms", "steps_wrong",
    "broadcast_share_of_allowed_rate", "broadcast_refused", "emergency_p99_s", "time_1m_over_1k",
    "mb_per_10k_drafts",
}  # fmt: skip
RIGHT = {"wrong": 0, "dropped": 0, "twice": 0, "late": 0}


def run(variant: str, number: int, rate: float, people: int = 50, **more: Any) -> dict[str, Any]:
    """An invented one, in which half of the steps took ten milliseconds."""
    return {
        "variant": variant,
        "round": number,
        "people": people,
        "mixed": False,
        "steps_per_second": rate,
        "p50_ms": 10.0,
        **RIGHT,
        **more,
    }


def steps(*rows: dict[str, Any]) -> dict[str, Any]:
    return {"steps": {"rows": list(rows), "missing": {}}}


def test_every_figure_is_named_though_nothing_was_run() -> None:
    found = ratios_of({})
    assert found.keys() >= WANTED | AIMS.keys()
    assert set(found.values()) == {None}
    assert spreads_of({}) == {}


def test_a_ratio_is_the_median_of_the_ratios_of_the_rounds() -> None:
    runs = steps(
        *(run("sqlite", n, rate) for n, rate in enumerate((900.0, 500.0, 1200.0))),
        *(run("aiogram_memory", n, rate) for n, rate in enumerate((1000.0, 400.0, 600.0))),
        run("sqlite", 0, 5.0, people=500),
    )
    assert ratios_of(runs)["steps_sqlite_over_aiogram_memory_50"] == 1.25
    assert spreads_of(runs)["steps_sqlite_over_aiogram_memory_50"] == [0.9, 2.0]
    assert ratios_of(runs)["steps_sqlite_over_aiogram_memory_500"] is None


def test_mixed_runs_count_for_faults_and_for_no_rate() -> None:
    runs = steps(
        run("sqlite", 0, 800.0),
        run("sqlite", 0, 1.0, mixed=True, wrong=2, dropped=3),
        run("postgres2", 0, 1.0, mixed=True, twice=1),
        run("aiogram_memory", 0, 800.0, dropped=50),
    )
    found = ratios_of(runs)
    assert found["steps_sqlite_over_aiogram_memory_50"] == 1.0
    assert found["steps_wrong"] == 6


def test_what_went_wrong_elsewhere_counts_as_well() -> None:
    runs = steps(run("sqlite", 0, 1.0))
    runs["pauses"] = {"rows": [run("sqlite", 0, 1.0, max_pause_ms=80.0, dropped=1)]}
    growth = [run("sqlite", 0, 1.0, stored=size, twice=1) for size in (1_000, 1_000_000)]
    runs["growth"] = {"sizes": [1_000, 1_000_000], "rows": growth}
    assert ratios_of(runs)["steps_wrong"] == 3


def test_what_came_late_did_come() -> None:
    found = ratios_of(steps(run("postgres2", 0, 1.0, dropped=5, late=4)))
    assert found["steps_wrong"] == 1
    assert found["steps_late"] == 4


def test_the_longest_pause_is_that_of_all_runs() -> None:
    rows = [run("sqlite", n, 1.0, max_pause_ms=ms) for n, ms in enumerate((90.0, 240.0, 60.0))]
    assert ratios_of({"pauses": {"rows": rows}})["max_pause_ms"] == 240.0


def test_time_is_what_a_step_takes_of_a_second() -> None:
    rows = [
        run("sqlite", number, rate, stored=size)
        for number in range(3)
        for size, rate in ((1_000, 1000.0), (1_000_000, 800.0))
    ]
    runs = {"growth": {"sizes": [1_000, 1_000_000], "rows": rows}}
    assert ratios_of(runs)["time_1m_over_1k"] == 1.25
    assert ratios_of(runs)["time_100k_over_1k"] is None


def test_memory_is_what_ten_thousand_more_take() -> None:
    seen = [
        {"conversations": n, "resident_mb": mb}
        for n, mb in ((99, 100.0), (10_050, 140.0), (30_050, 141.0))
    ]
    runs = {"memory": {"rows": [{"variant": "sqlite", "seen": seen}]}}
    assert ratios_of(runs)["mb_per_10k_drafts"] == 0.5


def test_single_figures_are_taken_over() -> None:
    runs = {
        "fsyncs": {"on_path_median": 1.0, "on_path_mean": 1.02, "all_mean": 2.1},
        "broadcast": {"share": 0.967, "refused": 0, "lost": 0, "p99_ms": 93.0, "emergencies": 105},
    }
    found = ratios_of(runs)
    assert (found["fsyncs_per_step_1"], found["fsyncs_per_step_1_all"]) == (1.0, 2.1)
    assert found["broadcast_share_of_allowed_rate"] == 0.967
    assert (found["broadcast_refused"], found["emergency_p99_s"]) == (0, 0.093)


@pytest.mark.parametrize(
    ("name", "value", "reached"),
    [
        ("steps_wrong", 0.0, True),
        ("steps_wrong", 1.0, False),
        ("steps_sqlite_over_ptb_pickle_50", 2.4, False),
        ("steps_sqlite_over_ptb_pickle_50", 2.5, True),
        ("steps_wrong", None, None),
        ("emergencies", 3.0, None),
    ],
)
def test_an_aim_is_reached_or_not(name: str, value: float | None, *, reached: bool | None) -> None:
    assert meets(name, value) is reached


def test_a_part_that_is_run_again_leaves_the_others(tmp_path: Path) -> None:
    file = tmp_path / "results.json"
    first = merged(read(file), {"python": "1"}, {"fsyncs": {"on_path_median": 2.0}})
    write(file, first)
    second = merged(read(file), {"python": "2"}, {"broadcast": {"refused": 0}})
    write(file, second)
    third = merged(read(file), {"python": "2"}, {"fsyncs": {"on_path_median": 1.00004}})
    write(file, third)
    found = read(file)
    assert found["machine"] == {"python": "2"}
    assert found["runs"].keys() == {"fsyncs", "broadcast"}
    assert found["ratios"]["fsyncs_per_step_1"] == 1.0
    assert found["ratios"]["broadcast_refused"] == 0
