"""`python -m benchmarks [--full] [--only PART ...]`: measure, show a table, write results.json.

Every part can be run alone; what it finds takes the place of what that part found before.
"""

import argparse
import asyncio
import signal
import sys
import time
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from rich.console import Console

from benchmarks import broadcast
from benchmarks.fsyncs import measure_fsyncs
from benchmarks.growth import measure_growth
from benchmarks.machine import described
from benchmarks.memory import measure_memory
from benchmarks.pauses import measure_pauses
from benchmarks.results import FILE, merged, read, write
from benchmarks.shown import show
from benchmarks.steps import measure_steps

Part = Callable[..., Coroutine[Any, Any, dict[str, Any]]]


async def measure_broadcast(*, full: bool) -> dict[str, Any]:
    """600 chats; in full more than a hundred emergencies in seven broadcasts."""
    broadcasts, emergencies = (7, 15) if full else (1, 12)
    return await broadcast.measure(600, broadcasts, emergencies, 50)


PARTS: Final[dict[str, Part]] = {
    "steps": measure_steps,
    "fsyncs": measure_fsyncs,
    "pauses": measure_pauses,
    "memory": measure_memory,
    "broadcast": measure_broadcast,
    "growth": measure_growth,
}


def main() -> None:
    """Read the options, measure, write after each part, show all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="within an hour instead of minutes")
    parser.add_argument("--only", nargs="+", choices=tuple(PARTS), default=tuple(PARTS))
    parser.add_argument("--results", type=Path, default=FILE, help="file to write into")
    parser.add_argument("--show", action="store_true", help="measure nothing, show the file")
    options = parser.parse_args()
    # Whoever ends it ends what it started, too.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    machine = {} if options.show else described()
    for name in () if options.show else options.only:
        sys.stderr.write(f"{name} …\n")
        began = time.monotonic()
        found = asyncio.run(PARTS[name](full=options.full))
        # A tenth of the stored incidents says nothing about all of them.
        key = "growth_quick" if name == "growth" and not options.full else name
        when = datetime.now(UTC).isoformat(timespec="seconds")
        took = round(time.monotonic() - began)
        sys.stderr.write(f"{name}: {took} s\n")
        run = {key: {"at": when, "full": options.full, "took_s": took, **found}}
        write(options.results, merged(read(options.results), machine, run))
    show(read(options.results), Console(width=None if sys.stdout.isatty() else 160))


if __name__ == "__main__":
    main()
