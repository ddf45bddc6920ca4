"""What a newcomer who played the announcements found broken, each told as it happened."""

import pytest

from domain.notices import Media
from domain.roles import Purpose, Role
from storage.tables import Address, Person
from tests.handlers.chats import Chats
from tests.handlers.test_announcing import last, planned, press, shown
from tests.precinct import Precinct

PHOTO = Media("photo", "invented-photo")


@pytest.fixture
def leader(precinct: Precinct) -> Person:
    """Of Khu 2, the only neighbourhood so far."""
    return precinct.holder(Role.LEADER, "Trịnh Thị Khu", "301", at=precinct.khu_id)


@pytest.fixture
def khu(precinct: Precinct) -> Address:
    """The chat of Khu 2."""
    return precinct.room("-20", Purpose.NEIGHBOURHOOD, at=precinct.khu_id)


def every_saturday(chats: Chats, leader: Person) -> None:
    """Planned for 18:00 on Saturdays; now is Sunday 22/11/2026."""
    for typed in ("/thongbao Mời bà con dọn vệ sinh", "thu bay hang tuan 18h", "gửi"):
        chats.says(leader, typed)


def open_first(chats: Chats, leader: Person) -> None:
    """The only one in the schedule."""
    chats.says(leader, "lịch")
    chats.says(leader, "1")


def test_a_skipped_date_stays_skipped_when_the_hour_changes(
    precinct: Precinct, chats: Chats, leader: Person, khu: Address
) -> None:
    every_saturday(chats, leader)
    open_first(chats, leader)
    chats.says(leader, "bỏ một lần")
    assert "28/11/2026" in last(precinct, leader)
    open_first(chats, leader)
    for typed in ("sửa", "giờ", "thu bay hang tuan 19h"):
        chats.says(leader, typed)
    review = last(precinct, leader)
    assert "trừ 28/11/2026" in review
    assert "19:00 thứ Bảy 28/11" not in review
    chats.says(leader, "gửi")
    assert "19:00 thứ Bảy 05/12/2026" in last(precinct, leader)
    open_first(chats, leader)
    assert "19:00 thứ Bảy 28/11" not in last(precinct, leader)


def test_a_skipped_date_that_no_longer_applies_is_named(
    precinct: Precinct, chats: Chats, leader: Person, khu: Address
) -> None:
    every_saturday(chats, leader)
    open_first(chats, leader)
    chats.says(leader, "bỏ một lần")
    open_first(chats, leader)
    for typed in ("sửa", "giờ", "chu nhat hang tuan 19h"):
        chats.says(leader, typed)
    assert "Lịch mới không có ngày đã bỏ (28/11/2026)" in last(precinct, leader)


def test_an_edit_that_is_left_says_that_the_post_still_comes(
    precinct: Precinct, chats: Chats, leader: Person, khu: Address
) -> None:
    for typed in ("/thongbao Mời bà con họp", "20h tối nay", "gửi"):
        chats.says(leader, typed)
    open_first(chats, leader)
    for typed in ("sửa", "hủy"):
        chats.says(leader, typed)
    said = last(precinct, leader)
    assert "Không sửa gì. Bài vẫn đăng lúc 20:00 Chủ nhật 22/11/2026" in said
    assert "chưa gửi gì đi" not in said


def test_a_photo_at_the_lines_to_change_is_shown_in_the_new_preview(
    precinct: Precinct, chats: Chats, leader: Person, khu: Address
) -> None:
    for typed in ("/thongbao Mời bà con họp", "20h tối nay", "gửi"):
        chats.says(leader, typed)
    open_first(chats, leader)
    chats.says(leader, "sửa")
    chats.sends(leader, PHOTO)
    assert "như trên" in last(precinct, leader)
    assert any(n.media == (PHOTO,) for n in precinct.notices(precinct.home(leader))[-3:])


@pytest.mark.parametrize("typed", ["asdf", "hôm qua vui quá trời luôn nhé"])
def test_stray_words_at_the_preview_do_not_get_into_the_post(
    precinct: Precinct, chats: Chats, leader: Person, khu: Address, typed: str
) -> None:
    chats.says(leader, "/thongbao")
    chats.sends(leader, PHOTO)
    chats.says(leader, "20h tối nay")
    chats.says(leader, typed)
    assert "Chưa rõ ý. Muốn sửa lời, gõ: <b>sửa nội dung</b>." in last(precinct, leader)
    chats.says(leader, "gửi")
    assert planned(precinct)[0].words == ""


def test_now_in_the_night_says_when_it_really_comes(
    precinct: Precinct, chats: Chats, leader: Person, khu: Address
) -> None:
    precinct.now = precinct.now.replace(hour=19, minute=23)
    for typed in ("/thongbao Mời bà con họp", "ngay bây giờ"):
        chats.says(leader, typed)
    review = last(precinct, leader)
    assert "<b>Lúc đăng:</b> 06:30 thứ Hai 23/11/2026" in review
    assert "bây giờ bà con đang nghỉ" in review
    assert "hoặc" not in "".join(shown(precinct, leader)[-3:])
    chats.says(leader, "gửi")
    assert "Sẽ đăng lúc 06:30 thứ Hai 23/11/2026" in last(precinct, leader)


def test_what_repeats_in_quiet_hours_shows_the_hours_at_which_it_comes(
    precinct: Precinct, chats: Chats, leader: Person, khu: Address
) -> None:
    for typed in ("/thongbao Nhắc bà con đổ rác", "thu 2 hang tuan 5h sang"):
        chats.says(leader, typed)
    review = last(precinct, leader)
    assert "– 06:30 thứ Hai 23/11/2026" in review
    assert "– 05:00" not in review
    assert "giờ ấy bà con nghỉ, bài lên lúc 06:30" in review
    chats.says(leader, "gửi")
    assert "06:30 thứ Hai 23/11/2026" in last(precinct, leader)
    chats.says(leader, "lịch")
    assert "06:30 thứ Hai 23/11/2026" in last(precinct, leader)


def test_a_full_day_is_the_reason_where_it_is_one(
    precinct: Precinct, chats: Chats, leader: Person, khu: Address
) -> None:
    for at in range(5):
        for typed in (f"/thongbao Bài bịa số {at}", "ngay bây giờ", "gửi"):
            chats.says(leader, typed)
    for typed in ("/thongbao Bài bịa thứ sáu", "ngay bây giờ"):
        chats.says(leader, typed)
    said = shown(precinct, leader)[-2]
    assert "đủ bài trong ngày" in said
    assert "nghỉ" not in said


def test_after_only_the_hour_is_changed_the_post_stands_above_again(
    precinct: Precinct, chats: Chats, leader: Person, khu: Address
) -> None:
    for typed in ("/thongbao Mời bà con họp", "20h tối nay", "gửi"):
        chats.says(leader, typed)
    open_first(chats, leader)
    for typed in ("sửa", "giờ", "19h tối nay"):
        chats.says(leader, typed)
    assert "như trên" in last(precinct, leader)
    assert "Mời bà con họp" in shown(precinct, leader)[-2]


def test_the_preview_with_a_photo_says_so(
    precinct: Precinct, chats: Chats, leader: Person, khu: Address
) -> None:
    chats.says(leader, "/thongbao")
    chats.sends_with(leader, "Giấy mời họp", PHOTO)
    chats.says(leader, "20h tối nay")
    assert "như trên (kèm ảnh)" in last(precinct, leader)


@pytest.mark.parametrize("typed", ["dang di", "ok dang di", "luu", "đăng đi nhé"])
def test_plain_words_send_it(
    precinct: Precinct, chats: Chats, leader: Person, khu: Address, typed: str
) -> None:
    for each in ("/thongbao Mời bà con họp", "20h tối nay", typed):
        chats.says(leader, each)
    assert len(planned(precinct)) == 1


@pytest.mark.parametrize("typed", ["sua gio 20h", "sửa giờ đăng thành 20h", "20h tối mai"])
def test_the_hour_is_changed_at_once(
    precinct: Precinct, chats: Chats, leader: Person, khu: Address, typed: str
) -> None:
    for each in ("/thongbao Mời bà con họp", "7h tối mai", typed):
        chats.says(leader, each)
    assert "20:00 thứ Hai 23/11/2026" in last(precinct, leader)
    assert "như trên" in last(precinct, leader)


def test_the_hour_of_what_repeats_is_changed_and_its_days_stay(
    precinct: Precinct, chats: Chats, leader: Person, khu: Address
) -> None:
    for typed in ("/thongbao Mời bà con họp", "thu bay hang tuan 18h", "sua gio 20h"):
        chats.says(leader, typed)
    assert "20:00 thứ Bảy hằng tuần" in last(precinct, leader)


@pytest.mark.parametrize("typed", ["hai ba gio gi do", "2-3 giờ gì đó", "ba bon gio chieu"])
def test_an_hour_that_is_no_hour_is_asked_for(
    precinct: Precinct, chats: Chats, leader: Person, khu: Address, typed: str
) -> None:
    for each in ("/thongbao Mời bà con họp", typed):
        chats.says(leader, each)
    assert "Lúc đăng" not in last(precinct, leader)
    assert "một giờ thôi" in last(precinct, leader)


def test_words_beside_the_time_are_not_dropped_in_silence(
    precinct: Precinct, chats: Chats, leader: Person, khu: Address
) -> None:
    for typed in ("/thongbao Mời bà con tham gia", "thứ 7 hàng tuần 7h dọn vệ sinh"):
        chats.says(leader, typed)
    said = last(precinct, leader)
    assert "“dọn vệ sinh” chưa có trong bài" in said
    assert "07:00 thứ Bảy hằng tuần" in said
    chats.says(leader, "sửa giờ 8h sáng")
    assert "dọn vệ sinh" not in last(precinct, leader)


def test_what_repeats_is_confirmed_with_its_rule(
    precinct: Precinct, chats: Chats, leader: Person, khu: Address
) -> None:
    every_saturday(chats, leader)
    said = last(precinct, leader)
    assert "18:00 thứ Bảy hằng tuần, lần đầu 18:00 thứ Bảy 28/11/2026" in said


def test_the_hour_of_a_day_to_come_is_not_answered_with_now(
    precinct: Precinct, chats: Chats, leader: Person, khu: Address
) -> None:
    for typed in ("/thongbao Mời bà con họp", "mùng một hằng tháng"):
        chats.says(leader, typed)
    assert "mấy giờ ạ" in last(precinct, leader)
    with pytest.raises(AssertionError, match="no button"):
        _press_newest(precinct, chats, leader, "Ngay bây giờ")


def _press_newest(precinct: Precinct, chats: Chats, person: Person, label: str) -> None:
    from tests.precinct import labels

    newest = precinct.notices(precinct.home(person))[-1]
    if not any(label in each for each in labels(newest)):
        raise AssertionError(f"no button {label}")
    press(chats, person, label)


def test_the_schedule_counts_what_it_lists(
    precinct: Precinct, chats: Chats, leader: Person, khu: Address
) -> None:
    for when in ("20h tối nay", "19h tối mai", "19h 30/12/2026", "19h 31/12/2026"):
        for typed in ("/thongbao Mời bà con họp", when, "gửi"):
            chats.says(leader, typed)
    chats.says(leader, "lịch")
    said = last(precinct, leader)
    assert "4 bài" in said
    assert "2 lần" in said


def test_a_blank_is_asked_with_what_it_is_about_and_an_example(
    precinct: Precinct, chats: Chats, leader: Person, khu: Address
) -> None:
    chats.says(leader, "/thongbao")
    press(chats, leader, "Cắt điện")
    assert "Mất điện ở đâu" in last(precinct, leader)
    assert "Ví dụ" in last(precinct, leader)
