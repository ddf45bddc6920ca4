"""The files that the architecture tests look at, each read and parsed once for all of them."""

import ast
from collections.abc import Iterable
from functools import cache
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


@cache
def tree_of(path: Path) -> ast.Module:
    """What stands in a Python file. Nobody changes it: the next test reads the same."""
    return ast.parse(path.read_text(encoding="utf-8"))


def trees_of(paths: Iterable[Path]) -> dict[str, ast.Module]:
    """The same of several, by name."""
    return {named(path): tree_of(path) for path in paths}


@cache
def nodes_in(tree: ast.AST) -> tuple[ast.AST, ...]:
    """Everything below, as `ast.walk` finds it, which takes its time with each file."""
    return tuple(ast.walk(tree))
