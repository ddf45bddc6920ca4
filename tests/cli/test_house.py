"""Who answers for the bot: all four settings or none, and a trial that nobody can overlook."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from cli.findings import State
from cli.house import check_house, check_numbers, house_of
from content.numbers import read_numbers
from domain.kinds import KINDS
from domain.numbers import FRESH_FOR, stale_numbers
from settings import HOUSE as NAMES
from settings import SettingsFault, load_settings
from tests.cli.conftest import TOKEN, Run
from tests.house import CONTROLLER, HOUSE

BOT = f'[[bots]]\nname = "thu"\ntoken = "{TOKEN}"\n'


def written(folder: Path, **settings: str) -> Path:
    file = folder / "tuquan.toml"
    lines = "".join(f'{name} = "{value}"\n' for name, value in settings.items())
    file.write_text(lines + BOT, encoding="utf-8")
    return file


def test_with_all_four_it_is_no_trial(tmp_path: Path) -> None:
    settings = load_settings(written(tmp_path, **CONTROLLER))
    assert house_of(settings) == HOUSE
    finding = check_house(settings)
    assert finding.state is State.OK
    assert "0203 3000 001" in str(finding.words.params)


def test_without_any_it_is_a_trial_and_says_so(tmp_path: Path) -> None:
    settings = load_settings(written(tmp_path, controller_name="   "))
    assert house_of(settings) is None
    assert check_house(settings).state is State.WARN


@pytest.mark.parametrize("missing", NAMES)
def test_three_of_four_stop_the_program_and_name_the_fourth(
    tmp_path: Path, run: Run, missing: str
) -> None:
    rest = {name: value for name, value in CONTROLLER.items() if name != missing}
    file = written(tmp_path, **rest)
    with pytest.raises(SettingsFault) as caught:
        load_settings(file)
    (fault,) = caught.value.faults
    assert (fault.key, fault.detail) == ("settings.house_incomplete", missing)
    result = run("run")
    assert result.exit_code == 2
    assert missing in result.stderr
    assert HOUSE.address not in result.stderr


@pytest.mark.parametrize("phone", ["113", "0913", "hỏi ở phường"])
def test_a_telephone_that_is_none_stops_the_program(tmp_path: Path, run: Run, phone: str) -> None:
    file = written(tmp_path, **{**CONTROLLER, "controller_phone": phone})
    assert check_house(load_settings(file)).state is State.FAULT
    result = run("run")
    assert result.exit_code == 1
    assert "controller_phone" in result.stderr
    assert "Traceback" not in result.output


def test_several_lines_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsFault):
        load_settings(written(tmp_path, **{**CONTROLLER, "controller_name": r"a\nb"}))


def test_doctor_warns_of_a_trial_and_run_says_it_at_its_start(
    run: Run, settled: Path, token: str
) -> None:
    assert "CHẠY THỬ" in run("doctor").stderr
    # With a token that is refused it ends by itself.
    settled.write_text(settled.read_text(encoding="utf-8").replace(token, TOKEN), encoding="utf-8")
    result = run("run")
    assert result.exit_code == 1
    assert "CHẠY THỬ" in result.stderr


def test_numbers_are_fresh_for_half_a_year() -> None:
    days = {"113": date(2026, 11, 22), "114": date(2026, 11, 1), "115": date(2026, 11, 1)}
    assert stale_numbers(days, date(2026, 11, 1) + FRESH_FOR) == []
    assert stale_numbers(days, date(2026, 11, 2) + FRESH_FOR) == ["114", "115"]
    assert stale_numbers(days, date(2026, 11, 23) + FRESH_FOR) == ["114", "115", "113"]
    assert timedelta(days=180) == FRESH_FOR


def test_doctor_names_a_stale_number_with_its_day() -> None:
    (first, *_) = read_numbers()
    assert check_numbers(first.checked_on) == []
    found = check_numbers(first.checked_on + timedelta(days=400))
    assert {finding.state for finding in found} == {State.WARN}
    assert len(found) == len(read_numbers())
    said = {str(finding.words.params["number"]): finding.words.params for finding in found}
    assert said[first.number]["date"] == f"{first.checked_on:%d/%m/%Y}"


def test_every_number_that_a_kind_names_is_dated() -> None:
    named = {number for kind in KINDS.values() for number in kind.numbers}
    assert named <= {each.number for each in read_numbers()}


@pytest.mark.parametrize(
    "content",
    [
        "",
        '[[number]]\nnumber = "113"\nchecked_on = 2026-11-22\n',
        '[[number]]\nnumber = "113"\nchecked_on = "gần đây"\nsource = "x"\n',
        '[[number]]\nnumber = 113\nchecked_on = 2026-11-22\nsource = "x"\n',
        '[[number]]\nnumber = "một"\nchecked_on = 2026-11-22\nsource = "x"\n',
        '[[number]]\nnumber = "113"\nchecked_on = 2026-11-22\nsource = "x"\n' * 2,
        "[[number",
    ],
)
def test_a_number_that_cannot_be_understood_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "numbers.toml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match=r"."):
        read_numbers(file)
