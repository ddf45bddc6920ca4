"""Who may open an identity: each rule alone, so that it is missed when it is taken out."""

from datetime import timedelta

import pytest

from actions.invites import invite, redeem
from actions.recording import record
from actions.reveals import hide_shown
from actions.standings import revoke
from domain.errors import Refused
from domain.incidents import Happening
from domain.reveals import Verdict
from domain.roles import Role
from storage import incidents, outbox, reveals
from storage.addresses import set_unreachable
from storage.cards import find_once
from storage.deliveries import list_due_for, mark_sent
from storage.tables import Address, Incident
from tests.actions.station import REASON, Station
from tests.precinct import BOT, CANARY_CHAT, CANARY_NAME, OTHER_WARD, WARD, Precinct


@pytest.fixture
def station(precinct: Precinct) -> Station:
    """Its chief and officers are long in office."""
    return Station(precinct)


def happenings(station: Station, incident: Incident) -> list[tuple[str, int | None]]:
    """What was written into the history, and who did it."""
    return [(e.what, e.actor_id) for e in incidents.list_events(station.db, incident.id)]


def test_a_second_person_lets_the_asker_alone_see_it(
    station: Station, duty: Address, incident: Incident
) -> None:
    precinct = station.precinct
    reveal = station.asks(incident)
    question = station.texts(station.chief)
    assert REASON in question
    assert "Trộm cắp" in question
    assert station.texts(station.other) == ""
    station.decides(reveal)
    shown = station.shown(reveal)
    assert CANARY_NAME in shown
    assert f'<a href="tg://user?id={CANARY_CHAT}">' in shown
    assert shown in station.texts(station.asker)
    others = (station.chief, station.other, station.overseer)
    for place in (duty, *map(precinct.home, others)):
        told = repr([precinct.texts(place), precinct.texts(place, "en")])
        assert CANARY_NAME not in told
        assert CANARY_CHAT not in told
    assert happenings(station, incident)[-2:] == [
        ("reveal_asked", station.asker.id),
        ("revealed", station.chief.id),
    ]
    detail = incidents.list_events(station.db, incident.id)[-1].detail
    assert detail["asked_by"] == station.asker.id
    assert "đ/c Hỏi xin, đ/c Trưởng đồng ý" in station.texts(station.overseer)


def test_the_reporter_hears_who_by_office_when_and_why_in_short(
    station: Station, incident: Incident
) -> None:
    station.decides(station.asks(incident))
    told = station.precinct.last(station.precinct.resident_home)
    assert "lúc 09:00 22/11/2026, trưởng công an phường Bịa Đặt" in told
    assert "Lý do: việc điều tra theo luật" in told
    for secret in (REASON, "Trưởng", "Hỏi"):
        assert secret not in told


def test_a_quiet_report_hears_no_more_than_that_there_is_news(
    station: Station, duty: Address
) -> None:
    incident = station.precinct.report("DV", "Chồng đánh vợ")
    station.decides(station.asks(incident))
    assert "danh tính" not in "".join(station.precinct.texts(station.precinct.resident_home))
    assert "trưởng công an" not in station.precinct.last(station.precinct.resident_home)


def test_a_no_shows_nothing_and_is_told_to_the_asker(station: Station, incident: Incident) -> None:
    before = len(station.precinct.outbox(station.precinct.resident_home))
    reveal = station.asks(incident)
    station.decides(reveal, verdict=Verdict.NO)
    assert station.shown(reveal) == ""
    assert "không đồng ý" in station.texts(station.asker)
    assert happenings(station, incident)[-1] == ("reveal_refused", station.chief.id)
    assert len(station.precinct.outbox(station.precinct.resident_home)) == before
    assert station.texts(station.overseer) == ""


def test_the_law_may_forbid_telling_the_reporter_and_is_then_named(
    station: Station, incident: Incident
) -> None:
    before = len(station.precinct.outbox(station.precinct.resident_home))
    reveal = station.asks(incident)
    assert station.refusal(reveal, verdict=Verdict.UNTOLD) == "reveal.basis_missing"
    assert station.shown(reveal) == ""
    station.decides(reveal, verdict=Verdict.UNTOLD, basis="Điều 0 của một luật bịa")
    assert CANARY_NAME in station.shown(reveal)
    assert len(station.precinct.outbox(station.precinct.resident_home)) == before
    kept = reveals.find_reveal(station.db, reveal.id)
    assert kept is not None
    assert kept.untold == "Điều 0 của một luật bịa"
    assert "đồng ý" in station.texts(station.overseer)


def test_the_question_gives_way_to_the_decision(station: Station, incident: Incident) -> None:
    station.decides(station.asks(incident))
    assert REASON not in station.texts(station.chief)
    assert "đã đồng ý lúc 09:00" in station.texts(station.chief)


def test_a_chief_asks_any_other_officer(station: Station, incident: Incident) -> None:
    reveal = station.asks(incident, by=station.chief)
    assert REASON in station.texts(station.other)
    assert REASON not in station.texts(station.chief)
    station.decides(reveal, by=station.other)
    assert CANARY_NAME in station.texts(station.chief)


def test_nobody_decides_their_own_request(station: Station, incident: Incident) -> None:
    reveal = station.asks(incident, by=station.chief)
    assert station.refusal(reveal, station.chief) == "reveal.own_request"
    assert station.shown(reveal) == ""


def test_one_of_the_two_is_a_chief(station: Station, incident: Incident) -> None:
    reveal = station.asks(incident)
    assert station.refusal(reveal, station.other) == "reveal.chief_missing"
    station.give(station.other, Role.CHIEF, timedelta(hours=23))
    assert station.refusal(reveal, station.other) == "reveal.chief_missing"
    station.precinct.now += timedelta(hours=1)
    assert station.refusal(reveal, station.other) == ""


def test_only_police_of_this_ward_with_a_role_now(station: Station, incident: Incident) -> None:
    reveal = station.asks(incident)
    elsewhere = station.seat(Role.CHIEF, "Mai Văn Xa", "401", ward=OTHER_WARD)
    leader = station.seat(Role.LEADER, "Trịnh Văn Khu", "402")
    outsiders = (elsewhere, leader, station.overseer, station.precinct.resident)
    for outsider in outsiders:
        assert station.refusal(reveal, outsider) == "access.officers_only"
        assert station.refusal(reveal, outsider, Verdict.NO) == "access.officers_only"
    revoke(station.db, station.chief.id, Role.CHIEF, WARD, station.precinct.now)
    assert station.refusal(reveal) == "access.officers_only"
    assert station.shown(reveal) == ""


def test_an_asker_whose_role_ended_sees_nothing(station: Station, incident: Incident) -> None:
    reveal = station.asks(incident)
    revoke(station.db, station.asker.id, Role.OFFICER, WARD, station.precinct.now)
    assert station.refusal(reveal) == "reveal.asker_left"
    assert station.shown(reveal) == ""


def test_a_new_seat_decides_nothing_for_a_day(station: Station, incident: Incident) -> None:
    new = station.seat(Role.CHIEF, "Tạ Văn Mới", "403", timedelta(hours=23, minutes=59))
    reveal = station.asks(incident)
    assert station.refusal(reveal, new) == "reveal.too_new"
    station.precinct.now += timedelta(minutes=1)
    assert station.refusal(reveal, new) == ""


DAYS = timedelta(days=1)


def test_nobody_decides_for_whom_they_seated_within_a_week(
    station: Station, incident: Incident
) -> None:
    puppet = station.seat(Role.OFFICER, "Ma Văn Rối", "404", 6 * DAYS, station.chief)
    reveal = station.asks(incident, by=puppet)
    assert station.refusal(reveal) == "reveal.same_hand"
    mine = station.asks(incident, by=station.chief)
    assert station.refusal(mine, puppet) == "reveal.same_hand"
    station.precinct.now += timedelta(hours=23)
    assert station.refusal(mine, puppet) == "reveal.same_hand"
    station.precinct.now += timedelta(hours=1)
    assert station.refusal(station.asks(incident, by=puppet)) == ""


def test_nor_do_two_who_were_seated_by_the_same_hand(station: Station, incident: Incident) -> None:
    one = station.seat(Role.CHIEF, "Ma Văn Một", "405", 3 * DAYS, station.overseer)
    two = station.seat(Role.OFFICER, "Ma Văn Hai", "406", 2 * DAYS, station.overseer)
    assert station.refusal(station.asks(incident, by=two), one) == "reveal.same_hand"


def test_nor_through_somebody_who_was_seated_in_between(
    station: Station, incident: Incident
) -> None:
    middle = station.seat(Role.ADMINISTRATOR, "Ma Văn Giữa", "407", 4 * DAYS, station.overseer)
    one = station.seat(Role.CHIEF, "Ma Văn Ba", "408", 3 * DAYS, middle)
    two = station.seat(Role.OFFICER, "Ma Văn Tư", "409", 3 * DAYS, station.overseer)
    revoke(station.db, middle.id, Role.ADMINISTRATOR, WARD, station.precinct.now)
    assert station.refusal(station.asks(incident, by=two), one) == "reveal.same_hand"


def test_a_real_invitation_counts_as_a_hand(station: Station, incident: Incident) -> None:
    precinct = station.precinct
    puppet = precinct.owner(precinct.person("Ma Văn Năm", "410"))
    made = (Role.OFFICER, WARD, None, precinct.now, precinct.random_below)
    code = invite(station.db, station.chief.id, *made)
    redeem(station.db, puppet.id, code, precinct.now)
    precinct.now += 2 * DAYS
    assert station.refusal(station.asks(incident, by=puppet)) == "reveal.same_hand"


def test_a_request_lapses_after_a_day(station: Station, incident: Incident) -> None:
    reveal = station.asks(incident)
    station.precinct.now += timedelta(hours=24)
    assert station.refusal(reveal) == "reveal.lapsed"
    assert station.shown(reveal) == ""
    assert station.refusal(station.asks(incident)) == ""


def test_it_is_decided_once(station: Station, incident: Incident) -> None:
    second = station.seat(Role.CHIEF, "Cao Văn Phó", "411")
    reveal = station.asks(incident)
    station.decides(reveal, verdict=Verdict.NO)
    assert station.refusal(reveal, second) == "reveal.decided"
    at = station.precinct.now
    assert not reveals.decide(station.db, reveal.id, second.id, at, granted=True, untold=None)
    assert station.shown(reveal) == ""


@pytest.mark.parametrize("reason", ["", "cần", "1234567890123456", "vì việc công"])
def test_a_reason_must_say_something(station: Station, incident: Incident, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        station.asks(incident, reason=reason)
    assert refused.value.text.key == "reveal.reason_missing"
    assert station.requests() == []
    assert Happening.REVEAL_ASKED not in [what for what, _ in happenings(station, incident)]


def test_only_police_of_the_ward_ask(station: Station, incident: Incident) -> None:
    for person, key in (
        (station.precinct.resident, "access.officers_only"),
        (station.overseer, "access.officers_only"),
        (station.precinct.stranger, "incident.unknown"),
    ):
        with pytest.raises(Refused) as refused:
            station.asks(incident, by=person)
        assert refused.value.text.key == key
    assert station.requests() == []


def test_asking_twice_does_not_press_anybody_twice(station: Station, incident: Incident) -> None:
    station.asks(incident)
    with pytest.raises(Refused) as refused:
        station.asks(incident)
    assert refused.value.text.key == "reveal.asked_already"
    assert len(station.requests()) == 1


def test_without_a_second_person_nothing_is_asked(station: Station, incident: Incident) -> None:
    chat = station.precinct.home(station.chief)
    set_unreachable(station.db, chat.id, station.precinct.now)
    with pytest.raises(Refused) as refused:
        station.asks(incident)
    assert refused.value.text.key == "reveal.nobody_to_decide"


def test_what_an_officer_recorded_has_nobody_to_show(station: Station, duty: Address) -> None:
    precinct = station.precinct
    said = precinct.said(reporter=None, recorded_by=station.other.id, bot=BOT)
    incident = record(station.db, said, precinct.now, precinct.random_below)
    with pytest.raises(Refused) as refused:
        station.asks(incident)
    assert refused.value.text.key == "reveal.no_reporter"


def test_a_link_that_was_cut_meanwhile_shows_nothing(station: Station, incident: Incident) -> None:
    reveal = station.asks(incident)
    incidents.unlink_reporter(station.db, incident.id)
    assert station.refusal(reveal) == "reveal.no_reporter"
    kept = reveals.find_reveal(station.db, reveal.id)
    assert kept is not None
    assert kept.decided_at is None


def test_it_is_seen_for_ten_minutes_and_kept_nowhere(station: Station, incident: Incident) -> None:
    precinct = station.precinct
    reveal = station.asks(incident)
    station.decides(reveal)
    precinct.deliver()
    row = find_once(station.db, f"identity:{reveal.id}")
    assert row is not None
    hide_shown(station.db, precinct.now + timedelta(minutes=9))
    assert list_due_for(station.db, row.address_id) == []
    for _ in range(2):
        hide_shown(station.db, precinct.now + timedelta(minutes=10))
    (due,) = list_due_for(station.db, row.address_id)
    assert outbox.get(station.db, due).deletes == row.message_id
    kept = outbox.get(station.db, row.id)
    assert (kept.notice, kept.erased) == ({}, True)


def test_what_was_not_delivered_in_time_never_is(station: Station, incident: Incident) -> None:
    reveal = station.asks(incident)
    station.decides(reveal)
    row = find_once(station.db, f"identity:{reveal.id}")
    assert row is not None
    for due in list_due_for(station.db, row.address_id):
        if due != row.id:
            mark_sent(station.db, due, None, station.precinct.now)
    hide_shown(station.db, station.precinct.now + timedelta(minutes=10))
    assert list_due_for(station.db, row.address_id) == []
    assert outbox.get(station.db, row.id).state == "dropped"
