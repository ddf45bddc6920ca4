"""The folder where backups lie: one file each, named for its instant in UTC, readable by its owner
alone. A file has its name only once it is whole, on disk, and was read again to its end.
"""

import os
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Final

from storage.backup import Manifest
from storage.keys import Keyring, new_keyring, read_keyring, write_keyring
from storage.unpacking import check_readable

_NAME: Final = re.compile(r"tuquan-(\d{8}-\d{6})\.backup")
_STAMP: Final = "%Y%m%d-%H%M%S"
_UNFINISHED: Final = ".unfinished"


def list_backups(folder: Path) -> list[Path]:
    """The finished ones, the newest first."""
    if not folder.is_dir():
        return []
    return sorted((f for f in folder.iterdir() if _NAME.fullmatch(f.name)), reverse=True)


def made_at(backup: Path) -> datetime:
    """When it was made, by its name. Raises ValueError for a file of another name."""
    named = _NAME.fullmatch(backup.name)
    if named is None:
        raise ValueError(backup.name)
    return datetime.strptime(named[1], _STAMP).replace(tzinfo=UTC)


def newest_at(folder: Path) -> datetime | None:
    """When the newest one was made."""
    found = list_backups(folder)
    return made_at(found[0]) if found else None


def add_backup(
    folder: Path,
    ring: Keyring,
    now: datetime,
    write: Callable[[BinaryIO], Manifest],
    keep: int,
) -> tuple[Path, Manifest]:
    """Let `write` make one, and then keep the newest `keep` (at least one). Whatever fails
    leaves the others as they were. Raises Damaged where what was written cannot be read again,
    OSError, and what `write` raises."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    backup = folder / f"tuquan-{now.astimezone(UTC).strftime(_STAMP)}.backup"
    unfinished = backup.with_name(backup.name + _UNFINISHED)
    unfinished.unlink(missing_ok=True)
    try:
        manifest = _written(unfinished, write)
        with unfinished.open("rb") as file:
            check_readable(file, ring)
        unfinished.replace(backup)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    _prune(folder, keep)
    return backup, manifest


def backup_ring(file: Path) -> tuple[Keyring, bool]:
    """The backups' own keys, and whether they were just made. Raises KeyFault, OSError."""
    if file.exists():
        return read_keyring(file), False
    file.parent.mkdir(parents=True, exist_ok=True)
    write_keyring(file, new_keyring())
    return read_keyring(file), True


def _written(file: Path, write: Callable[[BinaryIO], Manifest]) -> Manifest:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(file, flags, 0o600), "wb") as opened:
        manifest = write(opened)
        opened.flush()
        os.fsync(opened.fileno())
    return manifest


def _prune(folder: Path, keep: int) -> None:
    """The old ones, and what a crash left unfinished; never somebody else's file."""
    for old in list_backups(folder)[max(1, keep) :]:
        old.unlink(missing_ok=True)
    for left in folder.glob(f"tuquan-*.backup{_UNFINISHED}"):
        if _NAME.fullmatch(left.name.removesuffix(_UNFINISHED)):
            left.unlink(missing_ok=True)
