"""doctor says of each ward whether every step of its ladder reaches somebody."""

from datetime import UTC, datetime
from pathlib import Path

from actions.standings import grant
from cli.database import opened
from domain.roles import Purpose, Role
from settings import load_settings
from storage import rooms, wards
from storage.addresses import add_address, add_person, set_unreachable
from storage.tables import Room
from tests.cli.conftest import Run
from tests.cli.test_doctor import found

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
WARD = "99901"


def staffed(settled: Path, *, blocked: bool = False) -> None:
    """A ward with a duty chat, an officer, a chief and a deputy, who may have blocked the bot."""
    with opened(load_settings(settled)) as engine, engine.begin() as db:
        wards.add_ward(db, WARD, "Phường Bịa Đặt")
        desk = add_address(db, "invented", "-4100000099", NOON)
        room = Room(address_id=desk.id, purpose=Purpose.DUTY.value, ward_code=WARD, bound_at=NOON)
        rooms.add_room(db, room)
        for number, role in enumerate((Role.OFFICER, Role.CHIEF, Role.CHIEF)):
            person = add_person(db, f"Cán bộ bịa {number}", "vi", NOON)
            home = add_address(db, "invented", f"90{number}", NOON, person_id=person.id)
            grant(db, person.id, role, WARD, None, None, NOON)
        if blocked:
            set_unreachable(db, home.id, NOON)


def test_a_ward_that_lacks_nothing(run: Run, settled: Path) -> None:
    staffed(settled)
    assert found(run("doctor", "--json"))["ladder"]["state"] == "ok"


def test_a_step_without_anybody_is_a_warning_with_advice(run: Run, settled: Path) -> None:
    staffed(settled, blocked=True)
    result = run("doctor", "--json")
    assert result.exit_code == 0, result.output
    ladder = found(result)["ladder"]
    assert ladder["state"] == "warn"
    assert "Phường Bịa Đặt" in ladder["message"]
    assert "/moitruong" in ladder["advice"]


def test_without_a_ward_nothing_is_said(run: Run, settled: Path) -> None:
    assert "ladder" not in found(run("doctor", "--json"))
    assert settled.exists()
