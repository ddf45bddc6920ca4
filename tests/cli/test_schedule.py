"""`schedule`: what comes next, to people in words and to scripts as JSON."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cli.database import opened
from domain.recurrence import once
from settings import load_settings
from storage import posts
from storage.engine import writer_engine
from tests.actions.speakers import WORDS, Speakers
from tests.cli.conftest import Run
from tests.precinct import Precinct

# Far from now, whenever this test runs: the command has the real clock.
FAR = datetime(2126, 3, 4, 12, tzinfo=UTC)


@pytest.fixture
def busy(settled: Path) -> str:
    """A ward with one of each: planned, paused, waiting, held, law; the code of the planned."""
    from actions.announcing import pause

    with opened(load_settings(settled)) as engine, writer_engine(engine).begin() as db:
        town = Speakers(Precinct(db, FAR))
        planned = town.announce(rule=once(FAR + timedelta(days=1)))
        paused = town.announce(rule=once(FAR + timedelta(days=2)))
        pause(db, paused.id, town.lan, FAR)
        both = (town.khu2, town.khu3)
        town.announce(town.an, neighbourhoods=both, rule=once(FAR + timedelta(days=3)))
        town.now = FAR + timedelta(hours=10)
        town.announce()
        posts.set_rhythm(db, town.khu2, law_next_at=FAR + timedelta(days=4))
        posts.set_rhythm(db, town.khu3, law_next_at=FAR, law_paused=True)
    return planned.code


def test_to_people(run: Run, busy: str) -> None:
    result = run("schedule")
    assert result.exit_code == 0
    assert result.stdout == ""
    lines = result.stderr.splitlines()[1:]
    assert len(lines) == 5
    assert f"{busy[:4]} {busy[4:]} tới Khu 2, Phường Bịa Đặt" in result.stderr
    for words in ("tạm dừng", "người thứ hai", "1 tin đang chờ", "tin pháp luật"):
        assert words in result.stderr
    assert WORDS not in result.stderr
    assert "quá giờ" not in result.stderr


def test_to_scripts(run: Run, busy: str) -> None:
    found = json.loads(run("schedule", "--json").stdout)
    assert [each["at"] for each in found] == sorted(each["at"] for each in found)
    sorts = {each["sort"]: each for each in found}
    assert set(sorts) == {"announcement", "held", "law"}
    assert sorts["held"]["copies"] == 1
    (planned,) = [each for each in found if each["state"] == "planned"]
    assert (planned["code"], planned["places"]) == (busy, ["Khu 2"])
    assert len(json.loads(run("schedule", "--json", "--number", "2").stdout)) == 2


def test_what_is_overdue_is_marked(run: Run, settled: Path) -> None:
    past = datetime(2020, 3, 4, 2, tzinfo=UTC)
    with opened(load_settings(settled)) as engine, writer_engine(engine).begin() as db:
        Speakers(Precinct(db, past)).announce(rule=once(past + timedelta(days=1)))
    assert "quá giờ" in run("schedule").stderr


def test_with_nothing_planned(run: Run, settled: Path) -> None:
    assert "Không có gì" in run("schedule").stderr
    assert json.loads(run("schedule", "--json").stdout) == []


def test_a_key_that_does_not_fit_is_said(run: Run, settled: Path, busy: str) -> None:
    key = load_settings(settled).key_file
    key.unlink()
    result = run("schedule")
    assert result.exit_code == 1
    assert "Traceback" not in result.output
