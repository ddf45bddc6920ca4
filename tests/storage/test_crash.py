"""A process killed between a savepoint and its commit leaves nothing of the batch behind."""

import subprocess
import sys
from pathlib import Path

from sqlalchemy.engine import Engine

from storage.migrate import upgrade
from tests.storage.test_writer import add_person, count

PROGRAM = """
import asyncio, os, sys
from storage.engine import open_engine
from storage.keys import Keyring
from storage.writer import Writer
from tests.storage.test_writer import add_person, busy

engine = open_engine(sys.argv[1], Keyring({1: bytes(range(32))}))

def die(db):
    os._exit(9)  # no handler, no flush, no rollback: as abrupt as a kill, on every system

async def main():
    with Writer(engine) as writer:
        await writer.run(add_person)
        print("committed", flush=True)
        async with busy(writer):
            doomed = [asyncio.create_task(writer.run(w)) for w in (add_person, add_person, die)]
        await asyncio.gather(*doomed)

asyncio.run(main())
"""


def test_what_was_not_committed_is_gone_and_what_was_confirmed_is_there(engine: Engine) -> None:
    root = Path(__file__).parent.parent.parent
    killed = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(engine.url)],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert killed.stdout == "committed\n"
    assert killed.returncode == 9
    upgrade(engine)
    assert count(engine) == 1


def test_a_released_savepoint_does_not_survive_the_rollback_of_its_batch(engine: Engine) -> None:
    """pysqlite's default transaction handling keeps it: promise 2 broken without a sound."""
    with engine.connect() as db, db.begin() as transaction:
        with db.begin_nested():
            add_person(db)
        transaction.rollback()
    assert count(engine) == 0
