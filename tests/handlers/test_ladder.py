"""Whoever was woken takes the report in private, by a press, a number or a word; /truc shows the
ladder and its gaps, and lets those who keep it change it.
"""

from datetime import timedelta

import pytest

from actions.ladder import climb_ladders
from actions.ladder_keeping import ladder_of
from actions.standings import grant, revoke
from domain.roles import Role
from domain.urgency import Urgency
from storage import outbox
from storage.tables import Address, Incident, Outbox, Person
from tests.handlers.chats import Chats, answered
from tests.precinct import OTHER_WARD, WARD, Precinct, labels, taps


@pytest.fixture
def chief(precinct: Precinct) -> Person:
    """Of the ward."""
    return precinct.holder(Role.CHIEF, "Đỗ Thị Trưởng", "301")


@pytest.fixture
def fire(precinct: Precinct, duty: Address, chief: Person) -> Incident:
    """Nobody took it for two minutes."""
    filed = precinct.report("FIRE")
    precinct.deliver()
    climb_ladders(precinct.db, precinct.now + timedelta(minutes=2))
    precinct.deliver()
    return precinct.again(filed)


def called(precinct: Precinct, person: Person) -> Outbox:
    """The call as it was sent."""
    rows = precinct.outbox(precinct.home(person))
    return next(row for row in rows if (row.concerns or "").startswith("ladder:"))


def last(precinct: Precinct, person: Person, locale: str = "vi") -> str:
    """The newest words in somebody's private chat."""
    return precinct.texts(precinct.home(person), locale)[-1]


def test_a_press_in_private_takes_it(chats: Chats, precinct: Precinct, fire: Incident) -> None:
    row = called(precinct, precinct.an)
    (tap,) = taps(outbox.load_notice(row.notice))
    assert labels(outbox.load_notice(row.notice)) == ["1. Tôi nhận"]
    assert "Đã ghi" in answered(chats.taps(precinct.an, tap, on=row.message_id or ""))
    assert precinct.again(fire).officer_id == precinct.an.id
    for person in (precinct.an, precinct.binh):
        assert "Đ/c An đã nhận" in last(precinct, person)


def test_who_presses_later_hears_who_has_it(
    chats: Chats, precinct: Precinct, fire: Incident
) -> None:
    chats.taps(precinct.an, f"i:{fire.id}:take")
    assert "An" in answered(chats.taps(precinct.binh, f"i:{fire.id}:take"))
    assert precinct.again(fire).officer_id == precinct.an.id


def test_the_press_asks_again_whether_one_may(
    chats: Chats, precinct: Precinct, fire: Incident
) -> None:
    revoke(precinct.db, precinct.an.id, Role.OFFICER, WARD, precinct.now)
    turn = chats.taps(precinct.an, f"i:{fire.id}:take")
    assert "Chỉ công an của phường này" in answered(turn)
    for person in (precinct.stranger, precinct.resident):
        chats.taps(person, f"i:{fire.id}:take")
    assert precinct.again(fire).state == "new"


@pytest.mark.parametrize("typed", ["1", "nhận", "Tôi nhận", "nhan tin", "take"])
def test_typed_below_the_call(
    chats: Chats, precinct: Precinct, fire: Incident, typed: str
) -> None:
    chats.says(precinct.an, typed)
    assert precinct.again(fire).officer_id == precinct.an.id


@pytest.mark.parametrize("typed", ["nhận", "1"])
def test_as_a_reply(chats: Chats, precinct: Precinct, fire: Incident, typed: str) -> None:
    chats.says(precinct.binh, "menu")
    chats.replies(precinct.binh, called(precinct, precinct.binh), typed)
    assert precinct.again(fire).officer_id == precinct.binh.id
    assert "Đã ghi" in last(precinct, precinct.binh)


def test_another_reply_says_how(chats: Chats, precinct: Precinct, fire: Incident) -> None:
    chats.replies(precinct.an, called(precinct, precinct.an), "ở đâu vậy")
    assert "nhận" in last(precinct, precinct.an)
    assert precinct.again(fire).state == "new"


def test_once_it_is_taken_the_words_mean_the_command_again(
    chats: Chats, precinct: Precinct, fire: Incident
) -> None:
    chats.taps(precinct.an, f"i:{fire.id}:take")
    chats.says(precinct.binh, "nhắn tin")
    assert "đã nhận" not in last(precinct, precinct.binh)


def test_a_word_elsewhere_takes_nothing(chats: Chats, precinct: Precinct, fire: Incident) -> None:
    chats.says(precinct.resident, "nhận")
    assert precinct.again(fire).state == "new"


def test_truc_shows_whom_each_step_reaches(
    chats: Chats, precinct: Precinct, duty: Address, chief: Person
) -> None:
    chats.says(chief, "/truc")
    said = last(precinct, chief)
    for shown in ("Phạm Văn An", "Trần Thị Bình", "Đỗ Thị Trưởng", "sau 2 phút", "8 · 40"):
        assert shown in said
    assert "Bậc 2 không nhắn được phó trưởng" in said
    assert "Đổi phút" in said


def test_an_officer_sees_it_and_cannot_change_it(
    chats: Chats, precinct: Precinct, duty: Address
) -> None:
    chats.says(precinct.an, "ai trực")
    assert "Phạm Văn An" in last(precinct, precinct.an)
    assert "Đổi phút" not in last(precinct, precinct.an)
    chats.says(precinct.an, "/truc P1 1 2 3 4")
    assert "Chỉ trưởng công an" in last(precinct, precinct.an)
    assert ladder_of(precinct.db, WARD).minutes[Urgency.P1] == (2, 4, 6, 8)


@pytest.mark.parametrize("who", ["resident", "stranger"])
def test_others_see_nothing(chats: Chats, precinct: Precinct, who: str) -> None:
    person: Person = getattr(precinct, who)
    chats.says(person, "/truc")
    assert "Phạm Văn An" not in last(precinct, person)
    assert "dành cho công an" in last(precinct, person)


def test_changed_by_typing(chats: Chats, precinct: Precinct, chief: Person) -> None:
    for typed in ("/truc P1 1 3 5 7", "/truc p2 5, 10, 15 và 20", "/truc gọi 0912345678 Bịa"):
        chats.says(chief, typed)
    ladder = ladder_of(precinct.db, WARD)
    assert ladder.minutes == {Urgency.P1: (1, 3, 5, 7), Urgency.P2: (5, 10, 15, 20)}
    assert [(each.number, each.name) for each in ladder.phones] == [("0912345678", "Bịa")]
    assert "0912 345 678 Bịa" in last(precinct, chief)
    chats.says(chief, "/truc P1 mặc định")
    chats.says(chief, "/truc bỏ 0912 345 678")
    ladder = ladder_of(precinct.db, WARD)
    assert ladder.minutes[Urgency.P1] == (2, 4, 6, 8)
    assert ladder.phones == ()


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("/truc P1", "bốn số phút"),
        ("/truc P1 4 3 2 1", "bốn số phút"),
        ("/truc gọi anh Ba", "Chưa thấy số"),
        ("/truc bỏ 0912345678", "Chưa thấy số"),
        ("/truc xoay vòng", "Chưa rõ"),
    ],
)
def test_what_cannot_be_read_changes_nothing(
    chats: Chats, precinct: Precinct, chief: Person, typed: str, hint: str
) -> None:
    chats.says(chief, typed)
    assert hint in last(precinct, chief)
    assert ladder_of(precinct.db, WARD).minutes[Urgency.P1] == (2, 4, 6, 8)


def test_of_several_wards_one_is_asked_for(
    chats: Chats, precinct: Precinct, chief: Person
) -> None:
    chats.wards = ()
    grant(precinct.db, chief.id, Role.CHIEF, OTHER_WARD, None, None, precinct.now)
    chats.says(chief, "/truc")
    assert "Xem phường nào" in last(precinct, chief)
    assert (
        labels(precinct.notices(precinct.home(chief))[-1])[1]
        == f"2. Phường Khác Hẳn ({OTHER_WARD})"
    )
    chats.says(chief, "2")
    assert "Khác Hẳn" in last(precinct, chief)
    chats.says(chief, f"/truc {OTHER_WARD} P2 1 2 3 4")
    assert ladder_of(precinct.db, OTHER_WARD).minutes[Urgency.P2] == (1, 2, 3, 4)
    assert ladder_of(precinct.db, WARD).minutes[Urgency.P2] == (10, 20, 30, 40)


def test_a_name_is_no_command(chats: Chats, precinct: Precinct) -> None:
    chats.says(precinct.resident, "Trúc")
    assert "dành cho công an" not in last(precinct, precinct.resident)


def test_in_english(chats: Chats, precinct: Precinct, chief: Person) -> None:
    chats.says(chief, "duty ladder")
    assert "Phạm Văn An" in last(precinct, chief, "en")
    assert "nobody yet" in last(precinct, chief, "en")
