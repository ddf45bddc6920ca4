"""rotate-key seals everything again, loses nothing, and can be called again."""

from pathlib import Path

import pytest

from bot.media.cellar import MEDIA_FOLDER, Cellar
from cli.database import opened
from settings import load_settings
from storage.addresses import get_person
from storage.keys import read_keyring
from tests.cli.conftest import Run


def key_numbers(file: Path) -> set[int]:
    """With which keys the names in the database are sealed."""
    with opened(load_settings(file)) as engine, engine.connect() as db:
        return {row[0][0] for row in db.exec_driver_sql("SELECT name FROM person")}


@pytest.mark.usefixtures("seeded_person")
def test_everything_is_sealed_with_the_new_key(run: Run, settled: Path) -> None:
    settings = load_settings(settled)
    assert key_numbers(settled) == {1}
    marks = read_keyring(settings.key_file).mark("x")
    result = run("rotate-key")
    assert result.exit_code == 0, result.stderr
    ring = read_keyring(settings.key_file)
    assert (ring.newest, ring.mark("x")) == (2, marks)
    assert key_numbers(settled) == {2}
    with opened(settings) as engine, engine.connect() as db:
        assert get_person(db, 1).name == "Nguyễn Thị Hoa"


@pytest.mark.usefixtures("seeded_person")
def test_a_second_rotation_goes_on_from_the_first(run: Run, settled: Path) -> None:
    assert run("rotate-key").exit_code == 0
    assert run("rotate-key").exit_code == 0
    assert key_numbers(settled) == {3}


def test_without_a_key_nothing_is_touched(run: Run, settled: Path) -> None:
    key = load_settings(settled).key_file
    key.write_text("1 damaged\n", encoding="ascii")
    result = run("rotate-key")
    assert result.exit_code == 1
    assert key.read_text(encoding="ascii") == "1 damaged\n"


def test_migrate_says_whether_anything_was_to_do(run: Run, settled: Path) -> None:
    assert "không cần làm gì" in run("migrate").stderr
    (load_settings(settled).data_dir / "tuquan.sqlite3").unlink()
    assert "nâng lên bản mới nhất" in run("migrate").stderr


def test_originals_of_files_are_sealed_anew_too(run: Run, settled: Path) -> None:
    settings = load_settings(settled)
    folder = settings.data_dir / MEDIA_FOLDER
    name = Cellar(folder, read_keyring(settings.key_file)).lay(b"invented").name
    assert run("rotate-key").exit_code == 0
    assert (folder / name).read_bytes()[0] == 2
    assert Cellar(folder, read_keyring(settings.key_file)).fetch(name) == b"invented"
