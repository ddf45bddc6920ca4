"""`run --workers N`: refused where it cannot be, kept where it can."""

import asyncio
import socket
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.channels.base import Misconfigured
from cli import workers
from cli.run import Ended
from cli.worker import ALONE, Worker
from cli.worker_checks import check_workers
from main import app
from settings import Settings
from storage.engine import open_engine
from storage.keys import new_keyring, read_keyring, write_keyring
from storage.roles import Roles
from tests.house import CONTROLLER


def test_on_sqlite_several_workers_are_refused_with_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "tuquan.toml"
    file.write_text(
        f'language = "en"\ndata_dir = "{tmp_path.as_posix()}"\n'
        + "".join(f'{name} = "{value}"\n' for name, value in CONTROLLER.items())
        + f'[[bots]]\nname = "phuong"\ntoken = "7000000001:{"A" * 35}"\n',
        encoding="utf-8",
    )
    said = CliRunner().invoke(app, ["--settings", str(file), "run", "--workers", "2"])
    assert said.exit_code == 1
    assert "PostgreSQL" in said.output
    assert "copy-database" in said.output
    assert not list(tmp_path.glob("*.sqlite3"))


def test_each_worker_has_a_port_of_its_own_to_be_watched_on() -> None:
    assert [Worker(n, 3).port(9100) for n in (1, 2, 3)] == [9100, 9101, 9102]
    assert Worker(2, 3).port(None) is None
    assert Worker(2, 3).port(0) == 0


def test_webhooks_are_answered_by_all_or_else_by_the_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(socket, "SO_REUSEPORT", 15, raising=False)
    assert [Worker(n, 2).listens for n in (1, 2)] == [True, True]
    assert Worker(2, 2).shares_port is True
    monkeypatch.delattr(socket, "SO_REUSEPORT")
    assert [Worker(n, 2).listens for n in (1, 2)] == [True, False]
    assert (Worker(1, 2).shares_port, ALONE.shares_port) == (None, None)


async def test_what_ends_at_once_is_started_again_after_growing_pauses(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A worker that ends by itself; the pauses are waited for elsewhere."""
    program = tmp_path / "ends.py"
    program.write_text("raise SystemExit(1)\n", encoding="utf-8")
    monkeypatch.setattr(workers, "MAIN", program)
    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 3:
            raise asyncio.CancelledError

    monkeypatch.setattr("cli.workers.asyncio.sleep", pause)
    with pytest.raises(asyncio.CancelledError):
        await workers._keep(None, 1, 2)
    assert pauses == [0.3, 0.6, 1.2]


@pytest.mark.parametrize(
    ("code", "raised"), [(workers.REFUSED, Misconfigured), (workers.WRONG_SETTINGS, Ended)]
)
async def test_what_would_end_in_the_same_way_is_not_started_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, code: int, raised: type[Exception]
) -> None:
    """One is refused, and the others are ended with it."""
    program = tmp_path / "refused.py"
    program.write_text(
        f'import sys\nif sys.argv[-1] == "2":\n    raise SystemExit({code})\nsys.stdin.read()\n',
        encoding="utf-8",
    )
    monkeypatch.setattr(workers, "MAIN", program)
    async with asyncio.timeout(30):
        with pytest.raises(raised):
            await workers._keep_all(None, 3)


async def test_doctor_counts_who_is_there_and_names_what_nobody_does(
    tmp_path: Path, postgres_url: str
) -> None:
    key = tmp_path / "tuquan.key"
    write_keyring(key, new_keyring())
    bot = {"name": "phuong", "token": f"7000000001:{'A' * 35}"}
    found = {"data_dir": tmp_path, "database_url": postgres_url, "bots": [bot]}
    settings = Settings.model_validate(found)
    assert said(settings) == {"doctor.workers.number": {"number": 0}}
    engine = open_engine(postgres_url, read_keyring(key))
    sending = asyncio.Event()

    async def send() -> None:
        sending.set()
        await asyncio.Event().wait()

    with Roles(engine) as roles:
        async with asyncio.timeout(30), asyncio.TaskGroup() as tasks:
            task = tasks.create_task(roles.keep("sender:phuong", send))
            await sending.wait()
            assert said(settings) == {
                "doctor.workers.number": {"number": 1},
                "doctor.workers.idle": {"roles": "scheduler, receiver:phuong"},
            }
            task.cancel()
    engine.dispose()


def said(settings: Settings) -> dict[str, object]:
    return {found.words.key: dict(found.words.params) for found in check_workers(settings)}
