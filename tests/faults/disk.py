"""A disk that is full, without a switch in the program. As root the data folder is a file system
of its own that is made too small; as an ordinary user the running processes are forbidden to
make files longer (SQLite says "disk I/O error" instead of "disk is full"); PostgreSQL's tables
refuse new rows with the error that a full disk gives, since a server whose own log cannot be
written ends altogether.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, Protocol

import psycopg

ROOM: Final = "1g"  # at most; the program does not start where little is free
_TRIES: Final = 20
TABLES: Final = ("inbox", "outbox", "incident")
_REFUSING: Final = """
CREATE OR REPLACE FUNCTION refuse_rows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END
$$"""


class Disk(Protocol):
    """What can be full."""

    name: str

    def fill(self) -> None:
        """From now on nothing can be written."""

    def clear(self) -> None:
        """There is room again."""


class SmallDisk:
    """The whole of a file system in memory, which is made as small as what stands on it."""

    name = "file system of its own"

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def fill(self) -> None:
        """Down to the last page; somebody may write while it is measured."""
        for _ in range(_TRIES):
            there = os.statvfs(self._folder)
            used = (there.f_blocks - there.f_bfree) * there.f_frsize
            if _is_done("mount", "-o", f"remount,size={used}", str(self._folder)):
                return

    def clear(self) -> None:
        """Give it its room again."""
        _is_done("mount", "-o", f"remount,size={ROOM}", str(self._folder))


class NoLongerFiles:
    """The limit RLIMIT_FSIZE of the processes that run when it is set."""

    name = "limit on the size of files"

    def __init__(self, pids: Callable[[], Collection[int]]) -> None:
        self._pids = pids

    def fill(self) -> None:
        """No byte beyond what stands there."""
        self._limit(0)

    def clear(self) -> None:
        """As before."""
        self._limit(None)

    def _limit(self, size: int | None) -> None:
        import resource

        for pid in self._pids():
            with suppress(ProcessLookupError):
                _, most = resource.prlimit(pid, resource.RLIMIT_FSIZE)
                resource.prlimit(
                    pid, resource.RLIMIT_FSIZE, (most if size is None else size, most)
                )


class FullTables:
    """Tables of PostgreSQL that take no row."""

    name = "tables that take no row"

    def __init__(self, conninfo: str) -> None:
        self._conninfo = conninfo
        self._run(_REFUSING)

    def fill(self) -> None:
        """Every insert fails as on a full disk."""
        for table in TABLES:
            self._run(
                f"CREATE OR REPLACE TRIGGER full_disk BEFORE INSERT ON {table}"
                " FOR EACH STATEMENT EXECUTE FUNCTION refuse_rows()"
            )

    def clear(self) -> None:
        """As before."""
        for table in TABLES:
            self._run(f"DROP TRIGGER IF EXISTS full_disk ON {table}")

    def _run(self, statement: str) -> None:
        with psycopg.connect(self._conninfo, autocommit=True) as db:
            db.execute(statement.encode())


@contextmanager
def small_disk(folder: Path) -> Iterator[bool]:
    """Make this folder a small file system while the block runs; False where that is not
    allowed here, and then it is an ordinary folder."""
    folder.mkdir(parents=True, exist_ok=True)
    mounted = sys.platform == "linux" and _is_done(
        "mount", "-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", str(folder)
    )
    try:
        yield mounted
    finally:
        if mounted:
            _is_done("umount", "--lazy", str(folder))


def _is_done(*command: str) -> bool:
    with suppress(OSError):
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    return False
