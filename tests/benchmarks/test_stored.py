"""The copies of real reports are rows that the program itself can read and work with: they refer
to each other, open with the key, and every deed finds its way among them.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from benchmarks.growth import grown
from benchmarks.insides import costs
from benchmarks.multiplying import highest
from benchmarks.stored import REAL, make
from benchmarks.variants import DATABASE_FILE, KEY_FILE
from domain.codes import parse_code
from scheduler.ticks import TICKS
from storage.engine import open_engine
from storage.keys import read_keyring
from storage.rows import list_by
from storage.tables import Incident, Outbox, Person

SIZES = (500, 1_000)
WARDS = 54


def found(folder: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(folder / DATABASE_FILE)) as db:
        return db.execute(query).fetchall()


async def test_a_province_of_copies(tmp_path: Path) -> None:
    folders = await make(tmp_path, SIZES, groups=WARDS)
    for folder, size in zip(folders, SIZES, strict=True):
        check_rows(folder, size)
        check_sealed(folder)
    few = highest(folders[0] / DATABASE_FILE)
    many = highest(folders[1] / DATABASE_FILE)
    assert 1.9 < many["outbox"] / few["outbox"] < 2.1
    insides = {str(n): costs(folder, times=1) for n, folder in zip(SIZES, folders, strict=True)}
    names = {each["name"] for each in insides["500"]}
    assert names >= {f"tick: {deed.__name__}" for deed in TICKS}
    assert {row["name"] for row in grown(insides)} <= names


def check_rows(folder: Path, size: int) -> None:
    ((count, wards),) = found(folder, "SELECT count(*), count(DISTINCT ward_code) FROM incident")
    assert size - REAL < int(str(count)) <= size
    assert wards == WARDS
    assert found(folder, "PRAGMA foreign_key_check") == []
    assert found(folder, "PRAGMA integrity_check") == [("ok",)]
    waiting = "SELECT ward_code, count(*) FROM incident WHERE state = 'new' GROUP BY ward_code"
    assert [number for _, number in found(folder, waiting)] == [REAL] * WARDS
    assert found(folder, "SELECT count(*) FROM outbox WHERE state = 'due'") == [(0,)]
    # A card is found by its mark, and stands in the duty chat of its incident's ward.
    cards = (
        "SELECT count(*) FROM incident i JOIN room r ON r.ward_code = i.ward_code AND"
        " r.purpose = 'duty' JOIN outbox o ON o.address_id = r.address_id AND"
        " o.once = 'incident:' || i.id || ':card:' || r.address_id || ':1'"
    )
    assert found(folder, cards) == [(count,)]


def check_sealed(folder: Path) -> None:
    """All of it opens with the key that lies beside it."""
    address = f"sqlite:///{(folder / DATABASE_FILE).as_posix()}"
    engine = open_engine(address, read_keyring(folder / KEY_FILE))
    with engine.connect() as db:
        incidents = list_by(db, Incident)
        assert all(parse_code(each.code) == each.code for each in incidents)
        assert all("karaoke" in each.words for each in incidents)
        assert all(list_by(db, Person))
        assert all(row.notice for row in list_by(db, Outbox))
    engine.dispose()
