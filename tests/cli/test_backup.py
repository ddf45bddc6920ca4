"""backup, restore and copy-database as somebody at the terminal meets them."""

import shutil
from pathlib import Path

import pytest

from cli.database import opened
from cli.lock import only_one
from cli.run import LOCK
from settings import Settings, load_settings
from storage.addresses import get_person
from storage.keys import new_keyring, write_keyring
from tests.cli.conftest import Run

pytestmark = pytest.mark.usefixtures("seeded_person")


def only_backup(folder: Path) -> Path:
    (backup,) = folder.glob("*.backup")
    return backup


def moved_away(settings: Settings, folder: Path) -> Path:
    """The PC is lost; the two keys were kept elsewhere."""
    keys = folder / "keys"
    keys.mkdir()
    for key in (settings.key_file, settings.backup_key_file):
        shutil.copy(key, keys)
    shutil.rmtree(settings.data_dir)
    settings.data_dir.mkdir()
    return keys


def test_a_lost_machine_comes_back_with_both_keys(run: Run, settled: Path, tmp_path: Path) -> None:
    settings = load_settings(settled)
    with only_one(settings.data_dir / LOCK):  # the bot runs
        made = run("backup", str(tmp_path / "safe"))
    assert made.exit_code == 0, made.stderr
    assert "Vừa tạo khóa" in made.stderr
    assert "Vừa tạo khóa" not in run("backup", str(tmp_path / "other")).stderr
    assert only_backup(tmp_path / "safe").stat().st_mode & 0o077 == 0
    keys = moved_away(settings, tmp_path)
    shutil.copy(keys / settings.backup_key_file.name, settings.backup_key_file)
    without = run("restore", str(tmp_path / "safe"))
    assert without.exit_code == 1
    assert "[LỖI] khóa" in without.stderr
    assert not (settings.data_dir / "tuquan.sqlite3").exists()
    shutil.copy(keys / settings.key_file.name, settings.key_file)
    back = run("restore", str(tmp_path / "safe"))
    assert back.exit_code == 0, back.stderr
    assert back.stderr.count("[ĐƯỢC]") == 4
    with opened(settings) as engine, engine.connect() as db:
        assert get_person(db, 1).name == "Nguyễn Thị Hoa"
    assert "không cần làm gì" in run("migrate").stderr


def test_nothing_is_restored_over_data_but_into_a_new_folder(
    run: Run, settled: Path, tmp_path: Path
) -> None:
    settings = load_settings(settled)
    assert run("backup", "safe").exit_code == 0
    before = (settings.data_dir / "tuquan.sqlite3").read_bytes()
    over = run("restore", "safe")
    assert (over.exit_code, "không ghi đè" in over.stderr) == (1, True)
    assert (settings.data_dir / "tuquan.sqlite3").read_bytes() == before
    with only_one(settings.data_dir / LOCK):
        assert run("restore", "safe").exit_code == 1
    beside = run("restore", str(only_backup(tmp_path / "safe")), "--into", "beside")
    assert beside.exit_code == 0, beside.stderr
    assert (tmp_path / "beside" / "tuquan.sqlite3").exists()


def test_the_data_s_key_is_inside_only_when_asked(run: Run, settled: Path, tmp_path: Path) -> None:
    settings = load_settings(settled)
    assert run("backup", "safe", "--with-key").exit_code == 0
    written = settings.key_file.read_text(encoding="ascii")
    keys = moved_away(settings, tmp_path)
    key = str(keys / settings.backup_key_file.name)
    back = run("restore", "safe", "--backup-key", key)
    assert back.exit_code == 0, back.stderr
    assert settings.key_file.read_text(encoding="ascii") == written
    assert settings.key_file.stat().st_mode & 0o077 == 0


def test_another_key_or_a_torn_file_is_said(run: Run, settled: Path, tmp_path: Path) -> None:
    assert run("backup", "safe").exit_code == 0
    backup = only_backup(tmp_path / "safe")
    write_keyring(tmp_path / "wrong.key", new_keyring())
    for options in (("--backup-key", "wrong.key"), ("--backup-key", "missing.key")):
        assert run("restore", "safe", "--into", "new", *options).exit_code == 1
    backup.write_bytes(backup.read_bytes()[:-5])
    torn = run("restore", "safe", "--into", "new")
    assert (torn.exit_code, "Không đọc được" in torn.stderr) == (1, True)
    assert not (tmp_path / "new" / "tuquan.sqlite3").exists()
    rehearsed = run("backup", "safe", "--rehearse")
    assert (rehearsed.exit_code, "Không đọc được" in rehearsed.stderr) == (1, True)


def test_a_rehearsal_leaves_nothing_behind(run: Run, settled: Path, tmp_path: Path) -> None:
    data = load_settings(settled).data_dir
    assert run("backup", "safe", "--rehearse").exit_code == 1
    assert run("backup", "safe", "--keep", "2").exit_code == 0
    before = {file.name for file in data.iterdir()}
    rehearsed = run("backup", "safe", "--rehearse")
    assert rehearsed.exit_code == 0, rehearsed.stderr
    assert "Thử khôi phục thành công" in rehearsed.stderr
    assert {file.name for file in data.iterdir()} == before


def test_a_folder_must_be_named_once(run: Run, settled: Path) -> None:
    assert run("backup").exit_code == 2
    text = settled.read_text(encoding="utf-8")
    settled.write_text(f'backup_dir = "nightly"\n{text}', encoding="utf-8")
    assert run("backup").exit_code == 0
    assert only_backup(Path("nightly"))


def test_a_database_is_copied_while_the_bot_stands_still(
    run: Run, settled: Path, tmp_path: Path
) -> None:
    settings = load_settings(settled)
    source, target = settings.database_url, f"sqlite:///{tmp_path / 'copy.sqlite3'}"
    with only_one(settings.data_dir / LOCK):
        assert run("copy-database", source, target).exit_code == 1
    copied = run("copy-database", source, target)
    assert copied.exit_code == 0, copied.stderr
    assert "tất cả khớp" in copied.stderr
    again = run("copy-database", source, target)
    assert (again.exit_code, "không ghi đè" in again.stderr) == (1, True)
    assert run("copy-database", "sqlite:///nowhere.sqlite3", target).exit_code == 1
    assert not (tmp_path / "nowhere.sqlite3").exists()
    assert run("copy-database", "nonsense", target).exit_code == 2


def test_a_password_is_never_shown(run: Run, settled: Path) -> None:
    settings = load_settings(settled)
    secret = "postgresql://u:hunter2invented@127.0.0.1:1/none"
    refused = run("copy-database", settings.database_url, secret)
    assert refused.exit_code == 1
    assert "hunter2invented" not in refused.output


def test_doctor_says_how_old_the_newest_is(run: Run, settled: Path) -> None:
    assert "Chưa đặt nơi cất bản sao lưu" in run("doctor").stderr
    text = settled.read_text(encoding="utf-8")
    settled.write_text(f'backup_dir = "nightly"\n{text}', encoding="utf-8")
    assert "Chưa có bản sao lưu nào" in run("doctor").stderr
    assert run("backup").exit_code == 0
    fresh = run("doctor").stderr
    assert "[ĐƯỢC] Bản sao lưu mới nhất" in fresh
    backup = only_backup(Path("nightly"))
    backup.rename(backup.with_name("tuquan-20200102-030405.backup"))
    assert "[CHÚ Ý] Bản sao lưu mới nhất: 10:04 02/01/2020" in run("doctor").stderr
