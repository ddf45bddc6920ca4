"""The key ring: what seals people's words at rest, and marks what must be found again.

The ring lies in a file beside, never inside, the database. It travels with the engine (on its
dialect), because a column type is told nothing else about where it is used.
"""

import base64
import hashlib
import hmac
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy.engine import Connection, Dialect, Engine

NONCE_BYTES = 12
_REMEMBERED = 4096
KEY_BYTES = 32


class KeyFault(Exception):
    """The key file is missing or malformed, or a value was sealed with no known key."""


@dataclass(frozen=True)
class Keyring:
    """AES-256-GCM keys by number; the highest one seals, all open.

    The mark key (for keyed hashes) is derived from key 1, so that rotation keeps every mark.
    """

    keys: dict[int, bytes] = field(repr=False)

    def __post_init__(self) -> None:
        if 1 not in self.keys or any(len(key) != KEY_BYTES for key in self.keys.values()):
            raise KeyFault("a key ring needs key 1, and every key 32 bytes")

    @cached_property
    def _ciphers(self) -> dict[int, AESGCM]:
        return {number: AESGCM(key) for number, key in self.keys.items()}

    @cached_property
    def _mark_key(self) -> bytes:
        return hashlib.sha256(b"tu-quan mark" + self.keys[1]).digest()

    @cached_property
    def apart(self) -> "Keyring":
        """Keys derived from these for what links a report to a person: who was given only
        what opens the content cannot open the link."""
        return Keyring(
            {n: hashlib.sha256(b"tu-quan link" + k).digest() for n, k in self.keys.items()}
        )

    @cached_property
    def newest(self) -> int:
        """The number of the key that seals."""
        return max(self.keys)

    def seal(self, plain: bytes) -> bytes:
        """One byte of key number, a random nonce, the ciphertext with its tag."""
        nonce = os.urandom(NONCE_BYTES)
        sealed = self._ciphers[self.newest].encrypt(nonce, plain, None)
        return bytes([self.newest]) + nonce + sealed

    def open(self, sealed: bytes) -> bytes:
        """Raises KeyFault for an unknown key, cryptography's InvalidTag for altered bytes."""
        cipher = self._ciphers.get(sealed[0])
        if cipher is None:
            raise KeyFault(f"sealed with key {sealed[0]}, which is not on the ring")
        return cipher.decrypt(sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :], None)

    def mark(self, text: str) -> str:
        """A keyed hash by which a sealed value can be found again."""
        return self._marked(text)

    @cached_property
    def _marked(self) -> Callable[[str], str]:
        """The same chats are met again and again."""
        return lru_cache(_REMEMBERED)(self._mark)

    def _mark(self, text: str) -> str:
        return hmac.digest(self._mark_key, text.encode(), "sha256").hex()[:32]

    def rotated(self) -> "Keyring":
        """The same ring with one key more, which seals from now on. At most 255 keys."""
        return Keyring({**self.keys, self.newest + 1: os.urandom(KEY_BYTES)})


def new_keyring() -> Keyring:
    """A ring with one fresh key."""
    return Keyring({1: os.urandom(KEY_BYTES)})


def read_keyring(path: Path) -> Keyring:
    """Lines of `number base64`. Raises KeyFault."""
    try:
        return parse_keyring(path.read_text(encoding="ascii"))
    except (OSError, ValueError) as fault:
        raise KeyFault(f"cannot read the key file {path.name}: {type(fault).__name__}") from fault


def parse_keyring(written: str) -> Keyring:
    """The ring of what a key file says. Raises KeyFault and ValueError."""
    pairs = [line.split() for line in written.split("\n") if line.strip()]
    return Keyring({int(n): base64.b64decode(key, validate=True) for n, key in pairs})


def write_keyring(path: Path, ring: Keyring) -> None:
    """Readable by its owner alone; replaces the file in one step."""
    lines = [f"{n} {base64.b64encode(key).decode()}\n" for n, key in sorted(ring.keys.items())]
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.writelines(lines)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def attach_keyring(engine: Engine, ring: Keyring) -> None:
    """Every statement of this engine seals and opens with this ring."""
    engine.dialect.tuquan_keyring = ring  # type: ignore[attr-defined]


def keyring_of_dialect(dialect: Dialect) -> Keyring:
    """Raises KeyFault where no ring was attached."""
    ring = getattr(dialect, "tuquan_keyring", None)
    if not isinstance(ring, Keyring):
        raise KeyFault("this engine has no key ring")
    return ring


def mark(db: Connection, text: str) -> str:
    """The keyed hash of this text with the connection's own ring."""
    return keyring_of_dialect(db.dialect).mark(text)
