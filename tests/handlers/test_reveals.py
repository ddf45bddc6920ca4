"""Asking to see who reported, deciding it, and the journal: by typing and by pressing."""

from datetime import timedelta

import pytest

from domain.codes import spoken
from domain.incidents import Happening
from storage import incidents
from storage.tables import Address, Incident
from tests.actions.station import REASON, Station
from tests.handlers.chats import Chats
from tests.precinct import CANARY_NAME, Precinct, labels, taps


@pytest.fixture
def station(precinct: Precinct) -> Station:
    return Station(precinct)


def asks(station: Station, chats: Chats, incident: Incident, command: str) -> None:
    chats.says(station.asker, f"{command} {spoken(incident.code)} {REASON}")


@pytest.mark.parametrize("command", ["/modanhtinh", "mở danh tính", "mo danh tinh tin"])
def test_by_typing_alone(
    station: Station, chats: Chats, duty: Address, incident: Incident, command: str
) -> None:
    asks(station, chats, incident, command)
    assert "Yêu cầu hết hạn sau 24 giờ" in station.texts(station.asker)
    assert "1. Đồng ý" in labels(station.precinct.notices(station.precinct.home(station.chief))[0])
    chats.says(station.chief, "1")
    assert CANARY_NAME in station.texts(station.asker)
    assert CANARY_NAME not in station.texts(station.chief)
    assert "Đã ghi quyết định" in station.texts(station.chief)


def test_by_pressing(station: Station, chats: Chats, duty: Address, incident: Incident) -> None:
    asks(station, chats, incident, "/modanhtinh")
    shown = station.precinct.notices(station.precinct.home(station.chief))[0]
    chats.taps(station.chief, taps(shown)[1])
    assert "không đồng ý" in station.texts(station.asker)
    assert CANARY_NAME not in station.texts(station.asker)


def test_the_law_is_asked_for_in_words(
    station: Station, chats: Chats, duty: Address, incident: Incident
) -> None:
    asks(station, chats, incident, "/modanhtinh")
    chats.says(station.chief, "3")
    assert "Luật nào không cho" in station.texts(station.chief)
    assert CANARY_NAME not in station.texts(station.asker)
    before = len(station.precinct.outbox(station.precinct.resident_home))
    chats.says(station.chief, "Điều 0 của một luật bịa")
    assert CANARY_NAME in station.texts(station.asker)
    assert len(station.precinct.outbox(station.precinct.resident_home)) == before
    (reveal,) = station.requests()
    assert reveal.untold == "Điều 0 của một luật bịa"


def test_a_press_in_a_group_decides_nothing(
    station: Station, chats: Chats, duty: Address, incident: Incident
) -> None:
    asks(station, chats, incident, "/modanhtinh")
    (reveal,) = station.requests()
    chats.taps(station.chief, f"v:{reveal.id}:yes", duty)
    (reveal,) = station.requests()
    assert reveal.decided_at is None
    assert CANARY_NAME not in "".join(station.precinct.texts(duty))


@pytest.mark.parametrize("data", ["v:", "v:x:yes", "v:1:", "v:1:maybe", "v:999999:yes", "v::::"])
def test_a_forged_press_changes_nothing(
    station: Station, chats: Chats, duty: Address, incident: Incident, data: str
) -> None:
    asks(station, chats, incident, "/modanhtinh")
    for person in (station.precinct.resident, station.asker, station.precinct.stranger):
        chats.taps(person, data)
    (reveal,) = station.requests()
    assert reveal.decided_at is None


def test_in_a_group_it_points_to_the_private_chat(
    station: Station, chats: Chats, duty: Address, incident: Incident
) -> None:
    chats.says(station.asker, f"/modanhtinh {incident.code} {REASON}", duty)
    chats.says(station.chief, f"/nhatky {incident.code}", duty)
    assert station.requests() == []
    for text in station.precinct.texts(duty)[-2:]:
        assert "riêng" in text


@pytest.mark.parametrize(
    ("typed", "told"),
    [("/modanhtinh", "/modanhtinh"), ("/modanhtinh 4827 1936", "lý do"),
     ("mở danh tính", "/modanhtinh")],
)  # fmt: skip
def test_what_is_missing_is_said(
    station: Station, chats: Chats, duty: Address, incident: Incident, typed: str, told: str
) -> None:
    chats.says(station.asker, typed.replace("4827 1936", spoken(incident.code)))
    assert told in station.texts(station.asker)
    assert station.requests() == []


def test_opening_a_card_is_a_reading_and_the_chief_sees_it(
    station: Station, chats: Chats, duty: Address, incident: Incident
) -> None:
    chats.says(station.asker, f"/vuviec {incident.code}", duty)
    chats.taps(station.other, f"i:{incident.id}:open", duty)
    chats.taps(station.other, f"i:{incident.id}:open", duty)
    events = incidents.list_events(station.db, incident.id)
    read = [event.actor_id for event in events if event.what == Happening.READ]
    assert read == [station.asker.id, station.other.id]
    station.precinct.now += timedelta(minutes=5)
    chats.says(station.chief, f"/nhatky {spoken(incident.code)}")
    journal = station.texts(station.chief)
    assert f"09:00 22/11/2026 {station.asker.name}: mở xem thẻ" in journal
    assert "xe đạp" not in journal
    chats.says(station.asker, f"/nhatky {incident.code}")
    assert "Chỉ trưởng công an" in station.texts(station.asker)


def test_an_empty_journal_says_so(
    station: Station, chats: Chats, duty: Address, incident: Incident
) -> None:
    chats.says(station.overseer, f"/nhatky {incident.code}")
    assert "Chưa ai mở xem" in station.texts(station.overseer)
