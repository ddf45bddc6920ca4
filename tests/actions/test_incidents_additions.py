"""What the reporter sends later: kept, relayed by the code alone, as loud as it must be."""

import pytest

from actions import handling
from actions.additions import Addition, add_to_incident, answer_officer, thank_reporter
from actions.cards import open_card
from domain.notices import Lane, Media, Pin
from storage import deliveries, incidents
from storage.tables import Address, Incident
from tests.precinct import BOT, CANARY_NAME, Precinct, say

PHOTO = Media("photo", "invented-later")
PIN = Pin(20.95, 107.08)


@pytest.fixture
def incident(precinct: Precinct, duty: Address) -> Incident:
    filed = precinct.report("STRANGER", "Có người đi qua lại")
    precinct.deliver()
    return filed


def test_an_addition_is_kept_and_shown_as_an_answer_to_the_card(
    precinct: Precinct, duty: Address, incident: Incident
) -> None:
    said = Addition(BOT, "Mặc áo <đỏ>", (PHOTO,), PIN)
    add_to_incident(precinct.db, incident, said, precinct.now)
    card, edit_or_words = precinct.outbox(duty)[0], precinct.outbox(duty)[1]
    assert edit_or_words.answers == card.id
    assert (edit_or_words.calm, edit_or_words.lane) == (True, int(Lane.NOTICE))
    _, words, photo, pin = precinct.notices(duty)
    assert "Mặc áo &lt;đỏ&gt;" in say(words.text)
    assert (words.silent, photo.silent) == (True, True)
    assert words.digest is not None
    assert (photo.media, pin.pin) == ((PHOTO,), PIN)
    assert "người báo bổ sung" in precinct.texts(duty)[0]
    assert [m.file for m in incidents.list_media(precinct.db, incident.id)] == [PHOTO.file]
    event = incidents.list_events(precinct.db, incident.id)[-1]
    assert (event.what, event.actor_id, event.detail["words"]) == ("added", None, "Mặc áo <đỏ>")


def test_what_is_urgent_is_added_loudly(precinct: Precinct, duty: Address) -> None:
    incident = precinct.report("FIRE")
    add_to_incident(precinct.db, incident, Addition(BOT, "ở tầng hai"), precinct.now)
    row = precinct.outbox(duty)[-1]
    assert (row.calm, row.lane) == (False, int(Lane.EMERGENCY))
    assert not precinct.notices(duty)[-1].silent


def test_words_of_danger_raise_the_urgency_and_ring(
    precinct: Precinct, duty: Address, incident: Incident
) -> None:
    said = Addition(BOT, "Giờ nó cầm dao, có người bị đâm rồi")
    add_to_incident(precinct.db, incident, said, precinct.now)
    assert precinct.again(incident).urgency == 1
    fresh = precinct.notices(duty)[-2]
    assert "KHẨN CẤP" in say(fresh.text)
    assert not fresh.silent
    assert "cầm dao" in precinct.last(duty)
    assert "113" in precinct.texts(precinct.resident_home)[0].split("\n")[0]


def test_calm_words_never_lower_it(precinct: Precinct, duty: Address) -> None:
    incident = precinct.report("FIRE")
    add_to_incident(precinct.db, incident, Addition(BOT, "Nên có ghế đá"), precinct.now)
    assert precinct.again(incident).urgency == 1


def test_a_collected_addition_is_added_once(
    precinct: Precinct, duty: Address, incident: Incident
) -> None:
    said = Addition(BOT, "Xe đỏ", draft_id=77)
    add_to_incident(precinct.db, incident, said, precinct.now)
    before = len(precinct.outbox())
    add_to_incident(precinct.db, precinct.again(incident), said, precinct.now)
    assert len(precinct.outbox()) == before


def test_an_answer_is_never_calm_and_reaches_every_desk(
    precinct: Precinct, duty: Address, incident: Incident
) -> None:
    handling.acknowledge(precinct.db, incident.id, precinct.an, precinct.now)
    handling.ask_reporter(precinct.db, incident.id, "Xe gì?", precinct.an, precinct.now)
    answer_officer(precinct.db, incident, Addition(BOT, "Xe đạp"), precinct.now)
    row = precinct.outbox(duty)[-2]
    assert (row.calm, row.lane) == (False, int(Lane.CONVERSATION))
    assert "người báo trả lời:\n“Xe đạp”" in precinct.last(duty)
    assert CANARY_NAME not in repr(precinct.texts(duty))
    assert incidents.list_events(precinct.db, incident.id)[-1].what == "answered"


def test_files_without_words_say_so(precinct: Precinct, duty: Address, incident: Incident) -> None:
    answer_officer(precinct.db, incident, Addition(BOT, media=(PHOTO,)), precinct.now)
    assert "Người báo gửi ghi âm, ảnh hoặc tệp" in precinct.texts(duty)[1]


def test_an_opened_card_brings_all_that_was_added_later(
    precinct: Precinct, duty: Address, incident: Incident
) -> None:
    add_to_incident(precinct.db, incident, Addition(BOT, "Áo đỏ", (PHOTO,), PIN), precinct.now)
    precinct.deliver()
    before = len(precinct.notices(duty))
    open_card(precinct.db, precinct.again(incident), duty, precinct.now)
    card, words, photo, pin = precinct.notices(duty)[before:]
    assert "CHƯA AI NHẬN" in say(card.text)
    assert "Áo đỏ" in say(words.text)
    assert (photo.media[0].file, pin.pin) == (PHOTO.file, PIN)


def test_a_gathered_card_is_told_of_and_can_be_opened(precinct: Precinct, duty: Address) -> None:
    incident = precinct.report("IDEA", "Nên có ghế đá")
    card = precinct.outbox(duty)[0]
    deliveries.mark_sent(precinct.db, card.id, None, precinct.now)
    add_to_incident(precinct.db, incident, Addition(BOT, "Hai ghế"), precinct.now)
    assert "Hai ghế" in precinct.last(duty)
    open_card(precinct.db, incident, duty, precinct.now)
    handling.acknowledge(precinct.db, incident.id, precinct.an, precinct.now)
    cards = [text for text in precinct.texts(duty) if "Đ/c An đã nhận" in text]
    assert len(cards) == 1


def test_thanks_say_who_gets_it_and_once_for_an_album(
    precinct: Precinct, duty: Address, incident: Incident
) -> None:
    home = precinct.resident_home
    for _ in range(3):
        thank_reporter(
            precinct.db, incident, home, "incident.added", precinct.now, album="invented-album"
        )
    assert "đang chuyển tới trực ban" in precinct.last(home)
    assert len(precinct.texts(home)) == 2


def test_thanks_without_a_desk_are_true(precinct: Precinct) -> None:
    incident = precinct.report()
    home = precinct.resident_home
    thank_reporter(precinct.db, incident, home, "incident.added", precinct.now)
    assert "CHƯA có ai đọc" in precinct.last(home)
    assert "114" in precinct.last(home).split("\n")[0]
