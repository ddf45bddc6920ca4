"""The templates of announcements that come with the program, and what is found wrong in others."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from actions.templates import offered_templates
from cli.content_check import find_content_faults
from content.template_faults import faults_in_templates
from content.templates import BLANK, FOLDER, LOCALES, Template, list_templates
from domain.announcing import Sort

WANTED = {
    "power_cut", "water_cut", "meeting", "storm_before", "storm_during", "storm_after", "flood",
    "market_day", "fire_drill", "scam_wave", "missing_person", "all_clear",
}  # fmt: skip


def template(key: str, locale: str = "vi") -> Template:
    """One of ours."""
    return next(each for each in list_templates(locale) if each.id == key)


def edited(folder: Path, file: str, old: str, new: str) -> Path:
    """A copy of ours in which one thing is changed."""
    copy = folder / "templates"
    shutil.copytree(FOLDER, copy)
    text = (copy / file).read_text(encoding="utf-8")
    assert old in text
    (copy / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return copy


def test_ours_have_no_fault() -> None:
    assert faults_in_templates() == []
    assert find_content_faults() == []


@pytest.mark.parametrize("locale", LOCALES)
def test_there_is_one_for_each_usual_occasion(locale: str) -> None:
    found = {each.id for each in list_templates(locale)}
    assert found >= WANTED


def test_both_languages_share_every_fact() -> None:
    for mine, theirs in zip(*map(list_templates, LOCALES), strict=True):
        for fact in ("id", "pack", "sort", "shows_person", "seasons", "checked_on", "review_by"):
            assert getattr(mine, fact) == getattr(theirs, fact), (mine.id, fact)
        assert len(mine.fields) == len(theirs.fields), mine.id
        assert mine.words != theirs.words


def test_only_what_is_dangerous_may_be_sent_at_once() -> None:
    urgent = {each.id for each in list_templates("vi") if Sort(each.sort).is_urgent}
    assert {"power_cut", "storm_before", "flood", "all_clear"} <= urgent
    assert not urgent & {"meeting", "market_day", "fire_drill", "missing_person"}
    assert [each.id for each in list_templates("vi") if each.shows_person] == ["missing_person"]


def test_blanks_are_filled_in_their_order() -> None:
    meeting = template("meeting")
    assert meeting.fields == ("họp về việc gì", "khi nào", "ở đâu", "gửi cho ai")
    words = meeting.filled(["sửa ngõ", "19 giờ thứ Bảy", "nhà văn hóa (bịa)", "bà Bịa"])
    assert words.startswith("Kính mời bà con dự họp sửa ngõ lúc 19 giờ thứ Bảy tại nhà văn hóa")
    assert not BLANK.search(words)
    for wrong in ([], ["a"] * 3, ["a", " ", "c", "d"]):
        with pytest.raises(ValueError, match="needs 4"):
            meeting.filled(wrong)


def test_only_the_filled_template_is_taken_for_it() -> None:
    flood = template("flood")
    words = flood.filled(["Khu 2 (bịa)", "trường học (bịa)", "17 giờ"])
    assert flood.made(words)
    assert flood.made(words.replace(" ", "\n"))
    assert not flood.made(flood.words)
    assert not flood.made(f"{words} Mua vé xem kịch tối nay.")
    assert not flood.made("Mời bà con họp khu")


def test_the_ones_of_the_season_come_first_and_old_ones_not_at_all() -> None:
    september = datetime(2027, 9, 1, tzinfo=UTC)
    offered = offered_templates("vi", september)
    first = [each.is_in_season(date(2027, 9, 1)) for each in offered]
    assert first == sorted(first, reverse=True)
    assert offered[0].pack == "weather"
    assert len(offered) == len(list_templates("vi"))
    last_day = datetime(2027, 11, 22, 16, 59, tzinfo=UTC)
    assert offered_templates("en", last_day)
    assert offered_templates("en", datetime(2027, 11, 22, 17, tzinfo=UTC)) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "found"),
    [
        ("vi/services.toml", 'sort = "hazard"', 'sort = "emergency"', "not 'emergency'"),
        ("vi/services.toml", 'sort = "hazard"\n', "", "power_cut: sort: Field required"),
        ("vi/services.toml", "seasons = []", 'seasons = ["mua_bao"]', "no such season: mua_bao"),
        ("vi/services.toml", "review_by = 2027-11-22", "review_by = 2028-11-30", "by a year"),
        ("vi/services.toml", "{lý do}", "{lý do", "a blank is written so"),
        ("vi/services.toml", "{lý do}", "{}", "blank ''"),
        ("vi/services.toml", "{lý do}", "{lý do} {x1} {x2} {x3}", "7 blanks, at most 6"),
        ("vi/services.toml", "[power_cut]", "[Power-Cut]", "an id is written so"),
        ("vi/services.toml", "Cắt điện", "C" * 41, "title: 41 letters"),
        ("vi/services.toml", "Dùng đèn sạc", "Dùng <b>đèn</b> sạc", "none of < >"),
        ("vi/services.toml", "Dùng đèn sạc", "Đối tượng dùng đèn sạc", "never say"),
        ("vi/services.toml", "Có cháy: gọi 114", "Có cháy: gọi 113", "differ in a number to call"),
        ("en/services.toml", "{why}", "a reason", "differ in the number of blanks"),
        ("en/services.toml", "[power_cut]", "[power_off]", "en: power_cut: not there"),
        ("en/services.toml", "[power_cut]", "[power_off]", "vi: power_off: not there"),
        ("en/services.toml", "[water_cut]", "[power_cut]", "cannot be read"),
        ("en/services.toml", 'title = "Power cut"', "", "power_cut: title: Field required"),
        ("en/weather.toml", "[flood]", "[market_day]", "market_day: stands there twice"),
    ],
)
def test_a_fault_is_found(tmp_path: Path, file: str, old: str, new: str, found: str) -> None:
    folder = edited(tmp_path, file, old, new)
    faults = find_content_faults(templates=folder)
    assert any(found in fault for fault in faults), faults


def test_a_file_that_cannot_be_used_is_refused(tmp_path: Path) -> None:
    folder = edited(tmp_path, "vi/services.toml", 'sort = "hazard"', "sort = 1")
    with pytest.raises(ValueError, match="power_cut: sort"):
        list_templates("vi", folder)
    with pytest.raises(ValueError, match="no template"):
        list_templates("vi", tmp_path / "nowhere")
    assert any("no template" in fault for fault in faults_in_templates(tmp_path / "nowhere"))


def test_a_question_for_each_blank_or_for_none(tmp_path: Path) -> None:
    """A blank that was asked for as "Gửi cho ai?" told nobody what it was about."""
    assert all(len(each.asks) == len(each.fields) for each in list_templates("vi"))
    first = '  "Mất điện ở đâu? Ví dụ: Khu 1, từ chợ Cây Đa đến cầu",\n'
    faults = faults_in_templates(edited(tmp_path, "vi/services.toml", first, ""))
    assert faults == ["templates/vi/services.toml: power_cut: asks: 3 questions for 4 blanks"]
