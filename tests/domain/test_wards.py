"""The 54 units, and that a ward is never guessed where two names differ by a letter."""

import subprocess
import sys
from collections import Counter

import pytest

from domain.text import fold
from domain.ward_aliases import ALIASES, FORMER_AREAS
from domain.wards import WARDS, find_wards, ward


def names(query: str) -> list[str]:
    return [each.name for each in find_wards(query)]


def test_the_province_has_54_units() -> None:
    assert len(WARDS) == 54
    assert Counter(each.type for each in WARDS.values()) == {
        "phường": 30,
        "xã": 22,
        "đặc khu": 2,
    }
    assert all(len(code) == 5 and code.isdecimal() for code in WARDS)
    assert ward("06688").name == "Phường Hạ Long"
    assert ward("06688").short_name == "Hạ Long"
    with pytest.raises(KeyError):
        ward("00001")


def test_every_unit_is_found_by_any_way_of_writing_it() -> None:
    prefixes = {"phường": ("phuong ", "p. ", "P."), "xã": ("xa ", "x. "), "đặc khu": ("dac khu ",)}
    for each in WARDS.values():
        writings = [each.name, each.short_name, fold(each.short_name), f"{each.name}, Quảng Ninh"]
        writings += [prefix + fold(each.short_name) for prefix in prefixes[each.type]]
        for written in writings:
            assert find_wards(written) == (each,), written


@pytest.mark.parametrize(
    ("query", "among"),
    [
        ("quang l", "Xã Quảng La"),
        ("quangla", "Xã Quảng La"),
        ("ha logn", "Phường Hạ Long"),
        ("hoanh b", "Phường Hoành Bồ"),
        ("mong cai", "Phường Móng Cái 1"),
        ("dong lam", "Xã Thống Nhất"),
        ("hồng hải", "Phường Hạ Long"),
        ("yên than", "Xã Điền Xá"),
    ],
)
def test_a_near_miss_offers_several(query: str, among: str) -> None:
    assert 2 <= len(names(query)) <= 5
    assert among in names(query)


def test_old_names_lead_to_the_new_unit() -> None:
    assert names("Dân Chủ") == ["Xã Quảng La"]
    assert names("phường Hòn Gai") == ["Phường Hồng Gai"]
    assert names("yen than") == ["Xã Tiên Yên", "Xã Điền Xá"]


def test_an_abolished_town_means_all_its_wards() -> None:
    assert "Phường Bãi Cháy" in names("TP Hạ Long")
    assert len(names("huyện Hải Hà")) == 4
    assert names("hạ long") == ["Phường Hạ Long"]


@pytest.mark.parametrize("query", ["", "xyz", "???", "phường"])
def test_nothing_is_found_for_nothing(query: str) -> None:
    assert find_wards(query) == ()


def test_aliases_name_existing_units() -> None:
    known = {fold(each.short_name) for each in WARDS.values()}
    for targets, _ in ALIASES.values():
        assert set(targets.split("|")) <= known
    assert {name for units in FORMER_AREAS.values() for name in units.split("|")} == known
    assert not known & set(ALIASES)


def test_importing_reads_nothing_yet() -> None:
    asked = (
        "import sys, domain.wards as wards; "
        "print(wards._all.cache_info().currsize, 'rapidfuzz' in sys.modules)"
    )
    told = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True
    )
    assert told.stdout.split() == ["0", "False"]
