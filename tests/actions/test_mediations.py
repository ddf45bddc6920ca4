"""Asking for mediation: written down once, shown without accusation, taken by one mediator."""

from dataclasses import replace

import pytest

from actions.mediations import (
    RequestedMediation,
    put_waiting_requests,
    request_mediation,
    take_mediation,
)
from domain.errors import Refused
from domain.roles import Purpose, Role
from storage import mediations
from storage.tables import Address, Mediation
from tests.precinct import CANARY_NAME, OTHER_WARD, WARD, Precinct, say, taps

OTHER_SIDE = "nhà ông Ba Bịa"
SUBJECT = "Nhà ông Ba Bịa lấn lối đi chung"


@pytest.fixture
def chat(precinct: Precinct) -> Address:
    return precinct.room("-9", Purpose.MEDIATION)


def request(precinct: Precinct, **more: object) -> RequestedMediation:
    asked = RequestedMediation(
        draft_id=precinct.draft_id("mediation"),
        asker=precinct.resident_home,
        ward_code=WARD,
        neighbourhood_id=precinct.khu_id,
        subject=SUBJECT,
        other_side=OTHER_SIDE,
        meeting="evening",
    )
    return replace(asked, **more)  # type: ignore[arg-type]


def ask(precinct: Precinct, **more: object) -> Mediation:
    asked = request(precinct, **more)
    return request_mediation(precinct.db, asked, precinct.now, precinct.random_below)


def test_it_is_written_down_once(precinct: Precinct, chat: Address) -> None:
    asked = request(precinct)
    first = request_mediation(precinct.db, asked, precinct.now, precinct.random_below)
    before = len(precinct.outbox())
    again = request_mediation(precinct.db, asked, precinct.now, precinct.random_below)
    assert again.id == first.id
    assert len(precinct.outbox()) == before
    assert "CHƯA có hòa giải viên nhận" in precinct.last(precinct.resident_home)
    assert f"{first.code[:4]} {first.code[4:]}" in precinct.last(precinct.resident_home)


def test_the_card_accuses_nobody_and_names_nobody(precinct: Precinct, chat: Address) -> None:
    mediation = ask(precinct)
    card = precinct.notices(chat)[0]
    assert "Một hộ dân ở Khu 2 nhờ tổ hòa giải giúp" in say(card.text)
    stored = repr([row.notice for row in precinct.outbox(chat)])
    for secret in (CANARY_NAME, "Ba Bịa", "lấn", "Kimyến"):
        assert secret not in stored
    assert taps(card) == [f"m:{mediation.id}:take"]


def test_an_unknown_neighbourhood_is_said(precinct: Precinct, chat: Address) -> None:
    ask(precinct, neighbourhood_id=None)
    assert "chưa rõ khu" in precinct.last(chat)


def test_the_first_mediator_has_it_reads_it_alone_and_the_asker_hears_so(
    precinct: Precinct, chat: Address
) -> None:
    hoa = precinct.holder(Role.MEDIATOR, "Lê Thị Hòa", "301")
    giai = precinct.holder(Role.MEDIATOR, "Đỗ Văn Giải", "302")
    mediation = ask(precinct)
    precinct.deliver()
    home = precinct.home(hoa)
    take_mediation(precinct.db, mediation.id, hoa, home, precinct.now)
    with pytest.raises(Refused) as refused:
        take_mediation(precinct.db, mediation.id, giai, precinct.home(giai), precinct.now)
    assert say(refused.value.text) == "Hòa giải viên Hòa đã nhận việc này lúc 09:00."
    assert mediations.get(precinct.db, mediation.id).mediator_id == hoa.id
    told = precinct.last(home)
    for part in (CANARY_NAME, OTHER_SIDE, SUBJECT, "buổi tối", "Khu 2"):
        assert part in told
    assert precinct.notices(precinct.home(giai)) == []
    assert "Hòa giải viên Hòa đã nhận" in precinct.last(precinct.resident_home)
    card = precinct.notices(chat)[0]
    assert "Hòa giải viên Hòa đã nhận lúc 09:00" in say(card.text)
    assert card.buttons == ()


def test_a_second_press_of_the_same_mediator_changes_nothing(
    precinct: Precinct, chat: Address
) -> None:
    hoa = precinct.holder(Role.MEDIATOR, "Lê Thị Hòa", "301")
    mediation = ask(precinct)
    take_mediation(precinct.db, mediation.id, hoa, precinct.home(hoa), precinct.now)
    before = len(precinct.outbox())
    with pytest.raises(Refused):
        take_mediation(precinct.db, mediation.id, hoa, precinct.home(hoa), precinct.now)
    assert len(precinct.outbox()) == before


def test_only_a_mediator_of_the_ward_with_a_private_chat_may_take_it(
    precinct: Precinct, chat: Address
) -> None:
    mediation = ask(precinct)
    foreign = precinct.holder(Role.MEDIATOR, "Lạ", "303", OTHER_WARD)
    for person in (foreign, precinct.an, precinct.resident):
        with pytest.raises(Refused):
            take_mediation(precinct.db, mediation.id, person, precinct.home(person), precinct.now)
    hoa = precinct.holder(Role.MEDIATOR, "Lê Thị Hòa", "301")
    with pytest.raises(Refused) as refused:
        take_mediation(precinct.db, mediation.id, hoa, None, precinct.now)
    assert refused.value.code == "mediator.private_chat_first"
    assert mediations.get(precinct.db, mediation.id).state == "new"


def test_without_a_mediation_chat_the_receipt_is_true_until_there_is_one(
    precinct: Precinct,
) -> None:
    ask(precinct)
    assert "CHƯA có ai đọc" in precinct.last(precinct.resident_home)
    chat = precinct.room("-9", Purpose.MEDIATION)
    assert put_waiting_requests(precinct.db, WARD, precinct.now) == 1
    assert "Một hộ dân" in precinct.last(chat)
    assert "nay đang gửi tới tổ hòa giải" in precinct.last(precinct.resident_home)
    assert put_waiting_requests(precinct.db, WARD, precinct.now) == 0


@pytest.mark.parametrize(
    ("meeting", "shown"),
    [("weekend", "cuối tuần"), ("sau 20 giờ", "sau 20 giờ"), ("", "Xin giữ kín")],
)
def test_when_one_can_meet(precinct: Precinct, chat: Address, meeting: str, shown: str) -> None:
    hoa = precinct.holder(Role.MEDIATOR, "Lê Thị Hòa", "301")
    mediation = ask(precinct, meeting=meeting)
    take_mediation(precinct.db, mediation.id, hoa, precinct.home(hoa), precinct.now)
    assert shown in precinct.last(precinct.home(hoa))
    assert precinct.last(precinct.home(hoa)).count("Gặp được khi") == bool(meeting)
