"""The checks of doctor that need no network: files, key, database, disk.

`run` makes the same ones and does not start on a fault, since each would lose messages.
"""

import shutil
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from cryptography.exceptions import InvalidTag
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from cli.database import opened
from cli.findings import Finding, State
from domain.notices import Text
from settings import Settings
from storage.health import database_exists, durability, open_a_sealed_value
from storage.keys import KeyFault
from storage.letters import count_dead, count_parked
from storage.migrate import pending

MEGABYTE = 1024 * 1024
DISK_FAULT_BYTES = 200 * MEGABYTE
DISK_WARN_BYTES = 1024 * MEGABYTE


def check_this_machine(settings: Settings) -> list[Finding]:
    """Key, database, and disk, in the order in which one would mend them."""
    return [*_check_key(settings), *_check_database(settings), check_disk(settings.data_dir)]


def check_settings_file(file: Path) -> Finding:
    """Whether the settings file, which holds tokens, is there and its owner's alone."""
    if not file.exists():
        words = Text("doctor.settings.none", {"file": str(file)})
        return Finding("settings", State.WARN, words, Text("doctor.settings.none_do"))
    return _privacy("settings", file)


def check_disk(folder: Path) -> Finding:
    """The room that is left where the database lies."""
    there = next(
        place for place in (folder.resolve(), *folder.resolve().parents) if place.exists()
    )
    free = shutil.disk_usage(there).free
    words = Text("doctor.disk.free", {"megabytes": free // MEGABYTE})
    if free >= DISK_WARN_BYTES:
        return Finding("disk", State.OK, words)
    state = State.FAULT if free < DISK_FAULT_BYTES else State.WARN
    return Finding("disk", state, words, Text("doctor.disk.free_do"))


def _privacy(check: str, file: Path) -> Finding:
    """Windows has no such bits: there init sets the rights, and nothing is checked."""
    open_to_others = file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
    if sys.platform != "win32" and open_to_others:
        words = Text("doctor.file.not_private", {"file": str(file)})
        advice = Text("doctor.file.not_private_do", {"file": str(file)})
        return Finding(check, State.FAULT, words, advice)
    return Finding(check, State.OK, Text("doctor.file.private", {"file": str(file)}))


def _check_key(settings: Settings) -> Iterator[Finding]:
    if settings.key_file.exists():
        yield _privacy("key", settings.key_file)
        return
    words = Text("doctor.key.missing", {"file": str(settings.key_file)})
    yield Finding("key", State.FAULT, words, Text("doctor.key.missing_do"))


def _check_database(settings: Settings) -> Iterator[Finding]:
    if not database_exists(settings.database_url):
        advice = Text("doctor.database.migrate_do")
        yield Finding("database", State.WARN, Text("doctor.database.none"), advice)
        return
    try:
        with opened(settings) as engine:
            yield from _check_open_database(engine)
    except KeyFault:
        advice = Text("doctor.key.missing_do")
        yield Finding("key", State.FAULT, Text("doctor.key.unusable"), advice)
    except SQLAlchemyError as fault:
        words = Text("doctor.database.away", {"fault": type(fault).__name__})
        yield Finding("database", State.FAULT, words, Text("doctor.database.away_do"))


def _check_open_database(engine: Engine) -> Iterator[Finding]:
    if pending(engine):
        advice = Text("doctor.database.migrate_do")
        yield Finding("database", State.WARN, Text("doctor.database.old"), advice)
        return
    yield Finding("database", State.OK, Text("doctor.database.current"))
    with engine.connect() as db:
        written = durability(db)
        if written.holds:
            yield Finding("durability", State.OK, Text("doctor.durability.holds"))
        else:
            said = f"{written.journal} {written.synchronous}".strip()
            words = Text("doctor.durability.weak", {"said": said})
            yield Finding("durability", State.FAULT, words, Text("doctor.durability.weak_do"))
        yield _check_sealed(lambda: open_a_sealed_value(db))
        yield from _check_letters(db)


def _check_letters(db: Connection) -> Iterator[Finding]:
    """What went astray; nothing is said where nothing did."""
    if dead := count_dead(db):
        words = Text("doctor.letters.dead", {"number": dead})
        yield Finding("dead letters", State.WARN, words, Text("doctor.letters.dead_do"))
    if parked := count_parked(db):
        words = Text("doctor.letters.parked", {"number": parked})
        yield Finding("parked updates", State.WARN, words, Text("doctor.letters.parked_do"))


def _check_sealed(look: Callable[[], bool]) -> Finding:
    try:
        found = look()
    except (KeyFault, InvalidTag):
        advice = Text("doctor.key.missing_do")
        return Finding("key", State.FAULT, Text("doctor.key.wrong"), advice)
    return Finding("key", State.OK, Text("doctor.key.opens" if found else "doctor.key.unused"))
