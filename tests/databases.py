"""A migrated database of each kind for the session, and copies of it for tests that commit:
migrating one takes longer than most tests, copying it a few milliseconds.
"""

from collections.abc import Callable
from pathlib import Path
from shutil import copyfile

from sqlalchemy import make_url, text
from sqlalchemy.engine import URL, Engine

from storage.engine import open_engine
from storage.keys import Keyring
from storage.migrate import upgrade

KINDS = ("sqlite", "postgresql")
# Nothing of a test's server outlives the session, so that nothing of it need reach the disk.
# The other settings, above all how transactions are kept apart, stay as everywhere.
NOTHING_IS_KEPT = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")
UNWRITTEN = "\n".join(f"ALTER SYSTEM SET {each};" for each in NOTHING_IS_KEPT)


class Databases:
    """`server_url` starts the session's PostgreSQL the first time that it is called."""

    def __init__(self, folder: Path, server_url: Callable[[], str], keyring: Keyring) -> None:
        self._folder = folder
        self._server_url = server_url
        self._keyring = keyring
        self._shared: dict[str, Engine] = {}
        self._originals: dict[str, URL] = {}
        self._made = 0

    def shared(self, kind: str) -> Engine:
        """The session's one, for tests that roll back; it stays open, with all that its engine
        has learned of our statements."""
        if kind not in self._shared:
            self._shared[kind] = open_engine(self.copied(kind, self._folder), self._keyring)
        return self._shared[kind]

    def copied(self, kind: str, folder: Path) -> URL:
        """A migrated database of the caller's own: SQLite's is `own.sqlite3` in this folder."""
        original = self._original(kind)
        if kind == "postgresql":
            return self._create(str(original.database))
        own = make_url(f"sqlite:///{(folder / 'own.sqlite3').as_posix()}")
        copyfile(str(original.database), str(own.database))
        return own

    def close(self) -> None:
        """At the end of the session."""
        for engine in self._shared.values():
            engine.dispose()

    def _original(self, kind: str) -> URL:
        if kind not in self._originals:
            file = self._folder / "original.sqlite3"
            sqlite = make_url(f"sqlite:///{file.as_posix()}")
            url = sqlite if kind == "sqlite" else self._create("template1")
            engine = open_engine(url, self._keyring)
            upgrade(engine)
            # SQLite writes its log back into the file as the last connection closes, and
            # PostgreSQL copies only what nobody uses.
            engine.dispose()
            self._originals[kind] = url
        return self._originals[kind]

    def _create(self, template: str) -> URL:
        self._made += 1
        name = f"own_{self._made}"
        server = make_url(self._server_url())
        engine = open_engine(server, self._keyring)
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
            db.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
        engine.dispose()
        return server.set(drivername="postgresql+psycopg", database=name)
