"""The folder where originals lie sealed: under names that say nothing, readable by their owner
alone, and of no use without the key ring.
"""

import hashlib
import os
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from storage.keys import Keyring

MEDIA_FOLDER: Final = "media"  # in the data folder


@dataclass(frozen=True, slots=True)
class Laid:
    """A file in the folder; `sha256` (hex) is that of its bytes before sealing."""

    name: str
    sha256: str


class Cellar:
    """Files of at most some ten megabytes, sealed whole with the newest key of the ring."""

    def __init__(self, folder: Path, ring: Keyring) -> None:
        self._folder = folder
        self._ring = ring
        self._fresh: set[str] = set()

    @property
    def fresh(self) -> frozenset[str]:
        """What was laid here and not released: nothing else knows of it yet."""
        return frozenset(self._fresh)

    def lay(self, content: bytes) -> Laid:
        """Seal and keep; on disk when this returns. Raises OSError."""
        name = uuid.uuid4().hex
        self._fresh.add(name)
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._write(name, self._ring.seal(content))
        return Laid(name, hashlib.sha256(content).hexdigest())

    def fetch(self, name: str) -> bytes:
        """The bytes as they were. Raises OSError, KeyFault, cryptography's InvalidTag."""
        return self._ring.open((self._folder / name).read_bytes())

    def release(self, name: str) -> None:
        """A row names it from now on."""
        self._fresh.discard(name)

    def discard(self, name: str) -> None:
        """It need not be there."""
        (self._folder / name).unlink(missing_ok=True)
        self._fresh.discard(name)

    def names(self) -> set[str]:
        """Everything that lies there."""
        if not self._folder.is_dir():
            return set()
        return {file.name for file in self._folder.iterdir() if file.is_file()}

    def reseal(self) -> int:
        """Seal with the newest key what was sealed with another; how many. A file is never
        missing meanwhile, so that a second call goes on after a crash."""
        old = [n for n in sorted(self.names()) if not self._is_newest(n)]
        for name in old:
            fresh = f"{name}.new"
            self.discard(fresh)
            self._write(fresh, self._ring.seal(self.fetch(name)))
            (self._folder / fresh).replace(self._folder / name)
        return len(old)

    def _is_newest(self, name: str) -> bool:
        with (self._folder / name).open("rb") as file:
            return file.read(1) == bytes([self._ring.newest])

    def _write(self, name: str, sealed: bytes) -> None:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        descriptor = os.open(self._folder / name, flags, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(sealed)
            file.flush()
            os.fsync(file.fileno())
