"""Every kind at every urgency lives through everything that can happen to it, in a town where
every room and role is there to hear it: nothing goes beyond the table.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest

from actions import alerts, handling
from actions.additions import Addition, add_to_incident, answer_officer
from actions.audience import alert_neighbourhood, tell_all_clear, tell_leaders
from actions.cards import open_card
from actions.ladder import climb_ladders
from actions.receipts import put_waiting_cards
from actions.unheard import tell_unheard
from domain.errors import Refused
from domain.incidents import Destination, Outcome, Place
from domain.kinds import KINDS
from domain.notices import Pin
from domain.roles import Purpose, Role
from domain.routing import Recipient, makes_incident, recipients_of
from domain.urgency import Urgency
from domain.warnings import reach_of
from storage import incidents, wards
from storage.addresses import get_address
from storage.tables import Incident, Person
from tests.precinct import BOT, OTHER_WARD, WARD, Precinct


class Town:
    """Who is who: address ids by recipient, and `strangers`, who must hear nothing ever."""

    def __init__(self, precinct: Precinct) -> None:
        self.precinct = precinct
        khu = precinct.khu_id
        other = wards.add_neighbourhood(precinct.db, WARD, "Khu 3", "khu 3", [])
        far = wards.add_neighbourhood(precinct.db, OTHER_WARD, "Khu 2", "khu 2", [])
        self.duty = precinct.room("-1")
        self.second_duty = precinct.room("-2")
        leader = precinct.holder(Role.LEADER, "Lý Văn Trưởng", "301", at=khu)
        guard = precinct.holder(Role.TEAM, "Ngô Thị Tuần", "302", at=khu)
        self.known = {
            self.duty.id: Recipient.DESK,
            self.second_duty.id: Recipient.DESK,
            precinct.home(leader).id: Recipient.LEADER,
            precinct.home(guard).id: Recipient.TEAM,
            precinct.home(precinct.an).id: Recipient.OFFICER,
            precinct.home(precinct.binh).id: Recipient.OFFICER,
            precinct.home(self.holds(Role.CHIEF, "303")).id: Recipient.CHIEF,
            precinct.home(self.holds(Role.CHIEF, "304")).id: Recipient.DEPUTY,
            # They work for the whole ward, whatever neighbourhood stands beside the role.
            precinct.home(self.holds(Role.CHIEF, "305", other.id)).id: Recipient.DEPUTY,
            precinct.home(self.holds(Role.OFFICER, "306", other.id)).id: Recipient.OFFICER,
            precinct.room("-3", Purpose.NEIGHBOURHOOD, at=khu).id: Recipient.NEIGHBOURHOOD,
        }
        precinct.room("-4", Purpose.NEIGHBOURHOOD, at=other.id)
        precinct.room("-5", Purpose.NEIGHBOURHOOD, OTHER_WARD, at=far.id)
        precinct.room("-6", Purpose.MEDIATION)
        precinct.room("-7", Purpose.DUTY, OTHER_WARD)
        for number, role in enumerate(Role):
            if role not in (Role.CHIEF, Role.OFFICER):
                precinct.holder(role, f"Người bịa {number}", f"4{number}", at=other.id)
            precinct.holder(role, f"Người lạ {number}", f"5{number}", OTHER_WARD, at=far.id)

    def holds(self, role: Role, chat: str, at: int | None = None) -> Person:
        """One of the ward's police."""
        return self.precinct.holder(role, f"Cán bộ bịa {chat}", chat, at=at)

    def heard(self, after: int) -> set[Recipient]:
        """Who got anything since that outbox row; fails for whoever is no recipient at all."""
        reporter = self.precinct.resident_home.id
        rows = [row for row in self.precinct.outbox() if row.id > after]
        return {self.known[row.address_id] for row in rows if row.address_id != reporter}


@pytest.fixture
def town(precinct: Precinct) -> Town:
    """Everybody is there."""
    return Town(precinct)


Act = Callable[[Precinct, Incident], object]
MORE = Addition(BOT, "thêm lời: có dao, chảy máu nhiều, cháy to", pin=Pin(20.9, 107.1))
HERE = Place("cổng chợ", "nhà bà Bảy", Pin(20.96, 107.09))
DONE, PASSED = Outcome.SETTLED, Destination.FIRE_POLICE

LIFE: tuple[Act, ...] = (
    lambda p, i: add_to_incident(p.db, i, MORE, p.now),
    lambda p, i: alerts.put_place(p.db, i, HERE, i.neighbourhood_id, p.now),
    lambda p, i: alerts.put_callback(p.db, i, "0912345678", p.now),
    lambda p, i: alerts.answer_neighbours(p.db, i, True, p.now),
    lambda p, i: tell_unheard(p.db, p.now + timedelta(minutes=20)),
    lambda p, i: climb_ladders(p.db, p.now + timedelta(minutes=5)),
    lambda p, i: climb_ladders(p.db, p.now + timedelta(minutes=50)),
    lambda p, i: handling.acknowledge(p.db, i.id, p.an, p.now),
    lambda p, i: handling.set_on_the_way(p.db, i.id, p.an, p.now),
    lambda p, i: handling.ask_reporter(p.db, i.id, "Mấy người ạ?", p.an, p.now),
    lambda p, i: answer_officer(p.db, i, MORE, p.now),
    lambda p, i: tell_leaders(p.db, i, p.now),
    lambda p, i: alert_neighbourhood(p.db, i, p.now),
    lambda p, i: handling.deal_with(p.db, i.id, DONE, p.an, p.now),
    lambda p, i: handling.reopen(p.db, i, p.now),
    lambda p, i: put_waiting_cards(p.db, WARD, p.now),
    lambda p, i: alerts.withdraw(p.db, i, p.now),
    lambda p, i: handling.acknowledge(p.db, i.id, p.binh, p.now),
    lambda p, i: handling.pass_on(p.db, i.id, PASSED, p.binh, p.now),
    lambda p, i: tell_all_clear(p.db, i, p.now),
)


def filed(town: Town, code: str, urgency: Urgency) -> Incident:
    """As an older version may have filed it, whatever its words; the yes is given."""
    precinct = town.precinct
    place = Place("cổng chợ", "nhà bà Sáu", Pin(20.95, 107.08))
    incident = precinct.report("OTHER", "Có chuyện", place=place, name="Tên Bịa")
    stored = {"kind": code, "urgency": int(urgency), "tell_neighbours": True}
    incidents.set_columns(precinct.db, incident.id, **stored)
    return precinct.again(incident)


def of_each_sort() -> list[str]:
    """One kind for every row of the table that differs from the others, in what it may say too."""
    rows = {
        (tuple(recipients_of(code, each) for each in Urgency), makes_incident(code), reach): code
        for code in sorted(KINDS)
        for reach in [(reach_of(code, quiet=False), reach_of(code, quiet=True))]
    }
    return sorted(rows.values())


# That a kind has this row and no other is decided before any database is asked: what PostgreSQL
# may do otherwise than SQLite, it does to a row, whatever kinds have it.
WHERE = [
    *(("sqlite", code) for code in sorted(KINDS)),
    *(("postgresql", code) for code in of_each_sort()),
]


@pytest.mark.parametrize(("shared_engine", "code"), WHERE, indirect=["shared_engine"])
def test_nothing_goes_beyond_the_table(town: Town, code: str) -> None:
    precinct, before = town.precinct, 0
    for urgency in Urgency:
        incident = filed(town, code, urgency)
        precinct.deliver()
        for act in LIFE:
            act(precinct, precinct.again(incident))
        raised = Urgency(precinct.again(incident).urgency)
        assert town.heard(before) == recipients_of(code, raised), urgency
        before = precinct.outbox()[-1].id


@pytest.mark.parametrize("code", sorted(KINDS))
def test_what_is_filed_is_heard_by_the_table(town: Town, code: str) -> None:
    precinct = town.precinct
    if not makes_incident(code):
        with pytest.raises(Refused):
            precinct.report(code, "Có chuyện")
        assert precinct.outbox() == []
        return
    incident = precinct.report(code, "Có chuyện")
    allowed = recipients_of(code, Urgency(incident.urgency))
    woken = {Recipient.OFFICER, Recipient.DEPUTY, Recipient.CHIEF}
    assert town.heard(0) == allowed - {Recipient.NEIGHBOURHOOD} - woken


def test_a_chat_that_is_no_desk_any_more_gets_nothing(town: Town) -> None:
    precinct = town.precinct
    incident = precinct.report("DRUG", "Tụ tập hút chích")
    before = town.precinct.outbox()[-1].id
    no_desks = [key for key, what in town.known.items() if what is not Recipient.DESK]
    for key in (*no_desks, precinct.resident_home.id):
        with pytest.raises(Refused):
            open_card(precinct.db, incident, get_address(precinct.db, key), precinct.now)
    assert town.heard(before) == set()
