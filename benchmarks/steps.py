"""Steps per second and how long a step takes: every variant with as many people as are asked
for, one run after the other in turns, so that a slow minute of the machine hits all of them.
"""

import sys
import tempfile
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from benchmarks.one_run import Load, measure
from benchmarks.servers import postgres, redis
from benchmarks.variants import (
    AIOGRAM_MEMORY,
    AIOGRAM_REDIS,
    POSTGRES_1,
    POSTGRES_2,
    PTB_50MS,
    PTB_PICKLE,
    SQLITE,
    SQLITE_50MS,
    Rest,
    Variant,
    missing,
)

ROUNDS: Final = 3
MANY: Final = (1, 50, 500)
# Of ours every answer must come; nobody waits for the last ones of a peer.
SETTLE: Final = 10.0
# With 50 ms a call a bot that takes one update after the other keeps 50 people waiting for
# nearly four seconds each: that is slow, and not lost.
PATIENT: Final = 30.0
# Share of buttons pressed twice, and of batches in which an update comes twice.
MIXED: Final = 0.1


@dataclass(frozen=True, slots=True)
class Wanted:
    """A variant under a load; `mixed` runs count faults and no rates."""

    variant: Variant
    load: Load
    mixed: bool = False


def wanted_of(*, full: bool) -> list[Wanted]:
    """What is run in each round. The quick one has everybody with 50 people only, and one and
    500 for ours and aiogram."""
    seconds = 10.0 if full else 2.0
    everybody = (SQLITE, AIOGRAM_MEMORY, POSTGRES_1, POSTGRES_2, AIOGRAM_REDIS, PTB_PICKLE)
    first_two = (SQLITE, AIOGRAM_MEMORY)
    found = [
        _clean(variant, people, seconds)
        for people in MANY
        for variant in (everybody if full or people == 50 else first_two)
    ]
    found += [_clean(variant, 50, seconds) for variant in (SQLITE_50MS, PTB_50MS)]
    mixed = [(SQLITE, 50), (POSTGRES_2, 50)]
    mixed += [(SQLITE, 1), (SQLITE, 500), (POSTGRES_1, 50)] if full else []
    return found + [_mixed(variant, people, seconds) for variant, people in mixed]


def _clean(variant: Variant, people: int, seconds: float) -> Wanted:
    load = Load(people=people, seconds=seconds)
    if variant.latency:
        load = replace(load, seconds=2 * seconds, patience=PATIENT)
    return Wanted(variant, replace(load, settle=SETTLE) if variant.is_ours else load)


def _mixed(variant: Variant, people: int, seconds: float) -> Wanted:
    load = Load(people=people, seconds=seconds, settle=SETTLE, double=MIXED, duplicate=MIXED)
    return Wanted(variant, load, mixed=True)


async def measure_steps(*, full: bool) -> dict[str, Any]:
    """Every run, and which variants are missing here and why."""
    wanted = wanted_of(full=full)
    lacking = {each.variant.name: why for each in wanted if (why := missing(each.variant))}
    there = [each for each in wanted if each.variant.name not in lacking]
    return {"missing": lacking, "rows": await run_all(there, ROUNDS, full=full)}


async def run_all(
    wanted: Sequence[Wanted], rounds: int, *, full: bool = False
) -> list[dict[str, Any]]:
    """One line for each run. Each round begins with another one; the quick measurement has the
    mixed ones in its first round only."""
    rows = []
    async with AsyncExitStack() as stack:
        name = stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True))
        rest = await _servers(stack, Path(name), {each.variant.keeps for each in wanted})
        for number in range(rounds):
            turn = number * len(wanted) // rounds
            for each in (*wanted[turn:], *wanted[:turn]):
                if each.mixed and number and not full:
                    continue
                found = await _run(each, rest)
                rows.append({"round": number, "mixed": each.mixed, **found})
                sys.stderr.write(_line(rows[-1]))
    return rows


async def _servers(stack: AsyncExitStack, folder: Path, kept_in: set[str]) -> Rest:
    rest = Rest(folder)
    if "postgresql" in kept_in:
        rest = replace(rest, postgres=stack.enter_context(postgres(folder)))
    if "redis" in kept_in:
        rest = replace(rest, redis=await stack.enter_async_context(redis(folder)))
    return rest


async def _run(each: Wanted, rest: Rest) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        return await measure(each.variant, each.load, replace(rest, folder=Path(name)))


def _line(row: dict[str, Any]) -> str:
    """What one sees while it runs."""
    faults = {name: row[name] for name in ("wrong", "dropped", "twice", "late") if row[name]}
    rate, half = row.get("steps_per_second", 0.0), row.get("p50_ms", 0.0)
    mixed = " mixed" if row["mixed"] else ""
    said = (
        f"{row['variant']}{mixed}, {row['people']} people: {rate:.0f} steps/s, p50 {half:.1f} ms"
    )
    return f"  round {row['round'] + 1}: {said} {faults or ''}\n"
