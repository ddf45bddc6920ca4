"""What lies in deploy/ fits the program: checked as far as a machine without Docker can."""

import configparser
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from settings import PREFIX, Settings, load_settings
from tests.architecture.sources import ROOMS, ROOT
from tests.cli.conftest import Run

DEPLOY = ROOT / "deploy"


def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    return loaded


def unit() -> configparser.ConfigParser:
    parsed = configparser.ConfigParser(strict=False, interpolation=None)
    parsed.optionxform = str  # type: ignore[assignment,method-assign]
    parsed.read(DEPLOY / "tuquan.service", encoding="utf-8")
    return parsed


def copied() -> dict[str, str]:
    """What the Dockerfile takes from the repository, by where it puts it."""
    said = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    taken: dict[str, str] = {}
    for words in (line.split()[1:] for line in said.splitlines() if line.startswith("COPY ")):
        if not words[0].startswith("--from"):
            taken |= dict.fromkeys(words[:-1], words[-1])
    return taken


def test_the_example_settings_and_compose_s_variables_are_settings_of_ours(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name, value in compose()["services"]["bot"]["environment"].items():
        assert name.startswith(PREFIX)
        monkeypatch.setenv(name, str(value))
    example = (DEPLOY / "tuquan.example.toml").read_text(encoding="utf-8")
    (tmp_path / "tuquan.toml").write_text(example, encoding="utf-8")
    settings = load_settings(tmp_path / "tuquan.toml")
    assert settings.bots[0].mode == "webhook"
    assert (str(settings.backup_dir), settings.metrics_port) == ("/backups", 9109)
    # Those that are left out in the example are ours as well.
    outside = dict(re.findall(r'^# (\w+) = ("[^"]*")$', example, re.MULTILINE))
    assert set(outside) <= set(Settings.model_fields)
    assert tomllib.loads("\n".join(f"{name} = {said}" for name, said in outside.items()))


def test_the_proxy_and_the_health_check_ask_where_the_bot_listens(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    services = compose()["services"]
    environment = services["bot"]["environment"]
    port = Settings.model_fields["listen_port"].default
    caddy = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    assert f"reverse_proxy bot:{port}" in caddy
    assert "path /telegram/*" in caddy
    check = services["bot"]["healthcheck"]["test"][-1]
    assert f":{environment['TUQUAN_METRICS_PORT']}/healthz" in check
    compile(check, "healthcheck", "exec")
    assert "ports" not in services["bot"]
    assert "ports" not in services["database"]


def test_everything_that_compose_names_is_there() -> None:
    file = compose()
    services = file["services"]
    assert services["database"]["image"] == "postgres:16"
    for service in services.values():
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            assert source in file["volumes"] or (DEPLOY / source).is_file(), source
        assert set(service.get("networks", [])) <= set(file["networks"])
        for secret in service.get("secrets", []):
            name = secret["source"] if isinstance(secret, dict) else secret
            assert name in file["secrets"]
    build = services["bot"]["build"]
    assert (DEPLOY / build["context"] / build["dockerfile"]).resolve() == DEPLOY / "Dockerfile"
    assert services["bot"]["read_only"] is True
    assert services["bot"]["cap_drop"] == ["ALL"]
    written = {volume.split(":")[1] for volume in services["bot"]["volumes"]}
    assert written == {"/data", "/backups"}


def test_the_image_holds_the_program_and_runs_without_rights(tmp_path: Path) -> None:
    said = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    taken = copied()
    assert all((ROOT / source).exists() for source in taken)
    assert {*ROOMS} - {*taken} == {"sandbox", "benchmarks"}
    assert re.search(r"^USER 10001$", said, re.MULTILINE)
    let_in = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    assert {line[1:] for line in let_in if line.startswith("!")} == set(taken)
    for source in taken:
        there = tmp_path / source
        if (ROOT / source).is_dir():
            shutil.copytree(ROOT / source, there, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / source, there)
    # What is left out is not needed.
    asked = (sys.executable, "-c", "import cli.assembly, cli.nightly_apart, cli.run, cli.doctor")
    subprocess.run(asked, cwd=tmp_path, check=True)
    helped = (sys.executable, "main.py", "run", "--help")
    assert b"Usage" in subprocess.run(helped, cwd=tmp_path, check=True, capture_output=True).stdout


def test_the_service_starts_this_program_and_is_shut_in(tmp_path: Path) -> None:
    service = unit()["Service"]
    assert service["ExecStart"].endswith("main.py --settings /etc/tuquan/tuquan.toml run")
    for locked in ("NoNewPrivileges", "PrivateTmp", "ProtectHome", "PrivateDevices"):
        assert service[locked] == "true"
    assert service["ProtectSystem"] == "strict"
    assert service["User"] == "tuquan"
    if shutil.which("systemd-analyze"):
        _analysed(tmp_path)


def _analysed(folder: Path) -> None:
    """By systemd itself, with a program that this machine has."""
    said = (DEPLOY / "tuquan.service").read_text(encoding="utf-8")
    file = folder / "tuquan.service"
    file.write_text(said.replace("/opt/tuquan/.venv/bin/python", sys.executable), encoding="utf-8")
    verified = subprocess.run(
        ("systemd-analyze", "verify", "--man=no", str(file)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (verified.returncode, verified.stderr.strip()) == (0, "")
    # 0 is a locked box, 10 an open field; ordinary services have above 9.
    exposed = ("systemd-analyze", "security", "--offline=true", "--threshold=30", str(file))
    subprocess.run(exposed, check=True, capture_output=True)


def test_the_readme_s_way_to_the_first_code_works_in_a_container(
    run: Run, sandbox_url: str, token: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The settings are there already and read-only: init writes others, which are thrown away,
    and what it makes lands where the environment says."""
    data = tmp_path / "volume"
    monkeypatch.setenv("TUQUAN_DATA_DIR", str(data))
    monkeypatch.setenv("TUQUAN_DATABASE_URL", f"sqlite:///{tmp_path / 'server.sqlite3'}")
    once = ("--settings", "given.toml", "--settings", str(tmp_path / "once.toml"))
    made = run(*once, "init", "--yes", "--token", token, "--api-base", sandbox_url)
    assert made.exit_code == 0, made.stderr
    assert (data / "tuquan.key").exists()
    assert (tmp_path / "server.sqlite3").exists()
