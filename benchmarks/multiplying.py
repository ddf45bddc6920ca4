"""Many stored incidents from a few real ones: every row that these left, copied again and again
into other wards and earlier days, each copy as old as it would be by then (words erased, links
cut, names gone; domain/retention.py). SQLite only; sealed values are repeated as they lie.
"""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from stdnum import damm

from benchmarks.old_rows import Span, changed_columns, kept_rows, key_of
from benchmarks.province import Precinct
from storage.keys import Keyring

# A province's reports a day: a million of them are three years.
A_DAY: Final = 913
# What a conversation leaves, in the order in which the rows refer to each other.
LEFT: Final = (
    "person", "address", "consent", "draft", "incident", "incident_reporter", "incident_event",
    "outbox", "inbox",
)  # fmt: skip
_DEEDS: Final = "('taken', 'closed')"


def highest(file: Path) -> dict[str, int]:
    """The last id of every table that a conversation writes to."""
    with closing(sqlite3.connect(file)) as db:
        found = {name: f"SELECT coalesce(max({key_of(name)}), 0) FROM {name}" for name in LEFT}
        return {name: db.execute(query).fetchone()[0] for name, query in found.items()}


def multiply(
    file: Path,
    ring: Keyring,
    before: dict[str, int],
    total: int,
    precincts: Sequence[Precinct],
    now: datetime,
) -> int:
    """Until there are `total` incidents; how many there are. `before` is what `highest` said
    before the real conversations. Nobody else has the file open."""
    spans = {name: Span(before[name], last) for name, last in highest(file).items()}
    each = spans["incident"].length
    db = sqlite3.connect(file, isolation_level=None)
    db.create_function("code_of", 1, _code, deterministic=True)
    for pragma in ("journal_mode=OFF", "synchronous=OFF", "foreign_keys=OFF", "temp_store=MEMORY"):
        db.execute(f"PRAGMA {pragma}")
    db.execute("PRAGMA cache_size=-2000000")
    db.execute("BEGIN")
    # So that no copy's code, and no update of a later load server, is there already.
    db.execute("UPDATE incident SET code = code_of(id)")
    db.execute("UPDATE inbox SET update_id = -abs(update_id)")
    _prepare(db, max(0, (total - each) // each), each, precincts, now)
    indexes = _without_indexes(db)
    for name in LEFT:
        db.execute(_copying(db, name, spans, ring))
    for index in indexes:
        db.execute(index)
    _reopen(db, spans["incident"], each * len(precincts))
    db.execute("COMMIT")
    count = db.execute("SELECT count(*) FROM incident").fetchone()[0]
    db.execute("PRAGMA journal_mode=WAL")
    db.close()
    return int(count)


def _prepare(
    db: sqlite3.Connection, copies: int, each: int, precincts: Sequence[Precinct], now: datetime
) -> None:
    """What differs from copy to copy: its day (`old`, in days) and its ward."""
    db.execute(
        "CREATE TEMP TABLE copy (k INTEGER PRIMARY KEY, at TEXT, old REAL, ward_code TEXT,"
        " bot TEXT, desk INTEGER, officer INTEGER, first_home INTEGER, homes INTEGER)"
    )
    rows = (_copy(k, each, precincts, now) for k in range(1, copies + 1))
    db.executemany("INSERT INTO copy VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)


def _copy(
    k: int, each: int, precincts: Sequence[Precinct], now: datetime
) -> tuple[int, str, float, str, str, int, int, int, int]:
    old = k * each / A_DAY
    at = (now - timedelta(days=old)).astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    ward = precincts[(k - 1) % len(precincts)]
    homes = ward.last_home - ward.first_home + 1
    return (k, at, old, ward.ward_code, ward.bot, ward.desk, ward.officer, ward.first_home, homes)


def _without_indexes(db: sqlite3.Connection) -> list[str]:
    """Sorting once is faster than keeping order all the time; what makes them anew."""
    wanted = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    found = db.execute(wanted).fetchall()
    for name, _ in found:
        db.execute(f'DROP INDEX "{name}"')
    return [written for _, written in found]


def _copying(db: sqlite3.Connection, name: str, spans: dict[str, Span], ring: Keyring) -> str:
    described = db.execute(f"PRAGMA table_info({name})").fetchall()
    changed = dict(changed_columns(name, spans, ring))
    values = [changed.get(column, _plain(column, kind)) for _, column, kind, *_ in described]
    columns = ", ".join(f'"{column}"' for _, column, *_ in described)
    key, span = key_of(name), spans[name]
    return (
        f"INSERT INTO {name} ({columns}) SELECT {', '.join(values)} FROM copy CROSS JOIN"
        f" (SELECT * FROM {name} WHERE {key} > {span.first} AND {key} <= {span.last}"
        f" ORDER BY {key}) t {kept_rows(name)} ORDER BY copy.k, t.{key}"
    )


def _plain(column: str, kind: str) -> str:
    """What is the same in each copy; every instant is the copy's own."""
    if kind.upper().startswith("DATETIME"):
        return f'CASE WHEN t."{column}" IS NULL THEN NULL ELSE copy.at END'
    return f't."{column}"'


def _reopen(db: sqlite3.Connection, incidents: Span, number: int) -> None:
    """The newest copies wait, as many in every ward."""
    newest = f"id > {incidents.last} AND id <= {incidents.last + number}"
    db.execute(
        "UPDATE incident SET state = 'new', officer_id = NULL, taken_at = NULL,"
        f" closed_at = NULL, outcome = NULL WHERE {newest}"
    )
    about = newest.replace("id ", "incident_id ")
    db.execute(f"DELETE FROM incident_event WHERE {about} AND what IN {_DEEDS}")


def _code(number: int) -> str:
    """Eight digits with their check digit, no two alike below nine million."""
    digits = str(1_000_000 + number * 7_919 % 9_000_000)
    return digits + str(damm.calc_check_digit(digits))
