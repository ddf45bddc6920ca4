"""How long the bot is ever silent while somebody waits: many people in open conversations, who
think between two steps, so that the bot is busy and not overrun.
"""

import tempfile
from pathlib import Path
from typing import Any, Final

from benchmarks.one_run import Load, measure
from benchmarks.variants import SQLITE, Rest

PEOPLE: Final = 3_000
# Seconds. With ten to think they make 300 steps a second: ten times what one bot may send.
THINK: Final = 10.0
WATCHED: Final = 70.0


async def measure_pauses(
    *, full: bool, people: int = PEOPLE, seconds: float = WATCHED
) -> dict[str, Any]:
    """Ours on SQLite, once; in full three times."""
    load = Load(
        people=people,
        seconds=seconds,
        # Until the last of them has arrived.
        warm_up=THINK + 2.0,
        settle=10.0,
        think=THINK,
    )
    rows = []
    for number in range(3 if full else 1):
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
            rows.append({"round": number, **await measure(SQLITE, load, Rest(Path(name)))})
    return {"think_s": THINK, "seconds": seconds, "rows": rows}
