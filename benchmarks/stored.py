"""Two databases that differ in how much is stored and in nothing else: a province, some reports
that real people of the load server made and real deeds closed, and copies of those.
"""

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from sqlalchemy import text
from sqlalchemy.engine import Connection

from actions.handling import acknowledge, deal_with
from benchmarks.multiplying import highest, multiply
from benchmarks.one_run import Load, line_while, load_server
from benchmarks.province import Precinct, found
from benchmarks.variants import DATABASE_FILE, KEY_FILE, SQLITE, Rest, running
from domain.incidents import Outcome
from scheduler.ticks import TICKS
from storage.engine import open_engine, writer_engine
from storage.keys import new_keyring, read_keyring, write_keyring
from storage.migrate import upgrade
from storage.rows import find_by
from storage.tables import Person

# Conversations that are really led; all others are copies of them.
REAL: Final = 8
_AT_ONCE: Final = 4


async def make(folder: Path, sizes: tuple[int, ...], groups: int) -> list[Path]:
    """A folder with database and key for each size."""
    origin = folder / "origin"
    origin.mkdir()
    now = datetime.now(UTC)
    precincts = _found(origin, groups, now)
    before = highest(origin / DATABASE_FILE)
    await _report(origin)
    _close(origin, precincts[0], now)
    ring, made = read_keyring(origin / KEY_FILE), []
    for size in sizes:
        copied = folder / str(size)
        shutil.copytree(origin, copied)
        multiply(copied / DATABASE_FILE, ring, before, size, precincts, now)
        made.append(copied)
    return made


def _found(folder: Path, groups: int, now: datetime) -> list[Precinct]:
    ring = new_keyring()
    write_keyring(folder / KEY_FILE, ring)
    engine = open_engine(_address(folder), ring)
    upgrade(engine)
    with writer_engine(engine).begin() as db:
        precincts = found(db, now, groups)
        # What a province does on its first day (when each neighbourhood hears of a law) is not
        # what is measured.
        db.info["owed"] = db.info["scrub"] = db.info["more"] = True
        while db.info["more"]:
            db.info["more"] = False
            for deed in TICKS:
                deed(db, now)
        db.execute(text("DELETE FROM outbox"))
    engine.dispose()
    return precincts


async def _report(folder: Path) -> None:
    """Whole conversations with the bot as it is shipped, up to the receipt."""
    load = Load(people=_AT_ONCE, warm_up=1.0, marks=(REAL - _AT_ONCE + 1,))
    async with (
        load_server(SQLITE, load) as (server, url),
        running(SQLITE, url, Rest(folder, is_full=True)) as bot,
    ):
        await line_while(bot, server)


def _close(folder: Path, precinct: Precinct, now: datetime) -> None:
    """An officer takes each and closes it; all messages have left."""
    engine = open_engine(_address(folder), read_keyring(folder / KEY_FILE))
    with writer_engine(engine).begin() as db:
        officer = find_by(db, Person, id=precinct.officer)
        if officer is None:
            raise LookupError("the ward has no officer")
        for (key,) in db.execute(text("SELECT id FROM incident ORDER BY id")).all():
            acknowledge(db, key, officer, now)
            _send_all(db, now)
            deal_with(db, key, Outcome.SETTLED, officer, now)
            _send_all(db, now)
    with engine.connect() as db:
        db.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    engine.dispose()


def _send_all(db: Connection, now: datetime) -> None:
    sent = "UPDATE outbox SET state = 'sent', sent_at = :at, message_id = id WHERE state = 'due'"
    db.execute(text(sent), {"at": now.strftime("%Y-%m-%d %H:%M:%S.%f")})


def _address(folder: Path) -> str:
    return f"sqlite:///{(folder / DATABASE_FILE).as_posix()}"
