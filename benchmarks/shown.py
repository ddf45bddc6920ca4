"""The results as tables: what was run, the figures beside their aims, and what grew."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from statistics import median
from typing import Any, Final

from rich.console import Console
from rich.table import Table

from benchmarks.growth import grown

# The aims of the project: at least, or at most.
AIMS: Final = {
    "steps_sqlite_over_aiogram_memory_50": (">=", 1.0),
    "steps_sqlite_over_aiogram_memory_500": (">=", 1.0),
    "p50_sqlite_over_aiogram_memory_1": ("<=", 1.6),
    "steps_sqlite_over_ptb_pickle_50": (">=", 2.5),
    "steps_sqlite_over_ptb_pickle_50ms_50": (">=", 30.0),
    "fsyncs_per_step_1": ("<=", 1.0),
    "max_pause_ms": ("<=", 250.0),
    "steps_wrong": ("<=", 0.0),
    "steps_late": ("<=", 0.0),
    "broadcast_share_of_allowed_rate": (">=", 0.96),
    "broadcast_refused": ("<=", 0.0),
    "broadcast_lost": ("<=", 0.0),
    "emergency_p99_s": ("<=", 0.15),
    "time_1m_over_1k": ("<=", 1.2),
    "mb_per_10k_drafts": ("<=", 1.0),
}
_WHAT: Final = (
    "steps_per_second", "p50_ms", "p95_ms", "processor_ms_per_step", "first_answer_s",
    "resident_mb", "server_busy",
)  # fmt: skip


def show(results: Mapping[str, Any], console: Console) -> None:
    """Everything that was run so far."""
    runs = results["runs"]
    if "steps" in runs:
        console.print(_steps(runs["steps"]["rows"]))
        for name, why in runs["steps"]["missing"].items():
            console.print(f"{name}: not run, missing: {why}")
    for name in ("growth", "growth_quick"):
        if name in runs:
            console.print(_grown(runs[name]))
    console.print(_figures(results))


def meets(name: str, value: float | None) -> bool | None:
    """Whether a figure reaches its aim; None where it has none, or was not measured."""
    if value is None or name not in AIMS:
        return None
    sign, aim = AIMS[name]
    return value >= aim if sign == ">=" else value <= aim


def _steps(rows: Sequence[Mapping[str, Any]]) -> Table:
    table = Table("people", "variant", "runs", *_WHAT, title="medians of the runs (least-most)")
    clean = sorted((row for row in rows if not row["mixed"]), key=_which)
    for (people, variant), group in groupby(clean, _which):
        same = list(group)
        table.add_row(str(people), variant, str(len(same)), *(_middle(same, n) for n in _WHAT))
    return table


def _which(row: Mapping[str, Any]) -> tuple[int, str]:
    return (row["people"], row["variant"])


def _middle(rows: Sequence[Mapping[str, Any]], what: str) -> str:
    values = [row[what] for row in rows if row.get(what) is not None]
    if not values:
        return "-"
    return f"{median(values):.3g} ({min(values):.3g}-{max(values):.3g})"


def _grown(section: Mapping[str, Any]) -> Table:
    small, large = section["sizes"]
    columns = (f"ms at {small:,}", f"ms at {large:,}", "times")
    table = Table("what is done", *columns, title="what takes 5 ms or more, the worst first")
    for row in grown(section["insides"]):
        table.add_row(row["name"], *(f"{ms:.1f}" for ms in row["ms"]), f"{row['times']:.1f}")
    return table


def _figures(results: Mapping[str, Any]) -> Table:
    table = Table("figure", "value", "least-most", "aim", "", title="ratios")
    marks = {True: "reached", False: "NOT reached", None: ""}
    for name, value in results["ratios"].items():
        spread = results["spread"].get(name)
        between = f"{spread[0]:.3g}-{spread[1]:.3g}" if spread else ""
        aim = " ".join(map(str, AIMS[name])) if name in AIMS else ""
        said = "not run" if value is None else f"{value:.4g}"
        table.add_row(name, said, between, aim, marks[meets(name, value)])
    return table
