"""`python -m sandbox` as the demo starts it."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

import aiohttp
import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process without asking it")
async def test_one_line_then_service_until_it_is_ended() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "sandbox",
        "--port",
        "0",
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    async with asyncio.timeout(30):
        url = json.loads(await process.stdout.readline())["url"]
        assert url.startswith("http://127.0.0.1:")
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"{url}/sandbox/state") as response,
        ):
            assert await response.json() == {"people": [], "chats": [], "bots": []}
        process.terminate()
        rest, errors = await process.communicate()
    assert (process.returncode, rest, errors) == (0, b"", b"")


def test_the_sandbox_imports_nothing_of_the_bot() -> None:
    ours = {path.name for path in ROOT.iterdir() if path.is_dir() or path.suffix == ".py"}
    rooms = {name.removesuffix(".py") for name in ours} - {"sandbox"}
    for path in (ROOT / "sandbox").rglob("*.py"):
        for line in path.read_text(encoding="utf-8").splitlines():
            words = line.split()
            if words[:1] in (["import"], ["from"]):
                assert words[1].partition(".")[0] not in rooms, (path, line)
