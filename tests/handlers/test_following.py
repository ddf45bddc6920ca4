"""Plain words while nothing is open: what they mean follows from what was said last."""

from dataclasses import replace
from datetime import timedelta

import pytest

from actions import handling
from domain.incidents import Outcome
from domain.notices import Media, Pin
from storage import incidents
from storage.drafts import find_open_draft
from storage.tables import Address, Draft, Incident
from tests.handlers.chats import Chats
from tests.precinct import Precinct, labels, say, taps

PHOTO = Media("photo", "invented-answer")


def happened(precinct: Precinct, incident: Incident) -> list[str]:
    return [event.what for event in incidents.list_events(precinct.db, incident.id)]


def open_draft(precinct: Precinct) -> Draft | None:
    return find_open_draft(precinct.db, precinct.resident_home.id)


def is_alert(precinct: Precinct) -> bool:
    """Whether the alert's question stands open, below the number to call."""
    row = open_draft(precinct)
    asked = [text for text in precinct.texts(precinct.resident_home) if "Có phải:" in text]
    return row is not None and row.flow == "alert" and "114" in asked[-1].split("\n")[0]


def ask(precinct: Precinct, incident: Incident) -> None:
    handling.acknowledge(precinct.db, incident.id, precinct.an, precinct.now)
    handling.ask_reporter(precinct.db, incident.id, "Mấy người?", precinct.an, precinct.now)
    precinct.deliver()


def close(precinct: Precinct, incident: Incident) -> None:
    handling.acknowledge(precinct.db, incident.id, precinct.an, precinct.now)
    handling.deal_with(precinct.db, incident.id, Outcome.SETTLED, precinct.an, precinct.now)
    precinct.deliver()


def later(precinct: Precinct, **more: float) -> None:
    precinct.now += timedelta(**more)


@pytest.mark.parametrize("typed", ["Xe đạp đỏ", "2", "dạ vâng ạ", "không"])
def test_plain_words_answer_the_officers_question(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident, typed: str
) -> None:
    ask(precinct, incident)
    chats.says(precinct.resident, typed)
    assert precinct.texts(duty)[-1].endswith(f"người báo trả lời:\n“{typed}”")
    assert "Đang chuyển câu trả lời" in precinct.last(precinct.resident_home)
    assert open_draft(precinct) is None


@pytest.mark.parametrize("content", [{"media": (PHOTO,)}, {"pin": Pin(20.9, 107.0)}])
def test_a_file_or_a_pin_answers_it_too(
    precinct: Precinct,
    chats: Chats,
    duty: Address,
    incident: Incident,
    content: dict[str, object],
) -> None:
    ask(precinct, incident)
    chats._handle(precinct.resident, None, **content)
    if "pin" in content:
        chats.says(precinct.resident, "vẫn gửi")
    assert happened(precinct, incident)[-1] == "answered"


def test_only_an_unanswered_question_of_today_is_answered(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident
) -> None:
    ask(precinct, incident)
    later(precinct, hours=25)
    chats.says(precinct.resident, "mất con gà")
    assert happened(precinct, incident)[-1] == "asked"
    assert open_draft(precinct) is not None


def test_what_follows_the_answer_is_asked_about(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident
) -> None:
    ask(precinct, incident)
    chats.says(precinct.resident, "Hai người")
    chats.says(precinct.resident, "mất con gà")
    assert happened(precinct, incident).count("answered") == 1
    assert "hay báo chuyện mới" in precinct.last(precinct.resident_home)


def test_a_question_about_a_closed_matter_waits_no_more(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident
) -> None:
    ask(precinct, incident)
    handling.deal_with(precinct.db, incident.id, Outcome.SETTLED, precinct.an, precinct.now)
    chats.says(precinct.resident, "mất con gà")
    assert "answered" not in happened(precinct, incident)


def test_danger_is_a_report_and_no_answer(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident
) -> None:
    ask(precinct, incident)
    chats.says(precinct.resident, "cháy nhà rồi")
    assert happened(precinct, incident)[-1] == "asked"
    assert is_alert(precinct)


def test_a_command_is_no_answer(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident
) -> None:
    ask(precinct, incident)
    chats.says(precinct.resident, "báo tin")
    assert happened(precinct, incident)[-1] == "asked"


@pytest.mark.parametrize("typed", ["1", "chua on", "Chưa ổn ạ", "trả lời 1", "not solved"])
def test_not_solved_needs_no_reply_below_the_newest_message(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident, typed: str
) -> None:
    close(precinct, incident)
    chats.says(precinct.resident, typed)
    assert precinct.again(incident).state == "new"


def test_not_solved_counts_for_seven_days_and_as_the_newest_alone(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident
) -> None:
    close(precinct, incident)
    later(precinct, days=8)
    chats.says(precinct.resident, "1")
    assert precinct.again(incident).state == "closed"


def test_another_message_after_the_closing_takes_the_number(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident
) -> None:
    close(precinct, incident)
    chats.says(precinct.resident, "menu")
    chats.says(precinct.resident, "1")
    assert precinct.again(incident).state == "closed"
    assert open_draft(precinct) is not None


def test_the_closing_names_the_button(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident
) -> None:
    close(precinct, incident)
    shown = precinct.notices(precinct.resident_home)[-1]
    assert "bấm nút Chưa ổn bên dưới" in say(shown.text)
    assert labels(shown) == ["1. Chưa ổn"]
    assert labels(shown, "en") == ["1. Not solved"]


def test_a_number_below_a_list_presses_its_button(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident
) -> None:
    precinct.report("FIRE")
    later(precinct, minutes=11)
    for typed in ("2", "số 2 ạ"):
        chats.says(precinct.resident, "vụ việc")
        assert labels(precinct.notices(precinct.resident_home)[-1])[1].startswith("2. Xem")
        chats.says(precinct.resident, typed)
        shown = precinct.notices(precinct.resident_home)[-1]
        assert f"r:{incident.id}:add" in taps(shown)
        assert open_draft(precinct) is None


def test_a_number_that_no_button_has_is_not_understood(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident
) -> None:
    chats.says(precinct.resident, "vụ việc")
    chats.says(precinct.resident, "4")
    assert "Số 4 không ứng với câu nào" in precinct.last(precinct.resident_home)
    assert open_draft(precinct) is None


def test_a_reply_with_a_number_presses_that_messages_button(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident
) -> None:
    chats.says(precinct.resident, "vụ việc")
    precinct.deliver()
    listed = precinct.outbox(precinct.resident_home)[-1]
    chats.says(precinct.resident, "menu")
    chats.replies(precinct.resident, listed, "1")
    shown = taps(precinct.notices(precinct.resident_home)[-1])
    assert shown == [f"r:{incident.id}:add", f"r:{incident.id}:name"]


def choose(precinct: Precinct, chats: Chats, incident: Incident, words: str = "xe đỏ") -> None:
    chats.says(precinct.resident, words)
    asked = precinct.notices(precinct.resident_home)[-1]
    code = f"{incident.code[:4]} {incident.code[4:]}"
    assert say(asked.text) == f"Thêm vào tin {code} hay báo chuyện mới ạ?"
    assert labels(asked) == ["1. Thêm vào tin", "2. Chuyện mới"]


@pytest.mark.parametrize("way", ["1", "thêm vào tin", "them vao tin", "press"])
def test_words_right_after_the_receipt_may_be_added(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident, way: str
) -> None:
    choose(precinct, chats, incident)
    if way == "press":
        chats.taps(precinct.resident, taps(precinct.notices(precinct.resident_home)[-1])[0])
    else:
        chats.says(precinct.resident, way)
    assert "“xe đỏ”" in precinct.last(duty)
    assert "Đã ghi thêm" in precinct.last(precinct.resident_home)
    assert open_draft(precinct) is None


@pytest.mark.parametrize("way", ["2", "chuyện mới", "press"])
def test_or_they_begin_something_new(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident, way: str
) -> None:
    choose(precinct, chats, incident, "hàng xóm vứt rác ra ngõ")
    if way == "press":
        chats.taps(precinct.resident, taps(precinct.notices(precinct.resident_home)[-1])[1])
    else:
        chats.says(precinct.resident, way)
    row = open_draft(precinct)
    assert row is not None
    assert row.state["answers"]["what"]["words"] == "hàng xóm vứt rác ra ngõ"
    assert "asked" not in row.state
    assert "việc gì" in precinct.last(precinct.resident_home)
    assert happened(precinct, incident) == ["reported"]


def test_what_else_is_told_is_kept_and_the_question_asked_again(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident
) -> None:
    choose(precinct, chats, incident)
    chats.says(precinct.resident, "biển số 14")
    assert "hay báo chuyện mới" in precinct.last(precinct.resident_home)
    chats.sends(precinct.resident, PHOTO)
    chats.says(precinct.resident, "1")
    assert "“xe đỏ\nbiển số 14”" in repr(precinct.texts(duty)).replace("\\n", "\n")
    assert len(incidents.list_media(precinct.db, incident.id)) == 1


def test_an_album_after_the_receipt_is_asked_about_once(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident
) -> None:
    before = len(precinct.texts(precinct.resident_home))
    for name in ("a", "b", "c"):
        chats.sends(precinct.resident, replace(PHOTO, file=name), album="9")
    assert len(precinct.texts(precinct.resident_home)) == before + 1
    chats.says(precinct.resident, "1")
    assert len(incidents.list_media(precinct.db, incident.id)) == 3


def test_danger_told_instead_begins_the_report(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident
) -> None:
    choose(precinct, chats, incident)
    chats.says(precinct.resident, "cháy nhà rồi")
    assert is_alert(precinct)
    assert happened(precinct, incident) == ["reported"]


def test_danger_after_the_receipt_is_a_report_at_once(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident
) -> None:
    chats.says(precinct.resident, "cháy nhà rồi")
    assert is_alert(precinct)


def test_ten_minutes_later_words_are_a_new_report(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident
) -> None:
    later(precinct, minutes=11)
    chats.says(precinct.resident, "hàng xóm vứt rác ra ngõ")
    assert "việc gì" in precinct.last(precinct.resident_home)


def test_thanks_after_the_receipt_are_only_thanks(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident
) -> None:
    chats.says(precinct.resident, "cảm ơn")
    assert open_draft(precinct) is None


@pytest.mark.parametrize("typed", ["hủy", "huy", "/huy"])
def test_cancelling_that_question_is_one_message(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident, typed: str
) -> None:
    choose(precinct, chats, incident)
    before = len(precinct.texts(precinct.resident_home))
    chats.says(precinct.resident, typed)
    assert len(precinct.texts(precinct.resident_home)) == before + 1
    assert open_draft(precinct) is None


@pytest.mark.parametrize(
    "typed", ["tôi báo nhầm, xin rút lại tin", "rut lai tin giup", "cho tôi hủy tin đã báo"]
)
def test_what_was_sent_cannot_be_taken_back(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident, typed: str
) -> None:
    later(precinct, minutes=5)
    chats.says(precinct.resident, typed)
    shown = precinct.notices(precinct.resident_home)[-1]
    assert say(shown.text).startswith("Tin đã gửi thì không rút được. Nếu là báo nhầm, bấm")
    assert taps(shown) == [f"a:{incident.id}:wrong", f"r:{incident.id}:add"]
    assert open_draft(precinct) is None


def test_who_has_sent_nothing_takes_nothing_back(precinct: Precinct, chats: Chats) -> None:
    chats.says(precinct.resident, "báo nhầm số nhà, xin rút lại tin")
    assert open_draft(precinct) is not None


@pytest.mark.parametrize("typed", ["99", "🙏", "0912 345 678", "/khongco", "/khongco mất xe", ""])
def test_what_says_nothing_is_never_a_report(
    precinct: Precinct, chats: Chats, duty: Address, typed: str
) -> None:
    chats.says(precinct.resident, typed)
    first, _, rest = precinct.last(precinct.resident_home).partition("\n\n")
    assert all(number in first for number in ("113", "114", "115", "111"))
    assert rest.startswith("Chưa hiểu ạ.\n\n")
    assert "c:baotin" in taps(precinct.notices(precinct.resident_home)[-1])
    assert open_draft(precinct) is None


def test_the_answer_button_carries_the_question_and_says_nothing_of_drafts(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident
) -> None:
    ask(precinct, incident)
    chats.says(precinct.resident, "/baotin")
    before = len(precinct.texts(precinct.resident_home))
    chats.taps(precinct.resident, f"r:{incident.id}:answer")
    assert len(precinct.texts(precinct.resident_home)) == before + 1
    row = open_draft(precinct)
    assert row is not None
    assert row.state["context"]["question"] == "Mấy người?"


def test_not_solved_pressed_twice_is_a_popup_alone(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident
) -> None:
    close(precinct, incident)
    chats.taps(precinct.resident, f"r:{incident.id}:reopen")
    before = len(precinct.outbox())
    turn = chats.taps(precinct.resident, f"r:{incident.id}:reopen")
    assert say(turn.tap_answer) == "Tin đang mở lại, công an đã được báo."
    assert len(precinct.outbox()) == before
