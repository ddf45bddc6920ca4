"""Writes everything that the bot keeps as one sealed stream, while the bot goes on writing: the
tables as they were at one instant, and the sealed originals of people's files.

Inside the seal is a compressed tar: `head.json`, `tables/<name>/<number>.jsonl`, `media/<name>`,
at the end `manifest.json` with counts and hashes. The data's own key ring is not in it unless it
was asked for: whoever has the backup and its key then still reads nobody's words.
"""

import gzip
import hashlib
import io
import json
import tarfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final

from alembic.migration import MigrationContext
from sqlalchemy.engine import Connection, Engine

from storage.incident_media import list_originals
from storage.keys import Keyring
from storage.portable import Fingerprint, Measure, batches, tables_of
from storage.sealed_stream import SealingStream

HEAD: Final = "head.json"
MANIFEST: Final = "manifest.json"
TABLES: Final = "tables"
MEDIA: Final = "media"
KEYRING: Final = "keyring"
_COMPRESSION: Final = 1  # most of it is sealed, which no compression makes smaller


@dataclass(slots=True)
class Manifest:
    """What a backup holds: each table's fingerprint, each file's SHA-256, and how many files
    were named by a row but not there (`absent`), as after a disk's fault."""

    tables: dict[str, Fingerprint] = field(default_factory=dict)
    media: dict[str, str] = field(default_factory=dict)
    absent: int = 0

    @property
    def rows(self) -> int:
        """Of all tables."""
        return sum(each.rows for each in self.tables.values())


def write_backup(
    engine: Engine,
    media: Path,
    target: BinaryIO,
    ring: Keyring,
    now: datetime,
    *,
    keyring: bytes | None = None,
) -> Manifest:
    """Seal with `ring`, the backups' own. `keyring` is the data's key file where it shall be
    inside too. Raises SQLAlchemyError, OSError."""
    manifest = Manifest()
    with (
        closing(SealingStream(target, ring)) as sealed,
        _tar_in(sealed) as tar,
        _at_once(engine) as db,
    ):
        revision = MigrationContext.configure(db).get_current_revision()
        _put(tar, HEAD, _json({"made_at": now.isoformat(), "revision": revision}))
        _put_tables(tar, db, manifest)
        _put_media(tar, db, media, manifest)
        if keyring is not None:
            _put(tar, KEYRING, keyring)
        _put(
            tar,
            MANIFEST,
            _json({"tables": manifest.tables, "media": manifest.media, "absent": manifest.absent}),
        )
    return manifest


@contextmanager
def _at_once(engine: Engine) -> Iterator[Connection]:
    """All that is read here is as of one instant, and nobody waits for it: SQLite's readers see
    the log as it was at their first look, PostgreSQL is asked for the like."""
    if engine.dialect.name == "postgresql":
        engine = engine.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )
    with engine.connect() as db, db.begin():
        yield db


@contextmanager
def _tar_in(sealed: io.RawIOBase) -> Iterator[tarfile.TarFile]:
    packed = gzip.GzipFile(fileobj=sealed, mode="wb", compresslevel=_COMPRESSION, mtime=0)
    with packed, tarfile.open(fileobj=packed, mode="w|") as tar:
        yield tar


def _put_tables(tar: tarfile.TarFile, db: Connection, manifest: Manifest) -> None:
    for table in tables_of(db):
        measure = Measure()
        for number, lines in enumerate(batches(db, table)):
            measure.add(lines)
            _put(tar, f"{TABLES}/{table.name}/{number:08}.jsonl", "\n".join(lines).encode())
        manifest.tables[table.name] = measure.taken()


def _put_media(tar: tarfile.TarFile, db: Connection, media: Path, manifest: Manifest) -> None:
    """Files are laid down before the row that names them is written, so all are there; one that
    is erased meanwhile is not missed."""
    names = (
        sorted(file.name for file in media.iterdir() if file.is_file()) if media.is_dir() else ()
    )
    for name in names:
        try:
            content = (media / name).read_bytes()
        except FileNotFoundError:
            continue
        manifest.media[name] = hashlib.sha256(content).hexdigest()
        _put(tar, f"{MEDIA}/{name}", content)
    manifest.absent = len(list_originals(db) - set(manifest.media))


def _put(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    member.mode = 0o600
    tar.addfile(member, io.BytesIO(content))


def _json(value: object) -> bytes:
    return json.dumps(value).encode()
