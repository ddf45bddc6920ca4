"""The numbers of the card's buttons never change their meaning, and officers' own words."""

import pytest

from bot.handlers.officer_words import act_in
from domain.incidents import Act
from storage.tables import Address, Incident
from tests.handlers.chats import Chats
from tests.precinct import Precinct, labels


def test_of_two_who_type_one_the_second_is_told_who_took_it(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident
) -> None:
    card = chats.card(incident.id, duty)
    chats.replies(precinct.an, card, "1", duty)
    chats.replies(precinct.binh, card, "1", duty)
    assert precinct.again(incident).state == "taken"
    assert precinct.again(incident).officer_id == precinct.an.id
    assert "Đ/c An đã nhận tin này lúc 09:00" in precinct.last(duty)


def test_the_buttons_carry_the_numbers_that_may_be_typed(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident
) -> None:
    assert labels(precinct.notices(duty)[0]) == ["1. Tôi nhận"]
    card = chats.card(incident.id, duty)
    chats.replies(precinct.an, card, "1", duty)
    assert labels(precinct.notices(duty)[0]) == [
        "2. Đang tới", "3. Hỏi người báo", "4. Đã xử lý", "5. Chuyển nơi khác",
        "6. Cảnh báo bà con",
    ]  # fmt: skip
    chats.replies(precinct.an, card, "2", duty)
    assert precinct.again(incident).state == "on_the_way"
    assert labels(precinct.notices(duty)[0])[0] == "3. Hỏi người báo"
    chats.replies(precinct.an, card, "2", duty)
    assert precinct.again(incident).state == "on_the_way"
    assert "đang tới rồi" in precinct.last(duty)


@pytest.mark.parametrize(
    ("typed", "act"),
    [
        ("ok nhận", Act.TAKE), ("nhan roi", Act.TAKE), ("em nhận ạ", Act.TAKE),
        ("đã nhận", Act.TAKE), ("tôi nhận nhé", Act.TAKE),
        ("em đi đây", Act.SET_OUT), ("dang den", Act.SET_OUT), ("đang đi", Act.SET_OUT),
        ("xong", Act.DEAL), ("xong roi", Act.DEAL), ("đã xong", Act.DEAL),
        ("xong rồi ạ", Act.DEAL),
        ("xử lý xong", Act.DEAL), ("chuyển", Act.HAND_OVER), ("hỏi", Act.ASK),
        ("chưa xong", None), ("đi ăn đây", None), ("nhận tiền chưa", None), ("6", None),
    ],
)  # fmt: skip
def test_officers_own_words(typed: str, act: Act | None) -> None:
    assert act_in(typed) is act


def test_who_is_not_understood_reads_the_words(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident
) -> None:
    chats.replies(precinct.an, chats.card(incident.id, duty), "chỗ này gần nhà tôi", duty)
    assert "Gõ: nhận, đang tới, hỏi …, đã xử lý, chuyển." in precinct.last(duty)
