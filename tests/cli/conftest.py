"""A sandbox as a process of its own, and an environment without settings of this machine."""

import json
import logging
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import structlog
from typer.testing import CliRunner, Result

import main
from cli.database import opened
from settings import FILE_VARIABLE, PREFIX, inherited_environment, load_settings
from storage.addresses import add_person
from tests.architecture.sources import ROOT

# Invented, like everything in these tests.
TOKEN = "123456789:AAinventedinventedinventedinvented"

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def _quiet_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """An empty working directory, no settings in the environment, logging put back."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(FILE_VARIABLE, raising=False)
    handlers, level = list(logging.root.handlers), logging.root.level
    yield
    logging.captureWarnings(capture=False)
    logging.root.handlers[:] = handlers
    logging.root.setLevel(level)
    structlog.reset_defaults()


@pytest.fixture
def run() -> Run:
    """Call a command: run("doctor", "--json", input="answers")."""

    def call(*arguments: str, **options: Any) -> Result:
        return CliRunner().invoke(main.app, list(arguments), **options)

    return call


@pytest.fixture(scope="session")
def sandbox_url() -> Iterator[str]:
    """A messenger on loopback for the session."""
    with subprocess.Popen(
        [sys.executable, "-m", "sandbox", "--port", "0"],
        cwd=ROOT,
        env=inherited_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        assert process.stdout is not None
        yield str(json.loads(process.stdout.readline())["url"])
        process.terminate()


def post(address: str, /, **body: object) -> dict[str, Any]:
    """Call the sandbox."""
    request = urllib.request.Request(  # noqa: S310  (the sandbox on loopback)
        address, json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request) as response:  # noqa: S310
        answer: dict[str, Any] = json.load(response)
        return answer


@pytest.fixture
def token(sandbox_url: str, request: pytest.FixtureRequest) -> str:
    """The token of a new bot, named for the test."""
    username = f"t{abs(hash(request.node.name)) % 10**12}_bot"
    bot = post(f"{sandbox_url}/sandbox/bots", name="Thử", username=username, messenger="telegram")
    return str(bot["token"])


@pytest.fixture
def settled(run: Run, sandbox_url: str, token: str, tmp_path: Path) -> Path:
    """The settings file of a bot that was just set up with `init`."""
    result = run("init", "--yes", "--token", token, "--api-base", sandbox_url)
    assert result.exit_code == 0, result.stderr
    assert not any(name.startswith(PREFIX) for name in inherited_environment())
    return tmp_path / "tuquan.toml"


@pytest.fixture
def seeded_person(settled: Path) -> None:
    """Somebody invented whose name is sealed in the database."""
    with opened(load_settings(settled)) as engine, engine.begin() as db:
        add_person(db, "Nguyễn Thị Hoa", "vi", datetime(2026, 11, 22, tzinfo=UTC))
