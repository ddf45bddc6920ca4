"""What import-linter cannot see: the two modules at the root, and single names of sqlalchemy."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.sources import ROOMS, ROOT, named, sources

# Types and errors; with them no query can be written.
SQL_TYPES = {"sqlalchemy.engine": {"Connection", "Engine"}}


def imports(path: Path) -> Iterator[tuple[str, str]]:
    """Every (module, name) that a file imports; name is "" for a plain import."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.module or "", alias.name) for alias in node.names)


def rooms_imported(path: Path) -> set[str]:
    """Which of our rooms and root modules a file imports."""
    ours = {*ROOMS, "main", "settings"}
    return {module.split(".")[0] for module, _ in imports(path)} & ours


def test_settings_import_nothing_of_ours() -> None:
    assert rooms_imported(ROOT / "settings.py") == set()


def test_main_imports_commands_and_settings_only() -> None:
    assert rooms_imported(ROOT / "main.py") <= {"cli", "settings"}


def test_main_imports_nothing_of_ours_before_a_command_is_called() -> None:
    tree = ast.parse((ROOT / "main.py").read_text(encoding="utf-8"))
    at_once = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {n.module if isinstance(n, ast.ImportFrom) else n.names[0].name for n in at_once}
    assert not names & {"cli", "settings", "bot", "storage"}
    assert not any(str(name).startswith("cli.") for name in names)


def test_only_commands_know_the_settings() -> None:
    for path in sources(*(room for room in ROOMS if room not in ("cli", "benchmarks"))):
        assert not rooms_imported(path) & {"main", "settings"}, named(path)
    for path in sources("cli"):
        assert "main" not in rooms_imported(path), named(path)


def test_outside_storage_and_actions_sqlalchemy_is_types_and_errors() -> None:
    for path in sources("domain", "bot", "scheduler", "content", "cli"):
        for module, name in imports(path):
            if module.split(".")[0] == "sqlalchemy" and module != "sqlalchemy.exc":
                assert name in SQL_TYPES.get(module, set()), f"{named(path)}: {module}.{name}"
