"""Bots side by side: `python -m benchmarks.compare --people 50 --seconds 10 --rounds 3`.

Each variant runs in a fresh process against a fresh load server, interleaved, so that a slow
minute of the machine hits all of them; medians of the rounds, and ratios of each round.
"""

import argparse
import asyncio
import json
import signal
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.variants import (
    AIOGRAM_MEMORY,
    OURS_SQLITE,
    PTB_PICKLE,
    ROOT,
    Variant,
    line_of,
    pin,
    running,
)
from cli.children import start_python
from settings import inherited_environment

VARIANTS = {"sqlite": OURS_SQLITE, "aiogram": AIOGRAM_MEMORY, "ptb": PTB_PICKLE}


async def measure(variant: Variant, people: int, seconds: float, *more: str) -> dict[str, Any]:
    """One run: what the load server saw."""
    options = ["--script", variant.script, "--people", str(people), "--seconds", str(seconds)]
    environment = inherited_environment()
    arguments = ["-m", "benchmarks.load_server", *options, *more]
    server = await start_python(arguments, ROOT, environment, pipe=True)
    pin(server.pid, 1)
    url = str((await line_of(server))["url"])
    with tempfile.TemporaryDirectory() as name:
        async with running(variant, url, Path(name)):
            figures = await line_of(server)
    server.send_signal(signal.SIGTERM)
    await server.wait()
    return figures


def main() -> None:
    """Read the options, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=10.0, help="of each run")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--only", nargs="*", choices=sorted(VARIANTS), default=sorted(VARIANTS))
    parser.add_argument("rest", nargs="*", help="handed on to the load server, after --")
    options = parser.parse_args()
    for _ in range(options.rounds):
        for name in options.only:
            found = asyncio.run(
                measure(VARIANTS[name], options.people, options.seconds, *options.rest)
            )
            sys.stdout.write(f"{name}: {json.dumps(found, ensure_ascii=False)}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
