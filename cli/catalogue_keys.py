"""Finds the catalogue keys that the code names, so that each is known to have its words."""

import ast
import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from pathlib import Path

# Spoken by bot/wording.py without a catalogue.
SPECIAL = frozenset({"text.plain", "text.nothing"})
# storage says nothing to anybody, and its column names ("incident.id") look like keys.
ROOMS = ("domain", "actions", "bot", "scheduler", "cli")

_KEY = re.compile(r"[a-z_]+(\.[a-z0-9_]+)+")
_BEGINNING = re.compile(r"[a-z_]+\.[a-z0-9_.]*")


@dataclass(frozen=True, slots=True)
class Used:
    """Keys that the code names, and the beginnings of those that it puts together."""

    whole: frozenset[str]
    beginnings: frozenset[str]


def unknown_keys(root: Path, known: Set[str]) -> list[str]:
    """One line for each key that the code of `root` names and `known` lacks."""
    used = used_keys(root, known)
    # "incident.state" alone may be an area to which the code adds a state.
    wanted = {key: f"{key}." for key in used.whole - known}
    wanted |= {f"{start}…": start for start in used.beginnings}
    return sorted(
        f"{named}: used in the code, but in no catalogue"
        for named, start in wanted.items()
        if not any(key.startswith(start) for key in known)
    )


def used_keys(root: Path, known: Set[str]) -> Used:
    """What looks like a key of a known area in any string of our code, and whatever is
    handed to Text(...)."""
    areas = {key.split(".")[0] for key in known}
    whole: set[str] = set()
    beginnings: set[str] = set()
    for path in _sources(root):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        handed = _handed_to_text(tree)
        for node, words, is_whole in _strings(tree):
            shape, found = (_KEY, whole) if is_whole else (_BEGINNING, beginnings)
            if shape.fullmatch(words) and (words.split(".")[0] in areas or node in handed):
                found.add(words)
    return Used(frozenset(whole - SPECIAL), frozenset(beginnings))


def _sources(root: Path) -> Iterator[Path]:
    yield from root.glob("*.py")
    for room in ROOMS:
        yield from (root / room).rglob("*.py")


def _handed_to_text(tree: ast.AST) -> set[ast.AST]:
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args)
    return {
        call.args[0]
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id == "Text"
    }


def _strings(tree: ast.AST) -> Iterator[tuple[ast.AST, str, bool]]:
    """Each string of the code, and whether it is all there is (False: an f-string's start)."""
    pieces: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            pieces.update(node.values)
            start = node.values[0] if node.values else None
            if isinstance(start, ast.Constant):
                yield node, str(start.value), False
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and node not in pieces:
            yield node, str(node.value), True
