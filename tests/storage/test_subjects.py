"""Which report a message is about cannot be read without the keys for links."""

from sqlalchemy.engine import Connection

from storage.keys import Keyring
from storage.subjects import subject_for, subject_in


def test_a_subject_comes_back_and_never_looks_the_same_twice(db: Connection) -> None:
    first, second = subject_for(db, "receipt", 7), subject_for(db, "receipt", 7)
    assert subject_in(db, first) == subject_in(db, second) == ("receipt", 7)
    assert first != second
    assert not first.endswith(":7")


def test_what_is_no_subject_is_about_nothing(db: Connection) -> None:
    for concerns in (None, "", "incident:7", "receipt:", "receipt:7", "receipt:AAAA", "receipt:é"):
        assert subject_in(db, concerns)[1] == 0


def test_the_keys_of_content_do_not_open_a_link(keyring: Keyring) -> None:
    sealed = keyring.apart.seal(b"7")
    assert keyring.apart.open(sealed) == b"7"
    assert keyring.apart.keys[1] != keyring.keys[1]
