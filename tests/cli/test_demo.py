"""demo as scripts see it: one line, two children, a bot that comes back, nothing left behind."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from cli.demo_ward import CAST, GROUPS
from settings import inherited_environment
from tests.architecture.sources import ROOT
from tests.messenger import messenger

CAST_OF_THE_CONTRACT = {
    "resident", "neighbour", "officer", "officer2", "chief", "leader", "mediator", "mediator2",
    "newcomer",
}  # fmt: skip
PATIENCE = 90.0


@asynccontextmanager
async def demo(folder: Path) -> AsyncIterator[tuple[dict[str, Any], asyncio.subprocess.Process]]:
    """A fresh demo in a session of its own, and its first line."""
    with (folder / "said").open("wb") as said:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            str(ROOT / "main.py"),
            "demo",
            "--port=0",
            "--fresh",
            cwd=folder,
            env=inherited_environment(),
            stdout=asyncio.subprocess.PIPE,
            stderr=said,
            start_new_session=True,
        )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(PATIENCE):
            yield json.loads(await process.stdout.readline()), process
            assert await process.stdout.read() == b""
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


def is_alive(pid: int) -> bool:
    """Whether such a process exists."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.skipif(sys.platform == "win32", reason="signals to a group are POSIX")
async def test_the_whole_life_of_a_demo(tmp_path: Path) -> None:
    async with demo(tmp_path) as (line, process), messenger(line["url"]) as people:
        assert set(line["cast"]) >= CAST_OF_THE_CONTRACT
        assert set(line["chats"]) == set(GROUPS)
        folder = Path(line["database"]).parent
        assert Path(line["database"]).exists()

        (bot,) = (await people.get("state"))["bots"]
        assert bot["polls"] > 0
        for key, person in line["cast"].items():
            chat = await people.get(f"chats/{bot['id']}/messages", **{"as": person})
            assert bool(chat["messages"]) == CAST[key].written, key

        old = line["pids"]["bot"]
        os.kill(old, signal.SIGKILL)
        resident = line["cast"]["resident"]
        said = await people.post(
            "messages", **{"from": resident, "chat": bot["id"], "text": "alo"}
        )
        query = {"as": resident, "after": said["seq"], "wait": PATIENCE}
        assert (await people.get(f"chats/{bot['id']}/messages", **query))["messages"]
        new = int(Path(line["bot_pid_file"]).read_text(encoding="ascii"))
        assert new != old

        os.killpg(process.pid, signal.SIGTERM)
        assert await process.wait() == 0
        assert not is_alive(new)
        assert not is_alive(line["pids"]["sandbox"])
        assert not folder.exists()
    words = (tmp_path / "said").read_text(encoding="utf-8")
    assert "Mở trang trò chuyện" in words
    assert "Open the chat page" in words
    assert list(tmp_path.iterdir()) == [tmp_path / "said"]


@pytest.mark.skipif(sys.platform == "win32", reason="signals to a group are POSIX")
async def test_two_demos_at_once_and_one_whose_sandbox_dies(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    async with demo(first) as (one, process), demo(second) as (other, other_process):
        assert one["url"] != other["url"]
        assert one["database"] != other["database"]
        os.kill(one["pids"]["sandbox"], signal.SIGKILL)
        assert await process.wait() == 1
        assert other_process.returncode is None
        other_process.terminate()
    assert "The chat page has ended" in (first / "said").read_text(encoding="utf-8")
