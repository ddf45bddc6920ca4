"""Puts a backup back into an empty place, and checks all of it before anything is committed:
what was put back is read again and compared with what the backup says of itself.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, NamedTuple

from alembic.script.revision import ResolutionError
from alembic.util import CommandError
from cryptography.exceptions import InvalidTag
from sqlalchemy import Table
from sqlalchemy.engine import Connection, Engine
from sqlmodel import SQLModel

from storage.backup import HEAD, KEYRING, MANIFEST, MEDIA, TABLES, Manifest
from storage.columns import Sealed, SealedApart, SealedJson
from storage.engine import writer_engine
from storage.incident_media import list_originals
from storage.keys import KeyFault, Keyring, parse_keyring
from storage.migrate import current_revision, upgrade
from storage.portable import (
    Fingerprint,
    check_references_late,
    faults_of_file,
    fingerprint,
    insert_lines,
    is_empty,
    sealed_values,
    set_sequences,
    tables_of,
)
from storage.sealed_stream import Damaged
from storage.unpacking import members


class NotEmpty(Exception):
    """There is something already where it shall be put."""


class NewerLayout(Exception):
    """Made by a newer version of the program than this one."""


class Unsound(Exception):
    """A check found a fault, and nothing was put back; `checks` are all that were made."""

    def __init__(self, checks: "tuple[Check, ...]") -> None:
        super().__init__(", ".join(check.name for check in checks if check.fault))
        self.checks = checks


class Check(NamedTuple):
    """One thing that was looked at; `fault` is "" where it is as it should be."""

    name: str
    fault: str


@dataclass(slots=True)
class Restored:
    """What was put back, every check that was made of it, and the layout it has. `keyring` is
    the data's key file, where the backup holds it."""

    made_at: str = ""
    revision: str = ""
    manifest: Manifest = field(default_factory=Manifest)
    checks: tuple[Check, ...] = ()
    keyring: bytes | None = None


def restore_backup(
    source: BinaryIO, backup_ring: Keyring, engine: Engine, media: Path, ring: Keyring | None
) -> Restored:
    """Into an empty database and an empty folder. `ring` opens what is stored; None where only
    the backup's own will. Raises Damaged, NotEmpty, NewerLayout, Unsound, KeyFault,
    SQLAlchemyError, OSError; the database then holds no row, and no file was left."""
    if media.is_dir() and any(media.iterdir()):
        raise NotEmpty(media.name)
    laid: list[Path] = []
    try:
        return _restore(members(source, backup_ring), engine, media, ring, laid)
    except BaseException:
        for file in laid:
            file.unlink(missing_ok=True)
        raise


def _restore(
    found: Iterator[tuple[str, bytes]],
    engine: Engine,
    media: Path,
    ring: Keyring | None,
    laid: list[Path],
) -> Restored:
    restored = _head(found)
    _lay_out(engine, restored.revision)
    with writer_engine(engine).begin() as db:
        tables = {table.name: table for table in tables_of(db)}
        if not is_empty(db, list(tables.values())):
            raise NotEmpty("the database")
        check_references_late(db)
        hashes = _put_all(found, db, tables, media, laid, restored)
        set_sequences(db, tables.values())
        ring = ring or _own_ring(restored)
        restored.checks = _checks(db, tables, hashes, media, ring, restored.manifest)
        if any(check.fault for check in restored.checks):
            raise Unsound(restored.checks)
    return restored


def _head(found: Iterator[tuple[str, bytes]]) -> Restored:
    name, content = next(found, ("", b""))
    try:
        said = json.loads(content)
        restored = Restored(str(said["made_at"]), str(said["revision"]))
    except (ValueError, KeyError, TypeError):
        restored = Restored()
    if name != HEAD or not restored.revision:
        raise Damaged("it does not begin as a backup does")
    return restored


def _lay_out(engine: Engine, revision: str) -> None:
    """The tables as they were when the backup was made; no later layout by itself."""
    here = current_revision(engine)
    if here is None:
        try:
            upgrade(engine, revision)
        except (CommandError, ResolutionError):
            raise NewerLayout(revision) from None
    elif here != revision:
        raise NotEmpty(f"a database of layout {here}, the backup's is {revision}")


def _put_all(
    given: Iterator[tuple[str, bytes]],
    db: Connection,
    tables: dict[str, Table],
    media: Path,
    laid: list[Path],
    restored: Restored,
) -> dict[str, str]:
    """The files' hashes as they were read."""
    found: dict[str, str] = {}
    said: bytes | None = None
    for name, content in given:
        room, _, rest = name.partition("/")
        try:
            if room == TABLES:
                insert_lines(db, tables[rest.partition("/")[0]], content.decode().split("\n"))
            elif room == MEDIA:
                found[rest] = hashlib.sha256(content).hexdigest()
                _lay(media, rest, content, laid)
            elif name == KEYRING:
                restored.keyring = content
            elif name == MANIFEST:
                restored.manifest = _manifest(json.loads(content))
                said = content
        except (ValueError, KeyError, TypeError) as fault:
            raise Damaged(f"{name}: {type(fault).__name__}") from None
    if said is None:
        raise Damaged("it says nothing of what it holds")
    return found


def _manifest(said: dict[str, dict[str, list[object]]]) -> Manifest:
    prints = {
        name: Fingerprint(int(str(rows)), str(sha256))
        for name, (rows, sha256) in said["tables"].items()
    }
    media = {str(name): str(sha256) for name, sha256 in said["media"].items()}
    return Manifest(prints, media, int(str(said["absent"])))


def _lay(media: Path, name: str, content: bytes, laid: list[Path]) -> None:
    """Raises ValueError for a name that leads out of the folder."""
    if Path(name).name != name or name in {"", ".", ".."}:
        raise ValueError("a name that is none")
    media.mkdir(mode=0o700, parents=True, exist_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(media / name, flags, 0o600), "wb") as file:
        laid.append(media / name)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _own_ring(restored: Restored) -> Keyring | None:
    return parse_keyring(restored.keyring.decode("ascii")) if restored.keyring else None


def _checks(
    db: Connection,
    tables: dict[str, Table],
    media_found: dict[str, str],
    media: Path,
    ring: Keyring | None,
    manifest: Manifest,
) -> tuple[Check, ...]:
    prints = {name: fingerprint(db, table) for name, table in tables.items()}
    names = sorted(prints.keys() | manifest.tables.keys())
    differing = [name for name in names if prints.get(name) != manifest.tables.get(name)]
    absent = len(list_originals(db) - set(media_found))
    files = media_found == manifest.media and absent == manifest.absent
    return (
        Check("tables", ", ".join(differing)),
        Check("file", "; ".join(faults_of_file(db))),
        Check("media", "" if files else f"{len(media_found)} of {len(manifest.media)}"),
        Check("key", _key_fault(db, tables, media_found, media, ring)),
    )


def _key_fault(
    db: Connection,
    tables: dict[str, Table],
    media_found: dict[str, str],
    media: Path,
    ring: Keyring | None,
) -> str:
    """Whether the key opens everything that is sealed; which table or file it does not open."""
    if ring is None:
        return "no key to try"
    for name, table in tables.items():
        for kinds, keys in (((Sealed, SealedJson), ring), ((SealedApart,), ring.apart)):
            if not _opens(keys, sealed_values(db, table, _sealed_columns(name, kinds))):
                return name
    return "" if _opens(ring, ((media / name).read_bytes() for name in media_found)) else "media"


def _sealed_columns(name: str, kinds: tuple[type, ...]) -> list[str]:
    table = SQLModel.metadata.tables.get(name)
    return (
        [c.name for c in table.columns if isinstance(c.type, kinds)] if table is not None else []
    )


def _opens(ring: Keyring, values: Iterator[bytes]) -> bool:
    try:
        for value in values:
            ring.open(value)
    except (KeyFault, InvalidTag, IndexError):
        return False
    return True
