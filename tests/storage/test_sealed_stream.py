"""A sealed stream gives back what was written, and whoever touched it is noticed."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.keys import Keyring
from storage.sealed_stream import CHUNK, MAGIC, Damaged, OpeningStream, SealingStream

RING = Keyring({1: bytes(32)})


def sealed(plain: bytes) -> bytes:
    """Written in uneven pieces."""
    target = io.BytesIO()
    stream = SealingStream(target, RING)
    for start in range(0, len(plain), 99_991):
        stream.write(plain[start : start + 99_991])
    stream.close()
    return target.getvalue()


def opened(stream: bytes, ring: Keyring = RING) -> bytes:
    return io.BufferedReader(OpeningStream(io.BytesIO(stream), ring)).read()


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 7])
def test_what_was_written_is_read(size: int) -> None:
    plain = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
    assert opened(sealed(plain)) == plain


def test_nothing_of_it_can_be_seen() -> None:
    assert b"invented" not in sealed(b"invented" * 1000)
    assert sealed(b"a") != sealed(b"a")


@given(st.integers(min_value=len(MAGIC), max_value=3 * CHUNK), st.integers(1, 255))
@settings(max_examples=50)
def test_a_changed_byte_is_noticed(place: int, change: int) -> None:
    stream = bytearray(sealed(b"y" * (2 * CHUNK + 9)))
    stream[max(place % len(stream), len(MAGIC))] ^= change
    with pytest.raises(Damaged):
        opened(bytes(stream))


@pytest.mark.parametrize("kept", [0, 10, 48, 49, 60, 49 + CHUNK + 16, 49 + 2 * (CHUNK + 16)])
def test_a_cut_is_noticed_also_between_two_chunks(kept: int) -> None:
    stream = sealed(b"z" * (3 * CHUNK))
    assert len(stream) > kept
    with pytest.raises(Damaged):
        opened(stream[:kept])


def test_swapped_chunks_and_an_added_one_are_noticed() -> None:
    stream, size = sealed(bytes(3 * CHUNK)), CHUNK + 16
    head, chunks = stream[:49], [stream[49 + n * size : 49 + (n + 1) * size] for n in range(3)]
    for order in ([1, 0, 2], [0, 1, 2, 2], [0, 2]):
        with pytest.raises(Damaged):
            opened(head + b"".join(chunks[n] for n in order))


def test_another_key_opens_nothing() -> None:
    with pytest.raises(Damaged):
        opened(sealed(b"x"), Keyring({1: bytes(31) + b"\1"}))
    stream = sealed(b"x")
    with pytest.raises(Damaged):
        opened(stream[: len(MAGIC)] + b"\2" + stream[len(MAGIC) + 1 :])


def test_a_file_that_is_no_backup_is_refused() -> None:
    with pytest.raises(Damaged):
        opened(b"SQLite format 3\0" * 10)
