"""What backing up and rehearsing need to know, as plain values that can be handed to a process of
its own, and the two deeds themselves.
"""

import shutil
import tempfile
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final, Self

from bot.media.cellar import MEDIA_FOLDER
from settings import Settings
from storage.backup import Manifest, write_backup
from storage.backup_folder import add_backup, backup_ring, list_backups
from storage.engine import open_engine
from storage.keys import new_keyring, read_keyring
from storage.restoring import Restored, restore_backup

DATABASE: Final = "tuquan.sqlite3"
_REHEARSAL: Final = "rehearsal-"


@dataclass(frozen=True, slots=True)
class Made:
    """A finished backup; `new_key` where the backups' key was made for it just now."""

    file: Path
    manifest: Manifest
    new_key: bool


@dataclass(frozen=True, slots=True)
class Places:
    """Where everything lies; `folder` is that of the backups. All paths are absolute."""

    database_url: str
    data_dir: Path
    key_file: Path
    backup_key_file: Path
    folder: Path
    keep: int

    @classmethod
    def of(cls, settings: Settings, folder: Path, keep: int) -> Self:
        """Those of the settings."""
        file = _database_file(settings.database_url)
        return cls(
            f"sqlite:///{file.absolute().as_posix()}" if file else settings.database_url,
            settings.data_dir.absolute(),
            settings.key_file.absolute(),
            settings.backup_key_file.absolute(),
            folder.absolute(),
            keep,
        )

    def dumped(self) -> dict[str, str]:
        """As words, for a process of its own, which may work in another folder."""
        return {name: str(value) for name, value in asdict(self).items()}

    @classmethod
    def loaded(cls, said: dict[str, str]) -> Self:
        """What `dumped` gave."""
        return cls(
            said["database_url"],
            Path(said["data_dir"]),
            Path(said["key_file"]),
            Path(said["backup_key_file"]),
            Path(said["folder"]),
            int(said["keep"]),
        )

    @property
    def media(self) -> Path:
        """The folder of the sealed originals."""
        return self.data_dir / MEDIA_FOLDER


def make_backup(places: Places, now: datetime, *, with_key: bool = False) -> Made:
    """Raises KeyFault, Damaged, SQLAlchemyError, OSError."""
    ring, new_key = backup_ring(places.backup_key_file)
    keyring = places.key_file.read_bytes() if with_key else None
    # Nothing is unsealed on the way: the data's own key need not be here.
    engine = open_engine(places.database_url, new_keyring())
    try:

        def write(target: BinaryIO) -> Manifest:
            return write_backup(engine, places.media, target, ring, now, keyring=keyring)

        file, manifest = add_backup(places.folder, ring, now, write, places.keep)
    finally:
        engine.dispose()
    return Made(file, manifest, new_key)


def rehearse(places: Places) -> Restored:
    """Put the newest backup back into a folder that is removed at the end. Raises LookupError
    where there is none, and what restore_backup raises."""
    newest = backup_named(places.folder)
    if newest is None:
        raise LookupError("no backup")
    places.data_dir.mkdir(parents=True, exist_ok=True)
    for left in places.data_dir.glob(f"{_REHEARSAL}*"):
        shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=_REHEARSAL, dir=places.data_dir) as folder:
        url = f"sqlite:///{(Path(folder) / DATABASE).as_posix()}"
        here = replace(places, data_dir=Path(folder), database_url=url)
        return put_back(here, newest)


def put_back(places: Places, backup: Path) -> Restored:
    """Restore into these places. Raises what restore_backup raises; a database file that was
    made for it is then gone again."""
    ring = read_keyring(places.key_file) if places.key_file.exists() else None
    backups_ring = read_keyring(places.backup_key_file)
    database = _database_file(places.database_url)
    was_there = database is None or database.exists()
    engine = open_engine(places.database_url, ring or new_keyring())
    try:
        with backup.open("rb") as source:
            return restore_backup(source, backups_ring, engine, places.media, ring)
    except BaseException:
        engine.dispose()
        if database is not None and not was_there:
            for ending in ("", "-wal", "-shm"):
                database.with_name(database.name + ending).unlink(missing_ok=True)
        raise
    finally:
        engine.dispose()


def backup_named(source: Path) -> Path | None:
    """The file itself, or the newest of a folder; None where there is none."""
    if source.is_dir():
        return next(iter(list_backups(source)), None)
    return source if source.is_file() else None


def _database_file(url: str) -> Path | None:
    name, _, path = url.partition(":///")
    return Path(path) if name.startswith("sqlite") and path else None
