"""/lich: what goes out, opened, changed, left out once, paused, stopped, taken back; and the
second person's answer. Everything by typed words, everything by a press.
"""

import pytest
from sqlmodel import col, select

from actions.occurrences import send_due
from domain.roles import Purpose, Role
from storage import wards
from storage.announcement_tables import Announcement
from storage.rows import rows
from storage.tables import Address, Person
from tests.handlers.chats import Chats, answered
from tests.precinct import WARD, Precinct, labels, taps


@pytest.fixture
def leader(precinct: Precinct) -> Person:
    """Of Khu 2."""
    return precinct.holder(Role.LEADER, "Trịnh Thị Khu", "301", at=precinct.khu_id)


@pytest.fixture
def khu(precinct: Precinct) -> Address:
    """The chat of Khu 2."""
    return precinct.room("-20", Purpose.NEIGHBOURHOOD, at=precinct.khu_id)


@pytest.fixture
def weekly(precinct: Precinct, chats: Chats, leader: Person, khu: Address) -> Announcement:
    """Every Monday at seven in the morning, from tomorrow on."""
    return planned_by(chats, leader, "Nhắc bà con đổ rác", "thứ 2 hàng tuần 7h sáng", "gửi")


def planned_by(chats: Chats, person: Person, words: str, *answers: str) -> Announcement:
    """What this person has just planned."""
    chats.says(person, f"/thongbao {words}")
    for typed in answers:
        chats.says(person, typed)
    return planned(chats.precinct)[-1]


def planned(precinct: Precinct) -> list[Announcement]:
    """All announcements as they stand."""
    return rows(precinct.db, Announcement, select(Announcement).order_by(col(Announcement.id)))


def last(precinct: Precinct, person: Person) -> str:
    """The newest words in somebody's private chat."""
    return precinct.last(precinct.home(person))


def offered(precinct: Precinct, person: Person) -> list[str]:
    """The labels below them."""
    return labels(precinct.notices(precinct.home(person))[-1])


def says(chats: Chats, person: Person, *words: str) -> None:
    """One after the other."""
    for each in words:
        chats.says(person, each)


def presses(chats: Chats, person: Person, label: str) -> None:
    """The newest button with this in its label."""
    precinct = chats.precinct
    for notice in reversed(precinct.notices(precinct.home(person))):
        for name, data in zip(labels(notice), taps(notice), strict=True):
            if label in name:
                chats.taps(person, data)
                return
    raise AssertionError(f"no button {label}")


def moves_to(precinct: Precinct, **clock: int) -> None:
    """The clock moves, and what is due is sent."""
    precinct.now = precinct.now.replace(**clock)  # type: ignore[arg-type]
    send_due(precinct.db, precinct.now)


def test_the_week_is_a_numbered_list(
    precinct: Precinct, chats: Chats, leader: Person, weekly: Announcement
) -> None:
    planned_by(chats, leader, "Họp khu ở nhà văn hóa", "19h rằm tháng giêng", "gửi")
    planned_by(chats, leader, "Tổng vệ sinh ngõ xóm", "hàng ngày 17h", "gửi")
    says(chats, leader, "lịch")
    said = last(precinct, leader)
    first, second, third = (line for line in said.split("\n") if line[:2] in ("1.", "2.", "3."))
    assert "17:00 Chủ nhật 22/11/2026" in first
    assert "7 lần cả tuần" in first
    assert "07:00 thứ Hai 23/11/2026" in second
    assert "Nhắc bà con đổ rác (Khu 2)" in second
    assert "19:00 thứ Bảy 20/02/2027" in third
    assert "7 ngày tới đăng 8 lần" in said


def test_more_than_a_page(precinct: Precinct, chats: Chats, leader: Person, khu: Address) -> None:
    for number in range(1, 7):
        planned_by(chats, leader, f"Bài bịa {number}", f"thứ 3 hàng tuần {number + 6}h", "gửi")
    says(chats, leader, "/lich")
    assert len(offered(precinct, leader)) == 5
    presses(chats, leader, "Xem thêm")
    assert "Bài bịa 5" in last(precinct, leader)
    says(chats, leader, "6")
    assert "Bài bịa 6" in last(precinct, leader)
    assert "Nơi nhận" in last(precinct, leader)


def test_nothing_planned_says_how_to(precinct: Precinct, chats: Chats, leader: Person) -> None:
    says(chats, leader, "lich")
    assert "Chưa có thông báo nào" in last(precinct, leader)
    says(chats, precinct.resident, "/lich")
    assert "Chưa có thông báo nào" in last(precinct, precinct.resident)


def test_an_opened_one_says_all_of_it(
    precinct: Precinct, chats: Chats, leader: Person, weekly: Announcement
) -> None:
    says(chats, leader, "lịch", "1")
    said = last(precinct, leader)
    assert "Nhắc bà con đổ rác" in said
    assert "07:00 thứ Hai hằng tuần" in said
    assert "07:00 thứ Hai 21/12/2026" in said
    assert "Trịnh Thị Khu: viết bài" in said
    assert offered(precinct, leader) == [
        "1. Sửa", "2. Bỏ một lần", "3. Tạm dừng", "4. Dừng hẳn",
    ]  # fmt: skip


@pytest.mark.parametrize("typed", ["2", "bỏ một lần", "bo mot lan"])
def test_one_time_is_left_out(
    precinct: Precinct,
    chats: Chats,
    leader: Person,
    khu: Address,
    weekly: Announcement,
    typed: str,
) -> None:
    says(chats, leader, "lịch", "1", typed)
    assert "Đã bỏ lần 07:00 thứ Hai 23/11/2026" in last(precinct, leader)
    says(chats, leader, "lịch", "1")
    assert "07:00 thứ Hai 30/11/2026" in last(precinct, leader)
    assert "07:00 thứ Hai 23/11/2026" not in last(precinct, leader)
    moves_to(precinct, day=23, hour=0, minute=1)
    assert precinct.texts(khu) == []
    moves_to(precinct, day=30, hour=0, minute=1)
    assert len(precinct.texts(khu)) == 1


def test_paused_and_resumed_and_who_did_it(
    precinct: Precinct, chats: Chats, leader: Person, khu: Address, weekly: Announcement
) -> None:
    says(chats, leader, "lịch", "1")
    presses(chats, leader, "Tạm dừng")
    assert "Đã tạm dừng" in last(precinct, leader)
    says(chats, leader, "lịch")
    assert "đang tạm dừng" in last(precinct, leader)
    moves_to(precinct, day=23, hour=0, minute=1)
    assert precinct.texts(khu) == []
    says(chats, precinct.an, "lịch", "1", "đăng tiếp")
    assert "Lần tới: 07:00 thứ Hai 30/11/2026" in last(precinct, precinct.an)
    says(chats, leader, "lịch", "1")
    said = last(precinct, leader)
    assert "Trịnh Thị Khu: tạm dừng" in said
    assert "Phạm Văn An: cho đăng tiếp" in said


def test_stopped_for_good_is_asked_back_once(
    precinct: Precinct, chats: Chats, leader: Person, weekly: Announcement
) -> None:
    says(chats, leader, "lịch", "1", "dừng hẳn")
    assert "Dừng hẳn bài này ạ" in last(precinct, leader)
    says(chats, leader, "không")
    assert "Nơi nhận" in last(precinct, leader)
    says(chats, leader, "4", "1")
    assert "Đã dừng hẳn" in last(precinct, leader)
    assert planned(precinct)[0].state == "ended"
    says(chats, leader, "lịch")
    assert "Chưa có thông báo nào" in last(precinct, leader)


def test_its_words_and_its_time_are_changed(
    precinct: Precinct, chats: Chats, leader: Person, khu: Address, weekly: Announcement
) -> None:
    says(chats, leader, "lịch", "1", "sửa")
    assert "Sửa dòng nào" in last(precinct, leader)
    says(chats, leader, "nội dung", "Nhắc bà con phân loại rác")
    assert "Nhắc bà con phân loại rác" in precinct.texts(precinct.home(leader))[-2]
    says(chats, leader, "sửa giờ", "chủ nhật hàng tuần 17h")
    assert "17:00 Chủ nhật hằng tuần" in last(precinct, leader)
    assert planned(precinct)[0].words == "Nhắc bà con đổ rác"
    says(chats, leader, "gửi")
    assert "Đã sửa bài" in last(precinct, leader)
    (announcement,) = planned(precinct)
    assert announcement.words == "Nhắc bà con phân loại rác"
    assert announcement.code == weekly.code
    moves_to(precinct, hour=10, minute=1)
    assert len(precinct.texts(khu)) == 1
    says(chats, leader, "lịch", "1")
    assert "Trịnh Thị Khu: sửa bài" in last(precinct, leader)


def test_changing_keeps_what_is_not_changed(
    precinct: Precinct, chats: Chats, leader: Person, khu: Address
) -> None:
    before = planned_by(
        chats, leader, "Nhắc bà con đổ rác", "thứ 2 hàng tuần 7h sáng đến 30/6/2027",
        "ghim 3 ngày", "có hỏi", "gửi",
    )  # fmt: skip
    says(chats, leader, "lịch", "1", "sửa", "nội dung", "Nhắc bà con phân loại rác", "gửi")
    (after,) = planned(precinct)
    assert after.words == "Nhắc bà con phân loại rác"
    assert (after.rule, after.pinned_for, after.asks_reading, after.late_for) == (
        before.rule, before.pinned_for, before.asks_reading, before.late_for,
    )  # fmt: skip
    assert after.rule["until"] == "2027-06-30"


def test_an_officers_is_taken_back_within_two_minutes_of_the_agreement(
    precinct: Precinct, chats: Chats, khu: Address
) -> None:
    wards.add_neighbourhood(precinct.db, WARD, "Khu 3", "khu 3", [])
    planned_by(chats, precinct.an, "Nhắc bà con khóa xe", "khu 2, khu 3", "bây giờ", "gửi")
    presses(chats, precinct.binh, "Đồng ý")
    assert "Người viết còn rút lại được đến 09:02" in last(precinct, precinct.binh)
    says(chats, precinct.an, "lịch", "1")
    assert "1. Rút lại" in offered(precinct, precinct.an)
    says(chats, precinct.an, "lấy lại")
    assert "Đã rút lại" in last(precinct, precinct.an)
    moves_to(precinct, minute=10)
    assert precinct.texts(khu) == []


def test_after_two_minutes_it_is_sent_and_not_taken_back(
    precinct: Precinct, chats: Chats, khu: Address
) -> None:
    wards.add_neighbourhood(precinct.db, WARD, "Khu 3", "khu 3", [])
    first = planned_by(chats, precinct.an, "Nhắc bà con khóa xe", "khu 2, khu 3", "bây giờ", "gửi")
    says(chats, precinct.binh, "dong y")
    moves_to(precinct, minute=3)
    assert len(precinct.texts(khu)) == 1
    chats.taps(precinct.an, f"t:{first.id}:take_back")
    assert "Đã rút lại" not in last(precinct, precinct.an)
    assert planned(precinct)[0].state != "taken_back"


@pytest.mark.parametrize("typed", ["không", "2", "khong dong y"])
def test_a_second_person_says_no(
    precinct: Precinct, chats: Chats, khu: Address, typed: str
) -> None:
    wards.add_neighbourhood(precinct.db, WARD, "Khu 3", "khu 3", [])
    planned_by(chats, precinct.an, "Nhắc bà con khóa xe", "khu 2, khu 3", "bây giờ", "gửi")
    says(chats, precinct.binh, typed)
    assert "Đã ghi không đồng ý" in last(precinct, precinct.binh)
    assert planned(precinct)[0].state == "ended"
    moves_to(precinct, minute=10)
    assert precinct.texts(khu) == []


def test_nobody_agrees_to_their_own(precinct: Precinct, chats: Chats, khu: Address) -> None:
    wards.add_neighbourhood(precinct.db, WARD, "Khu 3", "khu 3", [])
    own = planned_by(chats, precinct.an, "Nhắc bà con khóa xe", "khu 2, khu 3", "bây giờ", "gửi")
    chats.taps(precinct.an, f"t:{own.id}:approve")
    assert planned(precinct)[0].state == "waiting"


def test_nobody_else_touches_it(
    precinct: Precinct, chats: Chats, khu: Address, weekly: Announcement
) -> None:
    other = wards.add_neighbourhood(precinct.db, WARD, "Khu 3", "khu 3", [])
    outsider = precinct.holder(Role.LEADER, "Trưởng Khu Khác", "305", at=other.id)
    for person in (outsider, precinct.resident, precinct.stranger):
        for what in ("open", "edit", "skip", "pause", "stop", "stop:yes", "take_back", "approve"):
            chats.taps(person, f"t:{weekly.id}:{what}")
    assert planned(precinct)[0].state == "planned"
    assert planned(precinct)[0].words == "Nhắc bà con đổ rác"


@pytest.mark.parametrize("data", ["t:0:open", "t:1:gone", "t:x:open", "t:", "t:999999999:skip"])
def test_a_button_that_is_none_of_ours(
    chats: Chats, leader: Person, weekly: Announcement, data: str
) -> None:
    turn = chats.taps(leader, data)
    assert answered(turn) != ""


def test_in_a_group_nothing_of_it_is_shown(
    precinct: Precinct, chats: Chats, leader: Person, khu: Address, weekly: Announcement
) -> None:
    chats.says(leader, "/lich", khu)
    assert "Nhắc bà con" not in precinct.last(khu)
    chats.taps(leader, f"t:{weekly.id}:open", khu)
    assert "Nhắc bà con" not in precinct.last(khu)


@pytest.mark.parametrize("deed", ["approve", "refuse"])
def test_a_forged_answer_of_a_second_person_stopped_the_update(
    precinct: Precinct, chats: Chats, khu: Address, deed: str
) -> None:
    chats.taps(precinct.an, f"t:999999:{deed}")
    assert "Không tìm thấy thông báo này" in last(precinct, precinct.an)
