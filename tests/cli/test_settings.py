"""Settings from file and environment; wrong ones are named and never shown."""

from pathlib import Path

import pytest

from cli.served import served_wards
from settings import Settings, SettingsFault, load_settings
from tests.cli.conftest import TOKEN, Run

BOT = f'[[bots]]\nname = "thu"\ntoken = "{TOKEN}"\n'


def written(folder: Path, content: str) -> Path:
    """A settings file with this content."""
    file = folder / "tuquan.toml"
    file.write_text(content, encoding="utf-8")
    return file


def fault_of(file: Path | None = None) -> dict[str, str]:
    """What is wrong, by field."""
    with pytest.raises(SettingsFault) as caught:
        load_settings(file)
    return {fault.field: fault.key for fault in caught.value.faults}


def test_without_any_setting_the_defaults_hold() -> None:
    settings = load_settings()
    assert settings.database_url == "sqlite:///data/tuquan.sqlite3"
    assert settings.key_file == Path("data/tuquan.key")
    assert settings.bots == ()


def test_the_file_in_the_working_directory_is_read(tmp_path: Path) -> None:
    written(tmp_path, f'data_dir = "kho"\n{BOT}')
    settings = load_settings()
    assert settings.database_url == "sqlite:///kho/tuquan.sqlite3"
    (bot,) = settings.bots
    assert (bot.name, bot.rate, bot.mode) == ("thu", 29.0, "polling")


def test_the_environment_names_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = written(tmp_path, 'log = "error"\n').rename(tmp_path / "other.toml")
    monkeypatch.setenv("TUQUAN_SETTINGS", str(file))
    assert load_settings().log == "error"


def test_the_environment_wins_over_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path, f'log = "error"\n{BOT}')
    monkeypatch.setenv("TUQUAN_LOG", "debug")
    monkeypatch.setenv("TUQUAN_BOTS", f'[{{"name": "khac", "token": "{TOKEN}", "rate": 10}}]')
    settings = load_settings()
    assert settings.log == "debug"
    assert [(bot.name, bot.rate) for bot in settings.bots] == [("khac", 10.0)]


@pytest.mark.parametrize(
    ("content", "field", "key"),
    [
        ('dta_dir = "x"', "dta_dir", "settings.unknown"),
        ('log = "loud"', "log", "settings.invalid"),
        ("log = ", "tuquan.toml", "settings.not_toml"),
        ('database_url = "mysql://x"', "database_url", "settings.invalid"),
        ('[[bots]]\nname = "thu"\n', "bots[0].token", "settings.missing"),
        ('[[bots]]\nname = "thu"\ntoken = "secret"\n', "bots[0].token", "settings.token"),
        (f"{BOT}speed = 3\n", "bots[0].speed", "settings.unknown"),
        (f"{BOT}rate = 0\n", "bots[0].rate", "settings.invalid"),
        (f'{BOT}api_base = "no url"\n', "bots[0].api_base", "settings.invalid"),
        (f'{BOT}mode = "webhook"\n', "bots[0]", "settings.needs_secret"),
        (
            f'{BOT}mode = "webhook"\nwebhook_secret = "short"\n',
            "bots[0].webhook_secret",
            "settings.webhook_secret",
        ),
        (
            f'{BOT}mode = "webhook"\nwebhook_secret = "0123456789abcdef"\n',
            "settings",
            "settings.needs_public_url",
        ),
        (BOT + BOT, "settings", "settings.two_bots"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, content: str, field: str, key: str) -> None:
    written(tmp_path, content)
    assert fault_of()[field] == key


def test_a_named_file_must_exist(tmp_path: Path) -> None:
    missing = tmp_path / "none.toml"
    assert fault_of(missing) == {str(missing): "settings.unreadable"}


def test_an_unknown_variable_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUQUAN_DATABSE_URL", "sqlite://")
    assert fault_of() == {"TUQUAN_DATABSE_URL": "settings.unknown"}


def test_broken_json_in_the_environment_is_named_and_not_shown(
    monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    monkeypatch.setenv("TUQUAN_BOTS", f'[{{"token": "{TOKEN}"')
    assert fault_of() == {"TUQUAN_BOTS": "settings.not_json"}
    assert TOKEN not in run("run").output


@pytest.mark.parametrize("command", ["run", "migrate", "doctor", "rotate-key"])
def test_wrong_settings_stop_a_command_politely(tmp_path: Path, run: Run, command: str) -> None:
    written(tmp_path, f'{BOT.replace("AA", "A A")}colour = "red"\n')
    result = run(command)
    assert result.exit_code == 2
    assert "bots[0].token" in result.stderr
    assert "bots[0].colour" in result.stderr
    assert "docs/settings.md" in result.stderr
    assert "invented" not in result.output
    assert "Traceback" not in result.output


def test_no_secret_shows_when_settings_are_printed(tmp_path: Path) -> None:
    hook = 'mode = "webhook"\nwebhook_secret = "0123456789abcdef"\n'
    base = 'public_url = "https://bot.example/"\ndatabase_url = "postgresql://me:pw-9@db/x"\n'
    settings = load_settings(written(tmp_path, base + BOT + hook))
    assert settings.secrets() == (TOKEN, "0123456789abcdef", "pw-9")
    assert not any(secret in repr(settings) + str(settings) for secret in settings.secrets())
    assert settings.public_url == "https://bot.example"


def test_settings_cannot_be_changed() -> None:
    settings = Settings()
    with pytest.raises(ValueError, match="frozen"):
        settings.log = "debug"


@pytest.mark.parametrize(("name", "code"), [("ha long", "06688"), ("06688", "06688")])
def test_a_bots_wards_may_be_named_or_numbered(tmp_path: Path, name: str, code: str) -> None:
    (bot,) = load_settings(written(tmp_path, f'{BOT}neighbourhoods = ["{name}"]\n')).bots
    assert served_wards(bot) == (code,)


@pytest.mark.parametrize("name", ["Quảng L", "Atlantis"])
def test_a_ward_that_is_not_exactly_one_is_named_at_start(
    tmp_path: Path, run: Run, name: str
) -> None:
    file = written(tmp_path, f'{BOT}neighbourhoods = ["{name}"]\n')
    ended = run("--settings", str(file), "run")
    assert ended.exit_code == 1
    assert name in ended.stderr
    assert "Traceback" not in ended.stderr
