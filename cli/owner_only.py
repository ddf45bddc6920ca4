"""Writes files that hold secrets so that their owner alone can read them."""

import getpass
import os
import subprocess
import sys
from pathlib import Path


def write_owner_only(file: Path, content: str) -> None:
    """Make a new file, never wider open even for a moment. Raises FileExistsError."""
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as opened:
        opened.write(content)
    close_to_others(file)


def close_to_others(file: Path) -> None:
    """Windows ignores the mode above; there icacls takes away inherited rights, best effort
    (docs/operating.md says how to look)."""
    if sys.platform == "win32":
        grant = f"{getpass.getuser()}:F"
        command = ["icacls", str(file), "/inheritance:r", "/grant:r", grant]
        subprocess.run(command, check=False, capture_output=True)
