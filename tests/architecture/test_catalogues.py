"""The catalogues are complete, and the check that says so finds each kind of fault."""

from pathlib import Path

import pytest

from cli.catalogues import find_faults, markup_faults
from tests.architecture.sources import ROOT

HEADER = 'msgid ""\nmsgstr ""\n"Language: {}\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
CODE = 'from domain.notices import Text\n\nASK = Text("place.ask")\nLINE = Text(f"place.{1}")\n'


def entry(key: str, words: str) -> str:
    """One message of a catalogue."""
    return f'\nmsgid "{key}"\nmsgstr "{words}"\n'


def faults(folder: Path, vi: str, en: str, code: str = CODE) -> str:
    """What is found in an invented project with one area."""
    for language, content in (("vi", vi), ("en", en)):
        area = folder / "locales" / language
        area.mkdir(parents=True)
        (area / "place.po").write_text(HEADER.format(language) + content, encoding="utf-8")
    (folder / "bot").mkdir()
    (folder / "bot" / "asking.py").write_text(code, encoding="utf-8")
    return "\n".join(find_faults(folder))


def test_ours_have_no_fault() -> None:
    assert find_faults(ROOT) == []


def test_an_invented_pair_without_fault_has_none(tmp_path: Path) -> None:
    words = entry("place.ask", "<b>{name}</b> &amp; {place}")
    assert faults(tmp_path, words, words) == ""


@pytest.mark.parametrize(
    ("vi", "en", "found"),
    [
        ("Ở đâu ạ?", None, "place.ask: not in en"),
        (None, "Where?", "place.ask: not in vi"),
        ("{name} ở đâu?", "Where is {person}?", "placeholders differ: ['name'] and ['person']"),
        ("Ở đâu ạ?", "", "place.ask: no words"),
        ("Ở {đâu} ạ?", "Where {đâu}?", "a placeholder is {name}"),
        ("{name!r}", "{name!r}", "a placeholder is {name}"),
        ("{name", "{name", "braces:"),
        ("<b>Ở đâu", "Where?", "<b> is never closed"),
        ("Ở đâu</b>", "Where?", "</b> closes nothing"),
        ("<u>Ở đâu</u>", "Where?", "markup <u> is not allowed"),
        ("<a name='x'>Ở đâu</a>", "Where?", "markup <a> is not allowed"),
        ("Nhà & ngõ", "House", "a bare “&”"),
        ("3 < 4", "Three", "a bare “<”"),
        ("Đối tượng ở đâu?", "Where?", "never say “đối tượng”"),
        ("Xong", "Done", "never bare “Xong”"),
    ],
)
def test_the_check_finds(tmp_path: Path, vi: str | None, en: str | None, found: str) -> None:
    both = [entry("place.ask", words) if words is not None else "" for words in (vi, en)]
    assert found in faults(tmp_path, both[0], both[1])


def test_a_key_that_only_the_code_knows_is_found(tmp_path: Path) -> None:
    words = entry("place.tell", "Ở đây")
    said = faults(tmp_path, words, words, 'Text("place.ask")\nText(f"street.{1}")\n')
    assert "place.ask: used in the code, but in no catalogue" in said
    assert "street.…: used in the code, but in no catalogue" in said


def test_a_key_of_another_area_is_found(tmp_path: Path) -> None:
    words = entry("place.ask", "Ở đâu?") + entry("street.ask", "Phố nào?")
    assert "street.ask: a key here is written place.place.word" in faults(tmp_path, words, words)


def test_fuzzy_obsolete_and_double_entries_are_found(tmp_path: Path) -> None:
    words = entry("place.ask", "Ở đâu?")
    bad = (
        words + words + "\n#, fuzzy" + entry("place.tell", "a") + '\n#~ msgid "o"\n#~ msgstr "o"\n'
    )
    said = faults(tmp_path, bad, words + entry("place.tell", "a"))
    assert "place.ask: stands there twice" in said
    assert "place.tell: fuzzy" in said
    assert "o: obsolete entry" in said


def test_a_wrong_header_is_found(tmp_path: Path) -> None:
    words = entry("place.ask", "Ở đâu?")
    faults(tmp_path, words, words)
    copy = tmp_path / "locales" / "en" / "place.po"
    copy.write_text(HEADER.format("vi") + words, encoding="utf-8")
    assert any("does not say Language: en" in fault for fault in find_faults(tmp_path))


def test_allowed_markup_has_no_fault() -> None:
    assert markup_faults('<b>a</b> <i>b</i> <code>c</code> <a href="tel:113">113</a> &lt;') == []
