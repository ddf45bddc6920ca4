"""What an open conversation costs in memory: the bot's resident memory when so many people have
left a report in the middle, and when many more have.
"""

import tempfile
from pathlib import Path
from typing import Any, Final

from benchmarks.one_run import Load, line_while, load_server
from benchmarks.processes import resident_mb
from benchmarks.variants import AIOGRAM_MEMORY, SQLITE, Rest, Variant, running

FULL: Final = (10_000, 30_000)
QUICK: Final = (3_000, 8_000)
AT_ONCE: Final = 50


async def measure_memory(
    *, full: bool, marks: tuple[int, int] | None = None, peer: bool = True
) -> dict[str, Any]:
    """Ours on SQLite and, in full, aiogram with its state in memory."""
    variants = (SQLITE, AIOGRAM_MEMORY) if full and peer else (SQLITE,)
    chosen = marks or (FULL if full else QUICK)
    return {"rows": [await _grow(variant, chosen) for variant in variants]}


async def _grow(variant: Variant, marks: tuple[int, ...]) -> dict[str, Any]:
    load = Load(
        people=AT_ONCE, warm_up=2.0, script=f"{variant.script}_left_open", marks=(AT_ONCE, *marks)
    )
    seen: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        rest = Rest(Path(name))
        async with (
            load_server(variant, load) as (server, url),
            running(variant, url, rest) as bot,
        ):
            for _ in load.marks:
                line = await line_while(bot, server)
                seen.append({**line, "resident_mb": resident_mb(bot.pid)})
    return {"variant": variant.name, "seen": seen}
