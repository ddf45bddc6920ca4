"""--help answers at once: nothing heavy is loaded before a command needs it."""

import subprocess
import sys

from tests.architecture.sources import ROOT

HEAVY = ("aiogram", "aiohttp", "sqlalchemy", "sqlmodel", "pydantic", "alembic", "structlog")


def test_help_loads_nothing_heavy() -> None:
    program = (
        "import sys, main\n"
        "try: main.app(['--help'])\n"
        "except SystemExit: pass\n"
        f"sys.exit(', '.join(name for name in {HEAVY!r} if name in sys.modules) or 0)"
    )
    result = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert "doctor" in result.stdout


def test_the_bot_itself_never_loads_what_opens_strangers_files() -> None:
    program = (
        "import sys, cli.assembly, bot.channels.telegram_sending\n"
        "sys.exit(', '.join(n for n in ('av', 'PIL', 'pikepdf') if n in sys.modules) or 0)"
    )
    result = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert result.returncode == 0, result.stderr
