"""The leader, the team and the neighbourhood's chat hear of a hazard: what they need, once,
and never a word of who reported it. All names are invented.
"""

import pytest
from sqlalchemy.engine import Connection

from actions import handling
from actions.additions import Addition, add_to_incident
from actions.audience import alert_neighbourhood, tell_all_clear, tell_leaders
from actions.standings import revoke
from domain.incidents import Outcome, Place
from domain.notices import Pin
from domain.roles import Purpose, Role
from storage import incidents, outbox, wards
from storage.addresses import get_address, set_unreachable
from storage.tables import Address, Incident
from tests.precinct import BOT, CANARY_CHAT, CANARY_NAME, WARD, Precinct

WORDS = "Cháy nhà ông Tư Canary, tôi ở sát vách"
HOUSE = "ngõ 5 nhà vàng"


class Street(Precinct):
    """The precinct with everybody who may be told, and some who may not."""

    def __init__(self, precinct: Precinct) -> None:
        self.__dict__.update(precinct.__dict__)
        other = wards.add_neighbourhood(self.db, WARD, "Khu 3", "khu 3", [])
        self.other_khu = other.id
        self.leader = self.holder(Role.LEADER, "Lý Văn Trưởng", "301", at=self.khu_id)
        self.guard = self.holder(Role.TEAM, "Ngô Thị Tuần", "302", at=self.khu_id)
        self.elsewhere = self.holder(Role.LEADER, "Đỗ Văn Xa", "303", at=other.id)
        self.chat = self.room("-10", Purpose.NEIGHBOURHOOD, at=self.khu_id)
        self.other_chat = self.room("-11", Purpose.NEIGHBOURHOOD, at=other.id)

    def fire(self, **more: object) -> Incident:
        """A fire with everything in it that must not be seen."""
        place = Place("cổng chợ", HOUSE, Pin(20.951, 107.085))
        return self.report("FIRE", WORDS, **{"place": place, **more})

    def heard(self, who: object) -> list[str]:
        """What stands in this private chat."""
        return self.texts(self.home(who))  # type: ignore[arg-type]


@pytest.fixture
def street(precinct: Precinct, duty: Address) -> Street:
    """With a duty chat."""
    return Street(precinct)


def agreed(street: Street, incident: Incident) -> Incident:
    incidents.set_columns(street.db, incident.id, tell_neighbours=True)
    return street.again(incident)


def test_leader_and_team_hear_what_and_roughly_where(street: Street) -> None:
    street.fire()
    for person in (street.leader, street.guard):
        (told,) = street.heard(person)
        assert told.splitlines()[0] == "<b>Gọi ngay: 114</b>"
        assert "Cháy, nổ" in told
        assert "Khu 2, gần cổng chợ" in told
    assert street.heard(street.elsewhere) == []


def test_nothing_of_the_reporter_is_told(street: Street) -> None:
    incident = agreed(street, street.fire())
    alert_neighbourhood(street.db, incident, street.now)
    told = [*street.heard(street.leader), *street.texts(street.chat)]
    assert len(told) == 2
    code = f"{incident.code[:4]} {incident.code[4:]}"
    for canary in (CANARY_NAME, CANARY_CHAT, "Canary", "sát vách", HOUSE, "20.95", code):
        assert not any(canary in each for each in told), canary
    for row in street.outbox():
        if row.concerns == f"told:{incident.id}":
            assert outbox.load_notice(row.notice).pin is None
            assert outbox.load_notice(row.notice).media == ()


def test_the_place_words_only_with_the_name(street: Street) -> None:
    incident = street.fire(name=CANARY_NAME)
    (told,) = street.heard(street.leader)
    assert HOUSE in told
    assert CANARY_NAME not in told
    alert_neighbourhood(street.db, agreed(street, incident), street.now)
    assert HOUSE not in street.last(street.chat)


def test_a_landmark_that_is_no_public_place_is_not_told(street: Street) -> None:
    street.fire(place=Place("nhà bà Sáu"))
    assert "bà Sáu" not in street.heard(street.leader)[0]


def test_leaders_hear_whether_the_police_do(precinct: Precinct) -> None:
    street = Street(precinct)
    street.fire()
    assert "audience.police.nobody" in lines(street, 0)
    street.room("-1")
    street.fire()
    assert "audience.police.told" in lines(street, 1)


def lines(street: Street, at: int) -> list[str]:
    """The keys of what the leader was told."""
    text = street.notices(street.home(street.leader))[at].text
    assert text is not None
    told = text.params["lines"]
    assert isinstance(told, tuple)
    return [line.key for line in told]


def test_without_a_neighbourhood_nobody_is_told(street: Street) -> None:
    street.fire(neighbourhood_id=None, ward_code=WARD)
    assert street.heard(street.leader) == []


def test_once_it_is_known_they_are_told_once(street: Street) -> None:
    incident = street.fire(neighbourhood_id=None)
    incidents.set_columns(street.db, incident.id, neighbourhood_id=street.khu_id)
    assert tell_leaders(street.db, street.again(incident), street.now) == 2
    assert tell_leaders(street.db, street.again(incident), street.now) == 0
    assert len(street.heard(street.leader)) == 1


def test_raised_by_an_addition(street: Street) -> None:
    incident = street.report("HAZARD", "Cái đèn đường hỏng")
    assert street.heard(street.leader) == []
    more = Addition(BOT, "dây điện đứt rơi xuống đường rồi, tóe lửa")
    raised = add_to_incident(street.db, incident, more, street.now)
    assert raised.urgency == 1
    assert len(street.heard(street.leader)) == 1
    assert "tóe lửa" not in street.heard(street.leader)[0]


def test_who_lost_the_role_or_is_unreachable_is_not_told(street: Street) -> None:
    revoke(street.db, street.leader.id, Role.LEADER, WARD, street.now)
    set_unreachable(street.db, street.home(street.guard).id, street.now)
    street.fire()
    assert street.heard(street.leader) == street.heard(street.guard) == []


def test_the_neighbourhood_only_with_a_yes_and_once(street: Street) -> None:
    incident = street.fire()
    assert alert_neighbourhood(street.db, incident, street.now) == 0
    incidents.set_columns(street.db, incident.id, tell_neighbours=False)
    assert alert_neighbourhood(street.db, street.again(incident), street.now) == 0
    incident = agreed(street, incident)
    assert alert_neighbourhood(street.db, incident, street.now) == 1
    assert alert_neighbourhood(street.db, incident, street.now) == 0
    assert street.last(street.chat).startswith("<b>Gọi ngay: 114</b>")
    assert street.texts(street.other_chat) == []


def test_a_yes_does_not_widen_the_table(street: Street) -> None:
    incident = agreed(street, street.report("DRUG", "Tụ tập hút chích sau nhà"))
    assert alert_neighbourhood(street.db, incident, street.now) == 0
    assert street.texts(street.chat) == street.heard(street.leader) == []


def test_a_suspect_report_alarms_no_neighbourhood(street: Street) -> None:
    incident = street.fire()
    incidents.set_columns(street.db, incident.id, suspect=True, tell_neighbours=True)
    assert alert_neighbourhood(street.db, street.again(incident), street.now) == 0


def test_all_clear_to_whoever_was_told_and_to_nobody_else(street: Street) -> None:
    incident = agreed(street, street.fire())
    alert_neighbourhood(street.db, incident, street.now)
    handling.acknowledge(street.db, incident.id, street.an, street.now)
    handling.deal_with(street.db, incident.id, Outcome.SETTLED, street.an, street.now)
    for told in (street.heard(street.leader), street.heard(street.guard)):
        assert len(told) == 2
        assert "Cháy, nổ, Khu 2" in told[1]
        assert "114" in told[1]
    assert len(street.texts(street.chat)) == 2
    assert street.texts(street.other_chat) == street.heard(street.elsewhere) == []
    tell_all_clear(street.db, street.again(incident), street.now)
    assert len(street.heard(street.leader)) == 2


def test_taken_back_says_that_it_was_a_mistake(street: Street) -> None:
    incident = street.fire()
    incidents.set_columns(street.db, incident.id, withdrawn_at=street.now)
    assert tell_all_clear(street.db, street.again(incident), street.now) == 2
    assert "báo nhầm" in street.heard(street.leader)[1]


def test_what_was_taken_back_alarms_nobody_any_more(street: Street) -> None:
    incident = agreed(street, street.fire(neighbourhood_id=None))
    stored = {"withdrawn_at": street.now, "neighbourhood_id": street.khu_id}
    incidents.set_columns(street.db, incident.id, **stored)
    assert tell_leaders(street.db, street.again(incident), street.now) == 0
    assert alert_neighbourhood(street.db, street.again(incident), street.now) == 0


def test_a_reply_to_the_alert_is_no_act_of_an_officer(street: Street, db: Connection) -> None:
    incident = street.fire()
    (row,) = street.outbox(get_address(db, street.home(street.leader).id))
    assert row.concerns == f"told:{incident.id}"
    assert row.lane == 0
