"""One run: a fresh load server, a fresh bot, and what was seen of it."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from benchmarks.processes import pin, processor_seconds, resident_mb
from benchmarks.variants import ROOT, Rest, Variant, running
from cli.children import Process, start_python, stop
from settings import inherited_environment


@dataclass(frozen=True, slots=True)
class Load:
    """What the load server is told; see its options (seconds, shares). `script` "" is the
    variant's own."""

    people: int = 50
    crowd: int = 1
    seconds: float = 5.0
    warm_up: float = 1.0
    settle: float = 0.0
    double: float = 0.0
    duplicate: float = 0.0
    think: float = 0.0
    patience: float = 5.0
    script: str = ""
    marks: tuple[int, ...] = ()
    windows: str = ""

    def options(self, variant: Variant) -> list[str]:
        """As the load server reads them."""
        given = {
            "script": self.script or variant.script,
            "people": self.people,
            "crowd": self.crowd,
            "seconds": self.seconds,
            "warm-up": self.warm_up,
            "settle": self.settle,
            "double": self.double,
            "duplicate": self.duplicate,
            "think": self.think,
            "patience": self.patience,
            "latency": variant.latency,
        }
        options = [word for name, value in given.items() for word in (f"--{name}", str(value))]
        options += ["--windows", self.windows] if self.windows else []
        return [*options, "--marks", *map(str, self.marks)] if self.marks else options


@asynccontextmanager
async def load_server(variant: Variant, load: Load) -> AsyncIterator[tuple[Process, str]]:
    """On the second processor; its process, and its address."""
    arguments = ["-m", "benchmarks.load_server", *load.options(variant)]
    server = await start_python(arguments, ROOT, inherited_environment(), pipe=True)
    pin(server.pid, 1)
    try:
        yield server, str((await line_of(server))["url"])
    finally:
        await stop(server)


async def measure(variant: Variant, load: Load, rest: Rest) -> dict[str, Any]:
    """What the load server saw, with the bot's memory at the end, what a step cost it in
    processor time, and how long it took from its start to its first answer."""
    async with load_server(variant, load) as (server, url), running(variant, url, rest) as bot:
        started = time.time()
        await line_of(server)
        before = processor_seconds(bot.pid)
        found = await line_of(server)
        after = processor_seconds(bot.pid)
        found["resident_mb"] = resident_mb(bot.pid)
    found["first_answer_s"] = found.pop("first_at") - started
    if before is not None and after is not None:
        found["processor_ms_per_step"] = (after - before) * 1000 / max(1, found["steps"])
    return {"variant": variant.name, "people": load.people, **found}


async def line_while(bot: Process, server: Process) -> dict[str, Any]:
    """The load server's next line. Raises EOFError where the bot, or it, ends before."""
    line, ended = asyncio.ensure_future(line_of(server)), asyncio.ensure_future(bot.wait())
    await asyncio.wait((line, ended), return_when=asyncio.FIRST_COMPLETED)
    ended.cancel()
    if line.done():
        return line.result()
    line.cancel()
    raise EOFError("the bot ended")


async def line_of(process: Process) -> dict[str, Any]:
    """The next line of JSON that a process writes. Raises EOFError where it ended."""
    if process.stdout is None:
        raise ValueError("the process has no pipe")
    line = await process.stdout.readline()
    if not line:
        raise EOFError("the load server ended")
    found: dict[str, Any] = json.loads(line)
    return found
