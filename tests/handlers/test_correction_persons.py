"""Who is named in what follows a post is never said without a second officer, however the words
came about. All of it is invented.
"""

import pytest

from actions.announcing import approve
from domain.announcing import Sort
from storage import announcements, wards
from storage.announcement_tables import Announcement
from storage.tables import Address
from tests.actions.speakers import Speakers
from tests.actions.test_warnings import send
from tests.handlers.chats import Chats
from tests.handlers.test_schedule import last, offered, says
from tests.precinct import WARD, Precinct

SOMEBODY = "kẻ trộm là anh Nguyễn Văn Bịa, đã bị bắt"


@pytest.fixture
def theft(precinct: Precinct, chats: Chats, duty: Address) -> Announcement:
    """A warning of a theft, an hour old."""
    speakers = Speakers(precinct)
    filed = precinct.report("THEFT", "Mất trộm (bịa)")
    precinct.deliver()
    made = send(speakers, filed, words="Có trộm, bà con khóa cửa (bịa)")
    precinct.deliver()
    precinct.now = precinct.now.replace(hour=precinct.now.hour + 1)
    says(chats, precinct.an, "/menu")
    return made


def follows(precinct: Precinct) -> list[Announcement]:
    states = ["waiting", "planned", "ended"]
    return [a for a in announcements.list_in_states(precinct.db, [WARD], states) if a.corrects]


def test_a_no_about_other_words_is_asked_again(
    precinct: Precinct, chats: Chats, theft: Announcement
) -> None:
    says(chats, precinct.an, f"/dinhchinh {theft.code}", "1", "Có trộm ban đêm (bịa)", "không")
    assert "Chưa gửi đi" in last(precinct, precinct.an)
    says(chats, precinct.an, "sửa lời mới", SOMEBODY)
    assert "nêu tên người" in last(precinct, precinct.an)
    says(chats, precinct.an, "đăng đính chính")
    assert follows(precinct) == []
    says(chats, precinct.an, "có", "đăng đính chính")
    assert [each.state for each in follows(precinct)] == ["waiting"]


def test_the_reason_of_a_cancellation_is_asked_about(
    precinct: Precinct, chats: Chats, theft: Announcement
) -> None:
    says(chats, precinct.an, f"/dinhchinh {theft.code}", "2", SOMEBODY)
    assert "nêu tên người" in last(precinct, precinct.an)
    says(chats, precinct.an, "có", "đăng tin huỷ")
    assert [(a.state, a.names_person) for a in follows(precinct)] == [("waiting", True)]


def test_without_a_reason_nobody_is_asked(
    precinct: Precinct, chats: Chats, theft: Announcement
) -> None:
    says(chats, precinct.an, f"/dinhchinh {theft.code}", "2", "không nói lý do", "đăng tin huỷ")
    assert [a.state for a in follows(precinct)] == ["ended"]


def test_the_all_clear_of_a_theft_promises_no_safety(
    precinct: Precinct, chats: Chats, theft: Announcement
) -> None:
    says(chats, precinct.an, f"/antoan {theft.code}")
    assert "khoá cửa" in last(precinct, precinct.an) or "khóa cửa" in last(precinct, precinct.an)
    assert "yên tâm sinh hoạt" not in last(precinct, precinct.an)
    says(chats, precinct.an, "dùng lời này", "đăng")
    assert [a.state for a in follows(precinct)] == ["ended"]


def test_of_many_neighbourhoods_own_words_are_asked_about_and_go_at_once(
    precinct: Precinct, chats: Chats
) -> None:
    speakers = Speakers(precinct)
    says(chats, speakers.an, "/menu")
    places = tuple(each.id for each in wards.list_neighbourhoods(precinct.db, [WARD]))
    old = speakers.announce(speakers.an, neighbourhoods=places, sort=Sort.ORDINARY)
    approve(precinct.db, old.id, speakers.binh, precinct.now)
    speakers.tick(minutes=3)
    precinct.deliver()
    says(chats, speakers.an, f"/dinhchinh {old.code}", "2", "Trời mưa to (bịa)")
    assert "nêu tên người" in last(precinct, speakers.an)
    says(chats, speakers.an, "không", "đăng tin huỷ")
    assert [a.state for a in follows(precinct)] == ["ended"]


def test_an_all_clear_offers_a_new_alert_in_the_place_of_its_cancellation(
    precinct: Precinct, chats: Chats, theft: Announcement
) -> None:
    says(chats, precinct.an, f"/antoan {theft.code}", "dùng lời này", "đăng")
    says(chats, precinct.an, f"/dinhchinh {theft.code}")
    assert offered(precinct, precinct.an) == ["1. Sửa lời", "2. Nguy hiểm còn"]
    says(chats, precinct.an, "2")
    assert offered(precinct, precinct.an) == ["1. Đăng tin khẩn mới"]
    chats.taps(precinct.an, f"x:{theft.id}:cancel")
    assert offered(precinct, precinct.an) == ["1. Đăng tin khẩn mới"]
