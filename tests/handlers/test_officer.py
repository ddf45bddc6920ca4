"""Officers in the duty chat: by pressing, and by text alone."""

import pytest

from actions import handling
from bot.handlers.officer_words import ACT_WORDS, DESTINATION_WORDS, OUTCOME_WORDS, act_in
from bot.handlers.turn import Turn
from domain.choices import recognise
from domain.codes import new_code
from domain.incidents import Act, Destination, Outcome, State
from domain.notices import Media, Text
from domain.roles import Purpose
from storage.tables import Address, Incident
from tests.handlers.chats import Chats, answered
from tests.precinct import CANARY_NAME, OTHER_WARD, Precinct, labels, say, taps, wording


def test_a_reply_to_a_copy_that_we_cannot_place_is_answered(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident
) -> None:
    del incident
    before = len(precinct.outbox(duty))
    chats.says(precinct.an, "1", duty)
    assert len(precinct.outbox(duty)) == before, "talk that answers nothing of ours is not ours"
    chats.replies_to_unknown(precinct.an, "1", duty)
    assert "Chưa rõ đang trả lời tin nào" in precinct.last(duty)


def test_two_officers_press_at_once(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident
) -> None:
    first = chats.taps(precinct.an, f"i:{incident.id}:take", duty)
    second = chats.taps(precinct.binh, f"i:{incident.id}:take", duty)
    assert "đồng chí nhận tin" in answered(first)
    assert answered(second) == "Đ/c An đã nhận tin này lúc 09:00."
    assert (first.tap_alert, second.tap_alert) == (False, True)
    assert precinct.again(incident).officer_id == precinct.an.id


@pytest.mark.parametrize("who", ["stranger", "resident"])
def test_others_are_told_kindly_and_change_nothing(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident, who: str
) -> None:
    before = len(precinct.outbox())
    outsider = getattr(precinct, who)
    for data in ("take", "way", "ask", "deal", "pass", "done:advised", "to:other_ward", "open"):
        turn = chats.taps(outsider, f"i:{incident.id}:{data}", duty)
        assert "Chỉ công an của phường này" in answered(turn)
    assert len(precinct.outbox()) == before
    assert precinct.again(incident).state == "new"


@pytest.mark.parametrize(
    "data",
    ["", "x", "0:take", "999999:take", "9999999999999999999999:take", "1:done:",
     "1:done:nothing", "1:to:moon", "1:shoot", "1:take:2", ":::"],
)  # fmt: skip
def test_a_strange_press_is_answered_and_changes_nothing(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident, data: str
) -> None:
    before = len(precinct.outbox())
    assert answered(chats.taps(precinct.an, f"i:{data}", duty))
    assert len(precinct.outbox()) == before


def test_a_whole_case_by_pressing(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident
) -> None:
    chats.taps(precinct.an, f"i:{incident.id}:take", duty)
    chats.taps(precinct.an, f"i:{incident.id}:way", duty)
    chats.taps(precinct.an, f"i:{incident.id}:deal", duty)
    precinct.deliver()
    question = chats.find(f"outcome:{incident.id}", duty)
    shown = next(n for n in precinct.notices(duty) if len(n.buttons) == 5)
    assert labels(shown)[0] == "1. Đã đến nơi và giải quyết"
    for outcome in Outcome:
        assert say(Text(f"incident.outcome.{outcome}.sentence")) in say(shown.text)
    turn = chats.taps(precinct.an, taps(shown)[1], duty, on=question.message_id or "")
    assert "Đã ghi kết quả" in answered(turn)
    assert precinct.again(incident).outcome == "reminded"
    assert "đã chọn: Đã nhắc nhở tại chỗ" in precinct.texts(duty)[1]
    assert all(notice.buttons == () for notice in precinct.notices(duty))
    assert "nhắc nhở tại chỗ" in precinct.last(precinct.resident_home)


def test_a_whole_case_by_typing(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident
) -> None:
    card = chats.card(incident.id, duty)
    chats.replies(precinct.an, card, "toi nhan", duty)
    assert precinct.again(incident).state == "taken"
    assert "đồng chí nhận tin" in precinct.last(duty)
    chats.replies(precinct.an, card, "2", duty)
    assert precinct.again(incident).state == "on_the_way"
    chats.replies(precinct.an, card, "5", duty)
    precinct.deliver()
    chats.replies(precinct.an, chats.find(f"destination:{incident.id}", duty), "csgt", duty)
    assert precinct.again(incident).state == "passed_on"
    assert "Cảnh sát giao thông" in precinct.last(precinct.resident_home)


@pytest.mark.parametrize("typed", ["1", "nhan tin", "Tôi nhận", "NHẬN TIN", "tôi nhận ạ", "take"])
def test_many_ways_to_take_it(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident, typed: str
) -> None:
    chats.replies(precinct.an, chats.card(incident.id, duty), typed, duty)
    assert precinct.again(incident).state == "taken"


def test_typing_too_late_is_told_who_has_it(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident
) -> None:
    chats.taps(precinct.an, f"i:{incident.id}:take", duty)
    chats.replies(precinct.binh, chats.card(incident.id, duty), "nhan tin", duty)
    assert "Đ/c An đã nhận tin này lúc 09:00" in precinct.last(duty)


def test_a_reply_to_a_photo_of_the_card_counts_too(
    precinct: Precinct, chats: Chats, duty: Address
) -> None:
    incident = precinct.report(media=(Media("photo", "p"),))
    precinct.deliver()
    photo = chats.find(f"incident:{incident.id}", duty)
    assert photo.id != chats.card(incident.id, duty).id
    chats.replies(precinct.an, photo, "1", duty)
    assert precinct.again(incident).state == "taken"


def test_talk_below_the_card_is_not_an_act(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident
) -> None:
    card = chats.card(incident.id, duty)
    chats.replies(precinct.an, card, "chỗ này gần nhà tôi", duty)
    assert "chưa hiểu" in precinct.last(duty)
    before = len(precinct.outbox())
    chats.replies(precinct.resident, card, "chỗ này gần nhà tôi", duty)
    assert len(precinct.outbox()) == before
    assert precinct.again(incident).state == "new"


def test_the_question_is_relayed_by_a_reply_to_the_prompt(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident
) -> None:
    chats.taps(precinct.an, f"i:{incident.id}:take", duty)
    chats.taps(precinct.an, f"i:{incident.id}:ask", duty)
    assert "đ/c An muốn hỏi người báo điều gì?" in precinct.last(duty)
    precinct.deliver()
    row = chats.find(f"ask:{incident.id}:{precinct.an.id}", duty)
    assert row.answers == chats.card(incident.id, duty).id
    chats.replies(precinct.an, row, "Xe màu gì?", duty)
    assert "Xe màu gì?" in precinct.last(precinct.resident_home)
    assert "Câu trả lời sẽ hiện ở đây" in precinct.last(duty)
    assert CANARY_NAME not in repr(precinct.texts(duty))


def test_the_question_by_text_alone(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident
) -> None:
    card = chats.card(incident.id, duty)
    chats.replies(precinct.an, card, "hoi xe mau gi?", duty)
    assert "Chưa ai nhận tin này" in precinct.last(duty)
    chats.replies(precinct.an, card, "1", duty)
    chats.replies(precinct.an, card, "Hỏi xe màu gì?", duty)
    precinct.deliver()
    shown = chats.find(f"confirm:{incident.id}:{precinct.an.id}", duty)
    chats.replies(precinct.an, shown, "1", duty)
    assert "xe màu gì?" in precinct.last(precinct.resident_home)
    before = len(precinct.texts(precinct.resident_home))
    chats.replies(precinct.an, card, "hoi nguoi bao", duty)
    assert "muốn hỏi người báo điều gì?" in "".join(precinct.texts(duty)[-2:])
    assert len(precinct.texts(precinct.resident_home)) == before


def test_a_photo_is_no_question(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident
) -> None:
    chats.taps(precinct.an, f"i:{incident.id}:take", duty)
    chats.taps(precinct.an, f"i:{incident.id}:ask", duty)
    precinct.deliver()
    row = chats.find(f"ask:{incident.id}:{precinct.an.id}", duty)
    chats.replies(precinct.an, row, "", duty, media=(Media("photo", "p"),))
    assert "bằng chữ" in precinct.last(duty)


@pytest.mark.parametrize("typed", ["9", "không biết", "0"])
def test_a_choice_that_is_none_is_asked_again(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident, typed: str
) -> None:
    chats.taps(precinct.an, f"i:{incident.id}:take", duty)
    chats.taps(precinct.an, f"i:{incident.id}:deal", duty)
    precinct.deliver()
    chats.replies(precinct.an, chats.find(f"outcome:{incident.id}", duty), typed, duty)
    assert "số ở đầu dòng" in precinct.last(duty)
    assert precinct.again(incident).state == "taken"


def test_opening_shows_a_fresh_card_that_is_kept_up(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident
) -> None:
    chats.taps(precinct.an, f"i:{incident.id}:open", duty)
    old, fresh = precinct.notices(duty)
    assert "xem thẻ mới" in say(old.text)
    assert "CHƯA AI NHẬN" in say(fresh.text)
    chats.taps(precinct.an, f"i:{incident.id}:take", duty)
    assert "Đ/c An đã nhận" in precinct.last(duty)


def test_a_card_is_not_opened_outside_its_duty_chat(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident
) -> None:
    other = precinct.room("-5", Purpose.MEDIATION)
    chats.taps(precinct.an, f"i:{incident.id}:open", other)
    turn = chats.taps(precinct.an, f"i:{incident.id}:open")
    assert precinct.notices(other) == []
    assert "Nút này của câu trước" in answered(turn)
    assert precinct.notices(precinct.home(precinct.an)) == []


def show(chats: Chats, person: str, text: str, at: Address) -> Turn:
    """/vuviec as the router hands it to the duty chat."""
    return chats.says(getattr(chats.precinct, person), text, at)


def test_vuviec_with_a_code_shows_the_card_again(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident
) -> None:
    show(chats, "binh", f"/vuviec {incident.code[:4]} {incident.code[4:]}", duty)
    assert "CHƯA AI NHẬN" in precinct.last(duty)
    assert len(precinct.notices(duty)) == 2


def test_vuviec_in_a_duty_chat_lists_what_is_open_the_most_urgent_first(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident
) -> None:
    fire = precinct.report("FIRE")
    show(chats, "an", "/vuviec", duty)
    listed = precinct.notices(duty)[-1]
    assert taps(listed) == [f"i:{fire.id}:open", f"i:{incident.id}:open"]
    assert CANARY_NAME not in say(listed.text)


def test_vuviec_shows_nothing_of_another_ward_and_nothing_to_others(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident
) -> None:
    foreign = precinct.room("-3", ward=OTHER_WARD)
    show(chats, "stranger", f"/vuviec {incident.code}", foreign)
    unknown = precinct.last(foreign)
    show(chats, "stranger", f"/vuviec {new_code(lambda n: 4)}", foreign)
    assert precinct.last(foreign) == unknown
    show(chats, "resident", f"/vuviec {incident.code}", duty)
    assert "Chỉ công an của phường này" in precinct.last(duty)


def test_a_mistyped_code_is_said_kindly(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident
) -> None:
    wrong = str((int(incident.code[0]) % 9) + 1) + incident.code[1:]
    show(chats, "an", f"/vuviec {wrong}", duty)
    assert "gõ nhầm một số" in precinct.last(duty)


@pytest.mark.parametrize("locale", ["vi", "en"])
def test_every_label_can_be_typed(locale: str) -> None:
    def label(key: str) -> str:
        return wording().label(Text(key), locale)

    for number, act in enumerate(Act, start=1):
        assert act_in(label(f"card.act.{act.value}")) is act
        assert act_in(str(number)) is act
    outcomes = list(OUTCOME_WORDS.values())
    for number, outcome in enumerate(Outcome):
        assert recognise(label(f"incident.outcome.{outcome.value}.label"), outcomes) == number
    destinations = list(DESTINATION_WORDS.values())
    for number, to in enumerate(Destination):
        assert recognise(label(f"incident.destination.{to.value}"), destinations) == number
    assert list(ACT_WORDS) == list(Act)
    assert list(OUTCOME_WORDS) == list(Outcome)
    assert list(DESTINATION_WORDS) == list(Destination)


@pytest.mark.parametrize("state", [State.CLOSED, State.PASSED_ON])
def test_a_number_below_a_finished_card_does_nothing(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident, state: State
) -> None:
    handling.acknowledge(precinct.db, incident.id, precinct.an, precinct.now)
    if state is State.CLOSED:
        handling.deal_with(precinct.db, incident.id, Outcome.ADVISED, precinct.an, precinct.now)
    else:
        to = Destination.OTHER_WARD
        handling.pass_on(precinct.db, incident.id, to, precinct.an, precinct.now)
    for typed in ("1", "da xu ly"):
        chats.replies(precinct.an, chats.card(incident.id, duty), typed, duty)
        assert precinct.again(incident).state == state.value
        assert "rồi" in precinct.last(duty)
