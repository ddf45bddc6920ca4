"""A leader writes to the neighbourhood: the shortest path, every choice, and what is refused."""

import pytest
from sqlmodel import col, select

from actions.standings import revoke
from bot.handlers import router
from domain.notices import Media
from domain.recurrence import Rule, next_after
from domain.roles import Purpose, Role
from domain.time_echo import say_instant
from storage import wards
from storage.announcement_tables import Announcement
from storage.rows import rows
from storage.tables import Address, Person
from tests.handlers.chats import Chats
from tests.precinct import WARD, Precinct, labels, say, taps

PHOTO = Media("photo", "invented-photo")
SECOND_PHOTO = Media("photo", "invented-second-photo")


@pytest.fixture
def leader(precinct: Precinct) -> Person:
    """Of Khu 2, the only neighbourhood so far."""
    return precinct.holder(Role.LEADER, "Trịnh Thị Khu", "301", at=precinct.khu_id)


@pytest.fixture
def khu(precinct: Precinct) -> Address:
    """The chat of Khu 2."""
    return precinct.room("-20", Purpose.NEIGHBOURHOOD, at=precinct.khu_id)


def planned(precinct: Precinct) -> list[Announcement]:
    """All announcements."""
    return rows(precinct.db, Announcement, select(Announcement).order_by(col(Announcement.id)))


def shown(precinct: Precinct, person: Person) -> list[str]:
    """What stands in somebody's private chat."""
    return precinct.texts(precinct.home(person))


def last(precinct: Precinct, person: Person) -> str:
    """The newest of it."""
    return shown(precinct, person)[-1]


def captions(chats: Chats, person: Person, words: str) -> None:
    """Send a photo with words below it in private."""
    router.handle(chats.arrives(person, text=words, media=(PHOTO,)))


def press(chats: Chats, person: Person, label: str) -> None:
    """Press the newest button with this label."""
    precinct = chats.precinct
    for notice in reversed(precinct.notices(precinct.home(person))):
        for name, data in zip(labels(notice), taps(notice), strict=True):
            if label in name:
                chats.taps(person, data)
                return
    raise AssertionError(f"no button {label}")


def test_the_papers_photo_with_a_time_is_all(
    precinct: Precinct, chats: Chats, leader: Person, khu: Address
) -> None:
    chats.says(leader, "/thongbao")
    assert "Thông báo gì" in last(precinct, leader)
    captions(chats, leader, "19h ram thang gieng")
    review = last(precinct, leader)
    assert "19:00 thứ Bảy 20/02/2027, rằm tháng Giêng" in review
    assert "Chưa gửi đi" in review
    preview = precinct.notices(precinct.home(leader))[-3:-1]
    assert preview[-1].media == (PHOTO,)
    assert "ram thang gieng" not in say(preview[0].text)
    assert planned(precinct) == []
    chats.says(leader, "gửi")
    (announcement,) = planned(precinct)
    rule = Rule.from_json(announcement.rule)
    at = next_after(rule, precinct.now)
    assert at is not None
    assert "20/02/2027" in say(say_instant(at))
    assert announcement.words == ""
    assert announcement.media[0]["file"] == PHOTO.file
    assert "Đã lên lịch: 19:00 thứ Bảy 20/02/2027" in last(precinct, leader)
    assert precinct.texts(khu) == []


def test_the_command_with_its_time_and_the_photo_at_once(
    precinct: Precinct, chats: Chats, leader: Person, khu: Address
) -> None:
    captions(chats, leader, "/thongbao 19h ram thang gieng")
    assert "19:00 thứ Bảy 20/02/2027, rằm tháng Giêng" in last(precinct, leader)
    chats.says(leader, "đăng")
    (announcement,) = planned(precinct)
    assert announcement.words == ""


def test_a_time_first_and_then_the_forwarded_photo(
    precinct: Precinct, chats: Chats, leader: Person, khu: Address
) -> None:
    chats.says(leader, "/thongbao 19h ram thang gieng")
    assert "Đã ghi giờ đăng" in last(precinct, leader)
    chats.forwards(leader, "", PHOTO)
    assert "19:00 thứ Bảy 20/02/2027, rằm tháng Giêng" in last(precinct, leader)
    chats.says(leader, "đăng")
    assert len(planned(precinct)) == 1


def test_words_that_name_a_time_are_the_post_and_not_its_time(
    precinct: Precinct, chats: Chats, leader: Person, khu: Address
) -> None:
    chats.says(leader, "/thongbao")
    captions(chats, leader, "Họp khu 19h rằm tháng Giêng tại nhà văn hóa")
    assert "Đăng lúc nào" in last(precinct, leader)
    for typed in ("ngay bây giờ", "gửi"):
        chats.says(leader, typed)
    assert planned(precinct)[0].words == "Họp khu 19h rằm tháng Giêng tại nhà văn hóa"


def test_below_a_bare_photo_words_are_its_words(
    precinct: Precinct, chats: Chats, leader: Person, khu: Address
) -> None:
    chats.says(leader, "/thongbao")
    chats.sends(leader, PHOTO)
    chats.says(leader, "Mời bà con họp khu 19h tối mai ở nhà văn hóa")
    assert "Đã ghi thêm lời vừa nhắn" in last(precinct, leader)
    for typed in ("ngay bây giờ", "gửi"):
        chats.says(leader, typed)
    assert planned(precinct)[0].words == "Mời bà con họp khu 19h tối mai ở nhà văn hóa"


def test_words_now_are_posted_exactly_as_they_were_shown(
    precinct: Precinct, chats: Chats, leader: Person, khu: Address
) -> None:
    for typed in ("thong bao", "Mời bà con họp ở nhà văn hóa Bịa", "ngay bay gio"):
        chats.says(leader, typed)
    preview = shown(precinct, leader)[-2]
    assert "Mời bà con họp ở nhà văn hóa Bịa" in preview
    assert precinct.texts(khu) == []
    chats.says(leader, "gửi")
    assert "Đang đăng tới Khu 2" in last(precinct, leader)
    assert precinct.texts(khu) == [preview]
    chats.says(leader, "gửi")
    assert len(planned(precinct)) == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("7h toi mai", "19:00 thứ Hai 23/11/2026"),
        ("thứ 2 hàng tuần 7h", "07:00 thứ Hai hằng tuần"),
        ("rằm hằng tháng 6h sáng", "06:00 rằm hằng tháng (âm lịch)"),
        ("10 phút nữa", "09:10 Chủ nhật 22/11/2026"),
    ],
)
def test_a_time_is_said_back_in_full(
    precinct: Precinct, chats: Chats, leader: Person, khu: Address, typed: str, said: str
) -> None:
    chats.says(leader, "/thongbao Họp khu, mời bà con")
    chats.says(leader, typed)
    assert said in last(precinct, leader)


def test_the_next_five_dates_of_what_repeats(
    precinct: Precinct, chats: Chats, leader: Person, khu: Address
) -> None:
    chats.says(leader, "/thongbao Nhắc bà con đổ rác đúng giờ")
    chats.says(leader, "thu 2 hang tuan 7h sang")
    review = last(precinct, leader)
    for day in ("23/11/2026", "30/11/2026", "07/12/2026", "14/12/2026", "21/12/2026"):
        assert f"07:00 thứ Hai {day}" in review
    assert "28/12/2026" not in review
    for typed in ("sửa ngày cuối", "30/11/2026"):
        chats.says(leader, typed)
    review = last(precinct, leader)
    assert "30/11/2026" in review
    assert "07/12/2026" not in review


def test_what_is_missing_is_asked(
    precinct: Precinct, chats: Chats, leader: Person, khu: Address
) -> None:
    chats.says(leader, "/thongbao Họp khu, mời bà con")
    chats.says(leader, "thứ 7")
    assert "thứ Bảy 28/11/2026" in last(precinct, leader)
    assert "mấy giờ ạ" in last(precinct, leader)
    chats.says(leader, "8h sáng")
    assert "08:00 thứ Bảy 28/11/2026" in last(precinct, leader)


def test_a_past_time_is_refused_with_the_next_sensible_one(
    precinct: Precinct, chats: Chats, leader: Person, khu: Address
) -> None:
    chats.says(leader, "/thongbao Họp khu, mời bà con")
    chats.says(leader, "8h sáng nay")
    said = last(precinct, leader)
    assert "08:00 Chủ nhật 22/11/2026" in said
    assert "đã qua rồi" in said
    assert planned(precinct) == []
    chats.says(leader, "1")
    assert "08:00 thứ Hai 23/11/2026" in last(precinct, leader)


def test_a_time_that_passes_while_the_review_stands_is_not_moved(
    precinct: Precinct, chats: Chats, leader: Person, khu: Address
) -> None:
    chats.says(leader, "/thongbao Họp khu, mời bà con")
    chats.says(leader, "10 phút nữa")
    precinct.now = precinct.now.replace(hour=5)
    chats.says(leader, "gửi")
    assert planned(precinct) == []
    assert "qua" in last(precinct, leader)
    chats.says(leader, "tiếp tục")
    assert "Giờ này đã qua mất rồi" in last(precinct, leader)
    for typed in ("sửa giờ", "ngay bây giờ", "gửi"):
        chats.says(leader, typed)
    assert len(planned(precinct)) == 1


def test_quiet_hours_are_said_before_it_is_sent(
    precinct: Precinct, chats: Chats, leader: Person, khu: Address
) -> None:
    chats.says(leader, "/thongbao Họp khu, mời bà con")
    chats.says(leader, "22h tối nay")
    assert "<b>Lúc đăng:</b> 06:30 thứ Hai 23/11/2026" in last(precinct, leader)
    chats.says(leader, "sửa giờ")
    chats.says(leader, "19h tối nay")
    assert "<b>Lúc đăng:</b> 19:00 Chủ nhật 22/11/2026" in last(precinct, leader)
    chats.says(leader, "sửa giờ")
    chats.says(leader, "12h trưa nay")
    assert "<b>Lúc đăng:</b> 13:30 Chủ nhật 22/11/2026" in last(precinct, leader)


def test_options_only_on_request(
    precinct: Precinct, chats: Chats, leader: Person, khu: Address
) -> None:
    chats.says(leader, "/thongbao Họp khu, mời bà con")
    chats.says(leader, "7h tối mai")
    for typed in ("sửa ghim", "ghim 3 ngày", "có hỏi", "gửi"):
        chats.says(leader, typed)
    (announcement,) = planned(precinct)
    assert announcement.pinned_for == 3 * 24 * 3600
    assert announcement.asks_reading is True


def test_a_template_is_filled_in(
    precinct: Precinct, chats: Chats, leader: Person, khu: Address
) -> None:
    chats.says(leader, "/thongbao")
    press(chats, leader, "Cắt điện")
    assert "Mất điện ở đâu" in last(precinct, leader)
    for typed in ("ngõ 5 Khu 2", "7h", "9h sáng mai", "sửa trạm", "ngay bây giờ", "gửi"):
        chats.says(leader, typed)
    (announcement,) = planned(precinct)
    assert "ngõ 5 Khu 2 mất điện từ 7h đến 9h sáng mai, vì sửa trạm" in announcement.words
    assert (announcement.template, announcement.sort) == ("power_cut", "hazard")


def test_a_template_in_words_of_ones_own_is_ordinary(
    precinct: Precinct, chats: Chats, leader: Person, khu: Address
) -> None:
    for typed in ("thông báo", "cắt điện", "ngõ 5", "7h", "9h", "sửa trạm", "7h tối mai"):
        chats.says(leader, typed)
    for typed in ("sửa nội dung", "Mất điện ngõ 5, bà con thông cảm", "gửi"):
        chats.says(leader, typed)
    (announcement,) = planned(precinct)
    assert announcement.words == "Mất điện ngõ 5, bà con thông cảm"
    assert (announcement.template, announcement.sort) == (None, "ordinary")


def test_somebody_who_is_sought_needs_a_second_officer(
    precinct: Precinct, chats: Chats, leader: Person, khu: Address
) -> None:
    for typed in ("thông báo", "tìm người đi lạc", "cụ già áo nâu", "sáng nay", "chợ Bịa"):
        chats.says(leader, typed)
    chats.says(leader, "công an phường")
    chats.says(leader, "ngay bây giờ")
    assert "cần thêm một người đồng ý" in last(precinct, leader)
    chats.says(leader, "gửi")
    (announcement,) = planned(precinct)
    assert (announcement.names_person, announcement.state) == (True, "waiting")
    assert precinct.texts(khu) == []


def test_danger_in_an_announcement_is_no_alarm(
    precinct: Precinct, chats: Chats, leader: Person, khu: Address
) -> None:
    chats.says(leader, "/thongbao")
    chats.says(leader, "Đang cháy rừng ở núi Bịa, bà con không lên núi")
    assert "Đăng lúc nào" in last(precinct, leader)
    chats.says(leader, "cháy nhà tôi rồi")
    assert "114" in last(precinct, leader)


def test_several_neighbourhoods_need_a_second_person(
    precinct: Precinct, chats: Chats, khu: Address
) -> None:
    for name in ("Khu 3", "Khu 5"):
        wards.add_neighbourhood(precinct.db, WARD, name, name.lower(), [])
    chats.says(precinct.an, "/thongbao Công an nhắc bà con khóa xe")
    assert "Gửi tới khu nào" in last(precinct, precinct.an)
    chats.says(precinct.an, "khu 2, khu 9")
    assert "chưa rõ là khu nào" in last(precinct, precinct.an)
    chats.says(precinct.an, "khu 2 và khu 5")
    chats.says(precinct.an, "7h tối mai")
    review = last(precinct, precinct.an)
    assert "Khu 2, Khu 5" in review
    assert "cần thêm một người đồng ý" in review
    chats.says(precinct.an, "gửi")
    assert "Đang chờ một người nữa đồng ý" in last(precinct, precinct.an)
    (announcement,) = planned(precinct)
    assert announcement.state == "waiting"
    chats.says(precinct.binh, "đồng ý")
    assert "Đã ghi đồng ý" in last(precinct, precinct.binh)
    assert planned(precinct)[0].state == "planned"


def test_the_whole_ward_in_words(precinct: Precinct, chats: Chats, khu: Address) -> None:
    wards.add_neighbourhood(precinct.db, WARD, "Khu 3", "khu 3", [])
    chats.says(precinct.an, "/thongbao Công an nhắc bà con khóa xe")
    chats.says(precinct.an, "ca phuong")
    chats.says(precinct.an, "bây giờ")
    assert "Tất cả khu phố, thôn" in last(precinct, precinct.an)


def test_whoever_may_not_is_told_who_may(precinct: Precinct, chats: Chats, khu: Address) -> None:
    chats.says(precinct.resident, "/thongbao")
    assert "việc của trưởng khu" in last(precinct, precinct.resident)
    mediator = precinct.holder(Role.MEDIATOR, "Hòa Giải Bịa", "302")
    chats.says(mediator, "thông báo")
    assert "việc của trưởng khu" in last(precinct, mediator)
    assert planned(precinct) == []


def test_a_leader_writes_to_their_own_only(
    precinct: Precinct, chats: Chats, leader: Person, khu: Address
) -> None:
    wards.add_neighbourhood(precinct.db, WARD, "Khu 3", "khu 3", [])
    chats.says(leader, "/thongbao Họp khu, mời bà con")
    assert "Đăng lúc nào" in last(precinct, leader)


def test_a_role_that_ended_meanwhile_is_refused(
    precinct: Precinct, chats: Chats, leader: Person, khu: Address
) -> None:
    chats.says(leader, "/thongbao Họp khu, mời bà con")
    chats.says(leader, "ngay bây giờ")
    revoke(precinct.db, leader.id, Role.LEADER, WARD, precinct.now)
    chats.says(leader, "gửi")
    assert planned(precinct) == []
    assert precinct.texts(khu) == []


def test_an_unfinished_one_is_not_lost_by_asking_for_it_again(
    precinct: Precinct, chats: Chats, leader: Person, khu: Address
) -> None:
    chats.says(leader, "/thongbao Họp khu, mời bà con")
    chats.says(leader, "/thongbao")
    assert "vẫn còn đây" in last(precinct, leader)
    assert "Đăng lúc nào" in last(precinct, leader)


def test_what_is_said_beside_a_question_is_not_posted(
    precinct: Precinct, chats: Chats, leader: Person, khu: Address
) -> None:
    chats.says(leader, "/thongbao Họp khu, mời bà con")
    for typed in ("ông Bịa nhớ nhắc tôi chuyện hôm trước nhé", "7h toi mai", "cảm ơn bạn nhiều"):
        chats.says(leader, typed)
    chats.says(leader, "gửi")
    assert planned(precinct)[0].words == "Họp khu, mời bà con"


def test_an_officers_forwarded_paper_belongs_to_the_announcement(
    precinct: Precinct, chats: Chats, khu: Address
) -> None:
    chats.says(precinct.an, "/thongbao")
    chats.forwards(precinct.an, "Giấy mời họp của Phường Bịa", PHOTO)
    assert "Đăng lúc nào" in last(precinct, precinct.an)
    chats.sends(precinct.an, SECOND_PHOTO)
    assert "Đã thêm ảnh" in last(precinct, precinct.an)
    for typed in ("7h tối mai", "gửi"):
        chats.says(precinct.an, typed)
    assert [each["file"] for each in planned(precinct)[0].media] == [
        PHOTO.file,
        SECOND_PHOTO.file,
    ]
