"""/dulieu: seen, corrected, withdrawn, erased. All names and numbers are invented."""

import pytest
from sqlmodel import col, select

from actions.handling import acknowledge, deal_with
from domain.incidents import Happening, Outcome
from domain.roles import Role
from storage import incidents
from storage.addresses import get_person
from storage.rows import list_by, rows
from storage.tables import Consent, Draft, Incident, Outbox
from tests.handlers.chats import Chats
from tests.handlers.street import Said, Street
from tests.precinct import CANARY_NAME, Precinct

LAN = "1001"


@pytest.fixture
def ward(street: Street) -> Street:
    street.ward("Khu 1", "Khu 2")
    return street


def says(street: Street, *words: str) -> Said:
    said = street.says(LAN, words[0])
    for each in words[1:]:
        said = street.says(LAN, each)
    return said


@pytest.fixture
def lan(ward: Street) -> Street:
    """She enrolled and reported a theft with her name."""
    says(ward, "/dangky", "khu 2", "có", "số 12 ngõ 5", "có", "0912345678", "lưu")
    says(ward, "mất trộm xe đạp", "mất trộm", "ngõ 5", "nêu tên", "gửi")
    return ward


@pytest.mark.parametrize("typed", ["/dulieu", "dữ liệu của tôi", "du lieu cua toi", "My data"])
def test_one_message_says_all_that_is_held(lan: Street, typed: str) -> None:
    said = lan.says(LAN, typed).words[0]
    for wanted in (
        "Ai giữ dữ liệu", "Người bịa 1001", "Tiếng Việt", "Khu 2", "số 12 ngõ 5", "0912 345 678",
        "Giữ số nhà", "đồng ý lúc 09:00 22/11/2026", "việc nhờ hòa giải:</b> 1.", "24 tháng",
        "12 tháng", "90 ngày", "2 ngày làm việc", "15 ngày", "20 ngày",
    ):  # fmt: skip
        assert wanted in said, wanted


def test_a_quiet_report_is_neither_counted_nor_named(ward: Street) -> None:
    says(ward, "chồng tôi đánh tôi", "1", "khu 1", "ngõ 5", "không nêu tên", "gửi")
    (incident,) = list_by(ward.db, Incident)
    assert incident.quiet
    said = ward.says(LAN, "/dulieu").words[0]
    assert "việc nhờ hòa giải:</b> 0." in said
    asked = says(ward, "/xoadulieu")
    erased = ward.taps(LAN, "d:erase:yes")
    for words in (*asked.words, *erased.words):
        assert incident.code[:4] not in words
    assert incidents.find_reporter(ward.db, incident.id) is not None


@pytest.mark.parametrize("typed", ["1", "2", "3"])
def test_the_numbers_below_it_press_its_buttons(lan: Street, typed: str) -> None:
    lan.says(LAN, "/dulieu")
    keys = lan.says(LAN, typed).keys
    expected = {"1": "enrolment.review.ask", "2": "data.withdraw.ask", "3": "data.erase.ask"}
    assert expected[typed] in keys


@pytest.mark.parametrize(("purpose", "column"), [("house", "house"), ("phone", "phone")])
def test_a_withdrawal_erases_at_once_what_was_kept(lan: Street, purpose: str, column: str) -> None:
    assert f"d:withdraw:{purpose}" in says(lan, "rút đồng ý").taps
    said = lan.taps(LAN, f"d:withdraw:{purpose}")
    assert said.keys == {f"data.withdrawn.{purpose}"}
    assert getattr(lan.person(LAN), column) is None
    assert "đã rút lúc" in says(lan, "/dulieu").words[0]
    lan.taps(LAN, f"d:withdraw:{purpose}")
    assert "data.withdrawn_already" in lan.taps(LAN, f"d:withdraw:{purpose}").keys


def test_who_agreed_to_nothing_has_nothing_to_withdraw(ward: Street) -> None:
    assert "data.nothing_to_withdraw" in says(ward, "/rutdongy").keys
    assert "d:withdraw" not in ward.says(LAN, "/dulieu").taps


def test_a_withdrawn_name_comes_off_the_card(chats: Chats, precinct: Precinct) -> None:
    duty = precinct.room("-1")
    named = precinct.report("THEFT", "Mất xe", name=CANARY_NAME)
    precinct.deliver()
    card = chats.card(named.id, duty)
    assert CANARY_NAME in precinct.last(duty)
    precinct.db.execute(Consent.__table__.insert(), [_agreed(precinct)])  # type: ignore[attr-defined]
    chats.taps(precinct.resident, "d:withdraw:name")
    assert CANARY_NAME not in "".join(precinct.texts(duty))
    assert "Người báo: không nêu tên" in precinct.last(duty)
    assert "rút tên" in precinct.last(duty)
    again = precinct.again(named)
    assert (again.named, again.reporter_name) == (False, None)
    events = [event.what for event in incidents.list_events(precinct.db, named.id)]
    assert events[-1] == Happening.UNNAMED
    for row in precinct.outbox(duty):
        assert CANARY_NAME not in str(row.notice), row.id
    chats.replies(precinct.an, card, "1", at=duty)
    assert precinct.again(named).state == "taken"


def _agreed(precinct: Precinct) -> dict[str, object]:
    return {
        "person_id": precinct.resident.id, "purpose": "name", "given": True, "text_key": "k",
        "text_hash": "h", "locale": "vi", "bot": "b", "shown_at": precinct.now,
        "answered_at": precinct.now, "withdrawn_at": None,
    }  # fmt: skip


def test_erasing_is_asked_back_once_and_can_be_refused(lan: Street) -> None:
    said = says(lan, "xóa dữ liệu của tôi")
    assert "data.erase.ask" in said.keys
    assert "Còn lại" in said.words[0]
    assert lan.person(LAN).house is not None
    assert "data.line.house" in lan.says(LAN, "2").keys
    assert lan.person(LAN).house is not None


def test_after_erasing_only_an_open_report_is_left_and_said(lan: Street) -> None:
    (incident,) = list_by(lan.db, Incident)
    says(lan, "/baotin", "mất con gà nhà bên")
    says(lan, "/xoadulieu")
    said = lan.taps(LAN, "d:erase:yes")
    assert {"data.erased", "data.erased.open"} <= said.keys
    assert incident.code[:4] in said.words[0]
    person = get_person(lan.db, lan.person(LAN).id)
    assert (person.house, person.phone, person.neighbourhood_id) == (None, None, None)
    open_one = incidents.get(lan.db, incident.id)
    assert (open_one.reporter_name, open_one.named) == (None, False)
    assert incidents.find_reporter(lan.db, incident.id) is not None
    assert all(draft.state is None for draft in list_by(lan.db, Draft))
    found = rows(lan.db, Outbox, select(Outbox).order_by(col(Outbox.id)))
    mine = [row for row in found if row.address_id == said.rows[0].address_id]
    about = [row for row in mine if row.id < said.rows[0].id and row.notice]
    assert all((row.concerns or "").startswith("receipt:") for row in about)


def test_once_closed_the_rest_goes(chats: Chats, precinct: Precinct) -> None:
    from actions.retention import forget_reports

    precinct.room("-1")
    filed = precinct.report("THEFT", "Mất xe", name=CANARY_NAME, callback="0912345678")
    chats.taps(precinct.resident, "d:erase:yes")
    forget_reports(precinct.db, precinct.now)
    assert incidents.find_reporter(precinct.db, filed.id) is not None
    assert precinct.again(filed).callback == "0912345678"
    acknowledge(precinct.db, filed.id, precinct.an, precinct.now)
    deal_with(precinct.db, filed.id, Outcome.SETTLED, precinct.an, precinct.now)
    forget_reports(precinct.db, precinct.now)
    assert incidents.find_reporter(precinct.db, filed.id) is None
    assert precinct.again(filed).callback is None
    request = rows(precinct.db, Consent, select(Consent).where(col(Consent.purpose) == "erasure"))
    assert [each.withdrawn_at for each in request] == [precinct.now]


def test_a_role_keeps_its_name_and_is_told_whom_to_ask(ward: Street) -> None:
    ward.grant(LAN, Role.OFFICER)
    says(ward, "/dangky", "khu 2", "có", "số 12", "không", "lưu")
    said = ward.taps(LAN, "d:erase:yes")
    assert "data.erased.role" in said.keys
    person = get_person(ward.db, ward.person(LAN).id)
    assert (person.name, person.house) == ("Người bịa 1001", None)


def test_in_a_group_nothing_is_shown(lan: Street) -> None:
    assert "data.line.house" not in lan.says(LAN, "/dulieu", chat="-100").keys
    assert lan.taps(LAN, "d:show", chat="-100").rows == []


def test_over_an_open_question_its_draft_waits_below(lan: Street) -> None:
    says(lan, "/baotin", "mất con gà nhà bên")
    said = lan.says(LAN, "dữ liệu của tôi")
    assert "command.draft_kept" in said.keys
    assert not any(tap.startswith("f:") for tap in said.taps)
    assert "Phần viết dở:</b> 1." in said.words[0]
