"""Originals lie sealed, under names that say nothing, readable by their owner alone."""

import hashlib
import stat
import sys
from pathlib import Path

import pytest

from bot.media.cellar import Cellar
from storage.keys import Keyring

SAID = b"GPS 20.97, 107.05 (invented) " * 100


@pytest.fixture
def cellar(tmp_path: Path, keyring: Keyring) -> Cellar:
    return Cellar(tmp_path / "media", keyring)


def test_what_is_kept_comes_back_and_lies_there_sealed(cellar: Cellar, tmp_path: Path) -> None:
    laid = cellar.lay(SAID)
    assert laid.sha256 == hashlib.sha256(SAID).hexdigest()
    assert cellar.fetch(laid.name) == SAID
    assert b"GPS" not in (tmp_path / "media" / laid.name).read_bytes()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has access lists instead")
def test_only_its_owner_may_read(cellar: Cellar, tmp_path: Path) -> None:
    laid = cellar.lay(SAID)
    assert stat.S_IMODE((tmp_path / "media").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "media" / laid.name).stat().st_mode) == 0o600


def test_a_new_key_seals_all_of_it_anew(tmp_path: Path, keyring: Keyring) -> None:
    laid = Cellar(tmp_path / "media", keyring).lay(SAID)
    ring = keyring.rotated()
    cellar = Cellar(tmp_path / "media", ring)
    assert cellar.reseal() == 1
    assert cellar.reseal() == 0
    assert (tmp_path / "media" / laid.name).read_bytes()[0] == ring.newest
    assert cellar.fetch(laid.name) == SAID
    assert cellar.names() == {laid.name}


def test_what_is_discarded_is_gone(cellar: Cellar) -> None:
    laid = cellar.lay(SAID)
    assert cellar.fresh == {laid.name}
    cellar.discard(laid.name)
    cellar.discard(laid.name)
    assert cellar.names() == cellar.fresh == set()
