"""What comes into the private chat is asked for, seen and stopped: a question for each of it.
All names and numbers are invented.
"""

import hashlib

import pytest
from sqlmodel import col, select

from storage.rows import rows
from storage.tables import Consent
from tests.handlers.street import Said, Street

LAN = "1001"


@pytest.fixture
def ward(street: Street) -> Street:
    street.ward("Khu 1", "Khu 2")
    street.says(LAN, "/menu")
    return street


def says(street: Street, *words: str) -> Said:
    said = street.says(LAN, words[0])
    for each in words[1:]:
        said = street.says(LAN, each)
    return said


def enrols(street: Street) -> Said:
    return says(street, "/dangky", "khu 2", "không", "không", "lưu")


def answers(street: Street) -> list[tuple[str, bool, bool]]:
    wanted = select(Consent).where(col(Consent.purpose).in_(["urgent", "confirm"]))
    found = rows(street.db, Consent, wanted.order_by(col(Consent.id)))
    return [(each.purpose, each.given, each.withdrawn_at is None) for each in found]


def test_after_the_enrolment_each_is_asked_with_nothing_preselected(ward: Street) -> None:
    said = enrols(ward)
    assert "reading.urgent.ask" in said.keys
    assert said.taps == ["n:urgent:yes_then", "n:urgent:no_then"]
    assert answers(ward) == []
    said = ward.says(LAN, "1")
    assert said.keys >= {"reading.urgent.yes", "reading.confirm.ask"}
    said = ward.says(LAN, "không cần")
    assert said.keys == {"reading.confirm.no"}
    assert answers(ward) == [("urgent", True, True), ("confirm", False, True)]


def test_who_does_not_answer_agreed_to_nothing(ward: Street) -> None:
    enrols(ward)
    says(ward, "mất trộm xe đạp")
    assert answers(ward) == []


def test_who_named_no_neighbourhood_is_not_asked(ward: Street) -> None:
    said = says(ward, "/dangky", "bỏ qua", "không", "không", "lưu")
    assert said.keys == {"enrolment.nothing_kept"}
    assert says(ward, "nhận tin").keys == {"reading.no_neighbourhood"}
    assert ward.taps(LAN, "n:urgent:yes").keys == {"reading.no_neighbourhood"}
    assert answers(ward) == []


def test_what_was_agreed_to_is_not_asked_again(ward: Street) -> None:
    enrols(ward)
    says(ward, "1", "1")
    said = says(ward, "/dangky", "khu 2", "không", "không", "lưu")
    assert not any(each.startswith("reading.") for each in said.keys)


def test_the_proof_is_the_hash_of_the_question_and_when_it_was_put(ward: Street) -> None:
    enrols(ward)
    ward.clock.move(minutes=3)
    words = ward.says(LAN, "1").words[-1]
    shown_at = ward.clock()
    ward.clock.move(minutes=5)
    ward.says(LAN, "1")
    wanted = select(Consent).where(Consent.purpose == "confirm")
    (consent,) = rows(ward.db, Consent, wanted)
    assert consent.text_hash == hashlib.sha256(words.encode()).hexdigest()
    assert (consent.text_key, consent.locale) == ("reading.confirm.ask", "vi")
    assert (consent.shown_at, consent.answered_at) == (shown_at, ward.clock())


@pytest.mark.parametrize("typed", ["nhận tin", "Nhan tin", "/nhantin", "news"])
def test_it_is_seen_and_changed_by_number(ward: Street, typed: str) -> None:
    enrols(ward)
    says(ward, "2", "2")
    said = ward.says(LAN, typed)
    assert said.keys >= {"reading.news"}
    assert "không nhận" in said.words[0]
    assert ward.says(LAN, "1").keys == {"reading.urgent.ask"}
    assert "reading.urgent.yes" in ward.says(LAN, "1").keys
    assert "đang nhận" in ward.says(LAN, typed).words[0]
    assert ward.says(LAN, "1").keys == {"reading.urgent.no"}
    assert answers(ward)[-1] == ("urgent", True, False)
    assert "đang nhận" not in ward.says(LAN, typed).words[0]


@pytest.mark.parametrize("typed", ["thôi nhận tin", "thoi nhan", "/thoinhan", "Stop news"])
def test_one_message_stops_all_of_it(ward: Street, typed: str) -> None:
    enrols(ward)
    says(ward, "1", "1")
    assert ward.says(LAN, typed).keys == {"reading.stopped"}
    assert all(not standing for _, _, standing in answers(ward))
    assert ward.says(LAN, typed).keys == {"reading.not_stopped"}


@pytest.mark.parametrize("purpose", ["urgent", "confirm"])
def test_it_can_be_withdrawn_with_the_other_consents(ward: Street, purpose: str) -> None:
    enrols(ward)
    says(ward, "1", "1")
    assert f"d:withdraw:{purpose}" in says(ward, "rút đồng ý").taps
    assert ward.taps(LAN, f"d:withdraw:{purpose}").keys == {f"data.withdrawn.{purpose}"}
    assert "đã rút lúc" in says(ward, "/dulieu").words[0]
