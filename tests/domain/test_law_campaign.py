"""A campaign as it is typed in one line."""

from datetime import date
from pathlib import Path

import pytest

from content.law import FOLDER
from domain import law_campaign
from domain.errors import Refused
from domain.law_campaign import pack_of, read_campaign

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("days", "begins", "ends"),
    [
        ("15/12 - 15/02", date(2026, 12, 15), date(2027, 2, 15)),
        ("từ 15/12/2026 đến 15/2/2027", date(2026, 12, 15), date(2027, 2, 15)),
        ("01/11 – 31/12", date(2026, 11, 1), date(2026, 12, 31)),
        ("1.3 - 1.4", date(2027, 3, 1), date(2027, 4, 1)),
        ("đến 31/12", TODAY, date(2026, 12, 31)),
        ("22/11 - 22/11", TODAY, TODAY),
    ],
)
def test_from_when_to_when(days: str, begins: date, ends: date) -> None:
    read = read_campaign(f"Tết bình yên; pháo , phòng cháy ; {days}", TODAY)
    assert (read.begins_on, read.ends_on) == (begins, ends)
    assert (read.name, read.topics) == ("Tết bình yên", ("pháo", "phòng cháy"))


def test_lines_part_as_well_and_the_ward_may_follow() -> None:
    read = read_campaign("Tên\npháo\n15/12 - 15/02\nPhường Hạ Long", TODAY)
    assert read.ward == "Phường Hạ Long"


@pytest.mark.parametrize(
    ("words", "refused"),
    [
        ("Tết bình yên", "law.campaign.how"),
        ("Tên; pháo", "law.campaign.how"),
        (f"{'x' * 61}; pháo; 15/12 - 15/02", "law.campaign.long_name"),
        ("Tên; a,b,c,d,e,f,g; 15/12 - 15/02", "law.campaign.topics"),
        ("Tên; ,; 15/12 - 15/02", "law.campaign.topics"),
        ("Tên; pháo; sang năm", "law.campaign.days"),
        ("Tên; pháo; 31/02 - 01/03", "law.campaign.days"),
        ("Tên; pháo; 01/01/2025 - 01/02/2025", "law.campaign.days"),
        ("Tên; pháo; 01/12/2026 - 01/12/2028", "law.campaign.days"),
        ("Tên; pháo; 1/1, 2/2, 3/3", "law.campaign.days"),
    ],
)
def test_what_is_missing_is_said(words: str, refused: str) -> None:
    with pytest.raises(Refused) as said:
        read_campaign(words, TODAY)
    assert said.value.code == refused


def test_a_topic_may_be_a_whole_file() -> None:
    assert pack_of("Ma túy") == "drugs"
    assert pack_of("phong chay") == "fire"
    assert pack_of("pháo hoa") is None
    files = {path.stem for path in Path(FOLDER, "vi").glob("*.toml")} - {"unchecked"}
    assert set(law_campaign.PACKS) == files
