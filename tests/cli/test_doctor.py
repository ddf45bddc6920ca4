"""doctor names each fault with what to do, and run refuses what would lose messages."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from actions.rooms import bind_room
from actions.wards import merge_ward
from cli.database import opened
from cli.findings import State
from cli.local_checks import check_disk
from cli.lock import only_one
from cli.messenger_checks import check_clock
from domain.roles import Purpose
from settings import load_settings
from storage.addresses import add_address, add_person
from storage.keys import new_keyring, write_keyring
from tests.cli.conftest import TOKEN, Run, post

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def found(result: Result) -> dict[str, dict[str, Any]]:
    """The findings by check; the worst one where there are several."""
    order = [state.value for state in State]
    listed = sorted(json.loads(result.stdout), key=lambda f: order.index(f["state"]))
    return {finding["check"]: finding for finding in listed}


def test_a_bot_that_was_just_set_up_is_healthy(run: Run, settled: Path) -> None:
    result = run("doctor", "--json")
    assert result.exit_code == 0, result.output
    states = {check: finding["state"] for check, finding in found(result).items()}
    # A matter of the day on which this runs; tests/cli/test_house.py moves that day.
    states.pop("numbers", None)
    # Nobody has signed for it yet.
    assert states.pop("controller") == "warn"
    assert states.pop("backup") == "warn"
    assert states == {
        "settings": "ok", "key": "ok", "database": "ok", "durability": "ok", "disk": "ok",
        "token": "ok", "clock": "ok", "privacy": "ok", "webhook": "ok", "self-test": "ok",
    }  # fmt: skip
    assert settled.exists()


def test_it_speaks_to_people_too(run: Run, settled: Path) -> None:
    result = run("doctor")
    assert result.stdout == ""
    assert "Không có lỗi nào." in result.stderr
    assert settled.exists()


@pytest.mark.parametrize("which", ["settings", "key"])
def test_a_file_that_others_can_read(run: Run, settled: Path, which: str) -> None:
    file = settled if which == "settings" else load_settings(settled).key_file
    file.chmod(0o644)
    result = run("doctor", "--json")
    assert result.exit_code == 1
    finding = found(result)[which]
    assert finding["state"] == "fault"
    assert f"chmod 600 {file.name}" in finding["advice"].replace("data/", "")


def test_a_refused_token(run: Run, settled: Path, token: str) -> None:
    settled.write_text(settled.read_text(encoding="utf-8").replace(token, TOKEN), encoding="utf-8")
    result = run("doctor", "--json")
    assert result.exit_code == 1
    assert found(result)["token"]["state"] == "fault"
    assert TOKEN not in result.output


def test_no_answer_from_the_messenger(run: Run, settled: Path, sandbox_url: str) -> None:
    text = settled.read_text(encoding="utf-8")
    settled.write_text(text.replace(sandbox_url, "http://127.0.0.1:9"), encoding="utf-8")
    finding = found(run("doctor", "--json"))["token"]
    assert finding["state"] == "fault"
    assert "http://127.0.0.1:9" in finding["advice"]


def test_a_webhook_in_the_way_of_polling(
    run: Run, settled: Path, sandbox_url: str, token: str
) -> None:
    post(f"{sandbox_url}/bot{token}/setWebhook", url="http://127.0.0.1:9/hook")
    try:
        result = run("doctor", "--json")
    finally:
        post(f"{sandbox_url}/bot{token}/deleteWebhook")
    assert found(result)["webhook"]["state"] == "fault"
    assert settled.exists()


def test_a_clock_that_is_off() -> None:
    assert check_clock(NOON, NOON + timedelta(seconds=5), "thu").state is State.OK
    assert check_clock(NOON, NOON + timedelta(seconds=8), "thu").state is State.FAULT
    assert check_clock(NOON, NOON - timedelta(minutes=2), "thu").state is State.FAULT


def test_a_disk_that_fills(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def with_free(megabytes: int) -> State:
        usage = (0, 0, megabytes * 1024 * 1024)
        monkeypatch.setattr("shutil.disk_usage", lambda _: type("U", (), {"free": usage[2]}))
        return check_disk(tmp_path / "not" / "made" / "yet").state

    assert with_free(5000) is State.OK
    assert with_free(500) is State.WARN
    assert with_free(100) is State.FAULT


def test_settings_that_cannot_be_read_are_json_too(run: Run, tmp_path: Path) -> None:
    (tmp_path / "tuquan.toml").write_text('colour = "red"', encoding="utf-8")
    result = run("doctor", "--json")
    assert result.exit_code == 2
    assert "colour" in found(result)["settings"]["message"]


def test_a_missing_key_stops_run(run: Run, settled: Path) -> None:
    load_settings(settled).key_file.unlink()
    assert found(run("doctor", "--json"))["key"]["state"] == "fault"
    result = run("run")
    assert result.exit_code == 1
    assert "có thể làm mất tin" in result.stderr


def test_a_key_that_opens_nothing_stops_run(run: Run, settled: Path, seeded_person: None) -> None:
    key = load_settings(settled).key_file
    assert found(run("doctor", "--json"))["key"]["state"] == "ok"
    write_keyring(key, new_keyring())
    assert found(run("doctor", "--json"))["key"]["state"] == "fault"
    assert run("run").exit_code == 1


def test_run_without_bots_says_what_to_do(run: Run) -> None:
    result = run("run")
    assert result.exit_code == 1
    assert "python main.py init" in result.stderr


def test_two_programs_never_run_on_one_folder(run: Run, settled: Path) -> None:
    with only_one(load_settings(settled).data_dir / "running.lock"):
        for command in ("run", "rotate-key"):
            result = run(command)
            assert result.exit_code == 1
            assert "đang chạy" in result.stderr


def test_a_group_that_the_bot_has_left(
    run: Run, settled: Path, sandbox_url: str, token: str
) -> None:
    with opened(load_settings(settled)) as engine, engine.begin() as db:
        merge_ward(db, "06688", "Phường Hạ Long", [])
        person = add_person(db, "Đỗ Quang Huy", "vi", NOON)
        bot = load_settings(settled).bots[0].name
        address = add_address(db, bot, "-4100000099", NOON, title="Trực ban")
        bind_room(db, address, Purpose.DUTY, "06688", None, person.id, NOON)
    findings = found(run("doctor", "--json"))
    finding = findings["rights"]
    # In privacy mode nobody hears a call for help there.
    assert findings["privacy"]["state"] == "warn"
    assert "/setprivacy" in findings["privacy"]["advice"]
    assert finding["state"] == "fault"
    assert "/thietlap" in finding["advice"]
    assert token not in str(finding)
    assert sandbox_url not in str(finding)
