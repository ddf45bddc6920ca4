"""How often the disk is waited for on the path of a step: one person, who thinks a little between
two steps, so that what is written after an answer does not fall into the next step's time.

Counted by strace where it is installed. Elsewhere by the commits that another connection notices,
which are as many in WAL mode with synchronous=FULL, but two close ones may be seen as one.
"""

import asyncio
import json
import re
import shutil
import sqlite3
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path
from typing import Any, Final

from benchmarks.one_run import Load, line_while, load_server
from benchmarks.processes import children_of, pin
from benchmarks.variants import DATABASE_FILE, ROOT, SQLITE, Rest, prepare, running
from cli.children import Process

SECONDS: Final = 6.0
THINK: Final = 0.1
_SYNC: Final = re.compile(r"^\d+ +(\d+\.\d+) +f(?:data)?sync\(")
_LOOK_SECONDS: Final = 0.0005
Span = tuple[float, float]


async def measure_fsyncs(*, full: bool, seconds: float = SECONDS) -> dict[str, Any]:
    """On the path of a step, from its update being there to its answer, and of everything."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        load = Load(
            people=1,
            seconds=2 * seconds if full else seconds,
            settle=5.0,
            think=THINK,
            windows=str(folder / "windows.json"),
        )
        counted = _traced if shutil.which("strace") and sys.platform == "linux" else _watched
        how = "strace" if counted is _traced else "commits seen by another connection"
        syncs = await counted(folder, load)
        windows = json.loads((folder / "windows.json").read_text(encoding="utf-8"))
    return {"counted_by": how, **summed(syncs, [tuple(each) for each in windows])}


def summed(syncs: Sequence[float], windows: Sequence[Span]) -> dict[str, Any]:
    """Of the steps whose answers were owed in these spans (Unix time)."""
    if not windows:
        raise ValueError("no step was measured")
    on_path = [sum(begin <= at <= end for at in syncs) for begin, end in windows]
    begin, end = windows[0][0], windows[-1][1]
    return {
        "steps": len(windows),
        "on_path_median": statistics.median(on_path),
        "on_path_mean": sum(on_path) / len(on_path),
        "on_path_most": max(on_path),
        "all_mean": sum(begin <= at <= end for at in syncs) / len(windows),
    }


async def _traced(folder: Path, load: Load) -> list[float]:
    async with load_server(SQLITE, load) as (server, url), _under_strace(folder, url) as bot:
        await line_while(bot, server)
        await line_while(bot, server)
    written = (folder / "syncs").read_text(encoding="utf-8").splitlines()
    return [float(found[1]) for line in written if (found := _SYNC.match(line))]


@asynccontextmanager
async def _under_strace(folder: Path, url: str) -> AsyncIterator[Process]:
    """Only the two calls stop it (--seccomp-bpf), so that it runs nearly as fast as without."""
    environment = prepare(SQLITE, url, Rest(folder))
    tracing = ("-f", "--seccomp-bpf", "-qq", "-ttt", "-e", "trace=fsync,fdatasync")
    strace = await asyncio.create_subprocess_exec(
        "strace",
        *(*tracing, "-o", str(folder / "syncs")),
        *(sys.executable, str(ROOT / "main.py"), "run"),
        cwd=ROOT,
        env=environment,
        stdout=sys.stderr,
    )
    pin(strace.pid, 0)
    try:
        yield strace
    finally:
        # strace itself would let its child live on.
        for child in children_of(strace.pid):
            child.terminate()
        await strace.wait()


async def _watched(folder: Path, load: Load) -> list[float]:
    async with (
        load_server(SQLITE, load) as (server, url),
        running(SQLITE, url, Rest(folder)) as bot,
    ):
        await line_while(bot, server)
        with _commits(folder / DATABASE_FILE) as seen:
            await line_while(bot, server)
    return seen


@contextmanager
def _commits(file: Path) -> Iterator[list[float]]:
    """When (Unix time) somebody else's commit was noticed, while the block runs."""
    seen: list[float] = []
    ended = threading.Event()

    def look() -> None:
        with closing(sqlite3.connect(file)) as db:
            last = None
            while not ended.wait(_LOOK_SECONDS):
                (now,) = db.execute("PRAGMA data_version").fetchone()
                if last is not None and now != last:
                    seen.append(time.time())
                last = now

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield seen
    finally:
        ended.set()
        thread.join()
