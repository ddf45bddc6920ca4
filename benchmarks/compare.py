"""Bots side by side, by hand: `python -m benchmarks.compare --people 50 --seconds 10 --rounds 3`.

Each variant runs in a fresh process against a fresh load server, interleaved, so that a slow
minute of the machine hits all of them. `python -m benchmarks` measures everything.
"""

import argparse
import asyncio
import json
import sys

from benchmarks.one_run import Load
from benchmarks.steps import Wanted, run_all
from benchmarks.variants import VARIANTS


def main() -> None:
    """Read the options, measure, print a line for each run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=10.0, help="of each run")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--double", type=float, default=0.0, help="share of taps made twice")
    parser.add_argument("--duplicate", type=float, default=0.0, help="share of updates repeated")
    parser.add_argument("--think", type=float, default=0.0, help="seconds between two steps")
    parser.add_argument(
        "--only", nargs="*", choices=sorted(VARIANTS), default=["sqlite", "aiogram_memory"]
    )
    options = parser.parse_args()
    load = Load(
        people=options.people,
        seconds=options.seconds,
        settle=5.0,
        double=options.double,
        duplicate=options.duplicate,
        think=options.think,
    )
    wanted = [Wanted(VARIANTS[name], load) for name in options.only]
    for found in asyncio.run(run_all(wanted, options.rounds)):
        sys.stdout.write(f"{json.dumps(found, ensure_ascii=False)}\n")


if __name__ == "__main__":
    main()
