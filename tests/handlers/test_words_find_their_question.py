"""What a newcomer typed, and which question it answered although it was meant for another one."""

import pytest
from sqlmodel import select

from domain.notices import Media, Notice
from domain.roles import Purpose, Role
from storage import wards
from storage.announcement_tables import Announcement
from storage.rows import list_by, rows
from storage.tables import Address, Draft, Incident, Person
from tests.handlers.chats import Chats
from tests.handlers.test_schedule import planned, planned_by
from tests.precinct import WARD, Precinct, labels, taps

_WAITS = "Tin đang viết dở vẫn còn"


@pytest.fixture
def leader(precinct: Precinct) -> Person:
    """Of Khu 2."""
    return precinct.holder(Role.LEADER, "Trịnh Thị Bịa", "301", at=precinct.khu_id)


@pytest.fixture
def khu(precinct: Precinct) -> Address:
    """The chat of Khu 2."""
    return precinct.room("-20", Purpose.NEIGHBOURHOOD, at=precinct.khu_id)


@pytest.fixture
def weekly(precinct: Precinct, chats: Chats, leader: Person, khu: Address) -> Announcement:
    """Planned for every Monday morning."""
    return planned_by(chats, leader, "Nhắc bà con đổ rác", "thứ 2 hàng tuần 7h sáng", "gửi")


def last(chats: Chats, person: Person) -> str:
    """The newest words in somebody's private chat."""
    return chats.precinct.last(chats.precinct.home(person))


def says(chats: Chats, person: Person, *words: str) -> None:
    """One after the other."""
    for each in words:
        chats.says(person, each)


def all_incidents(precinct: Precinct) -> list[Incident]:
    """Every report that reached anybody."""
    return list_by(precinct.db, Incident)


@pytest.mark.parametrize("command", ["lich", "/lich", "nhom tin", "/antoan", "nhom dan", "/bang"])
def test_below_a_list_the_drafts_question_is_not_repeated(
    chats: Chats, leader: Person, weekly: Announcement, command: str
) -> None:
    precinct = chats.precinct
    says(chats, leader, "có chuyện lạ ở ngõ 5")
    before = len(precinct.notices(precinct.home(leader)))
    says(chats, leader, command)
    shown = precinct.notices(precinct.home(leader))[before:]
    assert not any(tap.startswith("f:") for each in shown[:1] for tap in taps(each))
    if any(label[:1] == "1" for label in labels(shown[0])):
        assert last(chats, leader).startswith(_WAITS)


def test_a_number_below_the_schedule_is_no_fire_alarm(
    chats: Chats, leader: Person, weekly: Announcement, duty: Address
) -> None:
    precinct = chats.precinct
    says(chats, leader, "xxx", "lich", "1")
    assert "Nhắc bà con đổ rác" in precinct.texts(precinct.home(leader))[-2]
    assert last(chats, leader).startswith(_WAITS)
    says(chats, leader, "1", "1", "1")
    assert all_incidents(precinct) == []
    assert precinct.texts(duty) == []


def test_the_draft_goes_on_after_the_list(
    chats: Chats, leader: Person, weekly: Announcement
) -> None:
    says(chats, leader, "có chuyện lạ ở ngõ 5", "lich", "tiếp tục")
    assert any(t.startswith("f:") for t in taps(_newest(chats, leader)))
    says(chats, leader, "lich", "ma túy")
    assert any(t.startswith("f:") for t in taps(_newest(chats, leader)))


def test_danger_comes_before_the_list(chats: Chats, leader: Person, weekly: Announcement) -> None:
    says(chats, leader, "có chuyện lạ ở ngõ 5", "lich", "cháy nhà rồi cứu với")
    assert "113" in last(chats, leader) or "114" in last(chats, leader)


def test_a_number_that_follows_something_else_sends_nothing(
    chats: Chats, leader: Person, duty: Address, weekly: Announcement
) -> None:
    precinct = chats.precinct
    says(chats, leader, "xxx", "nguy hiểm")
    chats.taps(leader, f"t:{weekly.id}:pause")
    before = len(all_incidents(precinct))
    says(chats, leader, "1")
    assert "chưa rõ số 1" in last(chats, leader)
    assert len(all_incidents(precinct)) == before
    says(chats, leader, "1")
    assert "chưa rõ số 1" not in last(chats, leader)


def _newest(chats: Chats, person: Person) -> Notice:
    return chats.precinct.notices(chats.precinct.home(person))[-1]


def test_a_number_below_what_was_done_is_no_entry_of_the_menu(
    chats: Chats, leader: Person, weekly: Announcement
) -> None:
    says(chats, leader, "lịch", "1", "bỏ một lần")
    assert "Đã bỏ lần" in last(chats, leader)
    for typed in ("1", "2"):
        says(chats, leader, typed)
        assert f"Số {typed} không ứng với câu nào" in last(chats, leader)


def test_in_the_menu_its_numbers_count(chats: Chats, precinct: Precinct) -> None:
    says(chats, precinct.resident, "xin chào", "1")
    assert "Có chuyện gì ạ" in last(chats, precinct.resident)


@pytest.mark.parametrize("typed", ["tiep tuc", "dang tiep", "đăng tiếp ạ", "continue"])
def test_paused_goes_on_with_ordinary_words(
    chats: Chats, leader: Person, weekly: Announcement, typed: str
) -> None:
    says(chats, leader, "lịch", "1", "tam dung", "lịch", "1", typed)
    assert planned(chats.precinct)[0].state == "planned"


@pytest.mark.parametrize("typed", ["bo qua", "bo lan nay", "bo mot lan", "Bỏ qua lần này"])
def test_once_is_left_out_with_ordinary_words(
    chats: Chats, leader: Person, weekly: Announcement, typed: str
) -> None:
    says(chats, leader, "lịch", "1", typed)
    assert "Đã bỏ lần" in last(chats, leader)


@pytest.mark.parametrize(
    ("typed", "said"),
    [("sua", "correction"), ("sua loi", "correction"), ("huy tin", "cancellation")],
)
def test_a_post_that_went_out_is_corrected_with_ordinary_words(
    chats: Chats, leader: Person, khu: Address, typed: str, said: str
) -> None:
    says(chats, leader, "/thongbao Chiều mai họp khu", "bây giờ", "gửi")
    says(chats, leader, "đính chính", "1", typed)
    assert [each.flow for each in open_drafts(chats)] == [said]


def open_drafts(chats: Chats) -> list[Draft]:
    """What stands open."""
    return rows(chats.precinct.db, Draft, select(Draft).where(Draft.status == "open"))


@pytest.mark.parametrize("typed", ["ok", "ừ", "có", "vâng ạ"])
def test_a_mere_ok_agrees_to_nothing(
    precinct: Precinct, chats: Chats, khu: Address, typed: str
) -> None:
    wards.add_neighbourhood(precinct.db, WARD, "Khu 3", "khu 3", [])
    planned_by(chats, precinct.an, "Nhắc bà con khóa xe", "khu 2, khu 3", "bây giờ", "gửi")
    says(chats, precinct.binh, typed, typed)
    assert planned(precinct)[0].state == "waiting"
    assert "gõ: đồng ý" in last(chats, precinct.binh)
    says(chats, precinct.binh, "đồng ý")
    assert planned(precinct)[0].state == "planned"


@pytest.mark.parametrize("typed", ["tam dung", "bao tin", "van con", "gia han", "bo qua", "lich"])
def test_a_word_of_elsewhere_is_no_kind(chats: Chats, precinct: Precinct, typed: str) -> None:
    says(chats, precinct.resident, "xxx", typed)
    states = [each.state for each in open_drafts(chats)]
    chosen = [state["answers"].get("kind", {}).get("choice", "") for state in states]
    assert not [each for each in chosen if each not in ("", "OTHER")]


def test_a_lone_guess_is_asked(chats: Chats, precinct: Precinct) -> None:
    says(chats, precinct.resident, "xxx", "tam dung")
    assert "Có phải việc này không ạ" in last(chats, precinct.resident)
    says(chats, precinct.resident, "không")
    assert "Có phải" not in last(chats, precinct.resident)
    says(chats, precinct.resident, "ma túy")
    (draft,) = open_drafts(chats)
    assert draft.state["answers"]["kind"]["choice"] == "DRUG"


def test_a_command_at_the_question_of_kinds_is_the_command(
    chats: Chats, precinct: Precinct
) -> None:
    says(chats, precinct.resident, "xxx", "bao tin")
    assert "Viết tiếp hay bắt đầu lại" in last(chats, precinct.resident)


def test_whoever_announces_finds_it_in_the_menu(
    chats: Chats, precinct: Precinct, leader: Person
) -> None:
    says(chats, leader, "xin chào")
    assert labels(_newest(chats, leader))[2:4] == ["3. Thông báo", "4. Lịch"]
    says(chats, leader, "4")
    assert "Chưa có thông báo nào" in last(chats, leader)
    says(chats, precinct.resident, "xin chào")
    assert labels(_newest(chats, precinct.resident))[2] == "3. Vụ việc của tôi"


@pytest.mark.parametrize(
    "typed", ["thong bao mai cup dien ca khu", "toi muon dang thong bao mai cup dien ca khu"]
)
def test_a_leaders_notice_without_the_command_is_asked_about(
    chats: Chats, leader: Person, typed: str
) -> None:
    says(chats, leader, typed)
    assert "Đăng thông báo này cho bà con" in last(chats, leader)
    assert labels(_newest(chats, leader)) == ["1. Đăng", "2. Báo"]
    says(chats, leader, "1")
    (draft,) = open_drafts(chats)
    assert draft.flow == "announcement"
    assert "mai cup dien ca khu" in draft.state["answers"]["what"]["words"]


def test_a_leaders_notice_may_be_a_report(chats: Chats, leader: Person) -> None:
    says(chats, leader, "thong bao mai cup dien ca khu", "báo")
    assert [each.flow for each in open_drafts(chats)] == ["report"]


def test_a_notice_with_a_time_that_is_passed_on_is_asked_about(
    chats: Chats, leader: Person
) -> None:
    chats.forwards(leader, "Cúp điện 7h30 sáng mai toàn khu", Media("photo", "anh-bia"))
    assert "Đăng thông báo này cho bà con" in last(chats, leader)
    says(chats, leader, "đăng")
    (draft,) = open_drafts(chats)
    assert draft.flow == "announcement"
    assert draft.state["answers"]["what"]["media"]


def test_danger_is_no_notice(chats: Chats, leader: Person) -> None:
    says(chats, leader, "thong bao cháy nhà bà Tư rồi cứu với")
    assert [each.flow for each in open_drafts(chats)] == ["alert"]


def test_a_resident_is_not_asked_whether_to_post(chats: Chats, precinct: Precinct) -> None:
    says(chats, precinct.resident, "thong bao mai cup dien ca khu")
    assert "Đăng thông báo này" not in last(chats, precinct.resident)


def test_to_warn_needs_no_space(chats: Chats, precinct: Precinct) -> None:
    says(chats, precinct.an, "canhbao")
    assert open_drafts(chats) == []


def test_a_number_to_call_is_never_called_a_wrong_one(chats: Chats, leader: Person) -> None:
    chats.says(leader, "lich")
    chats.says(leader, "113")
    assert "không ứng với câu nào" not in last(chats, leader)
    assert "113" in last(chats, leader)
