"""A backup comes back whole, into an empty place only, whatever is written while it is made."""

import asyncio
import io
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.engine import Connection, Engine

from bot.media.cellar import Cellar
from storage import addresses
from storage.backup import Manifest, write_backup
from storage.backup_folder import add_backup, backup_ring, list_backups, made_at, newest_at
from storage.incident_media import list_originals
from storage.keys import Keyring, new_keyring
from storage.migrate import current_revision, upgrade
from storage.restoring import Check, NewerLayout, NotEmpty, Unsound, restore_backup
from storage.rows import table
from storage.sealed_stream import Damaged
from storage.tables import Address, IncidentMedia, Person
from storage.writer import Writer
from tests.conftest import START, Clock
from tests.storage.conftest import NewEngine
from tests.storage.test_copying import everything, full

RING = Keyring({1: b"backup key of the tests, 32 bytes"[:32]})


def backup_of(engine: Engine, media: Path) -> bytes:
    target = io.BytesIO()
    write_backup(engine, media, target, RING, START)
    return target.getvalue()


def laid(cellar: Cellar, engine: Engine, count: int) -> None:
    """Originals in the folder, each named by a row."""
    with engine.begin() as db:
        for number in range(1, count + 1):
            name = cellar.lay(f"ảnh bịa {number}".encode()).name
            media = table(IncidentMedia)
            db.execute(media.update().where(media.c.id == number).values(original=name))
        db.execute(text("UPDATE incident_media SET original = NULL WHERE id > :n"), {"n": count})


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_all_of_it_comes_back(
    kind: str, new_engine: NewEngine, tmp_path: Path, keyring: Keyring
) -> None:
    ours, theirs = full(new_engine(kind)), new_engine("sqlite")
    media, fresh = tmp_path / "media", tmp_path / "fresh" / "media"
    laid(Cellar(media, keyring), ours, 2)
    stored = backup_of(ours, media)
    restored = restore_backup(io.BytesIO(stored), RING, theirs, fresh, keyring)
    assert [check for check in restored.checks if check.fault] == []
    assert {check.name for check in restored.checks} == {"tables", "file", "media", "key"}
    assert sorted(map(repr, everything(theirs).items())) == sorted(
        map(repr, everything(ours).items())
    )
    assert {f.name: f.read_bytes() for f in media.iterdir()} == {
        f.name: f.read_bytes() for f in fresh.iterdir()
    }
    assert restored.made_at == START.isoformat()


def test_back_to_postgresql_too(new_engine: NewEngine, tmp_path: Path, keyring: Keyring) -> None:
    stored = backup_of(full(new_engine("sqlite")), tmp_path / "media")
    theirs = new_engine("postgresql")
    with pytest.raises(Unsound):
        restore_backup(io.BytesIO(stored), RING, theirs, tmp_path / "m", new_keyring())
    assert not any(everything(theirs).values())
    restore_backup(io.BytesIO(stored), RING, theirs, tmp_path / "m", keyring)
    with theirs.begin() as db:
        assert addresses.add_person(db, "Bà Sáu (nhân vật bịa)", "vi", START).id == 4


async def test_a_backup_under_load_passes_every_check(
    engine: Engine, new_engine: NewEngine, tmp_path: Path, keyring: Keyring
) -> None:
    """A writer commits without a pause; each piece of work puts a person and their address."""
    stop = asyncio.Event()
    clock = Clock()
    counts: list[int] = []
    with Writer(engine) as writer:
        async with asyncio.TaskGroup() as tasks:
            for _ in range(4):
                tasks.create_task(_write_on(writer, clock, stop))
            while await writer.run(_people) < 50:
                pass
            for number in range(3):
                stored = await asyncio.to_thread(backup_of, engine, tmp_path / "media")
                theirs = new_engine("sqlite")
                restored = await asyncio.to_thread(
                    restore_backup, io.BytesIO(stored), RING, theirs, tmp_path / "m", keyring
                )
                assert not any(check.fault for check in restored.checks)
                with theirs.connect() as db:
                    pairs = select(func.count()).select_from(
                        table(Person).join(
                            table(Address), table(Address).c.person_id == table(Person).c.id
                        )
                    )
                    counts.append(_people(db))
                    assert db.execute(pairs).scalar_one() == counts[-1], number
            stop.set()
        assert 50 <= counts[0] < counts[1] < counts[2] < await writer.run(_people)


async def _write_on(writer: Writer, clock: Clock, stop: asyncio.Event) -> None:
    def work(db: Connection) -> None:
        person = addresses.add_person(db, "Ông Năm (nhân vật bịa)", "vi", clock())
        addresses.add_address(db, "phuong", f"{person.id}", clock(), person_id=person.id)

    while not stop.is_set():
        await writer.run(work)


def _people(db: Connection) -> int:
    return db.execute(select(func.count()).select_from(table(Person))).scalar_one()


def test_nothing_is_written_over(new_engine: NewEngine, tmp_path: Path, keyring: Keyring) -> None:
    ours, theirs = full(new_engine("sqlite")), full(new_engine("sqlite"))
    stored, before = backup_of(ours, tmp_path / "none"), everything(theirs)
    with pytest.raises(NotEmpty):
        restore_backup(io.BytesIO(stored), RING, theirs, tmp_path / "m", keyring)
    assert everything(theirs) == before
    (tmp_path / "m").mkdir()
    (tmp_path / "m" / "somebody's").write_bytes(b"")
    with pytest.raises(NotEmpty):
        restore_backup(io.BytesIO(stored), RING, new_engine("sqlite"), tmp_path / "m", keyring)


def test_an_old_layout_comes_back_as_it_was(
    new_engine: NewEngine, tmp_path: Path, keyring: Keyring
) -> None:
    ours, theirs = new_engine("sqlite"), new_engine("sqlite")
    upgrade(ours, "0002")
    with ours.begin() as db:
        addresses.add_person(db, "Bà Hai (nhân vật bịa)", "vi", START)
    stored = backup_of(ours, tmp_path / "media")
    restored = restore_backup(io.BytesIO(stored), RING, theirs, tmp_path / "m", keyring)
    assert (restored.revision, current_revision(theirs)) == ("0002", "0002")
    upgrade(theirs)
    with theirs.connect() as db:
        assert addresses.get_person(db, 1).name == "Bà Hai (nhân vật bịa)"


def test_a_newer_layout_is_not_guessed_at(
    new_engine: NewEngine, tmp_path: Path, keyring: Keyring
) -> None:
    ours = new_engine("sqlite")
    upgrade(ours)
    with ours.begin() as db:
        db.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    stored = backup_of(ours, tmp_path / "media")
    with pytest.raises(NewerLayout):
        restore_backup(io.BytesIO(stored), RING, new_engine("sqlite"), tmp_path / "m", keyring)


def _lose_a_reference(db: Connection) -> None:
    db.execute(text("DELETE FROM neighbourhood WHERE id = 2"))


def _seal_with_another_key(db: Connection) -> None:
    sealed = new_keyring().seal(b"invented")
    db.execute(text("UPDATE person SET name = :name WHERE id = 2"), {"name": sealed})


@pytest.mark.parametrize(
    ("harm", "check"), [(_lose_a_reference, "file"), (_seal_with_another_key, "key")]
)
def test_what_was_unsound_when_it_was_backed_up_is_said_and_not_put_back(
    harm: Callable[[Connection], None],
    check: str,
    new_engine: NewEngine,
    tmp_path: Path,
    keyring: Keyring,
) -> None:
    ours, theirs = full(new_engine("sqlite")), new_engine("sqlite")
    laid(Cellar(tmp_path / "media", keyring), ours, 1)
    with ours.connect() as db:
        db.connection.cursor().execute("PRAGMA foreign_keys=OFF")
        with db.begin():
            harm(db)
    stored = backup_of(ours, tmp_path / "media")
    with pytest.raises(Unsound) as found:
        restore_backup(io.BytesIO(stored), RING, theirs, tmp_path / "m", keyring)
    assert [each.name for each in found.value.checks if each.fault] == [check]
    assert not any(everything(theirs).values())
    assert list((tmp_path / "m").iterdir()) == []


def test_a_value_changed_on_its_way_back_is_noticed(
    new_engine: NewEngine, tmp_path: Path, keyring: Keyring
) -> None:
    ours, theirs = full(new_engine("sqlite")), new_engine("sqlite")
    upgrade(theirs)
    with theirs.begin() as db:
        db.execute(
            text(
                "CREATE TRIGGER spoil AFTER INSERT ON campaign BEGIN"
                " UPDATE campaign SET name = 'khác' WHERE id = NEW.id; END"
            )
        )
    stored = io.BytesIO(backup_of(ours, tmp_path / "none"))
    with pytest.raises(Unsound) as found:
        restore_backup(stored, RING, theirs, tmp_path / "m", keyring)
    assert [c for c in found.value.checks if c.fault] == [Check("tables", "campaign")]


def test_without_any_key_nothing_is_put_back_but_with_its_own_it_is(
    new_engine: NewEngine, tmp_path: Path, keyring: Keyring
) -> None:
    ours, theirs, target = full(new_engine("sqlite")), new_engine("sqlite"), io.BytesIO()
    stored = backup_of(ours, tmp_path / "none")
    with pytest.raises(Unsound):
        restore_backup(io.BytesIO(stored), RING, theirs, tmp_path / "m", None)
    written = b"1 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n"
    write_backup(ours, tmp_path / "none", target, RING, START, keyring=written)
    target.seek(0)
    restored = restore_backup(target, RING, theirs, tmp_path / "m", None)
    assert restored.keyring == written


def test_the_data_s_key_and_words_are_not_in_it(
    new_engine: NewEngine, tmp_path: Path, keyring: Keyring
) -> None:
    stored = backup_of(full(new_engine("sqlite")), tmp_path / "none")
    assert b"campaign" not in stored
    assert keyring.keys[1] not in stored


def test_a_torn_backup_leaves_nothing(
    new_engine: NewEngine, tmp_path: Path, keyring: Keyring
) -> None:
    ours, theirs = full(new_engine("sqlite")), new_engine("sqlite")
    laid(Cellar(tmp_path / "media", keyring), ours, 2)
    stored = backup_of(ours, tmp_path / "media")
    with pytest.raises(Damaged):
        restore_backup(io.BytesIO(stored[:-1]), RING, theirs, tmp_path / "m", keyring)
    assert not (tmp_path / "m").exists() or list((tmp_path / "m").iterdir()) == []
    restore_backup(io.BytesIO(stored), RING, theirs, tmp_path / "m", keyring)
    with theirs.connect() as db:
        assert len(list_originals(db)) == 2


def test_the_folder_keeps_the_newest_and_nothing_unfinished(
    engine: Engine, tmp_path: Path
) -> None:
    folder, clock = tmp_path / "backups", Clock()
    folder.mkdir()
    left = folder / "tuquan-20200101-000000.backup.unfinished"
    other = folder / "somebody's.backup"
    for file in (left, other):
        file.write_bytes(b"")
    for _ in range(4):
        clock.move(days=1)
        file, _ = add_backup(folder, RING, clock(), _writing(engine, tmp_path), 2)
        assert file.stat().st_mode & 0o077 == 0
    kept = list_backups(folder)
    assert [made_at(f).day for f in kept] == [26, 25]
    assert newest_at(folder) == clock().replace(microsecond=0)
    assert {f.name for f in folder.iterdir()} == {*(f.name for f in kept), other.name}


def test_one_that_fails_leaves_the_others(engine: Engine, tmp_path: Path) -> None:
    folder, clock = tmp_path / "backups", Clock()
    add_backup(folder, RING, clock(), _writing(engine, tmp_path), 1)
    before = {f.name: f.read_bytes() for f in folder.iterdir()}
    clock.move(days=1)

    def fails(target: BinaryIO) -> Manifest:
        raise sqlite3.OperationalError("invented")

    def tears(target: BinaryIO) -> Manifest:
        made = _writing(engine, tmp_path)(target)
        target.truncate(target.tell() - 1)
        return made

    for write, fault in ((fails, sqlite3.OperationalError), (tears, Damaged)):
        with pytest.raises(fault):
            add_backup(folder, RING, clock(), write, 1)
    assert {f.name: f.read_bytes() for f in folder.iterdir()} == before


def test_the_key_is_made_once(tmp_path: Path) -> None:
    file = tmp_path / "new" / "backup.key"
    ring, was_made = backup_ring(file)
    assert was_made
    assert backup_ring(file) == (ring, False)
    assert file.stat().st_mode & 0o077 == 0


def _writing(engine: Engine, folder: Path) -> Callable[[BinaryIO], Manifest]:
    return lambda target: write_backup(engine, folder / "media", target, RING, START)
