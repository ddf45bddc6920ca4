"""Nothing that officers say among themselves reaches a resident as a question."""

import pytest

from actions import handling
from domain.lengths import units
from storage.tables import Address, Incident, Outbox
from tests.handlers.chats import Chats, answered
from tests.precinct import Precinct, labels, say, taps

CHATTER = "Thằng này say suốt, kệ nó"


@pytest.fixture
def taken(precinct: Precinct, duty: Address) -> Incident:
    filed = precinct.report("THEFT", "Mất cái xe đạp")
    precinct.deliver()
    return handling.acknowledge(precinct.db, filed.id, precinct.an, precinct.now)


def heard(precinct: Precinct) -> str:
    """All that the resident reads."""
    return "\n".join(precinct.texts(precinct.resident_home))


def prompted(precinct: Precinct, chats: Chats, duty: Address, taken: Incident) -> Outbox:
    """An pressed "Hỏi"; the prompt, delivered."""
    chats.taps(precinct.an, f"i:{taken.id}:ask", duty)
    precinct.deliver()
    return chats.find(f"ask:{taken.id}:{precinct.an.id}", duty)


def shown(precinct: Precinct, chats: Chats, duty: Address, taken: Incident) -> Outbox:
    """An typed a question below the card; as it is shown, delivered."""
    chats.replies(precinct.an, chats.card(taken.id, duty), "hỏi biển số xe là gì?", duty)
    precinct.deliver()
    return chats.find(f"confirm:{taken.id}:{precinct.an.id}", duty)


def test_another_officers_reply_to_the_prompt_is_not_relayed(
    precinct: Precinct, chats: Chats, duty: Address, taken: Incident
) -> None:
    row = prompted(precinct, chats, duty, taken)
    chats.replies(precinct.binh, row, CHATTER, duty)
    assert CHATTER not in heard(precinct)
    assert "Chưa gửi gì cho người báo" in precinct.last(duty)
    chats.replies(precinct.an, row, "Biển số xe?", duty)
    assert "Biển số xe?" in heard(precinct)


def test_the_prompt_is_retired_once_it_was_answered(
    precinct: Precinct, chats: Chats, duty: Address, taken: Incident
) -> None:
    row = prompted(precinct, chats, duty, taken)
    chats.replies(precinct.an, row, "Biển số xe?", duty)
    assert any("đã gửi câu hỏi tới người báo:\n“Biển số xe?”" in t for t in precinct.texts(duty))
    assert not any("muốn hỏi người báo điều gì" in t for t in precinct.texts(duty))
    for officer in (precinct.an, precinct.binh):
        chats.replies(officer, row, CHATTER, duty)
        assert "đã gửi rồi" in precinct.last(duty)
    assert CHATTER not in heard(precinct)


def test_the_prompt_can_be_edited_and_opens_no_keyboard_for_the_group(
    precinct: Precinct, chats: Chats, duty: Address, taken: Incident
) -> None:
    prompted(precinct, chats, duty, taken)
    assert not any(notice.ask_reply for notice in precinct.notices(duty))


@pytest.mark.parametrize("way", ["press", "1", "gui cau hoi"])
def test_a_question_typed_below_the_card_is_shown_before_it_is_sent(
    precinct: Precinct, chats: Chats, duty: Address, taken: Incident, way: str
) -> None:
    row = shown(precinct, chats, duty, taken)
    assert "biển số xe" not in heard(precinct)
    notice = next(n for n in precinct.notices(duty) if "Chưa gửi" in say(n.text))
    assert "biển số xe là gì?" in say(notice.text)
    assert labels(notice) == ["1. Gửi câu hỏi"]
    if way == "press":
        turn = chats.taps(precinct.an, taps(notice)[0], duty, on=row.message_id or "")
        assert "Câu trả lời sẽ hiện ở đây" in answered(turn)
    else:
        chats.replies(precinct.an, row, way, duty)
    assert heard(precinct).count("biển số xe là gì?") == 1
    chats.taps(precinct.an, taps(notice)[0], duty, on=row.message_id or "")
    assert heard(precinct).count("biển số xe là gì?") == 1
    assert not any("Chưa gửi.</b>" in text for text in precinct.texts(duty))


def test_only_who_typed_the_question_sends_it(
    precinct: Precinct, chats: Chats, duty: Address, taken: Incident
) -> None:
    row = shown(precinct, chats, duty, taken)
    for person in (precinct.binh, precinct.resident):
        assert answered(chats.taps(person, f"i:{taken.id}:send", duty, on=row.message_id or ""))
        chats.replies(person, row, "1", duty)
    chats.replies(precinct.an, row, CHATTER, duty)
    assert "Chưa gửi gì" in precinct.last(duty)
    assert "biển số xe" not in heard(precinct)
    assert CHATTER not in heard(precinct)


def test_a_forged_press_sends_nothing(
    precinct: Precinct, chats: Chats, duty: Address, taken: Incident
) -> None:
    row = shown(precinct, chats, duty, taken)
    other = precinct.report("FIRE")
    for data, on in (
        (f"i:{other.id}:send", row.message_id or ""),
        (f"i:{taken.id}:send", ""),
        (f"i:{taken.id}:send", chats.card(taken.id, duty).message_id or ""),
    ):
        assert answered(chats.taps(precinct.an, data, duty, on=on)).startswith("Nút này")
    assert "biển số xe" not in heard(precinct)


def test_a_question_that_fits_no_message_is_refused_kindly(
    precinct: Precinct, chats: Chats, duty: Address, taken: Incident
) -> None:
    endless = "xe gì & " * 400
    chats.replies(precinct.an, chats.card(taken.id, duty), f"hỏi {endless}", duty)
    assert "Xin viết ngắn lại" in precinct.last(duty)
    chats.replies(precinct.an, prompted(precinct, chats, duty, taken), endless, duty)
    assert "Xin viết ngắn lại" in precinct.last(duty)
    assert "&" not in heard(precinct)
    assert max(len(text) for text in precinct.texts(duty)) < 3_500
    assert units(endless) > 3_000
