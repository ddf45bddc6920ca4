"""init: from a token to a bot that can run, and never over what is there."""

import stat
import sys
from pathlib import Path

from bot.wording import House
from cli.house import house_of
from settings import load_settings
from tests.cli.conftest import TOKEN, Run


def mode(file: Path) -> int:
    """The permission bits; Windows has none, and init's icacls is looked at by hand."""
    return stat.S_IMODE(file.stat().st_mode) if sys.platform != "win32" else 0o600


def test_it_asks_one_question_at_a_time(
    run: Run, sandbox_url: str, token: str, tmp_path: Path
) -> None:
    answers = f"xin chào\n{token}\nkho\n\n"
    result = run("init", "--api-base", sandbox_url, input=answers)
    assert result.exit_code == 0, result.stderr
    assert result.stderr.count("Dán token") == 2
    assert "Telegram không nhận token này" in result.stderr
    settings = load_settings(tmp_path / "tuquan.toml")
    assert settings.data_dir == Path("kho")
    assert settings.bots[0].token.get_secret_value() == token
    assert house_of(settings) is None
    assert "CHẠY THỬ" in result.stderr
    assert token not in result.stderr.replace(answers, "")


def test_it_asks_who_answers_for_the_bot(
    run: Run, sandbox_url: str, token: str, tmp_path: Path
) -> None:
    house = 'UBND phường "Bịa"\nSố 1 phố Bịa\nkhông có\n0203 3000001\nVB 01\n'
    result = run("init", "--api-base", sandbox_url, input=f"{token}\n\n{house}")
    assert result.exit_code == 0, result.stderr
    assert "Chưa đúng số điện thoại" in result.stderr
    found = house_of(load_settings(tmp_path / "tuquan.toml"))
    assert found == House('UBND phường "Bịa"', "Số 1 phố Bịa", "0203 3000 001", "VB 01")


def test_what_is_left_out_leaves_all_out(
    run: Run, sandbox_url: str, token: str, tmp_path: Path
) -> None:
    result = run("init", "--api-base", sandbox_url, input=f"{token}\n\nUBND phường Bịa\n\n")
    assert result.exit_code == 0, result.stderr
    assert load_settings(tmp_path / "tuquan.toml").controller_name == ""


def test_what_it_writes_is_its_owners_alone(settled: Path) -> None:
    settings = load_settings(settled)
    assert mode(settled) == 0o600
    assert mode(settings.key_file) == 0o600
    assert (settings.data_dir / "tuquan.sqlite3").exists()


def test_it_says_the_code_and_what_to_do_with_it(
    run: Run, sandbox_url: str, token: str, tmp_path: Path
) -> None:
    result = run("init", "--yes", "--token", token, "--api-base", sandbox_url, "--language", "en")
    (line,) = [line for line in result.stderr.splitlines() if "first administrator" in line]
    code = line.rpartition(" ")[2]
    assert len(code) >= 6
    assert f"?start=i_{code}" in result.stderr
    assert f"nhap {code}" in result.stderr
    assert code not in (tmp_path / "data" / "tuquan.sqlite3").read_bytes().decode("latin-1")


def test_it_never_writes_over_settings(
    run: Run, settled: Path, sandbox_url: str, token: str
) -> None:
    before = settled.read_text(encoding="utf-8")
    result = run("init", "--yes", "--token", token, "--api-base", sandbox_url)
    assert result.exit_code == 1
    assert settled.read_text(encoding="utf-8") == before


def test_an_existing_key_is_kept(run: Run, settled: Path, sandbox_url: str, token: str) -> None:
    key = load_settings(settled).key_file
    before = key.read_bytes()
    settled.unlink()
    assert run("init", "--yes", "--token", token, "--api-base", sandbox_url).exit_code == 0
    assert key.read_bytes() == before


def test_a_refused_token_writes_nothing(run: Run, sandbox_url: str, tmp_path: Path) -> None:
    result = run("init", "--yes", "--token", TOKEN, "--api-base", sandbox_url)
    assert result.exit_code == 1
    assert "Telegram không nhận token này" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_no_network_is_said_without_the_token(run: Run, tmp_path: Path) -> None:
    result = run("init", "--yes", "--token", TOKEN, "--api-base", "http://127.0.0.1:9")
    assert result.exit_code == 1
    assert "http://127.0.0.1:9" in result.stderr
    assert TOKEN not in result.output
    assert list(tmp_path.iterdir()) == []


def test_without_questions_a_token_is_needed(run: Run) -> None:
    result = run("init", "--yes")
    assert result.exit_code == 1
    assert "--token" in result.stderr
