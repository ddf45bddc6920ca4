"""Sharing where something changes or breaks between preparing a file and sending it."""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import Connection, Engine

from bot.channels.base import Unavailable
from bot.delivery.preparing import Preparing
from bot.delivery.settling import Listeners, Settling
from bot.media.apart import Washroom
from bot.media.cellar import Cellar
from bot.media.sharing import TRIES, Sharing
from domain.notices import Lane, Media, Notice
from settings import inherited_environment
from storage import incidents, outbox, owed
from storage.addresses import add_address
from storage.keys import Keyring
from storage.rows import add, table
from storage.tables import Incident, Ward
from storage.writer import Writer
from tests.conftest import Clock
from tests.specimens import jpeg

BOT = "phuong"
RAW = Media("document", "invented-raw")


class Kept:
    """A messenger that gives the same file for every id."""

    name = BOT

    async def download(self, file: str) -> bytes:
        return jpeg() if file != RAW.file else b"no sort of file that can be cleaned"


class Bench:
    """One file that waits for one desk."""

    def __init__(self, writer: Writer, sharing: Sharing, clock: Clock, held: list[str]) -> None:
        self.writer = writer
        self.sharing = sharing
        self.clock = clock
        self.held = held
        self.incident_id = 0
        self.row_id = 0

    async def lay_out(self, media: Media, name: str | None) -> None:
        self.incident_id, self.row_id = await self.writer.run(
            lambda db: self._write(db, media, name)
        )

    async def due(self) -> list[owed.Due]:
        closed = owed.Closed()
        return await self.writer.run(lambda db: owed.list_due(db, BOT, self.clock(), closed, 50))

    def _write(self, db: Connection, media: Media, name: str | None) -> tuple[int, int]:
        db.execute(table(Ward).insert(), {"code": "00001", "name": "Phường Mẫu"})
        incident = Incident(
            code="48271936", kind="FIRE", urgency=1, ward_code="00001", named=bool(name),
            reporter_name=name, created_at=self.clock(),
        )  # fmt: skip
        key = add(db, incident)
        incidents.add_media(db, key, BOT, media.kind, media.file, self.clock())
        desk = add_address(db, BOT, "-1", self.clock())
        notice, about = Notice(media=(media,)), f"incident:{key}"
        return key, outbox.put(db, desk, notice, Lane.EMERGENCY, self.clock(), concerns=about)


@pytest.fixture
async def bench(
    engine: Engine, keyring: Keyring, clock: Clock, tmp_path: Path
) -> AsyncIterator[Bench]:
    held: list[str] = []
    note: Callable[..., None] = lambda db, row, file, why, first, now: held.append(why)  # noqa: E731
    with Writer(engine) as writer:
        cellar, room = Cellar(tmp_path / "media", keyring), Washroom(inherited_environment())
        channels: dict[str, Any] = {BOT: Kept()}
        sharing = Sharing(channels, writer, cellar, room, clock, note)
        yield Bench(writer, sharing, clock, held)


async def test_a_file_that_went_as_it_is_waits_once_the_name_was_withdrawn(bench: Bench) -> None:
    await bench.lay_out(RAW, "Bà Lan (bịa)")
    (due,) = await bench.due()
    await bench.sharing.prepare(BOT, due)
    assert await bench.sharing.dress(due) == (RAW,)
    withdrawn = {"named": False, "reporter_name": None}
    await bench.writer.run(lambda db: incidents.set_columns(db, bench.incident_id, **withdrawn))
    with pytest.raises(Unavailable):
        await bench.sharing.dress(due)
    await bench.sharing.prepare(BOT, due)
    assert await bench.sharing.dress(due) == ()
    assert bench.held == ["unclean"]


async def test_where_nothing_can_be_cleaned_the_desk_is_told_in_the_end(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    await bench.lay_out(Media("photo", "invented-1"), None)
    nothing: Callable[..., None] = lambda *_: None  # noqa: E731
    settling = Settling(bench.writer, bench.clock, Listeners(nothing, nothing, nothing, nothing))
    preparing = Preparing(BOT, bench.sharing, settling, lambda: None)
    for _ in range(TRIES + 1):
        due = await bench.due()
        async with asyncio.TaskGroup() as tasks:
            preparing.ready(tasks, due)
        bench.clock.move(minutes=2)
    assert bench.held == ["unclean"]
    assert not [record for record in caplog.records if record.exc_info]
