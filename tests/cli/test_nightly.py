"""The running bot's own backups: made in a process apart, tried out, and spoken of."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from cli.backup_places import DATABASE, Places
from cli.nightly import Nightly
from settings import inherited_environment
from storage.addresses import add_address, add_person
from storage.backup_folder import list_backups
from storage.engine import open_engine
from storage.keys import Keyring, write_keyring
from storage.memberships import add_membership
from storage.migrate import upgrade
from storage.outbox import load_notice
from storage.rows import list_by
from storage.tables import Membership, Outbox
from storage.wards import add_ward
from storage.writer import Writer
from tests.conftest import START, Clock


@pytest.fixture
def places(tmp_path: Path, keyring: Keyring) -> Places:
    data = tmp_path / "data"
    data.mkdir()
    write_keyring(data / "tuquan.key", keyring)
    url = f"sqlite:///{data / DATABASE}"
    return Places(url, data, data / "tuquan.key", data / "b.key", tmp_path / "safe", 3)


@pytest.fixture
def running(places: Places, keyring: Keyring) -> Iterator[tuple[Writer, Engine]]:
    """A bot's writer, and a ward with an administrator and an officer."""
    engine = open_engine(places.database_url, keyring)
    upgrade(engine)
    with engine.begin() as db:
        add_ward(db, "06650", "Phường Hạ Long")
        for role in ("administrator", "officer"):
            person = add_person(db, "Bà Bảy (nhân vật bịa)", "vi", START)
            add_address(db, "halong", f"chat of the {role}", START, person_id=person.id)
            add_membership(
                db,
                Membership(person_id=person.id, role=role, ward_code="06650", granted_at=START),
            )
    with Writer(engine) as writer:
        yield writer, engine
    engine.dispose()


def told(engine: Engine) -> list[str]:
    """The keys of what the administrator was told, and that nobody else was told anything."""
    with engine.connect() as db:
        owed = list_by(db, Outbox)
        assert {row.address_id for row in owed} <= {1}
        return [str(notice.text.key) for row in owed if (notice := load_notice(row.notice)).text]


def nightly(writer: Writer, clock: Clock, places: Places) -> Nightly:
    return Nightly(writer, clock, places, 2, inherited_environment())


async def test_one_a_night_and_a_rehearsal_a_week(
    running: tuple[Writer, Engine], places: Places, clock: Clock
) -> None:
    writer, engine = running
    bot = nightly(writer, clock, places)
    await bot.look()
    assert len(list_backups(places.folder)) == 1
    assert told(engine) == ["backup.news.new_key", "backup.news.usable"]
    await bot.look()
    clock.move(hours=16)  # 01:00
    await bot.look()
    assert len(list_backups(places.folder)) == 1
    clock.move(hours=2)
    await bot.look()
    assert len(list_backups(places.folder)) == 2
    clock.move(days=6, hours=8)
    await nightly(writer, clock, places).look()  # after a restart
    assert told(engine).count("backup.news.usable") == 2


async def test_a_backup_that_cannot_be_put_back_is_said(
    running: tuple[Writer, Engine], places: Places, clock: Clock
) -> None:
    writer, engine = running
    bot = nightly(writer, clock, places)
    await bot.look()
    (backup,) = list_backups(places.folder)
    backup.write_bytes(backup.read_bytes()[:-9])
    clock.move(hours=2, days=7)
    places.key_file.rename(places.key_file.with_suffix(".lost"))
    await bot.look()
    assert told(engine)[-1] == "backup.news.unusable"


async def test_a_night_without_a_backup_is_said_and_tried_again(
    running: tuple[Writer, Engine], places: Places, clock: Clock
) -> None:
    writer, engine = running
    places.folder.write_bytes(b"a file where the folder should be")
    bot = nightly(writer, clock, places)
    await bot.look()
    assert told(engine) == ["backup.news.failed"]
    clock.move(hours=35)
    await bot.look()
    assert told(engine) == ["backup.news.failed"] * 2
    clock.move(hours=2)
    await bot.look()
    await bot.look()
    assert told(engine) == ["backup.news.failed"] * 2 + ["backup.news.missing"]
    places.folder.unlink()
    clock.move(minutes=59)
    await bot.look()
    assert list_backups(places.folder) == []
    clock.move(minutes=1)
    await bot.look()
    assert len(list_backups(places.folder)) == 1
