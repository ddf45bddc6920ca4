"""What somebody had erased is not in the files any more: not in the database, not in its log,
not among the kept originals. The very bytes are looked for, sealed as they lay there. All names
and numbers are invented.
"""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import LargeBinary, Table, type_coerce
from sqlalchemy.engine import Connection, Engine
from sqlmodel import select

from actions import consents, my_data
from actions.erasure import Remaining
from actions.handling import acknowledge, deal_with
from bot.media.apart import Washroom
from bot.media.cellar import Cellar
from bot.media.sharing import Sharing
from domain.consent import QUESTIONS, ConsentPurpose
from domain.incidents import Outcome
from domain.notices import Lane, Media, Notice, plain
from storage import inbox, incident_media, incidents, outbox
from storage.drafts import add_draft
from storage.engine import empty_log
from storage.keys import Keyring, mark
from storage.rows import list_by, rows, table
from storage.tables import (
    Draft,
    Inbox,
    Incident,
    IncidentMedia,
    IncidentReporter,
    Outbox,
    Person,
)
from storage.writer import Writer
from tests.precinct import BOT, CANARY_NAME, Precinct


@dataclass
class Place:
    """Where bytes may lie."""

    folder: Path
    engine: Engine

    def files(self) -> dict[str, bytes]:
        """Every file of the database, its log and the originals."""
        found = [*self.folder.glob("own.sqlite3*"), *(self.folder / "media").glob("*")]
        return {file.name: file.read_bytes() for file in found}

    def sealed(
        self, db: Connection, of: Table, names: tuple[str, ...], key: int
    ) -> Iterator[bytes]:
        """The raw content of these columns of one row."""
        (primary,) = of.primary_key.columns
        columns = [type_coerce(of.c[name], LargeBinary).label(name) for name in names]
        for value in db.execute(select(*columns).where(primary == key)).one():
            assert value
            yield bytes(value)


def shown(purpose: ConsentPurpose, now: datetime) -> consents.Shown:
    return consents.Shown(QUESTIONS[purpose], "invented words", "vi", BOT, now)


@dataclass
class Life:
    """Somebody enrolled, reported what is closed since, and left things lying."""

    precinct: Precinct
    incident: Incident
    original: str

    @classmethod
    def lived(cls, db: Connection, now: datetime, cellar: Cellar) -> "Life":
        precinct = Precinct(db, now)
        precinct.room("-1")
        resident, home = precinct.resident, precinct.resident_home
        for purpose, value in (
            (ConsentPurpose.HOUSE, "số 12 ngõ 5"),
            (ConsentPurpose.PHONE, "0912345678"),
        ):
            consents.keep(db, resident, purpose, value, shown(purpose, now), now)
        photo = (Media("photo", "invented-file"),)
        incident = precinct.report(
            "THEFT", "Mất xe", name=CANARY_NAME, callback="0912345678", media=photo
        )
        laid = cellar.lay(b"the bytes of an invented photo")
        (media,) = incidents.list_media(db, incident.id)
        incident_media.keep_original(db, media.id, laid.name, laid.sha256)
        cellar.release(laid.name)
        acknowledge(db, incident.id, precinct.an, now)
        deal_with(db, incident.id, Outcome.SETTLED, precinct.an, now)
        add_draft(db, home.id, "report", {"flow": "report", "answers": {"what": "dở"}}, now)
        payload = {"update_id": 7, "message": "lời bịa"}
        inbox.park(db, BOT, 7, now, payload, "ValueError", conversation=mark(db, home.chat))
        outbox.put(db, home, Notice(plain("lời bịa")), Lane.NOTICE, now)
        precinct.deliver()
        return cls(precinct, incident, laid.name)

    def bytes_of(self, db: Connection, place: Place) -> dict[str, bytes]:
        """All that is this person's, as it lies in the file."""
        found: dict[str, bytes] = {}

        def note(of: Any, names: tuple[str, ...], key: int) -> None:
            for name, value in zip(names, place.sealed(db, table(of), names, key), strict=True):
                found[f"{of.__tablename__}.{name}.{key}"] = value

        note(Person, ("name", "house", "phone"), self.precinct.resident.id)
        note(Incident, ("reporter_name", "callback"), self.incident.id)
        note(IncidentReporter, ("address", "receipt"), self.incident.id)
        for media in list_by(db, IncidentMedia):
            note(IncidentMedia, ("file",), media.id)
        for draft in rows(db, Draft, select(Draft).where(Draft.status == "open")):
            note(Draft, ("state",), draft.id)
        for update in list_by(db, Inbox):
            note(Inbox, ("payload",), update.id)
        home = self.precinct.resident_home.id
        for row in rows(db, Outbox, select(Outbox).where(Outbox.address_id == home)):
            note(Outbox, ("notice",), row.id)
        return found

    def erased(self, db: Connection) -> Remaining:
        self.precinct.db = db
        asked = shown(ConsentPurpose.ERASURE, self.precinct.now)
        return my_data.ask_erasure(db, self.precinct.resident, asked, self.precinct.now)


async def test_the_bytes_are_gone_from_database_log_and_folder(
    engine: Engine, tmp_path: Path, keyring: Keyring, now: datetime
) -> None:
    place, cellar = Place(tmp_path, engine), Cellar(tmp_path / "media", keyring)
    with Writer(engine) as writer:
        life = await writer.run(lambda db: Life.lived(db, now, cellar))
        with engine.connect() as db:
            held = life.bytes_of(db, place)
        before = b"".join(place.files().values())
        for name, value in held.items():
            assert value in before, name
        assert {name.split(".")[0] for name in held} >= {"person", "incident", "draft", "outbox"}
        remaining = await writer.run(life.erased)
        assert remaining == Remaining()
        assert life.original in cellar.names()
        sharing = Sharing({}, writer, cellar, Washroom({}), lambda: now, lambda *_: None)
        await sharing.sweep()
    left = place.files()
    assert life.original not in left
    assert left.get("own.sqlite3-wal", b"") == b""
    for name, value in held.items():
        for file, content in left.items():
            assert value not in content, (name, file)
    with engine.connect() as db:
        counted = incidents.get(db, life.incident.id)
    assert (counted.kind, counted.state, counted.outcome) == ("THEFT", "closed", "settled")


async def test_while_somebody_reads_the_log_is_emptied_later(
    engine: Engine, tmp_path: Path, keyring: Keyring, now: datetime
) -> None:
    log = tmp_path / "own.sqlite3-wal"
    cellar = Cellar(tmp_path / "media", keyring)
    with Writer(engine) as writer:
        life = await writer.run(lambda db: Life.lived(db, now, cellar))
        with engine.connect() as reader:
            reader.execute(select(Person.id)).all()
            await asyncio.wait_for(writer.run(life.erased), timeout=2)
            assert log.stat().st_size > 0
        await writer.run(lambda db: None)
        assert log.stat().st_size == 0


def test_emptying_the_log_loses_nothing(engine: Engine, now: datetime) -> None:
    with engine.begin() as db:
        Precinct(db, now)
    assert empty_log(engine)
    with engine.connect() as db:
        assert CANARY_NAME in {person.name for person in list_by(db, Person)}


@pytest.mark.parametrize("again", [False, True])
def test_a_second_erasure_changes_nothing_more(precinct: Precinct, *, again: bool) -> None:
    life_db, now = precinct.db, precinct.now
    asked = shown(ConsentPurpose.ERASURE, now)
    precinct.report("THEFT", "Mất xe")
    first = my_data.ask_erasure(life_db, precinct.resident, asked, now)
    second = my_data.ask_erasure(life_db, precinct.resident, asked, now) if again else first
    assert second == first
    assert len(first.open_codes) == 1
