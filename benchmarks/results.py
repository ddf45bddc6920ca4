"""The results on disk: the machine, what was run, and the figures computed from it. A part that is
run again takes the place of what that part said before; all others stay as they were.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from benchmarks.ratios import ratios_of, spreads_of

FILE: Final = Path(__file__).resolve().parent / "results.json"


def read(file: Path) -> dict[str, Any]:
    """What was run so far; nothing where there is no such file."""
    if not file.exists():
        return {}
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


def merged(
    before: Mapping[str, Any], machine: Mapping[str, Any], runs: Mapping[str, Any]
) -> dict[str, Any]:
    """All that was run, and what follows from it."""
    every = {**before.get("runs", {}), **runs}
    return {
        "machine": dict(machine),
        "ratios": ratios_of(every),
        "spread": spreads_of(every),
        "runs": every,
    }


def write(file: Path, results: Mapping[str, Any]) -> None:
    """A part at a time is written, so that what breaks off loses no other."""
    written = json.dumps(_rounded(results), ensure_ascii=False, indent=1)
    file.write_text(f"{written}\n", encoding="utf-8")


def _rounded(value: Any) -> Any:
    match value:
        case float():
            return round(value, 4)
        case dict():
            return {name: _rounded(each) for name, each in value.items()}
        case list() | tuple():
            return [_rounded(each) for each in value]
    return value
