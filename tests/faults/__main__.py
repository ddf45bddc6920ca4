"""The fault script, by hand: `python -m tests.faults --seed 1 --steps 2000`. Exit code 1 where a
promise was broken; docs/faults.md says what it does.
"""

import argparse
import asyncio
import json
import sys
import tempfile
import time
from pathlib import Path

from tests.faults.plan import Step
from tests.faults.run import run
from tests.faults.scene import RESIDENTS


def _shown(step: Step) -> None:
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {step}\n")


def main() -> int:
    """Read the command line, run, and say what came of it."""
    asked = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--steps", type=int, default=2000)
    asked.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    asked.add_argument("--workers", type=int, default=1)
    asked.add_argument("--residents", type=int, default=RESIDENTS)
    asked.add_argument("--trace", action="store_true", help="each step, to standard error")
    asked.add_argument("--json", action="store_true", help="figures as JSON")
    asked.add_argument("--keep", type=Path, help="folder for what the program says")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.keep or Path(scratch)
        postgresql = given.database == "postgresql"
        figures, findings = asyncio.run(
            run(
                folder,
                seed=given.seed,
                steps=given.steps,
                postgresql=postgresql,
                workers=given.workers,
                residents=given.residents,
                watch=_shown if given.trace else lambda step: None,
            )
        )
    if given.json:
        figures["findings"] = [str(finding) for finding in findings]
        sys.stdout.write(json.dumps(figures, ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.writelines(f"{name}: {value}\n" for name, value in figures.items())
        sys.stdout.writelines(f"BROKEN {finding}\n" for finding in findings)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
