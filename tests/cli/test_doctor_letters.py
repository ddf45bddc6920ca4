"""doctor shows what went astray, which otherwise nobody sees."""

from datetime import UTC, datetime
from pathlib import Path

from cli.database import opened
from domain.notices import Lane, Notice, plain
from settings import load_settings
from storage import deliveries, inbox, outbox
from storage.addresses import add_address
from tests.cli.conftest import Run
from tests.cli.test_doctor import found

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def test_dead_letters_and_parked_updates_are_counted(run: Run, settled: Path) -> None:
    with opened(load_settings(settled)) as engine, engine.begin() as db:
        address = add_address(db, "invented", "-4100000099", NOON)
        for number in range(3):
            row = outbox.put(db, address, Notice(plain(f"thẻ {number}")), Lane.EMERGENCY, NOON)
            if number:
                deliveries.mark_dead(db, row, "not enough rights to send text messages")
        inbox.park(db, "invented", 7, NOON, {"update_id": 7}, "KeyError")
    result = run("doctor", "--json")
    assert result.exit_code == 0, result.output
    dead, parked = (found(result)[check] for check in ("dead letters", "parked updates"))
    assert (dead["state"], parked["state"]) == ("warn", "warn")
    assert "2" in dead["message"]
    assert "/vuviec" in dead["advice"]
    assert "1" in parked["message"]
    assert parked["advice"]


def test_where_nothing_went_astray_nothing_is_said(run: Run, settled: Path) -> None:
    checks = found(run("doctor", "--json"))
    assert "dead letters" not in checks
    assert "parked updates" not in checks
    assert settled.exists()
