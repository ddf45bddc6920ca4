"""One person's limits: what is calm waits and is not lost, what is urgent always goes out."""

from datetime import timedelta

import pytest

from actions.incidents import report_incident
from domain.errors import Refused
from domain.incidents import Happening
from storage import incidents
from storage.addresses import add_address
from storage.tables import Address
from tests.precinct import BOT, CANARY_CHAT, CANARY_NAME, Precinct, say

CALM, URGENT = "IDEA", "FIRE"


def refusal(precinct: Precinct, **more: object) -> str:
    """What the next calm report of the resident is told; it must not be filed."""
    before = incidents.list_open(precinct.db, "99901", 100)
    with pytest.raises(Refused) as refused:
        precinct.report(CALM, "Ghế đá hỏng", **more)
    assert refused.value.text.key == "limits.calm"
    assert incidents.list_open(precinct.db, "99901", 100) == before
    return say(refused.value.text)


def test_the_sixth_calm_one_within_an_hour_waits(precinct: Precinct, duty: Address) -> None:
    for _ in range(5):
        precinct.report(CALM, "Ghế đá hỏng")
    before = len(precinct.outbox())
    told = refusal(precinct)
    assert "từ 10:00 22/11/2026" in told
    assert "113" in told
    assert "trực ban" in told
    assert "vẫn được giữ" in told
    assert len(precinct.outbox()) == before
    precinct.now += timedelta(hours=1)
    precinct.report(CALM, "Ghế đá hỏng")


def test_the_eleventh_within_a_day_waits(precinct: Precinct, duty: Address) -> None:
    for _ in range(10):
        precinct.report(CALM, "Ghế đá hỏng")
        precinct.now += timedelta(hours=2)
    assert "từ 09:00 23/11/2026" in refusal(precinct)


def test_all_chats_of_one_person_count_together(precinct: Precinct, duty: Address) -> None:
    second = add_address(
        precinct.db, "second-bot", CANARY_CHAT, precinct.now, person_id=precinct.resident.id
    )
    for n in range(5):
        precinct.report(CALM, "Ghế đá", reporter=second if n % 2 else precinct.resident_home)
    refusal(precinct)
    refusal(precinct, reporter=second)


def test_a_neighbour_is_not_held_back(precinct: Precinct, duty: Address) -> None:
    for _ in range(5):
        precinct.report(CALM, "Ghế đá hỏng")
    neighbour = precinct.person("Hàng Xóm Bịa", "888")
    precinct.report(CALM, "Ghế đá hỏng", reporter=neighbour)


def test_what_is_urgent_always_goes_out_and_is_marked(precinct: Precinct, duty: Address) -> None:
    for _ in range(5):
        precinct.report(CALM, "Ghế đá hỏng")
    filed = [precinct.report(URGENT, "Cháy nhà") for _ in range(5)]
    assert [each.suspect for each in filed] == [False, False, False, True, True]
    cards = [n for n in precinct.notices(duty) if "Cháy" in say(n.text)]
    assert len(cards) == 5
    assert not any(card.silent or card.digest for card in cards)
    marked = [say(card.text) for card in cards if "Nghi tin rác" in say(card.text)]
    assert ["đã gửi 9 tin trong 1 giờ" in text for text in marked] == [True, False]
    assert "đã gửi 10 tin trong 1 giờ" in marked[1]
    assert CANARY_NAME not in "".join(marked)
    precinct.now += timedelta(hours=1)
    assert not precinct.report(URGENT, "Cháy nhà").suspect


def test_a_calm_kind_told_as_an_attack_goes_out(precinct: Precinct, duty: Address) -> None:
    for _ in range(5):
        precinct.report(CALM, "Ghế đá hỏng")
    assert precinct.report(CALM, "Ghế đá, có người cầm dao chém").urgency <= 2


def test_what_officers_record_is_not_counted(precinct: Precinct, duty: Address) -> None:
    for _ in range(7):
        said = precinct.said(CALM, "Ghế đá", reporter=None, recorded_by=precinct.an.id, bot=BOT)
        report_incident(precinct.db, said, precinct.now, precinct.random_below)


def test_a_second_finish_of_the_same_draft_is_no_second_report(
    precinct: Precinct, duty: Address
) -> None:
    said = [precinct.said(CALM, "Ghế đá") for _ in range(5)]
    filed = [
        report_incident(precinct.db, each, precinct.now, precinct.random_below).id
        for each in (*said, said[0])
    ]
    assert filed[0] == filed[5]


def test_the_mark_outlives_the_link(precinct: Precinct, duty: Address) -> None:
    for _ in range(4):
        incident = precinct.report(URGENT, "Cháy nhà")
    incidents.unlink_reporter(precinct.db, incident.id)
    events = incidents.list_events(precinct.db, incident.id)
    assert [e.detail for e in events if e.what == Happening.REPORTED] == [{"sent": 4}]
