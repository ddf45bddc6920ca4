"""The law items that come with the program: complete, sound, and every one of them held."""

from datetime import date
from pathlib import Path

import pytest

from actions.law import held_law, offered_law
from content.law import LOCALES, load_law
from content.law_faults import BODY_UNITS, faults_in_law, units
from content.numbers import read_numbers
from content.packs import plain
from domain.law import Held
from tests.content.edited import edited

TODAY = date(2026, 11, 22)
APPROVED = 'checked_by = "Nguyễn Văn Thử, cán bộ (tên bịa)"'


def test_ours_have_no_fault() -> None:
    assert faults_in_law() == []


@pytest.mark.parametrize("locale", LOCALES)
def test_at_least_seventeen_topics_are_certain(locale: str) -> None:
    certain = [item for item in load_law(locale).values() if item.certainty == "A"]
    assert len({(item.law, item.article) for item in certain}) >= 17
    assert len([item for item in certain if item.quiz]) >= 17


@pytest.mark.parametrize("locale", LOCALES)
def test_every_item_says_law_article_day_and_one_number_in_500_letters(locale: str) -> None:
    calls = {each.number for each in read_numbers()}
    for item in load_law(locale).values():
        assert 0 < units(item.body) <= BODY_UNITS, item.id
        assert f"{item.checked_on:%d/%m/%Y}" in item.body, item.id
        assert item.article in item.body, item.id
        ending = item.body.split("\n\n")[-1].replace(" ", "")
        assert item.call in ending, item.id
        assert item.call in calls, item.id


def test_both_languages_share_every_fact() -> None:
    first, second = map(load_law, LOCALES)
    assert list(first) == list(second)
    for key, item in first.items():
        other = second[key]
        for fact in ("in_force_since", "certainty", "source", "checked_by", "checked_on",
                     "review_by", "audience", "occasions", "call"):  # fmt: skip
            assert getattr(item, fact) == getattr(other, fact), (key, fact)
        assert item.body != other.body


def test_what_nobody_of_the_ward_approved_is_held() -> None:
    held = held_law("vi", TODAY, ())
    assert offered_law("vi", TODAY, ()) == []
    assert held["fireworks"] is Held.UNAPPROVED
    assert held["gambling"] is Held.UNCERTAIN
    assert set(held) == set(load_law("vi"))


def test_what_a_ward_approved_is_offered_if_it_is_certain() -> None:
    (offered,) = offered_law("en", TODAY, {"fireworks", "gambling"})
    assert offered.id == "fireworks"
    assert held_law("en", TODAY, {"fireworks", "gambling"})["gambling"] is Held.UNCERTAIN


def test_who_checked_stands_for_both_languages(tmp_path: Path) -> None:
    folder = edited(tmp_path, "vi/order.toml", 'checked_by = ""', APPROVED)
    for locale in LOCALES:
        item = load_law(locale, folder)["knives"]
        assert item.checked_by.startswith("Nguyễn Văn Thử")
    assert faults_in_law(folder) == []


def test_the_day_of_the_check_is_told_as_people_write_it(tmp_path: Path) -> None:
    folder = edited(
        tmp_path, "vi/order.toml", "checked_on = 2026-11-22", "checked_on = 2026-12-01"
    )
    assert "kiểm tra ngày 01/12/2026" in load_law("vi", folder)["knives"].body
    assert "checked on 01/12/2026" in load_law("en", folder)["knives"].body


def test_a_file_that_cannot_be_used_is_refused(tmp_path: Path) -> None:
    folder = edited(tmp_path, "vi/order.toml", 'call = "113"', "call = 113")
    with pytest.raises(ValueError, match="knives: call"):
        load_law("vi", folder)
    with pytest.raises(ValueError, match="no law item"):
        load_law("vi", tmp_path / "nowhere")


def test_lines_are_joined_and_paragraphs_kept() -> None:
    assert plain("\nmột\nhai  ba\n\n \nbốn") == "một hai ba\n\nbốn"
