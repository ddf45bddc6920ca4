"""What is done to the database from outside: somebody holds it locked for longer than the
program waits, its connections are cut, a process of the server is killed.
"""

import os
import signal
import sqlite3
from collections.abc import Callable
from typing import Any, Final, Protocol

import psycopg

LONGEST: Final = 15.0  # seconds that taking a lock may take
_OTHERS: Final = (
    "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
    " AND backend_type = 'client backend' AND pid <> pg_backend_pid() ORDER BY pid"
)


Release = Callable[[], None]


class Database(Protocol):
    """What the program's data stand in."""

    def lock(self) -> Release | None:
        """Nobody else writes until this is released; None where it could not be had."""

    def cut(self, pick: int, *, kill: bool) -> bool:
        """End one of the program's connections, or `kill` the server's process behind it;
        whether there was one."""


class SqliteFile:
    """One file; there are no connections to be cut."""

    def __init__(self, path: str) -> None:
        self._path = path

    def lock(self) -> Release | None:
        """As another program would that writes for long."""
        holder = sqlite3.connect(
            self._path, LONGEST, isolation_level=None, check_same_thread=False
        )
        try:
            holder.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            holder.close()
            return None
        return holder.close

    def cut(self, pick: int, *, kill: bool) -> bool:
        """There is nothing to cut."""
        del pick, kill
        return False


class PostgresDatabase:
    """A database of a server that is the script's own."""

    def __init__(self, conninfo: str) -> None:
        self._conninfo = conninfo

    def lock(self) -> Release | None:
        """Readers go on; whoever writes waits for as long as it takes."""
        try:
            holder = psycopg.connect(self._conninfo)
        except psycopg.OperationalError:
            return None
        try:
            holder.execute(f"SET lock_timeout = '{LONGEST:.0f}s'".encode())
            holder.execute("LOCK TABLE inbox, outbox, incident IN EXCLUSIVE MODE")
        except psycopg.Error:
            holder.close()
            return None
        return holder.close

    def cut(self, pick: int, *, kill: bool) -> bool:
        """A killed process makes the whole server begin anew from its log."""
        with psycopg.connect(self._conninfo, autocommit=True) as db:
            pids: list[Any] = [pid for (pid,) in db.execute(_OTHERS)]
            if not pids:
                return False
            pid = int(pids[pick % len(pids)])
            if kill:
                os.kill(pid, signal.SIGKILL)
            else:
                db.execute("SELECT pg_terminate_backend(%s)", [pid])
        return True
