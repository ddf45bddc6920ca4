"""Reads a backup from its beginning to its end, and trusts nothing in it that is not as it was
written.
"""

import gzip
import io
import tarfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from storage.keys import Keyring
from storage.sealed_stream import Damaged, OpeningStream


def members(source: BinaryIO, ring: Keyring) -> Iterator[tuple[str, bytes]]:
    """Names and contents in their order, and then the proof that nothing is missing at the end.
    `ring` is the backups' own. Raises Damaged."""
    plain = io.BufferedReader(OpeningStream(source, ring), 1 << 16)
    try:
        with gzip.GzipFile(fileobj=plain) as packed:
            with tarfile.open(fileobj=packed, mode="r|") as tar:
                for member in tar:
                    content = tar.extractfile(member)
                    yield member.name, content.read() if content else b""
            while packed.read(1 << 20):
                pass
    except (tarfile.TarError, zlib.error, gzip.BadGzipFile, EOFError) as fault:
        raise Damaged(type(fault).__name__) from None


def check_readable(source: BinaryIO, ring: Keyring) -> None:
    """Read it to its end without putting anything anywhere. Raises Damaged."""
    for _ in members(source, ring):
        pass
