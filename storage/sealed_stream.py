"""A stream sealed chunk by chunk, so that a backup of any size is written and read in little
memory and whoever cuts, changes or reorders it is noticed.

The construction is STREAM (Hoang, Reyhanitabar, Rogaway, Vizár 2015) with AES-256-GCM: the nonce
of a chunk is its number and whether it is the last one. Every file has a key of its own, derived
from the ring's newest key and a random salt, so that numbers may begin anew.
"""

import io
import os
from typing import BinaryIO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage.keys import KEY_BYTES, Keyring

MAGIC: Final = b"TUQUAN-BACKUP-1\n"
SALT_BYTES: Final = 32
CHUNK: Final = 256 * 1024
_TAG_BYTES: Final = 16


class Damaged(Exception):
    """Not a sealed stream, sealed with another key, cut short, or changed."""


class SealingStream(io.RawIOBase):
    """What is written here lies sealed in `target`; `close` writes the last chunk, without
    which the stream counts as cut short. `target` itself stays open."""

    def __init__(self, target: BinaryIO, ring: Keyring) -> None:
        header = MAGIC + bytes([ring.newest]) + os.urandom(SALT_BYTES)
        self._cipher = _cipher(ring.keys[ring.newest], header)
        self._header = header
        self._target = target
        self._waiting = bytearray()
        self._number = 0
        target.write(header)

    def writable(self) -> bool:
        """Yes."""
        return True

    def write(self, content: object) -> int:
        """Take it all. Raises OSError."""
        given = memoryview(content).cast("B")  # type: ignore[arg-type]
        self._waiting += given
        # One chunk is held back: only `close` knows which is the last.
        while len(self._waiting) > CHUNK:
            self._put(bytes(self._waiting[:CHUNK]), last=False)
            del self._waiting[:CHUNK]
        return len(given)

    def close(self) -> None:
        """Write what is left. Raises OSError."""
        if not self.closed:
            self._put(bytes(self._waiting), last=True)
        super().close()

    def _put(self, plain: bytes, *, last: bool) -> None:
        nonce = _nonce(self._number, last=last)
        self._target.write(self._cipher.encrypt(nonce, plain, self._header))
        self._number += 1


class OpeningStream(io.RawIOBase):
    """Reads what SealingStream wrote. Raises Damaged, at the latest at the end."""

    def __init__(self, source: BinaryIO, ring: Keyring) -> None:
        header = source.read(len(MAGIC) + 1 + SALT_BYTES)
        if len(header) < len(MAGIC) + 1 + SALT_BYTES or not header.startswith(MAGIC):
            raise Damaged("this is no backup")
        key = ring.keys.get(header[len(MAGIC)])
        if key is None:
            raise Damaged("it was sealed with another key")
        self._cipher = _cipher(key, header)
        self._header = header
        self._source = source
        self._number = 0
        self._plain = memoryview(b"")
        self._ahead = source.read(CHUNK + _TAG_BYTES)

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: object) -> int:
        """The next bytes; 0 at the end."""
        into = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        while not self._plain and self._number >= 0:
            self._plain = memoryview(self._next())
        count = min(len(into), len(self._plain))
        into[:count] = self._plain[:count]
        self._plain = self._plain[count:]
        return count

    def _next(self) -> bytes:
        sealed, self._ahead = self._ahead, self._source.read(CHUNK + _TAG_BYTES)
        last = not self._ahead
        try:
            plain = self._cipher.decrypt(_nonce(self._number, last=last), sealed, self._header)
        except (InvalidTag, ValueError):  # the second for what is shorter than a tag
            raise Damaged("it was changed or cut short, or the key is another one") from None
        self._number = -1 if last else self._number + 1
        return plain


def _cipher(key: bytes, header: bytes) -> AESGCM:
    derived = HKDF(SHA256(), KEY_BYTES, salt=header, info=b"tu-quan backup").derive(key)
    return AESGCM(derived)


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
