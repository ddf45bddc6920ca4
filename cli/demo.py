"""`demo`: an invented ward on this machine, as a parent with two children, messenger and bot.

The sandbox keeps its people and chats in memory, so the database that belongs to them begins
anew with every demo, too: without --fresh it lies in data/demo and stays there to be looked at
until the next one.
"""

import asyncio
import contextlib
import json
import shutil
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import aiohttp
import typer

from cli.children import KeptAlive, Process, start_python, stop
from cli.database import opened
from cli.demo_seed import Stage, press_start, seed, set_stage, wait_for_greetings
from cli.demo_ward import BOT_NAME, BOT_USERNAME
from cli.lock import Busy, only_one
from cli.logs import set_up_logs
from cli.owner_only import write_owner_only
from cli.sandbox_client import SandboxClient
from cli.terminal import Terminal
from settings import FILE_NAME, FILE_VARIABLE, inherited_environment, load_settings
from storage.engine import writer_engine
from storage.keys import new_keyring, write_keyring
from storage.migrate import upgrade

ROOT = Path(__file__).resolve().parent.parent
KEPT = Path("data") / "demo"
READY_WITHIN_SECONDS = 60.0


class NotReady(Exception):
    """The demo could not start; `key` says why."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(slots=True)
class Demo:
    """One running demo."""

    folder: Path
    port: int
    clock: Callable[[], datetime]
    languages: tuple[Terminal, ...]

    def say(self, key: str, **params: str | int) -> None:
        """In both languages, on standard error."""
        for terminal in self.languages:
            terminal.say(key, **params)


def run_demo(port: int, *, fresh: bool, clock: Callable[[], datetime]) -> int:
    """Run until stopped."""
    set_up_logs("warning")
    languages = (Terminal("vi"), Terminal("en"))
    try:
        with _folder(fresh=fresh) as folder:
            asyncio.run(_play(Demo(folder, port, clock, languages)))
    except Busy:
        for terminal in languages:
            terminal.say("demo.running")
        return 1
    except NotReady as fault:
        for terminal in languages:
            terminal.say(fault.key, port=port)
        return 1
    except (KeyboardInterrupt, asyncio.CancelledError):
        return 0
    return 1


@contextlib.contextmanager
def _folder(*, fresh: bool) -> Iterator[Path]:
    if fresh:
        with tempfile.TemporaryDirectory(
            prefix="tu-quan-demo-", ignore_cleanup_errors=True
        ) as name:
            yield Path(name)
        return
    with only_one(KEPT.with_suffix(".lock")):
        shutil.rmtree(KEPT, ignore_errors=True)
        KEPT.mkdir(parents=True)
        yield KEPT.resolve()


async def _play(demo: Demo) -> None:
    """Start both children, say where to look, and keep the bot alive until stopped."""
    _stop_on_signals()
    sandbox, url = await _start_sandbox(demo)
    try:
        async with aiohttp.ClientSession() as session:
            client = SandboxClient(session, url)
            stage = await set_stage(client)
            file = _prepare(demo, stage, url)
            started = await press_start(client, stage)
            bot = _bot(demo, file)
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(bot.keep())
                async with _at_most(READY_WITHIN_SECONDS):
                    await wait_for_greetings(client, stage, started)
                _announce(demo, stage, url, {"bot": _pid(bot.process), "sandbox": sandbox.pid})
                await sandbox.wait()
                raise NotReady("demo.sandbox_ended")
    except* NotReady as faults:
        raise faults.exceptions[0] from None
    finally:
        await stop(sandbox)


async def _start_sandbox(demo: Demo) -> tuple[Process, str]:
    arguments = ["-m", "sandbox", "--port", str(demo.port)]
    process = await start_python(arguments, ROOT, inherited_environment(), pipe=True)
    first = await process.stdout.readline() if process.stdout else b""
    if not first:
        await stop(process)
        raise NotReady("demo.port_taken")
    return process, str(json.loads(first)["url"])


def _prepare(demo: Demo, stage: Stage, url: str) -> Path:
    """Settings file, key and database of the bot; the file."""
    file = demo.folder / FILE_NAME
    lines = {
        "log": "warning",
        "data_dir": demo.folder.as_posix(),
    }
    bot = {"name": BOT_NAME, "token": stage.token, "api_base": url}
    written = [f"{name} = {json.dumps(value)}" for name, value in lines.items()]
    written += ["[[bots]]", *(f"{name} = {json.dumps(value)}" for name, value in bot.items())]
    write_owner_only(file, "\n".join(written) + "\n")
    settings = load_settings(file)
    write_keyring(settings.key_file, new_keyring())
    with opened(settings) as engine:
        upgrade(engine)
        with writer_engine(engine).begin() as db:
            seed(db, stage, demo.clock())
    return file


def _bot(demo: Demo, file: Path) -> KeptAlive:
    environment = {**inherited_environment(), FILE_VARIABLE: str(file)}
    pid_file = demo.folder / "bot.pid"

    def started(pid: int) -> None:
        pid_file.write_text(str(pid), encoding="ascii")

    return KeptAlive([str(ROOT / "main.py"), "run"], demo.folder, environment, started)


@contextlib.asynccontextmanager
async def _at_most(seconds: float) -> AsyncIterator[None]:
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError:
        raise NotReady("demo.bot_silent") from None


def _announce(demo: Demo, stage: Stage, url: str, pids: dict[str, int]) -> None:
    """The one line for scripts, then the words for people."""
    line: dict[str, Any] = {
        "url": url,
        "database": str(demo.folder / "tuquan.sqlite3"),
        "pids": pids,
        "bots": [
            {
                "id": stage.bot,
                "token": stage.token,
                "username": BOT_USERNAME,
                "messenger": "telegram",
            }
        ],
        "cast": dict(stage.cast),
        "chats": dict(stage.groups),
        "settings": str(demo.folder / FILE_NAME),
        "bot_pid_file": str(demo.folder / "bot.pid"),
    }
    typer.echo(json.dumps(line))
    sys.stdout.flush()
    demo.say("demo.open", url=url)
    demo.say("demo.stop")


def _pid(process: Process | None) -> int:
    if process is None:
        raise NotReady("demo.bot_silent")
    return process.pid


def _stop_on_signals() -> None:
    """Where the system has them; Ctrl-C comes by itself everywhere."""
    running = asyncio.current_task()
    if running is None:
        return
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        with contextlib.suppress(NotImplementedError):
            if number is not None:
                asyncio.get_running_loop().add_signal_handler(number, running.cancel)
