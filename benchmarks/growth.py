"""How the time of a step grows with what is stored: the same conversation at a province with few
stored incidents and with very many, in turns; and what each tick and what people at work ask for
cost at both.
"""

import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from benchmarks.insides import costs
from benchmarks.one_run import Load, measure
from benchmarks.province import GROUPS
from benchmarks.stored import make
from benchmarks.variants import SQLITE, Rest

# The quick one fills a tenth, for which it has the time.
FULL: Final = (1_000, 1_000_000)
QUICK: Final = (1_000, 100_000)
ROUNDS: Final = 3
# What nobody notices may be many times as slow as nothing.
NOTICED_MS: Final = 5.0


async def measure_growth(
    *,
    full: bool,
    sizes: tuple[int, int] | None = None,
    groups: int = GROUPS,
    seconds: float | None = None,
) -> dict[str, Any]:
    """Runs of both sizes with 50 people, in full also with one; the costs of single deeds."""
    chosen, rows = sizes or (FULL if full else QUICK), []
    lasting = seconds or (10.0 if full else 2.0)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folders = await make(Path(name), chosen, groups)
        insides = {str(size): costs(at) for size, at in zip(chosen, folders, strict=True)}
        for number in range(ROUNDS):
            for size, folder in zip(chosen, folders, strict=True):
                for people in (50, 1) if full else (50,):
                    # Crowd 1 made what is stored; no two runs have the same people.
                    load = Load(people, crowd=2 * number + 2 + (people == 1), settle=10.0)
                    rest = Rest(folder, is_full=True)
                    found = await measure(SQLITE, replace(load, seconds=lasting), rest)
                    rows.append({"round": number, "stored": size, **found})
                    sys.stderr.write(_line(rows[-1]))
    return {"sizes": list(chosen), "groups": groups, "rows": rows, "insides": insides}


def grown(insides: dict[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """What is noticed and took longer at the larger size: name, both times (ms), how many times
    as long, and its slowest statement; the worst first."""
    small, large = (insides[size] for size in sorted(insides, key=int))
    before = {each["name"]: each["ms"] for each in small}
    rows = [
        {
            "name": each["name"],
            "ms": [round(before[each["name"]], 2), round(each["ms"], 2)],
            "times": round(each["ms"] / max(before[each["name"]], 0.01), 1),
            "slowest": each["slowest"],
        }
        for each in large
        if each["ms"] >= NOTICED_MS
    ]
    return sorted(rows, key=lambda row: row["ms"][0] - row["ms"][1])


def _line(row: dict[str, Any]) -> str:
    rate, half = row.get("steps_per_second", 0.0), row.get("p50_ms", 0.0)
    said = f"{row['stored']:,} stored, {row['people']} people: {rate:.0f} steps/s"
    return f"  round {row['round'] + 1}: {said}, p50 {half:.1f} ms\n"
