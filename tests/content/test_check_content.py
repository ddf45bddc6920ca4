"""`python main.py check-content`, which `make check` runs, leaves with 1 where one item is broken:
the program as it is typed, in a copy of the tree in which somebody made one slip.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from settings import inherited_environment

ROOT = Path(__file__).resolve().parent.parent.parent
ROOMS = ("actions", "bot", "cli", "content", "domain", "locales", "scheduler", "storage")
LONG = "Pháo nổ thì cấm. " * 30
SLIPS = [
    ("vi/fire.toml", 'source = "Nghị định', 'sauce = "Nghị định', "source"),
    ("vi/fire.toml", 'law = "Nghị định 137', 'law_was = "Nghị định 137', "law: Field required"),
    ("vi/fire.toml", "review_by = 2027-05-22\n", "", "review_by: Field required"),
    ("vi/fire.toml", "Pháo nổ thì cấm.", LONG, "letters, at most 500"),
    ("en/fire.toml", "[fireworks]", "[fireworks2]", "not there"),
]


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a ward has on its machine, without what nobody edits there."""
    copy = tmp_path_factory.mktemp("tree")
    for room in ROOMS:
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / room, copy / room, ignore=ignored)
    for file in ("main.py", "settings.py"):
        shutil.copy(ROOT / file, copy / file)
    return copy


def checked(tree: Path) -> subprocess.CompletedProcess[str]:
    """What the command does there."""
    return subprocess.run(
        [sys.executable, "main.py", "check-content"],
        cwd=tree,
        env=inherited_environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_ours_pass(tree: Path) -> None:
    done = checked(tree)
    assert (done.returncode, done.stderr.strip()) == (0, "content: 0 faults")


@pytest.mark.parametrize(("file", "old", "new", "said"), SLIPS)
def test_one_broken_item_is_enough(tree: Path, file: str, old: str, new: str, said: str) -> None:
    edited = tree / "content" / "law" / file
    before = edited.read_text(encoding="utf-8")
    assert old in before
    edited.write_text(before.replace(old, new, 1), encoding="utf-8")
    try:
        done = checked(tree)
    finally:
        edited.write_text(before, encoding="utf-8")
    assert done.returncode == 1
    assert said in done.stderr
    assert "content: 0 faults" not in done.stderr


def test_make_check_runs_it() -> None:
    rules = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "written" in rules.partition("\ncheck:")[2].partition("#")[0].split()
    assert "main.py check-content" in rules.partition("\nwritten:")[2].partition("\n\n")[0]
