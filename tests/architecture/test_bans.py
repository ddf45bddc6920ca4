"""Calls that would break a promise are refused by ruff, each with words on where to go."""

import subprocess
import sys

import pytest

from tests.architecture.sources import ROOT

BANNED = {
    "the clock": "from datetime import datetime\n\nAT = datetime.now()\n",
    "the epoch": "import time\n\nAT = time.time()\n",
    "sleeping": "import time\n\ntime.sleep(1)\n",
    "the environment": "import os\n\nHOME = os.environ\n",
    "a variable": 'import os\n\nHOME = os.getenv("HOME")\n',
    "a loose task": "import asyncio\n\nTASK = asyncio.create_task\n",
    "an old loop": "import asyncio\n\nLOOP = asyncio.get_event_loop()\n",
    "fork": "import os\n\nos.fork()\n",
    "kill": "import os\n\nos.kill(1, 1)\n",
    "SIGKILL": "import signal\n\nNUMBER = signal.SIGKILL\n",
    "fcntl": "import fcntl\n\nLOCK = fcntl.LOCK_EX\n",
    "gettext": "import gettext\n\nSAY = gettext.gettext\n",
    "logging set up": "import logging\n\nlogging.basicConfig()\n",
    "randomness": "import secrets\n\nNUMBER = secrets.randbelow(9)\n",
}


def codes(snippet: str, place: str) -> str:
    """What ruff says of a snippet that lies in `place`."""
    result = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--output-format=concise",
         "--stdin-filename", place, "-"],
        cwd=ROOT,
        input=f'"""Invented."""\n\n{snippet}',
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )  # fmt: skip
    return result.stdout


@pytest.mark.parametrize("banned", sorted(BANNED))
def test_a_handler_may_not_use(banned: str) -> None:
    assert "TID251" in codes(BANNED[banned], "bot/handlers/invented.py")


def test_the_composition_root_may_read_the_clock() -> None:
    aware = "from datetime import UTC, datetime\n\nAT = datetime.now(UTC)\n"
    assert "TID251" not in codes(aware, "main.py")
    assert "TID251" in codes(aware, "cli/invented.py")
