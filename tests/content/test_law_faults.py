"""Every rule for a law item finds its fault in a copy with one thing wrong."""

import unicodedata
from pathlib import Path

import pytest
from typer.testing import CliRunner

import main
from cli.content_check import find_content_faults, report_content_faults
from content.law import FOLDER
from content.law_faults import faults_in_law
from tests.content.edited import edited

CITED = "(Nghị định 137/2020/NĐ-CP, Điều 17; kiểm tra ngày {checked_on})"
EXPLAINED = "mua ở nơi được phép bán (Nghị định 137/2020/NĐ-CP, Điều 17)."
FIRST = '["Pháo nổ tự làm", '

VI = [
    ('law = "Nghị định 137/2020/NĐ-CP, sửa đổi bởi Nghị định 56/2023/NĐ-CP"\n', "", "law: Field"),
    ('article = "Điều 17"', 'article = ""', "article: no words"),
    ('article = "Điều 17"', 'article = "khoảng Điều 17"', "is no article"),
    ("137/2020/NĐ-CP, sửa", "về pháo, sửa", "does not say 56/2023/NĐ-CP"),
    ('law = "Nghị định 137/2020/NĐ-CP, sửa đổi bởi Nghị định 56/2023/NĐ-CP"',
     'law = "Nghị định về pháo"', "neither its number nor its year"),
    ("in_force_since = 2021-01-11", 'in_force_since = "2021"', "in_force_since: "),
    ("in_force_since = 2021-01-11\n", "", "in_force_since: Field required"),
    ('certainty = "A"', 'certainty = "C"', "certainty is A or B"),
    ('certainty = "A"', 'certainty = "B"', "certainty is still B"),
    ('source = "Nghị định số 137/2020/NĐ-CP', 'source = "Nghe nói', "source does not name"),
    ("checked_on = 2026-11-22", "checked_on = 2027-11-22", "review_by must lie after"),
    ("review_by = 2027-05-22", "review_by = 2028-05-22", "by a year at most"),
    ("review_by = 2027-05-22\n", "", "review_by: Field required"),
    ('audience = ["all"]', "audience = []", "audience must be"),
    ('audience = ["all"]', 'audience = ["everyone"]', "audience must be"),
    ('audience = ["all"]', 'audience = ["all", "youth"]', "not both"),
    ('"month:12"', '"month:13"', "no such occasion: month:13"),
    ('"month:12"', '"02-30"', "no such occasion: 02-30"),
    ('"month:12"', '"lunar:12-31"', "no such occasion: lunar:12-31"),
    ('"month:12"', '"campaign:summer"', "no such occasion: campaign:summer"),
    ('call = "113"', 'call = "0203000000"', "not in numbers.toml"),
    ("thì gọi 113", "thì gọi công an", "does not end with the number to call, 113"),
    ("thì gọi 113", "thì gọi 113 hoặc 0769 04 04 04", "one number to call, not also 0769040404"),
    (CITED, CITED.replace("137/2020/NĐ-CP", "về pháo"), "does not say 137/2020/NĐ-CP"),
    (CITED, CITED.replace("Điều 17", "điều ấy"), "does not say Điều 17"),
    (CITED, CITED.replace("{checked_on}", "hôm nay"), "does not say {checked_on}"),
    (CITED, CITED.replace("{checked_on}", "{checked}"), "none of < > & { }"),
    ("Pháo nổ thì cấm.", "Pháo nổ thì <b>cấm</b>.", "body: none of <"),
    ("Pháo nổ thì cấm.", unicodedata.normalize("NFD", "Pháo nổ thì cấm."), "(not NFC)"),
    ("Pháo nổ thì cấm.", "Pháo nổ thì cấm. " * 30, "letters, at most 500"),
    ("Pháo nổ thì cấm.", "Phạt 5 triệu đồng.", "body: the languages differ in 5"),
    ('title = "Pháo', 'title = "' + "Pháo " * 20, "title: 116 letters, at most 60"),
    ('asked_as = ["pháo", ', 'asked_as = ["", ', "at least two words"),
    ("[fireworks]", "[Fireworks-1]", "an id is written so"),
    ("[fireworks]", "[pháo", "vi/fire.toml: cannot be read"),
    ("[fireworks]", "[fireworks2]", "vi: fireworks: not there"),
    ("correct = 2", "correct = 4", "there is no option 4"),
    ("correct = 2", "correct = 1", "the languages differ in the options or in the correct one"),
    ("correct = 2", 'correct = "2"', "quiz.correct: "),
    (FIRST, "[", "the languages differ in the options"),
    (FIRST, '["Không được dùng pháo nào", ', "two to four options, each different"),
    (FIRST, '["1", "2", "3", ', "two to four options"),
    (FIRST, f'["{"Pháo " * 25}", ', "option: 124 letters, from 1 to 100"),
    (FIRST, '["", ', "option: 0 letters"),
    (FIRST, '["Pháo nổ loại 2", ', "differ in the figures of an option"),
    ('question = "Đám', 'question = "' + "Đám " * 75, "letters, from 1 to 300"),
    (EXPLAINED, "mua ở nơi được phép bán.", "explanation: does not name Điều 17"),
    (EXPLAINED, EXPLAINED + " Nhớ nhé." * 10, "letters, from 1 to 200"),
    (EXPLAINED, EXPLAINED + '"\nnote = "x', "quiz.note: Extra"),
]  # fmt: skip

EN = [
    ("[fireworks]", "[fireworks2]", "en: fireworks: not there"),
    ("Decree 137/2020", "Decree 138/2020", "the languages differ in its number"),
    ('article = "Article 17"', 'article = "Article 18"', "article: the languages differ in 17"),
    ('title = "Quiet', 'certainty = "A"\ntitle = "Quiet', "certainty: Extra inputs"),
    ("[fireworks.quiz]", "[fireworks_quiz]", "quiz: in one language only"),
    ("Firecrackers, which explode, are banned.", "They cost 5 million.", "differ in 5"),
    ("call 113.", "call the police.", "en/fire.toml: fireworks: body: does not end with"),
]


@pytest.mark.parametrize(("old", "new", "found"), VI)
def test_a_slip_in_vietnamese_is_found(tmp_path: Path, old: str, new: str, found: str) -> None:
    folder = edited(tmp_path, "vi/fire.toml", 'checked_by = ""', 'checked_by = "Người Thử (bịa)"')
    file = folder / "vi" / "fire.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert found in "\n".join(faults_in_law(folder))


@pytest.mark.parametrize(("old", "new", "found"), EN)
def test_a_slip_in_english_is_found(tmp_path: Path, old: str, new: str, found: str) -> None:
    assert found in "\n".join(faults_in_law(edited(tmp_path, "en/fire.toml", old, new)))


def test_an_id_that_stands_in_two_files_is_found(tmp_path: Path) -> None:
    folder = edited(tmp_path, "vi/money.toml", "[usury]", "[fireworks]")
    assert "vi/money.toml: fireworks: stands there twice" in faults_in_law(folder)


def test_an_empty_folder_is_found(tmp_path: Path) -> None:
    assert faults_in_law(tmp_path) == ["vi: no law item", "en: no law item"]


def test_more_than_three_lines_of_explanation_are_found(tmp_path: Path) -> None:
    lines = '"""' + "Một\n\n" * 4 + EXPLAINED + '"""'
    whole = f'"Được dùng pháo hoa không nổ trong đám cưới, lễ, Tết, {EXPLAINED}"'
    folder = edited(tmp_path, "vi/fire.toml", whole, lines)
    assert "explanation: more than 3 lines" in "\n".join(faults_in_law(folder))


def test_the_command_says_what_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = edited(tmp_path, "vi/fire.toml", "Pháo nổ thì cấm.", "Đối tượng đốt pháo bị phạt.")
    assert report_content_faults(folder) == 1
    said = capsys.readouterr().err
    assert "vi/fire.toml: fireworks: never say “đối tượng”" in said
    assert "content: 1 faults" in said


def test_a_numbers_file_that_cannot_be_used_is_found(tmp_path: Path) -> None:
    file = tmp_path / "numbers.toml"
    file.write_text("", encoding="utf-8")
    assert find_content_faults(FOLDER, file) == [
        "numbers.toml: no number, or one that stands there twice"
    ]


def test_ours_pass_the_command() -> None:
    result = CliRunner().invoke(main.app, ["check-content"])
    assert result.exit_code == 0
    assert "content: 0 faults" in result.stderr
