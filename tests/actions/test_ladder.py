"""Nobody takes an urgent report: the ward's police are woken step by step, each step once, and
only until somebody takes it.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy.engine import Connection

from actions import alerts, handling
from actions.additions import Addition, add_to_incident
from actions.ladder import climb_ladders
from actions.ladder_keeping import Change, add_phone, choose_minutes, drop_phone, ladder_of
from actions.letters import require_resend
from actions.standings import grant, revoke
from domain.errors import Refused
from domain.incidents import Destination, Outcome, Place, Source
from domain.ladder import DEFAULT_MINUTES, STAMPS
from domain.roles import Role
from domain.urgency import Urgency
from storage import deliveries, incidents, ladders, letters, outbox
from storage.addresses import set_unreachable
from storage.tables import Address, Incident, Outbox
from tests.conftest import START
from tests.precinct import BOT, CANARY_NAME, OTHER_WARD, WARD, Precinct, say, taps

P1, P2 = (DEFAULT_MINUTES[each] for each in (Urgency.P1, Urgency.P2))


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


class Station:
    """A ward with all of its police; what each of them newly hears."""

    def __init__(self, precinct: Precinct) -> None:
        self.precinct = precinct
        self.duty = precinct.room("-1")
        self.chief = precinct.holder(Role.CHIEF, "Đỗ Thị Trưởng", "301")
        self.deputy = precinct.holder(Role.CHIEF, "Hồ Văn Phó", "302")
        self.names = {
            precinct.home(precinct.an).id: "an",
            precinct.home(precinct.binh).id: "binh",
            precinct.home(self.chief).id: "chief",
            precinct.home(self.deputy).id: "deputy",
            self.duty.id: "desk",
        }

    def home(self, name: str) -> Address:
        """A chat by its name here."""
        (key,) = (key for key, each in self.names.items() if each == name)
        return next(a for a in self._chats() if a.id == key)

    def woken(self, minutes: float) -> list[str]:
        """Who gets a message of the ladder when somebody looks so long after the start; a
        number to tap and what only changes in its place are no message."""
        before = {row.id for row in self.precinct.outbox()}
        climb_ladders(self.precinct.db, at(minutes))
        fresh = [row for row in self.precinct.outbox() if row.id not in before]
        calls = [row for row in fresh if not row.edits and _is_call(row)]
        return sorted(self.names.get(row.address_id, "stranger") for row in calls)

    def last(self, name: str) -> str:
        """The last words in that chat."""
        return self.precinct.last(self.home(name))

    def stamps(self, incident: Incident) -> list[str]:
        """The steps in its history."""
        marks = {each.value for each in STAMPS.values()}
        found = incidents.list_events(self.precinct.db, incident.id)
        return [event.what for event in found if event.what in marks]

    def _chats(self) -> list[Address]:
        people = (self.precinct.an, self.precinct.binh, self.chief, self.deputy)
        return [self.duty, *(self.precinct.home(each) for each in people)]


def _is_call(row: Outbox) -> bool:
    notice = outbox.load_notice(row.notice)
    return notice.text is not None and notice.text.key == "ladder.call"


@pytest.fixture
def station(precinct: Precinct) -> Station:
    return Station(precinct)


@pytest.fixture
def fire(station: Station) -> Incident:
    filed = station.precinct.report("FIRE", "Cháy nhà ông Bí Mật")
    station.precinct.deliver()
    return station.precinct.again(filed)


STEPS = (["an", "binh"], ["deputy"], ["chief"], ["desk"])


@pytest.mark.parametrize(
    ("kind", "words", "minutes"), [("FIRE", "Cháy nhà", P1), ("DRUG", "Có người bán", P2)]
)
def test_each_step_once_at_its_minute(
    station: Station, kind: str, words: str, minutes: tuple[int, ...]
) -> None:
    filed = station.precinct.report(kind, words)
    for minute, who in zip(minutes, STEPS, strict=True):
        assert station.woken(minute - 0.01) == []
        assert station.woken(minute) == who
        assert station.woken(minute) == []
    assert station.woken(minutes[-1] + 500) == []
    assert station.stamps(filed) == [each.value for each in STAMPS.values()]


@pytest.mark.parametrize("kind", ["THEFT", "NOISE"])
def test_what_is_calm_wakes_nobody(station: Station, kind: str) -> None:
    station.precinct.report(kind, "Chuyện bịa")
    assert [station.woken(minutes) for minutes in (2, 10, 50, 600)] == [[], [], [], []]


def test_what_the_call_says(station: Station, fire: Incident) -> None:
    station.woken(2)
    said = station.last("an")
    assert "KHẨN CẤP" in said
    assert "Cháy" in said
    assert "Khu 2" in said
    assert "09:00" in said
    assert fire.code[:4] in said
    (notice,) = station.precinct.notices(station.home("an"))
    assert taps(notice) == [f"i:{fire.id}:take"]
    assert not notice.silent


@pytest.mark.parametrize("kind", ["FIRE", "DV", "SUICIDE_RISK", "WEAPON", "DRUG", "CHILD_ABUSE"])
def test_no_word_of_the_report_is_said_in_private(station: Station, kind: str) -> None:
    place = Place("cổng chợ", "nhà bà Canari số 8")
    said = "Chồng đánh, chữ Canari, có dao"
    callback, name = "0900000001", CANARY_NAME
    station.precinct.report(kind, said, place=place, name=name, callback=callback)
    station.woken(50)
    for who in ("an", "deputy", "chief"):
        words = station.last(who)
        for hidden in ("Canari", "đánh vợ", "cổng chợ", name, "0900", "Bí Mật"):
            assert hidden not in words


@pytest.mark.parametrize(
    ("kind", "sort"), [("DV", "Tin kín"), ("SUICIDE_RISK", "Nguy hiểm"), ("DRUG", "Ma túy")]
)
def test_only_the_sort_of_what_neighbours_must_not_know(
    station: Station, kind: str, sort: str
) -> None:
    station.precinct.report(kind, "Chuyện bịa", urgent=True)
    station.woken(2)
    said = station.last("an")
    assert sort in said
    assert "Bạo lực gia đình" not in said
    assert "tự tử" not in said.lower()


def test_in_the_end_whom_to_phone(station: Station, fire: Incident) -> None:
    db, chief = station.precinct.db, station.chief.id
    change = Change(WARD, chief, station.precinct.now)
    add_phone(db, change, "0912 345 678 Trực ban bịa")
    assert station.woken(8) == ["an", "binh", "chief", "deputy", "desk"]
    shown = station.precinct.notices(station.duty)
    contacts = [each.contact for each in shown if each.contact]
    assert [each.number for each in contacts] == ["0912345678", "114"]
    said = say(next(e.text for e in shown if e.text and e.text.key == "ladder.call"))
    assert "Trực ban bịa: 0912 345 678" in said
    assert "114" in said


def test_without_numbers_of_the_ward_it_says_how_to_give_some(
    station: Station, fire: Incident
) -> None:
    station.woken(8)
    assert "/truc" in station.last("desk")
    assert "114" in station.last("desk")


def test_taken_between_two_steps_everybody_reads_who(station: Station, fire: Incident) -> None:
    precinct = station.precinct
    assert station.woken(2) == ["an", "binh"]
    precinct.deliver()
    handling.acknowledge(precinct.db, fire.id, precinct.binh, at(3))
    for who in ("an", "binh"):
        (notice,) = precinct.notices(station.home(who))
        assert "Đ/c Bình đã nhận tin" in say(notice.text)
        assert notice.buttons == ()
    assert [station.woken(minutes) for minutes in (4, 6, 8, 100)] == [[], [], [], []]


def test_the_numbers_in_the_duty_chat_end_as_well(station: Station, fire: Incident) -> None:
    station.woken(8)
    handling.acknowledge(station.precinct.db, fire.id, station.chief, at(9))
    said = station.precinct.texts(station.duty)
    assert any("Đ/c Trưởng đã nhận tin" in each and "không cần nhận" in each for each in said)
    assert not any("chưa ai nhận.</b>" in each for each in said)


def test_who_left_the_police_meanwhile_hears_nothing_more(
    station: Station, fire: Incident
) -> None:
    precinct = station.precinct
    station.woken(2)
    revoke(precinct.db, precinct.an.id, Role.OFFICER, WARD, at(3))
    with pytest.raises(Refused, match=r"access\.officers_only"):
        handling.acknowledge(precinct.db, fire.id, precinct.an, at(3))
    handling.acknowledge(precinct.db, fire.id, precinct.binh, at(3))
    assert "đã nhận" not in station.last("an")
    assert "đã nhận" in station.last("binh")


def test_withdrawn_it_ends_and_says_so(station: Station, fire: Incident) -> None:
    precinct = station.precinct
    station.woken(2)
    alerts.withdraw(precinct.db, precinct.again(fire), at(3))
    assert "nói là nhầm" in station.last("an")
    assert station.woken(4) == []
    assert station.woken(100) == []


def test_more_urgent_later_the_minutes_begin_anew(station: Station) -> None:
    precinct = station.precinct
    filed = precinct.report("DRUG", "Tụ tập hút chích")
    assert station.woken(10) == ["an", "binh"]
    assert station.woken(20) == ["deputy"]
    add_to_incident(precinct.db, precinct.again(filed), Addition(BOT, "có dao, bị đâm"), at(25))
    assert precinct.again(filed).urgency == 1
    assert station.woken(26.9) == []
    assert station.woken(27) == ["an", "binh"]
    assert station.woken(29) == ["deputy"]
    assert station.woken(33) == ["chief", "desk"]
    handling.acknowledge(precinct.db, filed.id, precinct.an, at(34))
    for who in ("an", "binh", "deputy", "chief"):
        assert all("đã nhận" in each for each in precinct.texts(station.home(who)))


def test_a_calm_one_that_became_urgent_has_a_ladder(station: Station) -> None:
    precinct = station.precinct
    filed = precinct.report("NOISE", "Karaoke ồn")
    assert station.woken(60) == []
    add_to_incident(precinct.db, precinct.again(filed), Addition(BOT, "có người bị chém"), at(60))
    assert precinct.again(filed).urgency <= 2
    assert station.woken(110)


def test_opened_again_the_minutes_begin_anew(station: Station, fire: Incident) -> None:
    precinct = station.precinct
    station.woken(2)
    handling.acknowledge(precinct.db, fire.id, precinct.an, at(3))
    handling.deal_with(precinct.db, fire.id, Outcome.SETTLED, precinct.an, at(4))
    handling.reopen(precinct.db, precinct.again(fire), at(50))
    assert station.woken(51.9) == []
    assert station.woken(52) == ["an", "binh"]
    handling.acknowledge(precinct.db, fire.id, precinct.binh, at(53))
    first, second = precinct.texts(station.home("binh"))
    assert "Đ/c An đã nhận" in first
    assert "Đ/c Bình đã nhận" in second


def test_passed_on_to_another_ward_it_is_over(station: Station, fire: Incident) -> None:
    precinct = station.precinct
    handling.acknowledge(precinct.db, fire.id, precinct.an, at(1))
    handling.pass_on(precinct.db, fire.id, Destination.OTHER_WARD, precinct.an, at(1.5))
    assert [station.woken(minutes) for minutes in (2, 4, 6, 8)] == [[], [], [], []]


def test_what_an_officer_recorded_is_not_left_lying(station: Station) -> None:
    precinct = station.precinct
    precinct.report("FIRE", reporter=None, recorded_by=precinct.an.id, source=Source.CALL)
    assert station.woken(2) == ["an", "binh"]


def test_another_wards_police_sleep(station: Station) -> None:
    precinct = station.precinct
    precinct.report("FIRE", ward_code=OTHER_WARD, neighbourhood_id=None)
    assert station.woken(2) == ["stranger"]
    home = precinct.home(precinct.stranger)
    assert "CHƯA AI NHẬN" in precinct.last(home)


@pytest.mark.parametrize(
    ("minutes", "who"),
    [
        (5, ["an", "binh", "deputy"]),
        (7, ["an", "binh", "chief", "deputy"]),
        (600, ["an", "binh", "chief", "deputy", "desk"]),
    ],
)
def test_after_a_time_without_power_each_hears_once_and_of_the_newest(
    station: Station, fire: Incident, minutes: float, who: list[str]
) -> None:
    assert station.woken(minutes) == who
    assert len(station.stamps(fire)) == 1
    assert station.woken(minutes) == []


def test_who_stands_on_two_steps_hears_once_after_it(station: Station, fire: Incident) -> None:
    precinct = station.precinct
    grant(precinct.db, station.chief.id, Role.OFFICER, WARD, None, None, START)
    assert station.woken(7) == ["an", "binh", "chief", "deputy"]


def test_after_a_day_nobody_is_woken(station: Station, fire: Incident) -> None:
    assert station.woken(24 * 60) == []


def block(station: Station, *names: str) -> None:
    for name in names:
        set_unreachable(station.precinct.db, station.home(name).id, START)


@pytest.mark.parametrize(
    ("away", "minute", "who"),
    [
        (("an",), 2, ["binh"]),
        (("an", "binh"), 2, ["deputy"]),
        (("an", "binh", "deputy"), 2, ["chief"]),
        (("an", "binh", "deputy", "chief"), 2, ["desk"]),
    ],
)
def test_a_step_that_reaches_nobody_is_not_waited_out(
    station: Station, fire: Incident, away: tuple[str, ...], minute: float, who: list[str]
) -> None:
    block(station, *away)
    assert station.woken(minute) == who
    assert station.woken(minute) == []


def test_with_everybody_away_it_is_not_asked_again(station: Station, fire: Incident) -> None:
    block(station, "an", "binh", "deputy", "chief", "desk")
    assert station.woken(2) == []
    due = [ladders.Due(1, at(1), (STAMPS[max(STAMPS)].value,))]
    assert ladders.list_climbing(station.precinct.db, [WARD], due, at(-60), 10) == []


def test_the_wards_own_minutes(station: Station, fire: Incident) -> None:
    precinct = station.precinct
    change = Change(WARD, station.chief.id, START)
    choose_minutes(precinct.db, change, Urgency.P1, "1 10 11 12")
    assert station.woken(1) == ["an", "binh"]
    assert station.woken(9.9) == []
    assert station.woken(10) == ["deputy"]
    choose_minutes(precinct.db, change, Urgency.P1, "")
    assert dict(ladder_of(precinct.db, WARD).minutes) == dict(DEFAULT_MINUTES)
    assert station.woken(10) == ["chief", "desk"]


CHANGES: tuple[Callable[[Connection, Change], object], ...] = (
    lambda db, change: choose_minutes(db, change, Urgency.P1, "1 2 3 4"),
    lambda db, change: add_phone(db, change, "0912345678"),
    lambda db, change: drop_phone(db, change, "0912345678"),
)


@pytest.mark.parametrize("deed", CHANGES)
def test_only_who_keeps_it_changes_it(
    station: Station, deed: Callable[[Connection, Change], object]
) -> None:
    db = station.precinct.db
    for person in (station.precinct.an, station.precinct.resident, station.precinct.stranger):
        with pytest.raises(Refused, match=r"ladder\.keepers_only"):
            deed(db, Change(WARD, person.id, START))
    assert ladders.list_ladders(db) == []


def test_everybody_in_charge_hears_of_a_change(station: Station) -> None:
    change = Change(WARD, station.deputy.id, START)
    add_phone(station.precinct.db, change, "0912345678 Bịa")
    assert "vừa đổi" in station.last("chief")
    drop_phone(station.precinct.db, change, "0912 345 678")
    assert ladder_of(station.precinct.db, WARD).phones == ()
    with pytest.raises(Refused):
        drop_phone(station.precinct.db, change, "0912 345 678")


def test_a_call_that_never_arrived_is_not_sent_again_once_it_is_taken(
    station: Station, fire: Incident
) -> None:
    db = station.precinct.db
    station.woken(2)
    (row,) = station.precinct.outbox(station.home("an"))
    deliveries.mark_dead(db, row.id, "Bịa")
    letter = letters.find_letter(db, row.id)
    assert letter is not None
    require_resend(db, letter)
    handling.acknowledge(db, fire.id, station.precinct.binh, at(4))
    with pytest.raises(Refused):
        require_resend(db, letter)
