"""doctor counts law items: what may be sent, waits, is past its day; and finds files that are
broken.
"""

import json
from datetime import UTC, datetime
from pathlib import Path

from actions.law_approval import approve, list_waiting
from actions.standings import grant
from actions.wards import merge_ward
from cli.database import opened
from cli.findings import State
from cli.law_checks import check_law
from content.law import load_law
from domain.roles import Role
from settings import load_settings
from storage.addresses import add_person
from tests.cli.conftest import Run
from tests.content.edited import edited

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
WARD = "06688"


def test_without_a_ward_there_is_nothing_to_say(settled: Path) -> None:
    assert check_law(load_settings(settled), NOON) == []


def test_what_waits_and_what_is_past_its_day(run: Run, settled: Path) -> None:
    settings = load_settings(settled)
    certain = [key for key, item in load_law("vi").items() if item.certainty == "A"]
    with opened(settings) as engine, engine.begin() as db:
        merge_ward(db, WARD, "Phường Hạ Long", [])
        person = add_person(db, "Đỗ Quang Huy", "vi", NOON)
        grant(db, person.id, Role.CHIEF, WARD, None, None, NOON)
    (finding,) = check_law(settings, NOON)
    listed = json.loads(run("doctor", "--json").stdout)
    assert "law" in {each["check"] for each in listed}
    with opened(settings) as engine, engine.begin() as db:
        for each in list_waiting(db, WARD, NOON):
            approve(db, person, WARD, each, NOON)
    assert finding.state is State.WARN
    assert finding.words.params["offered"] == 0
    assert finding.advice is not None

    (finding,) = check_law(settings, NOON)
    assert finding.state is State.OK
    assert finding.words.params["offered"] == len(certain)
    assert finding.words.params["waiting"] == 0
    assert finding.words.params["uncertain"] == len(load_law("vi")) - len(certain)

    (finding,) = check_law(settings, NOON.replace(year=2028))
    assert finding.state is State.WARN
    assert finding.words.params["expired"] == len(certain)


def test_files_that_cannot_be_used(settled: Path, tmp_path: Path) -> None:
    folder = edited(tmp_path, "vi/order.toml", 'call = "113"', "call = 113")
    (finding,) = check_law(load_settings(settled), NOON, folder)
    assert finding.check == "content"
    assert finding.state is State.FAULT
    assert "order.toml" in str(finding.words.params["first"])
