"""What a bot's processes cost: their memory and their processor time, as Linux counts them.
Elsewhere nothing is known, which is None.
"""

import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

_PROC: Final = Path("/proc")


def pin(process: int, processor: int) -> None:
    """Keep a process on one processor, so that the crowd never takes the bot's time."""
    if sys.platform == "linux" and (os.cpu_count() or 1) > processor:
        os.sched_setaffinity(process, {processor})


def resident_mb(process: int) -> float | None:
    """Memory of a process and of what it started, in MB (2^20 bytes)."""
    if sys.platform != "linux":
        return None
    return sum(_resident(each) for each in _family(process)) / 1024


def processor_seconds(process: int) -> float | None:
    """Time that a process and what it started have had a processor."""
    if sys.platform != "linux":
        return None
    ticks = sum(sum(map(int, _stat(each)[11:13])) for each in _family(process))
    return float(ticks / os.sysconf("SC_CLK_TCK"))


class Child:
    """A process that a process of ours started."""

    def __init__(self, number: int) -> None:
        self._number = number

    def terminate(self) -> None:
        """Ask it to end."""
        with suppress(ProcessLookupError):
            os.kill(self._number, signal.SIGTERM)


def children_of(process: int) -> list[Child]:
    """Those that it started itself, and that run."""
    return [Child(number) for number in _family(process) if _parent(number) == process]


def _family(process: int) -> list[int]:
    parents = {int(each.name): each for each in _PROC.iterdir() if each.name.isdecimal()}
    found = [process]
    for one in found:
        found += [number for number in parents if _parent(number) == one]
    return found


def _parent(process: int) -> int:
    stat = _stat(process)
    return int(stat[1]) if stat else 0


def _stat(process: int) -> list[str]:
    """From the state on: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html"""
    try:
        written = (_PROC / str(process) / "stat").read_text(encoding="utf-8")
    except OSError:
        return []
    return written.rpartition(")")[2].split()


def _resident(process: int) -> int:
    try:
        lines = (_PROC / str(process) / "status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0
    found = [line.split()[1] for line in lines if line.startswith("VmRSS:")]
    return int(found[0]) if found else 0
