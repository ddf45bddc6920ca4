"""Somebody has erased what the bot knows of them: the very bytes, sealed as they lay there, are
gone from the database, from its log and from the folder of files. What is counted stays. The
real program; all names and numbers are invented.
"""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pytest
from sqlalchemy import text

from domain.retention import KEPT_FOR, Kept
from storage.rows import list_by
from storage.tables import Address, Consent, Incident
from tests.journeys.hurried import Hurried
from tests.journeys.test_quiet import Step, does
from tests.journeys.town import Town
from tests.messenger import PATIENCE

# All that is somebody's own, and what the desks were told.
OWN: Final = {
    "their name": "SELECT name FROM person WHERE id = :person",
    "what they left": "SELECT house, phone FROM person WHERE id = :person",
    "what was said to them": "SELECT notice FROM outbox WHERE address_id = :address",
    "what the desk was told": "SELECT notice FROM outbox WHERE concerns LIKE 'incident:%'",
    "drafts": "SELECT state FROM draft WHERE address_id = :address",
    "who reported": "SELECT address, receipt FROM incident_reporter",
    "name and number": "SELECT reporter_name, callback FROM incident",
    "files": "SELECT file, clean FROM incident_media",
}
STORY: Final = {"the report": "SELECT words, place FROM incident"}
ENROLS: Final[tuple[Step, ...]] = (
    ("/dangky", "giữ số nhà"),
    ("có", "Số nhà và ngõ"),
    ("số 12 ngõ 5", "giữ một số điện thoại"),
    ("có", "Gọi lại số nào"),
    ("0912 345 678", "đúng chưa"),
    ("lưu", "Đã ghi lại"),
)
REPORTS: Final[tuple[Step, ...]] = (
    ("[Trộm cắp]", "Ở đâu"),
    ("cổng chợ", "biết tên"),
    ("[Cho biết tên]", "Xem lại"),
    ("gửi tin", "Đã ghi tin"),
)


@dataclass
class Life:
    """What somebody leaves lying, by what it is: each value as it is sealed at the time."""

    town: Town
    held: dict[str, set[bytes]] = field(default_factory=lambda: defaultdict(set))

    def note(self, queries: dict[str, str]) -> None:
        """Everything that these find now. The connection is given back at once: a reader keeps
        the log from being emptied."""
        with self.town.engine.connect() as db:
            known = list_by(db, Address)
            home = next(each for each in known if each.chat == str(self.town.resident.id))
            keys = {"person": home.person_id, "address": home.id}
            for name, query in queries.items():
                found = db.execute(text(query), keys).all()
                self.held[name] |= {bytes(value) for row in found for value in row if value}

    def lying(self) -> set[str]:
        """What of it still lies anywhere below the data folder."""
        files = [file for file in self.folder.rglob("*") if file.is_file()]
        whole = b"".join(file.read_bytes() for file in files)
        return {name for name, held in self.held.items() if any(each in whole for each in held)}

    @property
    def folder(self) -> Path:
        return self.town.settings.data_dir

    def originals(self) -> list[str]:
        return [file.name for file in (self.folder / "media").iterdir()]

    def incident(self) -> Incident:
        with self.town.engine.connect() as db:
            (found,) = list_by(db, Incident)
        return found

    async def comes_to(self, is_so: Callable[[], bool]) -> None:
        """Wait until it is: the ticks do it."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                while not is_so():
                    await self.town.api.get("state")
        assert is_so(), (self.lying(), self.originals())


@pytest.fixture
def hurried(town: Town, tmp_path_factory: pytest.TempPathFactory) -> Hurried:
    return Hurried(town, tmp_path_factory.mktemp("hurried"))


async def lived(town: Town, photo: bytes) -> Life:
    """Enrolled, reported with a name and a photo, answered, and left a second one half-written."""
    resident, officer, police, life = town.resident, town.officer, town.chat("police"), Life(town)
    await town.start("resident", "officer")
    await does(resident, (*ENROLS, ("/baotin", "Có chuyện gì")))
    await resident.shows(photo, "Mất trộm con gà ở chuồng")
    await resident.sees("việc gì")
    for step in REPORTS:
        life.note(OWN)
        await does(resident, [step])
    await officer.sees("Nguyễn Thị Hoa", chat=police)
    await officer.receives("photo", chat=police)
    await officer.taps("Tôi nhận", chat=police)
    await resident.sees("đã nhận tin lúc")
    await does(resident, (("/baotin", "Có chuyện gì"), ("mất cả con vịt", "việc gì")))
    await town.quiet()
    return life


async def closes(town: Town) -> None:
    await town.officer.taps("Đã xử lý", chat=town.chat("police"))
    await town.officer.taps("Đã nhắc nhở", chat=town.chat("police"))
    await town.resident.sees("Đã xử lý")


async def erases(town: Town, said: str) -> None:
    await town.resident.says("/dulieu")
    await town.resident.taps("Xóa dữ liệu")
    await town.resident.sees("Còn lại")
    await town.resident.taps("Xóa hết")
    await town.resident.sees(said)
    await town.quiet()


def is_noted(life: Life) -> None:
    """All of it, and all of it lies there: without that nothing would be proved."""
    life.note(OWN | STORY)
    assert all(life.held.values()), life.held
    assert life.lying() == set(OWN | STORY)
    assert len(life.originals()) == 1


async def is_counted(life: Life) -> None:
    """The report is still there to be counted, and the police see no name any more."""
    found = life.incident()
    assert (found.kind, found.state, found.outcome) == ("THEFT", "closed", "reminded")
    assert (found.named, found.reporter_name, found.callback) == (False, None, None)
    with life.town.engine.connect() as db:
        assert list_by(db, Consent), "the proof of what was agreed to"
    police = life.town.chat("police")
    await life.town.officer.sees_nothing_of("Nguyễn Thị Hoa", "0912", chat=police)


@pytest.mark.parametrize("closed_first", [True, False])
async def test_what_was_erased_lies_nowhere(
    town: Town, hurried: Hurried, photo: bytes, closed_first: bool
) -> None:
    async with hurried.running():
        life = await lived(town, photo)
        if closed_first:
            await closes(town)
        is_noted(life)
        await erases(town, "Đã xóa" if closed_first else "còn giữ tới khi khép lại")
        if not closed_first:
            assert "who reported" in life.lying(), "the police may still have to ask"
            await closes(town)
        await life.comes_to(lambda: life.lying() <= set(STORY))
        await life.comes_to(lambda: not life.originals())
        await is_counted(life)
        hurried.move(days=KEPT_FOR[Kept.REPORT].days + 1)
        await life.comes_to(lambda: life.incident().erased_at is not None)
        await life.comes_to(lambda: not life.lying())
        assert (life.incident().words, life.incident().place) == ("", None)
        await is_counted(life)
    assert not life.lying()
