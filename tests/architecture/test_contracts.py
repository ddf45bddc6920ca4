"""The import contracts hold, and each of them is broken by the import that it forbids."""

import configparser
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import ROOMS, ROOT

OUTWARD = {
    "domain": ("domain/notices.py", "import storage.tables"),
    "storage": ("storage/outbox.py", "import actions.people"),
    "actions": ("actions/people.py", "import bot.wording"),
    "flows": ("bot/flows/engine.py", "import storage.drafts"),
    "channels": ("bot/channels/base.py", "import bot.wording"),
    "handlers": ("bot/handlers/menu.py", "import storage.inbox"),
    "wording": ("bot/wording.py", "import storage.outbox"),
    "delivery": ("bot/delivery/loop.py", "import actions.people"),
    "media": ("bot/media/cellar.py", "import actions.people"),
    "file-libraries": ("bot/media/sharing.py", "import PIL"),
    "intake": ("bot/taking.py", "import bot.delivery.loop"),
    "introduction": ("bot/introduction.py", "import bot.delivery.loop"),
    "scheduler": ("scheduler/ticks.py", "import bot.handlers.turn"),
    "content": ("content/__init__.py", "import domain.text"),
    "sandbox": ("sandbox/world.py", "import domain.text"),
    "bot": ("bot/delivery/pace.py", "import sandbox.world"),
    "messenger-client": ("bot/delivery/sender.py", "import aiogram"),
    "database": ("bot/handlers/menu.py", "import sqlmodel"),
    "ticks": ("actions/people.py", "import apscheduler"),
    "catalogues": ("actions/people.py", "import gettext"),
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """The verdict of import-linter on the rooms in `folder`."""
    program = "import sys; from importlinter.cli import lint_imports_command as c; sys.exit(c())"
    return subprocess.run(
        [sys.executable, "-c", program, "--no-cache"],
        cwd=folder,
        env={**os.environ, "COLUMNS": "200"},  # names are not broken over lines
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def contracts() -> dict[str, str]:
    """The name of every contract by its short one."""
    file = configparser.ConfigParser()
    file.read(ROOT / ".importlinter", encoding="utf-8")
    start = "importlinter:contract:"
    return {s.removeprefix(start): file[s]["name"] for s in file.sections() if s.startswith(start)}


def verdict_on(output: str, contract: str) -> str:
    """KEPT or BROKEN."""
    line = next(line for line in output.splitlines() if line.startswith(contract))
    return "BROKEN" if "BROKEN" in line else "KEPT"


@pytest.fixture(scope="module")
def violated(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What import-linter says of a copy in which every contract is broken once."""
    copy = tmp_path_factory.mktemp("copy")
    for room in ROOMS:
        shutil.copytree(ROOT / room, copy / room, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / ".importlinter", copy)
    for file, line in OUTWARD.values():
        with (copy / file).open("a", encoding="utf-8") as opened:
            opened.write(f"\n{line}\n")
    result = lint(copy)
    assert result.returncode == 1, result.stdout + result.stderr
    return result.stdout


def test_the_contracts_hold() -> None:
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("contract", sorted(OUTWARD))
def test_an_outward_import_breaks_its_contract(violated: str, contract: str) -> None:
    assert verdict_on(violated, contracts()[contract]) == "BROKEN"


def test_every_contract_was_seen_to_break() -> None:
    assert set(contracts()) == set(OUTWARD)


def test_every_room_stands_under_a_contract() -> None:
    text = (ROOT / ".importlinter").read_text(encoding="utf-8")
    rooms = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
    assert rooms == set(ROOMS)
    inside = {path.stem for path in (ROOT / "bot").glob("*.py")} - {"__init__"}
    inside |= {path.parent.name for path in (ROOT / "bot").glob("*/__init__.py")}
    sources_of = {line.split("=")[-1].strip() for line in text.splitlines()}
    assert {f"bot.{name}" for name in inside} <= sources_of
