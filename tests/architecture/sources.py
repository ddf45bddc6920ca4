"""The files that the architecture tests look at."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
ROOMS = (
    "domain", "storage", "actions", "bot", "scheduler", "content", "cli", "sandbox", "benchmarks",
)  # fmt: skip


def sources(*rooms: str) -> list[Path]:
    """Every Python file of these rooms, or of all rooms with main.py and settings.py."""
    found = [path for room in rooms or ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
    return found if rooms else [ROOT / "main.py", ROOT / "settings.py", *found]


def named(path: Path) -> str:
    """The path from the repository's root, with slashes."""
    return path.relative_to(ROOT).as_posix()
