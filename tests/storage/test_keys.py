"""Sealed values: unreadable without the ring, unalterable, findable by their mark."""

import stat
import sys
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag

from storage.keys import KeyFault, Keyring, new_keyring, read_keyring, write_keyring

WORDS = "Nhà số 5 có tiếng kêu cứu".encode()


def test_a_sealed_value_hides_its_words_and_opens_again() -> None:
    ring = new_keyring()
    sealed = ring.seal(WORDS)
    assert WORDS not in sealed
    assert sealed != ring.seal(WORDS)
    assert ring.open(sealed) == WORDS


def test_altered_bytes_are_refused() -> None:
    ring = new_keyring()
    sealed = bytearray(ring.seal(WORDS))
    sealed[-1] ^= 1
    with pytest.raises(InvalidTag):
        ring.open(bytes(sealed))


def test_rotation_seals_anew_opens_the_old_and_keeps_marks() -> None:
    old = new_keyring()
    new = old.rotated()
    assert new.open(old.seal(WORDS)) == WORDS
    assert new.mark("7000001") == old.mark("7000001")
    with pytest.raises(KeyFault):
        old.open(new.seal(WORDS))


def test_the_key_file_is_the_owners_alone_and_comes_back_equal(tmp_path: Path) -> None:
    ring = new_keyring().rotated()
    file = tmp_path / "tuquan.key"
    write_keyring(file, ring)
    assert read_keyring(file) == ring
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("content", ["", "1 short", "2 " + "A" * 43 + "=", "nonsense"])
def test_a_broken_key_file_is_named_and_its_content_is_not(tmp_path: Path, content: str) -> None:
    file = tmp_path / "tuquan.key"
    file.write_text(content)
    with pytest.raises(KeyFault) as caught:
        read_keyring(file)
    assert "AAAA" not in str(caught.value)


def test_the_ring_does_not_show_its_keys() -> None:
    ring = Keyring({1: b"k" * 32})
    assert "kkkk" not in repr(ring)
