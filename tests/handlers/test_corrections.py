"""/dinhchinh and "báo an toàn": everything by a press, by typed words, in both languages."""

import pytest

from actions.all_clear import ask_for_all_clears
from actions.corrected import spread_corrections
from actions.extended import spread_extensions
from actions.occurrences import send_due
from actions.pins import look_after_pins
from domain.announcing import Sort
from domain.roles import Purpose, Role
from storage.announcement_tables import Announcement
from storage.tables import Address, Person
from tests.handlers.chats import Chats
from tests.handlers.test_proving import plain
from tests.handlers.test_schedule import last, offered, planned, planned_by, presses, says
from tests.precinct import Precinct, labels


@pytest.fixture
def leader(precinct: Precinct) -> Person:
    return precinct.holder(Role.LEADER, "Trịnh Thị Khu", "301", at=precinct.khu_id)


@pytest.fixture
def khu(precinct: Precinct) -> Address:
    return precinct.room("-20", Purpose.NEIGHBOURHOOD, at=precinct.khu_id)


@pytest.fixture
def posted(precinct: Precinct, chats: Chats, leader: Person, khu: Address) -> Announcement:
    """A post with a mistake in it, an hour old."""
    post = planned_by(chats, leader, "Họp khu lúc 7 giờ tối (bịa)", "ngay bây giờ", "gửi")
    later(precinct)
    return post


def later(precinct: Precinct, hours: int = 1) -> None:
    """Everything that ticks looks, and the messenger takes what is owed."""
    for _ in range(3):
        for deed in (send_due, spread_corrections, spread_extensions, look_after_pins):
            deed(precinct.db, precinct.now)
        ask_for_all_clears(precinct.db, precinct.now)
        precinct.deliver()
    precinct.now = precinct.now.replace(hour=precinct.now.hour + hours)


def alert(precinct: Precinct, chats: Chats, leader: Person, khu: Address) -> Announcement:
    """An emergency that holds for two hours more."""
    from actions.announcing import Planned, schedule_announcement
    from tests.precinct import BOT, WARD

    until = precinct.now.replace(hour=precinct.now.hour + 3)
    what = Planned(
        "Cháy ở chợ (bịa)", WARD, (precinct.khu_id,), sort=Sort.EMERGENCY, expires_at=until
    )
    made = schedule_announcement(
        precinct.db, leader, what, None, BOT, precinct.now, precinct.random_below
    )
    later(precinct)
    return made


def test_by_presses_from_the_message_that_it_was_sent(
    precinct: Precinct, chats: Chats, leader: Person, khu: Address, posted: Announcement
) -> None:
    presses(chats, leader, "Đính chính")
    assert offered(precinct, leader) == ["1. Sửa lời", "2. Hủy tin"]
    presses(chats, leader, "Sửa lời")
    assert "viết lại cả bài" in last(precinct, leader)
    says(chats, leader, "Họp khu lúc 8 giờ tối (bịa)")
    shown = precinct.texts(precinct.home(leader))[-2]
    assert "Đính chính" in shown
    assert "8 giờ tối" in shown
    assert "Chưa gửi đi" in last(precinct, leader)
    presses(chats, leader, "Đăng đính chính")
    assert "Đang sửa các bài" in last(precinct, leader)
    later(precinct)
    copy, short = precinct.texts(khu)
    assert "ĐÃ ĐÍNH CHÍNH" in copy
    assert "7 giờ tối" not in copy
    assert short == shown


@pytest.mark.parametrize(
    "typed",
    [
        ("dinh chinh", "1", "sua loi", "Hop khu luc 8 gio toi (bia)", "gui"),
        ("/dinhchinh {code}", "1", "Hop khu luc 8 gio toi (bia)", "dang dinh chinh"),
        ("đính chính {code}", "sửa lời", "Hop khu luc 8 gio toi (bia)", "đăng"),
    ],
)
def test_by_words_alone(
    precinct: Precinct,
    chats: Chats,
    leader: Person,
    khu: Address,
    posted: Announcement,
    typed: tuple[str, ...],
) -> None:
    says(chats, leader, *(each.format(code=posted.code) for each in typed))
    assert "Đang sửa các bài" in last(precinct, leader)
    later(precinct)
    assert "8 gio toi" in precinct.texts(khu)[0]


def test_in_english(
    precinct: Precinct, chats: Chats, leader: Person, khu: Address, posted: Announcement
) -> None:
    says(chats, leader, "english", "correction", "1")
    leader.locale = "en"
    home = precinct.home(leader)
    assert "should happen with this post" in precinct.texts(home, "en")[-1]
    assert labels(precinct.notices(home)[-1], "en") == ["1. Change the words", "2. Cancel it"]
    says(chats, leader, "cancel it", "no reason")
    assert "Cancelled" in precinct.texts(home, "en")[-2]
    says(chats, leader, "post the cancellation")
    assert "Cancelling the post everywhere" in precinct.texts(home, "en")[-1]


@pytest.mark.parametrize("reason", ["Nhầm ngày họp", "không nói lý do"])
def test_cancelled_with_a_reason_or_without(
    precinct: Precinct,
    chats: Chats,
    leader: Person,
    khu: Address,
    posted: Announcement,
    reason: str,
) -> None:
    says(chats, leader, "dinh chinh", "1", "2", reason, "gửi")
    later(precinct)
    copy, short = precinct.texts(khu)
    assert "Thông báo này đã được hủy" in short
    assert ("Lý do: Nhầm ngày họp" in copy) == (reason == "Nhầm ngày họp")
    says(chats, leader, "dinh chinh")
    assert "Chưa có bài nào" in last(precinct, leader)


def test_whoever_checks_the_old_code_reads_the_new_words(
    precinct: Precinct, chats: Chats, leader: Person, khu: Address, posted: Announcement
) -> None:
    says(chats, leader, "dinh chinh", "1", "1", "Họp khu lúc 8 giờ tối (bịa)", "gửi")
    later(precinct)
    says(chats, precinct.resident, f"/xacminh {posted.code}")
    answer = "\n".join(precinct.texts(precinct.home(precinct.resident))[-3:])
    assert "Đã được đính chính" in answer
    assert "Lời đúng hiện nay" in answer
    assert "8 giờ tối" in answer
    correction = planned(precinct)[-1]
    chats.forwards(precinct.resident, plain(precinct.texts(khu)[0]))
    answer = "\n".join(precinct.texts(precinct.home(precinct.resident))[-2:])
    assert "8 giờ tối" in answer
    assert f"{correction.code[:4]} {correction.code[4:]}" in answer
    answer = "\n".join(precinct.texts(precinct.home(precinct.resident)))
    assert "BÀI THẬT, lời không bị sửa" in answer


def test_nobody_else_may(
    precinct: Precinct, chats: Chats, leader: Person, posted: Announcement
) -> None:
    says(chats, precinct.resident, f"/dinhchinh {posted.code}")
    assert "Không tìm thấy bài" in last(precinct, precinct.resident)
    chats.taps(precinct.resident, f"x:{posted.id}:cancel")
    assert "Không tìm thấy bài" in last(precinct, precinct.resident)
    says(chats, leader, "/dinhchinh 00000000")
    chats.taps(leader, "x:abc:open")
    chats.taps(leader, f"x:{posted.id}:else")


class TestAllClear:
    def test_asked_and_answered_by_a_number(
        self, precinct: Precinct, chats: Chats, leader: Person, khu: Address
    ) -> None:
        alert(precinct, chats, leader, khu)
        later(precinct, 2)
        later(precinct, 0)
        assert "Đã an toàn chưa" in last(precinct, leader)
        says(chats, leader, "1")
        assert "Gợi ý" in last(precinct, leader)
        says(chats, leader, "dùng lời này", "gửi")
        assert "Đang báo an toàn" in last(precinct, leader)
        later(precinct, 0)
        copy, short = precinct.texts(khu)
        assert "ĐÃ AN TOÀN" in copy
        assert "Báo an toàn" in short

    def test_by_words_with_the_code(
        self, precinct: Precinct, chats: Chats, leader: Person, khu: Address
    ) -> None:
        made = alert(precinct, chats, leader, khu)
        says(chats, leader, f"bao an toan {made.code}", "Hết cháy rồi bà con ạ (bịa)", "đăng")
        later(precinct, 0)
        assert "Hết cháy rồi" in precinct.texts(khu)[1]
        says(chats, leader, "báo an toàn")
        assert "Không có tin khẩn" in last(precinct, leader)

    def test_still_going_on(
        self, precinct: Precinct, chats: Chats, leader: Person, khu: Address
    ) -> None:
        alert(precinct, chats, leader, khu)
        later(precinct, 2)
        later(precinct, 0)
        says(chats, leader, "2", "8h tối")
        assert "20:00" in last(precinct, leader)
        says(chats, leader, "kéo dài")
        assert "còn hiệu lực đến 20:00" in last(precinct, leader)
        later(precinct, 0)
        assert "20:00" in precinct.texts(khu)[0]

    @pytest.mark.parametrize("typed", ["kéo dài", "van con", "gia han"])
    def test_still_going_on_in_ordinary_words(
        self, precinct: Precinct, chats: Chats, leader: Person, khu: Address, typed: str
    ) -> None:
        alert(precinct, chats, leader, khu)
        later(precinct, 2)
        later(precinct, 0)
        says(chats, leader, typed, "8h tối", "kéo dài")
        assert "còn hiệu lực đến 20:00" in last(precinct, leader)

    @pytest.mark.parametrize(
        ("typed", "said"),
        [("an toàn", "tin nhắn riêng"), ("gia han", "tin nhắn riêng"), ("dong y", "an toàn</b>")],
    )
    def test_a_reply_in_the_duty_chat_is_no_silence(
        self,
        precinct: Precinct,
        chats: Chats,
        leader: Person,
        khu: Address,
        typed: str,
        said: str,
    ) -> None:
        duty = precinct.room("-90")
        alert(precinct, chats, leader, khu)
        later(precinct, 5)
        later(precinct, 0)
        asked = precinct.outbox(duty)[-1]
        chats.replies(precinct.stranger, asked, "dong y", at=duty)
        assert precinct.outbox(duty)[-1].id == asked.id
        chats.replies(precinct.an, asked, typed, at=duty)
        assert said in precinct.last(duty)

    def test_the_duty_chat_is_led_to_the_private_one(
        self, precinct: Precinct, chats: Chats, leader: Person, khu: Address
    ) -> None:
        duty = precinct.room("-90")
        made = alert(precinct, chats, leader, khu)
        later(precinct, 5)
        later(precinct, 0)
        assert "chưa ai báo an toàn" in precinct.last(duty)
        chats.taps(precinct.an, f"x:{made.id}:clear", at=duty)
        assert "tin nhắn riêng" in precinct.last(duty)
        link = precinct.notices(duty)[-1].buttons[0][0].link or ""
        assert link.endswith(f"dc_{made.code}")
        says(chats, precinct.an, f"/start dc_{made.code}")
        assert "Báo an toàn" in "".join(offered(precinct, precinct.an))
