"""A complaint about an official and a stay notice leave nothing behind: no incident, no word to
any desk, and the draft is erased. Words that name a danger win over this.
"""

import pytest
from sqlmodel import col, select

from storage.rows import list_by, rows
from storage.tables import Draft, Incident
from tests.handlers.street import Street

WHO = "4001"


@pytest.fixture
def ward(street: Street) -> Street:
    """One neighbourhood."""
    street.ward("Khu 1")
    return street


def reaches(ward: Street, words: str, kind: str) -> None:
    """The step that says where it goes."""
    ward.says(WHO, "/baotin")
    ward.says(WHO, words)
    ward.says(WHO, kind)


@pytest.mark.parametrize(
    ("words", "kind", "key"),
    [
        ("cán bộ phường gây khó dễ khi làm giấy tờ", "tố cáo cán bộ", "official"),
        ("nhà em có khách ở quê lên chơi vài hôm", "lưu trú", "residence"),
    ],
)
def test_nothing_is_filed_and_the_draft_is_erased(
    ward: Street, words: str, kind: str, key: str
) -> None:
    ward.says(WHO, "/baotin")
    asked = ward.says(WHO, words)
    if f"report.elsewhere.{key}" not in asked.keys:
        asked = ward.says(WHO, kind)
    assert f"report.elsewhere.{key}" in asked.keys
    ended = ward.says(WHO, "đã hiểu")
    assert "report.elsewhere.ended" in ended.keys
    assert set(ended.chats()) == {WHO}
    assert list_by(ward.db, Incident) == []
    (draft,) = rows(ward.db, Draft, select(Draft).where(col(Draft.flow) == "report"))
    assert (draft.status, draft.state) == ("done", None)


def test_danger_wins_over_it(ward: Street) -> None:
    reaches(ward, "cán bộ phường gây khó dễ khi làm giấy tờ", "tố cáo cán bộ")
    said = ward.says(WHO, "giờ nó đang cầm dao đuổi đánh tôi")
    assert "113" in said.words[0].splitlines()[0]
    assert "report.elsewhere.official" not in said.keys
