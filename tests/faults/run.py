"""One run of the fault script from its beginning to the verdict."""

import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from tests.faults.judge import Finding, find_repeats, judge
from tests.faults.plan import Deed, Step, make_plan
from tests.faults.record import Record
from tests.faults.scene import RESIDENTS, Scene, open_scene
from tests.faults.script import Script

# Seconds that two processes may need from a row's number to its commit: somebody may hold the
# tables locked for so long.
OVERLAP: Final = 10.0


def _unwatched(_step: Step) -> None:
    """Nobody follows."""


async def run(
    folder: Path,
    *,
    seed: int,
    steps: int,
    postgresql: bool = False,
    workers: int = 1,
    residents: int = RESIDENTS,
    watch: Callable[[Step], None] = _unwatched,
) -> tuple[dict[str, Any], list[Finding]]:
    """Its figures, and every broken promise; `watch` hears of each step. Where one was broken the
    program's data folder is left in `left`, what it said in `said`."""
    began = time.monotonic()
    async with open_scene(
        folder, postgresql=postgresql, workers=workers, residents=residents
    ) as scene:
        script = Script(scene, watch)
        await script.play(make_plan(seed, steps, scene.possible))
        played = time.monotonic() - began
        record = await script.settle()
        findings = judge(record, overlap=OVERLAP if workers > 1 else 0.0)
        if findings:
            # The small disk goes away with its contents.
            shutil.copytree(folder / "data", folder / "left", dirs_exist_ok=True)
        figures = {
            "seed": seed,
            "steps": steps,
            "database": "postgresql" if postgresql else "sqlite",
            "workers": workers,
            "seconds_of_steps": round(played, 1),
            "seconds": round(time.monotonic() - began, 1),
            **_done(scene, script),
            **_counted(record),
        }
    return figures, findings


def _done(scene: Scene, script: Script) -> dict[str, Any]:
    return {
        "disk": scene.disk.name,
        "not_possible": [str(deed) for deed in Deed if deed not in scene.possible],
        "killed": scene.program.killed,
        "ended_by_itself": scene.program.ended_by_itself,
        "done": dict(sorted(script.done.items())),
    }


def _counted(record: Record) -> dict[str, int]:
    repeats = find_repeats(record)
    return {
        "updates": len(record.handed),
        "reports_confirmed": len(record.told),
        "reports": len(record.reports),
        "announcements": len(record.promised),
        "messages": sum(not sent.is_edit for sent in record.sent),
        "edits": sum(sent.is_edit for sent in record.sent),
        "rows": len(record.rows),
        "given_up_as_unsure": sum(
            row.state == "sent" and row.plain and not row.message_id for row in record.rows
        ),
        "sent_again": len(repeats.extra),
        "may_be_sent_again": len(repeats.allowed),
    }
