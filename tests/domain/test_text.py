"""Keys for comparing Vietnamese must not depend on the keyboard that typed it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.text import accented, bare, fold, has_diacritics, nfc, untelex, unvni, words

LETTERS = st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạặầẫờữỹ HÒAĐ123.,-", max_size=40)


def test_both_ways_to_place_a_tone_fold_alike() -> None:
    assert fold("Hải Hoà") == fold("Hải Hòa") == "hai hoa"
    assert accented("Hải Hòa, thúy ủy") == accented("hải hoà thuý uỷ")


def test_eth_is_read_as_d_with_stroke() -> None:
    assert fold("Ðường Hoa") == "duong hoa"
    assert accented("Ðường") == "đường"


@given(LETTERS)
def test_decomposed_text_gives_the_same_keys(text: str) -> None:
    apart = unicodedata.normalize("NFD", text)
    assert nfc(apart) == nfc(text)
    assert fold(apart) == fold(text)
    assert accented(apart) == accented(text)
    assert words(apart) == words(text)


@given(LETTERS)
def test_an_accented_key_without_its_accents_is_the_folded_key(text: str) -> None:
    assert bare(accented(text)) == fold(text)


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_invisible_and_wide_characters_are_made_plain() -> None:
    assert nfc("4\u200b8\u00a027\uff11\uff19\ufeff") == "48 2719"
    assert fold("\uff14\uff18\u3000khu") == "48 khu"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("chays nhaf", "chay nha"),
        ("ddanhs nhau", "danh nhau"),
        ("cuwowps", "cuop"),
        ("troomj", "trom"),
        ("nwowcs", "nuoc"),
        ("trong nha", "trong nha"),
    ],
)
def test_raw_telex_is_read(typed: str, meant: str) -> None:
    assert untelex(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("cha1y nha2", "chay nha"), ("d9a1nh", "danh"), ("cu7o71p", "cuop"), ("khu 5", "khu 5")],
)
def test_raw_vni_is_read(typed: str, meant: str) -> None:
    assert unvni(typed) == meant


def test_diacritics_are_noticed_in_any_form() -> None:
    assert has_diacritics("đi")
    assert has_diacritics("CHÁY")
    assert has_diacritics(unicodedata.normalize("NFD", "cháy"))
    assert not has_diacritics("chay nha 5")
