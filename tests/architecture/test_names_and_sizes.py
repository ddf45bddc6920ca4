"""Names that say nothing are refused, and nothing grows until nobody reads it."""

import ast

from tests.architecture.sources import ROOT, named, nodes_in, sources, tree_of

EMPTY_NAMES = {
    "utils", "helpers", "helper", "misc", "common", "manager", "service", "processor", "base",
    "data", "info", "impl", "abstract", "factory",
}  # fmt: skip
# The one interface that every messenger implements.
MAY_BE_CALLED_SO = {"bot/channels/base.py"}

FILE_LINES = 260
FUNCTION_LINES = 40
# Tables, settings and commands read best side by side; a migration is what Alembic wrote.
MAY_BE_LONG = {
    "main.py",
    "settings.py",
    "storage/tables.py",
    "storage/migrations/versions/0001_first_tables.py",
    "storage/migrations/versions/0003_announcements.py",
}


def functions(tree: ast.AST) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a file, methods and inner ones too."""
    return [n for n in nodes_in(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]


def test_no_file_or_class_has_an_empty_name() -> None:
    for path in sources():
        if named(path) not in MAY_BE_CALLED_SO:
            assert path.stem not in EMPTY_NAMES, named(path)
        for node in nodes_in(tree_of(path)):
            if isinstance(node, ast.ClassDef):
                ends = [name for name in EMPTY_NAMES if node.name.lower().endswith(name)]
                assert ends in ([], ["data"]) or node.name == "Metadata", f"{path}: {node.name}"


def test_every_file_says_why_it_exists() -> None:
    for path in sources():
        text = path.read_text(encoding="utf-8")
        if text.strip():
            assert ast.get_docstring(tree_of(path)), named(path)


def test_files_and_functions_stay_readable() -> None:
    for path in sources():
        if named(path) in MAY_BE_LONG:
            continue
        text = path.read_text(encoding="utf-8")
        assert text.count("\n") <= FILE_LINES, f"{named(path)}: split it by subject"
        for function in functions(tree_of(path)):
            lines = (function.end_lineno or 0) - function.lineno + 1
            assert lines <= FUNCTION_LINES, f"{named(path)}: {function.name} has {lines} lines"


def test_nearly_all_functions_fit_at_a_glance() -> None:
    lengths = [
        (function.end_lineno or 0) - function.lineno + 1
        for path in sources()
        if named(path) not in MAY_BE_LONG
        for function in functions(tree_of(path))
    ]
    assert sum(length <= 20 for length in lengths) / len(lengths) >= 0.9


def test_nothing_about_this_machine_stands_in_a_file() -> None:
    texts = [*ROOT.glob("*.md"), *ROOT.glob("*.txt"), *ROOT.glob("docs/**/*.md"), *sources()]
    for path in texts:
        text = path.read_text(encoding="utf-8")
        assert "index-url" not in text, path
        assert "--find-links" not in text, path
