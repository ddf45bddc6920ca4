"""The note of the last self-test, a small file beside the database: so that a program that starts
again and again does not test itself each time, and doctor can say how the last one ended.
"""

import json
from datetime import datetime
from pathlib import Path
from typing import Final

from domain.self_test import FAULTS, Run

NAME: Final = "self-test.json"  # in data_dir


def read_note(folder: Path) -> Run | None:
    """None without one; one that cannot be read is none."""
    try:
        said = json.loads((folder / NAME).read_text(encoding="utf-8"))
        at, seconds = datetime.fromisoformat(said["at"]), said["seconds"]
        if at.tzinfo is None or said["fault"] not in FAULTS | {""}:
            return None
        return Run(at, None if seconds is None else float(seconds), said["fault"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_note(folder: Path, run: Run) -> None:
    """Raises OSError."""
    said = {"at": run.at.isoformat(), "seconds": run.seconds, "fault": run.fault}
    (folder / NAME).write_text(json.dumps(said), encoding="utf-8")
