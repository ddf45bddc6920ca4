"""Who is calm leaves what an alert will not have time to ask; each thing only with a yes. All
names and numbers are invented.
"""

import hashlib

import pytest
from sqlmodel import col, select

from storage.rows import list_by, rows
from storage.tables import Consent, Incident
from tests.handlers.street import Said, Street

LAN = "1001"


@pytest.fixture
def ward(street: Street) -> Street:
    street.ward("Khu 1", "Khu 2")
    street.says(LAN, "/menu")  # the first message of all has the numbers above it
    return street


def says(street: Street, *words: str) -> Said:
    said = street.says(LAN, words[0])
    for each in words[1:]:
        said = street.says(LAN, each)
    return said


def answers(street: Street) -> list[tuple[str, bool]]:
    found = rows(street.db, Consent, select(Consent).order_by(col(Consent.id)))
    return [(each.purpose, each.given) for each in found]


@pytest.mark.parametrize("typed", ["/dangky", "đăng ký", "Dang ky", "enrol"])
def test_first_comes_the_notice_in_eight_lines(ward: Street, typed: str) -> None:
    said = ward.says(LAN, typed)
    notice, question = said.words
    assert len(notice.split("\n")) <= 8
    assert "113" in notice.split("\n")[0]
    for wanted in ("VNeID", "Ai giữ", "Giữ gì", "Để làm gì", "Ai xem", "bao lâu", "/dulieu"):
        assert wanted in notice
    assert "khu nào" in question


def test_what_is_agreed_to_is_kept_and_written_down(ward: Street) -> None:
    said = says(
        ward, "/dangky", "khu 2", "giữ giúp", "số 12 ngõ 5", "có", "+84 912.345.678", "lưu"
    )
    assert said.keys == {"enrolment.saved", "reading.urgent.ask"}
    person = ward.person(LAN)
    assert (person.house, person.phone) == ("số 12 ngõ 5", "0912345678")
    assert ward.neighbourhood(person.neighbourhood_id or 0).name == "Khu 2"
    assert answers(ward) == [("house", True), ("phone", True)]


def test_the_proof_is_the_hash_of_the_words_that_were_shown(ward: Street) -> None:
    notice = ward.says(LAN, "/dangky").words[0]
    question = says(ward, "khu 2").words[0]
    shown_at = ward.clock()
    ward.clock.move(minutes=7)
    says(ward, "giữ giúp", "số 12", "không", "lưu")
    consent = rows(ward.db, Consent, select(Consent).order_by(col(Consent.id)))[0]
    assert consent.text_hash == hashlib.sha256(f"{notice}\n{question}".encode()).hexdigest()
    assert (consent.text_key, consent.locale) == ("enrolment.keep_house.ask", "vi")
    assert (consent.shown_at, consent.answered_at) == (shown_at, ward.clock())
    assert consent.bot == ward.bot.name


@pytest.mark.parametrize("no", ["không", "Không giữ", "bỏ qua", "2"])
def test_who_refuses_everything_keeps_the_numbers_and_the_report(ward: Street, no: str) -> None:
    said = says(ward, "/dangky", "bỏ qua", no, no, "lưu")
    assert said.keys == {"enrolment.nothing_kept"}
    assert "<b>113</b>" in said.words[0].split("\n")[0]
    person = ward.person(LAN)
    assert (person.house, person.phone, person.neighbourhood_id) == (None, None, None)
    assert answers(ward) == [("house", False), ("phone", False)]
    says(ward, "mất trộm xe đạp", "mất trộm", "khu 1", "ngõ 5", "không nêu tên", "gửi")
    (incident,) = list_by(ward.db, Incident)
    assert (incident.named, incident.reporter_name, incident.callback) == (False, None, None)


def test_who_refuses_everything_can_still_raise_an_alert(ward: Street) -> None:
    says(ward, "/dangky", "bỏ qua", "không", "không", "lưu")
    says(ward, "/khancap", "1")
    (incident,) = list_by(ward.db, Incident)
    assert (incident.kind, incident.urgency) == ("FIRE", 1)
    assert (incident.named, incident.reporter_name, incident.callback) == (False, None, None)


def test_nothing_is_preselected(ward: Street) -> None:
    says(ward, "/dangky", "khu 2")
    said = says(ward, "gửi")
    assert "flow.choose" in said.keys
    assert answers(ward) == []


def test_a_yes_without_a_number_keeps_none_and_counts_as_no(ward: Street) -> None:
    says(ward, "/dangky", "khu 2", "không", "có", "bỏ qua", "lưu")
    assert ward.person(LAN).phone is None
    assert answers(ward) == [("house", False), ("phone", False)]


def test_an_old_number_is_told_its_new_form(ward: Street) -> None:
    said = says(ward, "/dangky", "khu 2", "không", "có", "0162 123 4567")
    assert "0321 234 567" in said.words[0] or "032 1234 567" in said.words[0]
    says(ward, "0321234567", "lưu")
    assert ward.person(LAN).phone == "0321234567"


def test_a_second_time_it_is_corrected_without_new_consent(ward: Street) -> None:
    says(ward, "/dangky", "khu 2", "có", "số 12", "có", "0912345678", "lưu")
    said = ward.says(LAN, "/dangky")
    assert "enrolment.review.ask" in said.keys
    assert "số 12" in said.words[-1]
    assert "0912 345 678" in said.words[-1]
    says(ward, "sửa số nhà", "giữ nguyên", "số 14", "lưu")
    assert ward.person(LAN).house == "số 14"
    assert answers(ward) == [("house", True), ("phone", True)]


def test_a_no_the_second_time_erases_what_was_kept(ward: Street) -> None:
    says(ward, "/dangky", "khu 2", "có", "số 12", "có", "0912345678", "lưu")
    says(ward, "/dangky", "sửa số nhà", "không giữ", "lưu")
    assert ward.person(LAN).house is None
    assert ward.person(LAN).phone == "0912345678"
    assert answers(ward)[-1] == ("house", False)
    yes, *_ = rows(ward.db, Consent, select(Consent).order_by(col(Consent.id)))
    assert yes.withdrawn_at is not None


def test_the_name_in_a_report_is_a_consent_of_its_own(ward: Street) -> None:
    says(ward, "mất trộm xe đạp", "mất trộm", "khu 1", "ngõ 5", "nêu tên", "gửi")
    assert answers(ward) == [("name", True)]


def test_a_quiet_report_leaves_no_consent_on_the_list(ward: Street) -> None:
    says(ward, "chồng tôi đánh tôi", "1", "khu 1", "ngõ 5", "nêu tên", "gửi")
    (incident,) = list_by(ward.db, Incident)
    assert incident.quiet
    assert answers(ward) == []
