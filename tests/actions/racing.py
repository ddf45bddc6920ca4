"""A scheduler as a process of its own, for tests in which several work on one database: at every
step all of them begin in the same moment.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier as Barriers
from typing import Final

from actions.occurrences import send_due
from actions.releasing import release_held
from storage.engine import open_engine, writer_engine
from storage.keys import Keyring

# That of tests/conftest.py: a key ring itself cannot be handed to another process.
_KEYS: Final = {1: bytes(range(32))}
# A start of the interpreter with all our imports, on a machine that has other things to do.
_PATIENCE: Final = 60.0


def race(url: str, steps: Sequence[datetime], skews: Sequence[timedelta]) -> list[int]:
    """One process for each skew, by which its clock is wrong; they look at all of these instants
    (aware, UTC). Their exit codes: 0 where nothing went wrong."""
    context = get_context("spawn")
    barrier = context.Barrier(len(skews))
    processes = [
        context.Process(target=_scheduler, args=(url, [at + skew for at in steps], barrier))
        for skew in skews
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return [process.exitcode or 0 for process in processes]


def _scheduler(url: str, steps: Sequence[datetime], barrier: Barriers) -> None:
    engine = open_engine(url, Keyring(_KEYS))
    try:
        for now in steps:
            for deed in (send_due, release_held):
                barrier.wait(_PATIENCE)
                with writer_engine(engine).begin() as db:
                    deed(db, now)
    except BaseException:
        barrier.abort()
        raise
    finally:
        engine.dispose()
