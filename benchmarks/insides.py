"""What single pieces of work cost at a database of some size, without the network: every tick of
the scheduler, what delivery asks again and again, and what people at work type and press. Each is
done several times and undone; the slowest statement is kept with it: one sees where to look.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine

from benchmarks.at_work import typed_and_pressed
from benchmarks.variants import DATABASE_FILE, KEY_FILE
from cli.demo_ward import BOT_NAME
from scheduler.ticks import TICKS
from storage.deliveries import sent_since
from storage.engine import open_engine, writer_engine
from storage.keys import read_keyring
from storage.owed import Closed, list_due
from storage.queues import list_queues

Work = Callable[[Connection, datetime], object]
_SHOWN: Final = 300

ASKED: Final[dict[str, Work]] = {
    "delivery: what is due": lambda db, now: list_due(db, BOT_NAME, now, Closed(), 50),
    "delivery: what left lately": lambda db, now: sent_since(db, BOT_NAME, now),
    "watching: queues": lambda db, now: list_queues(db, [BOT_NAME], now),
}


@dataclass(slots=True)
class Slowest:
    """The statement that took longest so far (ms)."""

    ms: float = 0.0
    sql: str = ""


def costs(folder: Path, times: int = 3) -> list[dict[str, Any]]:
    """Of everything, the dearest first: its name, milliseconds (the best of so many times), and
    the slowest statement with its own. Nothing is left changed."""
    engine = open_engine(
        f"sqlite:///{(folder / DATABASE_FILE).as_posix()}", read_keyring(folder / KEY_FILE)
    )
    works: dict[str, Work] = {f"tick: {deed.__name__}": deed for deed in TICKS}
    with engine.connect() as db:
        works |= ASKED | typed_and_pressed(db)
    found = [_cost(engine, name, work, times) for name, work in works.items()]
    engine.dispose()
    return sorted(found, key=lambda each: -float(each["ms"]))


def _cost(engine: Engine, name: str, work: Work, times: int) -> dict[str, Any]:
    took, slowest = [], Slowest()
    for _ in range(times):
        with writer_engine(engine).connect() as db, db.begin() as transaction:
            db.info["owed"] = db.info["scrub"] = db.info["more"] = False
            slowest = Slowest()
            with _watching(engine, slowest):
                began = time.perf_counter()
                work(db, datetime.now(UTC))
                took.append((time.perf_counter() - began) * 1000)
            transaction.rollback()
    return {"name": name, "ms": min(took), "slowest_ms": slowest.ms, "slowest": slowest.sql}


@contextmanager
def _watching(engine: Engine, slowest: Slowest) -> Iterator[None]:
    began = 0.0

    def before(*_: Any) -> None:
        nonlocal began
        began = time.perf_counter()

    def after(_db: Any, _cursor: Any, statement: str, *_: Any) -> None:
        took = (time.perf_counter() - began) * 1000
        if took > slowest.ms:
            slowest.ms, slowest.sql = took, " ".join(statement.split())[:_SHOWN]

    event.listen(engine, "before_cursor_execute", before)
    event.listen(engine, "after_cursor_execute", after)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", before)
        event.remove(engine, "after_cursor_execute", after)
