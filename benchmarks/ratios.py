"""The figures that are compared with the aims, computed from what was run and from nothing else.

A ratio of two variants is the median of the ratios of the rounds, since both ran in the same
minute of the machine then; its spread is the least and the most of them. None stands for what was
not run (yet, or here).
"""

import statistics
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final

Rows = Sequence[Mapping[str, Any]]
Found = tuple[float, float, float] | None

# Name: what is measured, by which variant over which, with how many people.
COMPARED: Final = {
    "steps_sqlite_over_aiogram_memory_1": ("steps_per_second", "sqlite", "aiogram_memory", 1),
    "steps_sqlite_over_aiogram_memory_50": ("steps_per_second", "sqlite", "aiogram_memory", 50),
    "steps_sqlite_over_aiogram_memory_500": ("steps_per_second", "sqlite", "aiogram_memory", 500),
    "steps_postgres1_over_aiogram_memory_50": (
        "steps_per_second", "postgres1", "aiogram_memory", 50,
    ),
    "steps_postgres2_over_aiogram_memory_50": (
        "steps_per_second", "postgres2", "aiogram_memory", 50,
    ),
    "steps_sqlite_over_aiogram_redis_50": ("steps_per_second", "sqlite", "aiogram_redis", 50),
    "steps_sqlite_over_ptb_pickle_50": ("steps_per_second", "sqlite", "ptb_pickle", 50),
    "steps_sqlite_over_ptb_pickle_50ms_50": (
        "steps_per_second", "sqlite_50ms", "ptb_pickle_50ms", 50,
    ),
    "p50_sqlite_over_aiogram_memory_1": ("p50_ms", "sqlite", "aiogram_memory", 1),
    "p50_sqlite_over_aiogram_memory_50": ("p50_ms", "sqlite", "aiogram_memory", 50),
    "p95_sqlite_over_aiogram_memory_1": ("p95_ms", "sqlite", "aiogram_memory", 1),
    "p95_sqlite_over_aiogram_memory_50": ("p95_ms", "sqlite", "aiogram_memory", 50),
    "start_sqlite_over_aiogram_memory": ("first_answer_s", "sqlite", "aiogram_memory", 1),
}  # fmt: skip
_OURS: Final = ("sqlite", "postgres1", "postgres2", "sqlite_50ms")


def ratios_of(runs: Mapping[str, Any]) -> dict[str, float | None]:
    """Flat: every name always, its figure or None."""
    return {name: None if found is None else _short(found[0]) for name, found in _all(runs)}


def spreads_of(runs: Mapping[str, Any]) -> dict[str, list[float]]:
    """The least and the most of what has more than one run."""
    return {
        name: [_short(found[1]), _short(found[2])]
        for name, found in _all(runs)
        if found is not None and found[1] != found[2]
    }


def _all(runs: Mapping[str, Any]) -> list[tuple[str, Found]]:
    steps = _section(runs, "steps").get("rows", ())
    compared = [(name, _compared(steps, *wanted)) for name, wanted in COMPARED.items()]
    return [*compared, *((name, figure(runs)) for name, figure in _SINGLE.items())]


def _compared(rows: Rows, what: str, over: str, under: str, people: int) -> Found:
    found = _by_round(rows, what, over, people), _by_round(rows, what, under, people)
    both = [found[0][number] / found[1][number] for number in found[0] if number in found[1]]
    return _middle(both)


def _by_round(rows: Rows, what: str, variant: str, people: int) -> dict[int, float]:
    return {
        row["round"]: row[what]
        for row in rows
        if row["variant"] == variant
        and row["people"] == people
        and not row.get("mixed")
        and row.get(what)
    }


def _middle(values: Sequence[float]) -> Found:
    return (statistics.median(values), min(values), max(values)) if values else None


def _just(value: float | None) -> Found:
    return None if value is None else (value, value, value)


def _section(runs: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = runs.get(name, {})
    return found


def _wrong(row: Mapping[str, Any]) -> int:
    """Answers that were wrong, came twice, or never: who gave up may have had theirs later."""
    return int(row["wrong"] + row["twice"] + row["dropped"] - row["late"])


def _late(row: Mapping[str, Any]) -> int:
    """Answers that came to who had given up waiting."""
    return int(row["late"])


def _of_ours(count: Callable[[Mapping[str, Any]], int], runs: Mapping[str, Any]) -> Found:
    """How many there were with ours, wherever it was looked for."""
    rows = [row for name in ("steps", "pauses") for row in _section(runs, name).get("rows", ())]
    for name in ("growth", "growth_quick"):
        rows += _section(runs, name).get("rows", ())
    ours = [row for row in rows if row["variant"] in _OURS]
    return _just(sum(map(count, ours))) if ours else None


def _longest_pause(runs: Mapping[str, Any]) -> Found:
    pauses = [row["max_pause_ms"] for row in _section(runs, "pauses").get("rows", ())]
    return (max(pauses), min(pauses), max(pauses)) if pauses else None


def _memory_of(variant: str) -> Callable[[Mapping[str, Any]], Found]:
    """MB that 10,000 open drafts more take, between the first mark and the last."""

    def figure(runs: Mapping[str, Any]) -> Found:
        for row in _section(runs, "memory").get("rows", ()):
            if row["variant"] == variant and row["seen"][-1]["resident_mb"] is not None:
                first, last = row["seen"][-2], row["seen"][-1]
                more = last["conversations"] - first["conversations"]
                return _just((last["resident_mb"] - first["resident_mb"]) * 10_000 / more)
        return None

    return figure


def _grown(name: str, people: int) -> Callable[[Mapping[str, Any]], Found]:
    """Time of a step at the larger size over that at the smaller."""

    def figure(runs: Mapping[str, Any]) -> Found:
        section = _section(runs, name)
        if not section:
            return None
        small, large = section["sizes"]
        what = "steps_per_second" if people > 1 else "p50_ms"
        at = {
            size: _by_round(
                [row for row in section["rows"] if row["stored"] == size], what, "sqlite", people
            )
            for size in (small, large)
        }
        both = at[large].keys() & at[small].keys()
        over = [at[large][number] / at[small][number] for number in both]
        return _middle([1 / each for each in over] if people > 1 else over)

    return figure


def _from(section: str, what: str, *, per: float = 1.0) -> Callable[[Mapping[str, Any]], Found]:
    def figure(runs: Mapping[str, Any]) -> Found:
        value = _section(runs, section).get(what)
        return _just(None if value is None else value / per)

    return figure


_SINGLE: Final[dict[str, Callable[[Mapping[str, Any]], Found]]] = {
    "fsyncs_per_step_1": _from("fsyncs", "on_path_median"),
    "fsyncs_per_step_1_mean": _from("fsyncs", "on_path_mean"),
    "fsyncs_per_step_1_all": _from("fsyncs", "all_mean"),
    "max_pause_ms": _longest_pause,
    "steps_wrong": partial(_of_ours, _wrong),
    "steps_late": partial(_of_ours, _late),
    "broadcast_share_of_allowed_rate": _from("broadcast", "share"),
    "broadcast_refused": _from("broadcast", "refused"),
    "broadcast_lost": _from("broadcast", "lost"),
    "emergency_p99_s": _from("broadcast", "p99_ms", per=1000.0),
    "emergencies": _from("broadcast", "emergencies"),
    "time_1m_over_1k": _grown("growth", 50),
    "time_1m_over_1k_1": _grown("growth", 1),
    "time_100k_over_1k": _grown("growth_quick", 50),
    "mb_per_10k_drafts": _memory_of("sqlite"),
    "mb_per_10k_drafts_aiogram_memory": _memory_of("aiogram_memory"),
}


def _short(value: float) -> float:
    return round(value, 4)
