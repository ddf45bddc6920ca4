"""/bang: the list, one board opened, looked at again in its place, posted again: by a press and by
typed words, in both languages; and who sees nothing of it.
"""

from datetime import timedelta

import pytest

from actions.occurrences import send_due
from actions.standings import revoke
from domain.roles import Purpose, Role
from storage import deliveries, outbox, posts
from storage.announcement_tables import Post, Reading
from storage.rows import add
from storage.tables import Address, Outbox, Person
from tests.handlers.chats import Chats, answered
from tests.precinct import WARD, Precinct, buttons, labels, say, taps

KICKED = "Forbidden: bot was kicked from the group chat"


@pytest.fixture
def leader(precinct: Precinct) -> Person:
    """Of Khu 2."""
    return precinct.holder(Role.LEADER, "Trịnh Thị Khu", "301", at=precinct.khu_id)


@pytest.fixture
def khu(precinct: Precinct) -> Address:
    """The chat of Khu 2."""
    return precinct.room("-20", Purpose.NEIGHBOURHOOD, at=precinct.khu_id)


@pytest.fixture
def yard(precinct: Precinct, khu: Address) -> Address:
    """Its second chat, of one yard."""
    return precinct.room("-21", Purpose.NEIGHBOURHOOD, at=precinct.khu_id)


def says(chats: Chats, person: Person, *typed: str) -> None:
    """One after the other; what is due is sent."""
    for each in typed:
        chats.says(person, each)
        send_due(chats.precinct.db, chats.precinct.now)


def announces(chats: Chats, person: Person, words: str = "Nhắc bà con đổ rác") -> None:
    """Written and posted at once."""
    says(chats, person, f"/thongbao {words}", "ngay bây giờ", "đăng")


def last(precinct: Precinct, person: Person, locale: str = "vi") -> str:
    """The newest words in somebody's private chat."""
    return precinct.texts(precinct.home(person), locale)[-1]


def offered(precinct: Precinct, person: Person, locale: str = "vi") -> list[str]:
    """The labels below them."""
    return labels(precinct.notices(precinct.home(person))[-1], locale)


def shown(precinct: Precinct, person: Person) -> Outbox:
    """The row of the newest message of its own."""
    return [row for row in precinct.outbox(precinct.home(person)) if row.edits is None][-1]


def presses(chats: Chats, person: Person, label: str) -> str:
    """The newest button with this in its label; what it showed."""
    precinct = chats.precinct
    for row in reversed([r for r in precinct.outbox(precinct.home(person)) if r.edits is None]):
        notice = outbox.load_notice((outbox.find_last_edit(precinct.db, row.id) or row).notice)
        for name, data in zip(labels(notice), taps(notice), strict=True):
            if label in name:
                precinct.deliver()
                on = outbox.get(precinct.db, row.id).message_id or ""
                return answered(chats.taps(person, data, on=on))
    raise AssertionError(f"no button {label}")


def settles(precinct: Precinct, chat: Address, fault: str = "", number: str = "") -> None:
    """What became of what is due in this chat."""
    for row in precinct.outbox(chat):
        if row.state == "due" and fault:
            deliveries.mark_dead(precinct.db, row.id, fault)
        elif row.state == "due":
            deliveries.mark_sent(precinct.db, row.id, number or f"m{row.id}", precinct.now)


@pytest.fixture
def half(
    precinct: Precinct, chats: Chats, leader: Person, khu: Address, yard: Address
) -> tuple[Address, Address]:
    """Posted in one chat; the other one threw the bot out."""
    announces(chats, leader)
    settles(precinct, yard, KICKED)
    settles(precinct, khu)
    return khu, yard


def posts_in(precinct: Precinct, chat: Address) -> list[Outbox]:
    """What was, or will be, posted there."""
    return [row for row in precinct.outbox(chat) if row.state in {"due", "sent"}]


@pytest.mark.parametrize("typed", ["/bang", "bảng", "bang tin", "bảng tin", "board", "Bảng Tin"])
def test_the_list_says_how_far_each_came(
    precinct: Precinct, chats: Chats, leader: Person, half: tuple[Address, Address], typed: str
) -> None:
    precinct.now += timedelta(minutes=1)
    announces(chats, leader, "Tổng vệ sinh ngõ xóm")
    precinct.deliver()
    says(chats, leader, "lịch", typed)
    lines = last(precinct, leader).split("\n")
    assert lines[1] == "1. 09:01 22/11/2026 – Tổng vệ sinh ngõ xóm (2/2 nhóm)"
    assert lines[2] == "2. 09:00 22/11/2026 – Nhắc bà con đổ rác (1/2 nhóm)"
    says(chats, leader, "2")
    assert last(precinct, leader).startswith("<b>1/2 nhóm đã đăng, 1 nhóm chưa đăng được.</b>")


def test_more_than_a_page(precinct: Precinct, chats: Chats, leader: Person, khu: Address) -> None:
    for number in range(1, 6):
        precinct.now += timedelta(days=1)
        announces(chats, leader, f"Bài bịa {number}")
    says(chats, leader, "/bang")
    assert len(offered(precinct, leader)) == 5
    assert "Bài bịa 5" in last(precinct, leader).split("\n")[1]
    presses(chats, leader, "Xem thêm")
    assert "5. 09:00 23/11/2026 – Bài bịa 1" in last(precinct, leader)
    says(chats, leader, "5")
    assert "Bài bịa 1" in last(precinct, leader)
    assert "nhóm" in last(precinct, leader).split("\n")[0]


def test_first_of_all_whether_it_stands_everywhere(
    precinct: Precinct, chats: Chats, leader: Person, half: tuple[Address, Address]
) -> None:
    says(chats, leader, "bảng tin")
    said = last(precinct, leader).split("\n")
    assert said[0] == "<b>1/2 nhóm đã đăng, 1 nhóm chưa đăng được.</b>"
    assert said[1].startswith("• <b>Khu 2 (nhóm “Nhóm bịa”)</b>: trợ lý không còn ở trong nhóm")
    assert "Nhắc bà con đổ rác" in said[3]
    assert offered(precinct, leader) == ["1. Đăng lại 1 nhóm", "2. Xem lại"]


@pytest.mark.parametrize("typed", ["1", "đăng lại", "dang lai", "Đăng lại 1 nhóm"])
def test_posted_again_by_typed_words(
    precinct: Precinct, chats: Chats, leader: Person, half: tuple[Address, Address], typed: str
) -> None:
    khu, yard = half
    says(chats, leader, "bảng tin", typed)
    assert last(precinct, leader) == "Đang đăng lại ở 1 nhóm."
    assert (len(posts_in(precinct, khu)), len(posts_in(precinct, yard))) == (1, 1)
    precinct.deliver()
    says(chats, leader, "1")
    assert last(precinct, leader).startswith("<b>Đã đăng ở cả 2 nhóm.</b>")
    assert offered(precinct, leader) == ["1. Xem lại"]


def test_a_press_changes_the_board_in_its_place(
    precinct: Precinct, chats: Chats, leader: Person, half: tuple[Address, Address]
) -> None:
    khu, yard = half
    says(chats, leader, "bảng tin")
    board = shown(precinct, leader)
    presses(chats, leader, "Đăng lại")
    assert last(precinct, leader) == "Đang đăng lại ở 1 nhóm."
    edited = outbox.find_last_edit(precinct.db, board.id)
    assert edited is not None
    assert "1 nhóm đang gửi" in say(outbox.load_notice(edited.notice).text)
    # The old button may be pressed once more: nothing is doubled.
    chats.taps(leader, next(d for d in taps(outbox.load_notice(board.notice)) if "again" in d))
    assert last(precinct, leader) == "Không còn nhóm nào cần đăng lại."
    assert (len(posts_in(precinct, khu)), len(posts_in(precinct, yard))) == (1, 1)


def test_looking_again_changes_it_in_its_place_and_numbers_mean_what_stands_there(
    precinct: Precinct, chats: Chats, leader: Person, half: tuple[Address, Address]
) -> None:
    _, yard = half
    says(chats, leader, "bảng tin")
    board = shown(precinct, leader)
    rows = len([row for row in precinct.outbox(precinct.home(leader)) if row.edits is None])
    row = posts_in_any(precinct, yard)[-1]
    deliveries.mark_sent(precinct.db, row.id, "m-late", precinct.now)
    assert presses(chats, leader, "Xem lại") == "Đã xem lại."
    home = precinct.outbox(precinct.home(leader))
    assert len([row for row in home if row.edits is None]) == rows
    edit = outbox.find_last_edit(precinct.db, board.id)
    assert edit is not None
    assert "Đã đăng ở cả 2 nhóm" in say(outbox.load_notice(edit.notice).text)
    # "1" stood for posting again; now it looks again.
    says(chats, leader, "1")
    assert last(precinct, leader).startswith("<b>Đã đăng ở cả 2 nhóm.</b>")
    assert len(posts_in(precinct, yard)) == 1


def posts_in_any(precinct: Precinct, chat: Address) -> list[Outbox]:
    """The same with what failed."""
    return [row for row in precinct.outbox(chat) if (row.concerns or "").startswith("post:")]


def test_in_english(
    precinct: Precinct, chats: Chats, leader: Person, half: tuple[Address, Address]
) -> None:
    says(chats, leader, "English")
    leader.locale = "en"
    says(chats, leader, "board", "1")
    said = last(precinct, leader, "en").split("\n")
    assert said[0] == "<b>Posted in 1 of 2 groups; not posted: 1.</b>"
    assert "not in this group any more" in said[1]
    assert offered(precinct, leader, "en") == ["1. Post again where it failed: 1", "2. Look again"]
    says(chats, leader, "post again")
    assert last(precinct, leader, "en") == "Being posted again, groups: 1."


def test_an_uncertain_one_is_asked_about_first(
    precinct: Precinct, chats: Chats, leader: Person, khu: Address
) -> None:
    announces(chats, leader)
    row = posts_in_any(precinct, khu)[-1]
    deliveries.mark_sent(precinct.db, row.id, "", precinct.now)
    says(chats, leader, "bảng tin")
    assert "mạng bị ngắt" in last(precinct, leader)
    assert offered(precinct, leader) == ["1. Chỗ chưa rõ: 1 nhóm", "2. Xem lại"]
    says(chats, leader, "1")
    assert "thấy bài hai lần" in last(precinct, leader)
    says(chats, leader, "thôi, để vậy")
    assert "mạng bị ngắt" in last(precinct, leader)
    assert len(posts_in_any(precinct, khu)) == 1
    says(chats, leader, "1", "vẫn đăng lại")
    assert last(precinct, leader) == "Đang đăng lại ở 1 nhóm."
    assert len(posts_in_any(precinct, khu)) == 2


def test_many_groups_are_named_ten_at_a_time(
    precinct: Precinct, chats: Chats, leader: Person, khu: Address
) -> None:
    yards = [precinct.room(f"-3{n}", Purpose.NEIGHBOURHOOD, at=precinct.khu_id) for n in range(23)]
    announces(chats, leader)
    for yard in yards:
        settles(precinct, yard, KICKED)
    settles(precinct, khu)
    says(chats, leader, "bảng tin")
    said = last(precinct, leader)
    assert said.startswith("<b>1/24 nhóm đã đăng, 23 nhóm chưa đăng được.</b>")
    assert said.count("• ") == 10
    assert "… và 13 nhóm nữa." in said
    says(chats, leader, "xem thêm")
    assert "… và 3 nhóm nữa." in last(precinct, leader)
    says(chats, leader, "xem them")
    assert last(precinct, leader).count("• ") == 3
    presses(chats, leader, "Xem thêm")
    assert "… và 13 nhóm nữa." in last(precinct, leader)


def test_earlier_times_are_reached_and_not_posted_again(
    precinct: Precinct, chats: Chats, leader: Person, khu: Address
) -> None:
    says(chats, leader, "/thongbao Tổng vệ sinh ngõ xóm", "hàng ngày 17h", "gửi")
    for day in range(2):
        precinct.now = precinct.now.replace(hour=10, minute=1) + timedelta(days=day)
        send_due(precinct.db, precinct.now)
        settles(precinct, khu, KICKED)
    says(chats, leader, "lịch", "1")
    assert offered(precinct, leader)[-1] == "5. Bảng tin"
    says(chats, leader, "bảng tin")
    assert "23/11/2026" in last(precinct, leader)
    says(chats, leader, "lần trước")
    assert "22/11/2026" in last(precinct, leader)
    assert offered(precinct, leader) == ["1. Lần sau", "2. Xem lại"]
    data = next(tap for tap in taps(precinct.notices(precinct.home(leader))[-1]) if "see" in tap)
    chats.taps(leader, data.replace("see", "again"))
    assert "lần cũ không đăng lại" in last(precinct, leader)
    assert posts_in(precinct, khu) == []


def test_from_the_schedule_by_number(
    precinct: Precinct, chats: Chats, leader: Person, khu: Address
) -> None:
    says(chats, leader, "/thongbao Tổng vệ sinh ngõ xóm", "hàng ngày 17h", "gửi")
    says(chats, leader, "lịch", "1")
    assert not any("Bảng tin" in each for each in offered(precinct, leader))
    precinct.now = precinct.now.replace(hour=10, minute=1)
    send_due(precinct.db, precinct.now)
    precinct.deliver()
    says(chats, leader, "lịch", "1", "5")
    assert last(precinct, leader).startswith("<b>Đã đăng trong nhóm.</b>")


def test_which_households_have_not_confirmed(
    precinct: Precinct, chats: Chats, leader: Person, khu: Address
) -> None:
    says(chats, leader, "/thongbao Họp khu bịa", "ngay bây giờ", "có hỏi", "đăng")
    precinct.deliver()
    says(chats, leader, "bảng tin")
    assert "Đã nắm được" not in last(precinct, leader)
    copy = posts.get_post(
        precinct.db, posts.post_in(posts_in_any(precinct, khu)[-1].concerns) or 0
    )
    asked = [precinct.resident, precinct.owner(precinct.person("Cụ Bịa", "901"))]
    for person in asked:
        row = Reading(occurrence_id=copy.occurrence_id or 0, person_id=person.id)
        row.read_at = precinct.now if person is asked[0] else None
        add(precinct.db, row)
    says(chats, leader, "xem lại")
    assert "Đã nắm được: 1/2 nhà." in last(precinct, leader)
    (button,) = [b for b in buttons(precinct.notices(precinct.home(leader))[-1]) if b.tap][:1]
    assert button.tap == f"n:{copy.occurrence_id}:list"
    says(chats, leader, "nhà nào chưa nắm được")
    assert "đã đăng" not in last(precinct, leader).casefold().split("\n")[0]
    says(chats, precinct.an, "bảng tin", "1")
    assert "1/2 nhà" in last(precinct, precinct.an)
    assert offered(precinct, precinct.an) == ["1. Xem lại"]


def test_whoever_may_not_sees_nothing(
    precinct: Precinct, chats: Chats, leader: Person, half: tuple[Address, Address]
) -> None:
    says(chats, precinct.resident, "/bang")
    assert "việc của trưởng khu" in last(precinct, precinct.resident)
    says(chats, leader, "bảng tin")
    board = taps(precinct.notices(precinct.home(leader))[-1])
    for person in (precinct.resident, precinct.stranger):
        for data in (*board, "b:1"):
            chats.taps(person, data)
            assert "đổ rác" not in last(precinct, person)
            assert "Không tìm thấy bài này" in last(precinct, person)
    assert posts_in(precinct, half[1]) == []
    says(chats, precinct.an, "bảng tin", "1")
    assert "1 nhóm chưa đăng được" in last(precinct, precinct.an)


def test_a_role_that_ended_since_presses_nothing(
    precinct: Precinct, chats: Chats, leader: Person, half: tuple[Address, Address]
) -> None:
    says(chats, leader, "bảng tin")
    revoke(precinct.db, leader.id, Role.LEADER, WARD, precinct.now)
    says(chats, leader, "1")
    assert "Không tìm thấy bài này" in last(precinct, leader)
    assert posts_in(precinct, half[1]) == []


def test_in_a_group_nothing_of_it_is_shown(
    precinct: Precinct, chats: Chats, leader: Person, half: tuple[Address, Address]
) -> None:
    before = len(precinct.texts(half[0]))
    chats.says(leader, "/bang", half[0])
    assert len(precinct.texts(half[0])) == before + 1
    assert "đổ rác" not in precinct.last(half[0])
    chats.taps(leader, "b:1", half[0])
    assert len(precinct.texts(half[0])) == before + 1


@pytest.mark.parametrize(
    "data", ["b:", "b:0", "b:x", "b:1:0:1", "b:1:x:1", "b:1:1:1:gone", "b:999999999", "b:list:x"]
)
def test_a_button_that_is_none_of_ours(
    chats: Chats, leader: Person, half: tuple[Address, Address], data: str
) -> None:
    turn = chats.taps(leader, data)
    assert answered(turn) or "gần đây" in last(chats.precinct, leader)


def test_a_paste_group_is_named(
    precinct: Precinct, chats: Chats, leader: Person, khu: Address
) -> None:
    announces(chats, leader)
    precinct.deliver()
    copy = posts_in_any(precinct, khu)[-1]
    occurrence_id = posts.get_post(precinct.db, posts.post_in(copy.concerns) or 0).occurrence_id
    pasted = Post(
        occurrence_id=occurrence_id, neighbourhood_id=precinct.khu_id,
        paste_group="Zalo Khu 2 bịa", created_at=precinct.now,
    )  # fmt: skip
    add(precinct.db, pasted)
    says(chats, leader, "bảng tin")
    said = last(precinct, leader)
    assert said.startswith("<b>1/2 nhóm đã đăng, 1 nhóm chưa dán.</b>")
    assert "Zalo Khu 2 bịa" in said


def test_at_most_five_buttons(
    precinct: Precinct, chats: Chats, leader: Person, half: tuple[Address, Address]
) -> None:
    says(chats, leader, "bảng tin")
    assert len(buttons(precinct.notices(precinct.home(leader))[-1])) <= 5
