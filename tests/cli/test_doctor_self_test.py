"""doctor says when the last self-test was, and how it ended."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cli.self_test_note import NAME, read_note, write_note
from domain.self_test import Run
from settings import load_settings
from tests.cli.conftest import Run as Call
from tests.cli.test_doctor import found

LONG_AGO = datetime(2026, 1, 2, 21, 30, tzinfo=UTC)


def just_now() -> datetime:
    """The program has no other clock than the machine's here."""
    return datetime.now(UTC) - timedelta(minutes=5)


def noted(settled: Path, run: Run) -> None:
    write_note(load_settings(settled).data_dir, run)


def test_before_the_first_one_nothing_is_wrong(run: Call, settled: Path) -> None:
    said = found(run("doctor", "--json"))["self-test"]
    assert (said["state"], said["advice"]) == ("ok", None)
    assert settled.exists()


def test_one_that_got_through_says_how_long_it_took(run: Call, settled: Path) -> None:
    noted(settled, Run(just_now(), 0.42))
    said = found(run("doctor", "--json"))["self-test"]
    assert said["state"] == "ok"
    assert "0.4 giây" in said["message"]


@pytest.mark.parametrize(
    ("seconds", "fault", "words", "advice"),
    [
        (None, "desk", "không tới được nhóm trực ban", "nhật ký"),
        (None, "database", "Cơ sở dữ liệu", "nhật ký"),
        (None, "", "tắt giữa chừng", "thử lại"),
    ],
)
def test_one_that_did_not_is_a_warning_with_advice(
    run: Call, settled: Path, seconds: float | None, fault: str, words: str, advice: str
) -> None:
    noted(settled, Run(just_now(), seconds, fault))
    result = run("doctor", "--json")
    assert result.exit_code == 0, result.output
    said = found(result)["self-test"]
    assert said["state"] == "warn"
    assert words in said["message"]
    assert advice in said["advice"]


def test_one_that_was_long_ago_is_a_warning(run: Call, settled: Path) -> None:
    noted(settled, Run(LONG_AGO, 0.4))
    said = found(run("doctor", "--json"))["self-test"]
    assert said["state"] == "warn"
    assert "04:30 03/01/2026" in said["message"]


@pytest.mark.parametrize(
    "spoilt",
    [
        "",
        "{}",
        "[]",
        '{"at": 3, "seconds": null, "fault": ""}',
        '{"at": "2026-01-02T00:00:00", "seconds": 1, "fault": ""}',
        '{"at": "2026-01-02T00:00:00+00:00", "seconds": null, "fault": "no word of ours"}',
    ],
)
def test_a_note_that_cannot_be_read_is_none(run: Call, settled: Path, spoilt: str) -> None:
    folder = load_settings(settled).data_dir
    (folder / NAME).write_text(spoilt, encoding="utf-8")
    assert read_note(folder) is None
    assert found(run("doctor", "--json"))["self-test"]["state"] == "ok"


def test_a_note_comes_back_as_it_was_written(tmp_path: Path) -> None:
    for last in (Run(LONG_AGO), Run(LONG_AGO, 1.5), Run(LONG_AGO, None, "taking")):
        write_note(tmp_path, last)
        assert read_note(tmp_path) == last
