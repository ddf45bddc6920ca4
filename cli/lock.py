"""Keeps two programs from working on one folder.

A transaction on a small SQLite file is the one lock that Windows and POSIX both honour, and
that goes away by itself when its holder is killed.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path


class Busy(Exception):
    """Another program holds this lock."""


@contextmanager
def only_one(file: Path) -> Iterator[None]:
    """Hold `file` while the block runs. Raises Busy at once where another program does."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(file, timeout=0, isolation_level=None)) as holder:
        try:
            holder.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as fault:
            raise Busy(file.name) from fault
        yield
        holder.execute("ROLLBACK")
