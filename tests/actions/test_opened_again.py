"""A report that was opened again is a new matter for everybody: nothing of its first life, its
withdrawal above all, may keep anybody from hearing of it. All names are invented.
"""

from datetime import timedelta

import pytest

from actions import alerts, handling
from actions.audience import alert_neighbourhood
from actions.unheard import tell_unheard
from domain.incidents import Outcome, is_still_open
from domain.roles import Purpose, Role
from storage import incidents
from storage.tables import Address, Incident, Person
from tests.precinct import Precinct


@pytest.fixture
def leader(precinct: Precinct, duty: Address) -> Person:
    return precinct.holder(Role.LEADER, "Lý Văn Trưởng", "301", at=precinct.khu_id)


@pytest.fixture
def around(precinct: Precinct, duty: Address) -> Address:
    """The chat of the neighbourhood."""
    return precinct.room("-10", Purpose.NEIGHBOURHOOD, at=precinct.khu_id)


def fire(precinct: Precinct) -> Incident:
    """A fire of which the neighbourhood was warned, with its reporter's yes."""
    filed = precinct.report("FIRE")
    precinct.deliver()
    alerts.answer_neighbours(precinct.db, filed, True, precinct.now)
    return precinct.again(filed)


def close(precinct: Precinct, incident: Incident) -> Incident:
    handling.acknowledge(precinct.db, incident.id, precinct.an, precinct.now)
    handling.deal_with(precinct.db, incident.id, Outcome.SETTLED, precinct.an, precinct.now)
    return precinct.again(incident)


def reopen(precinct: Precinct, incident: Incident) -> Incident:
    return handling.reopen(precinct.db, close(precinct, incident), precinct.now)


def test_the_slip_of_before_is_no_longer_on_the_card(
    precinct: Precinct, duty: Address, leader: Person
) -> None:
    incident = alerts.withdraw(precinct.db, fire(precinct), precinct.now)
    incident = reopen(precinct, incident)
    assert incident.withdrawn_at is None
    assert is_still_open(incident)
    card = next(said for said in reversed(precinct.texts(duty)) if "MỞ LẠI" in said)
    assert "NGƯỜI BÁO CHO BIẾT BÁO NHẦM" not in card
    assert "báo nhầm" in card, "the history keeps it"


def test_after_a_slip_its_sender_hears_again_that_nobody_took_it(
    precinct: Precinct, duty: Address
) -> None:
    incident = alerts.withdraw(precinct.db, fire(precinct), precinct.now)
    incident = reopen(precinct, incident)
    tell_unheard(precinct.db, precinct.now + timedelta(seconds=60))
    assert precinct.again(incident).waits_told == 1
    assert "Chưa có cán bộ nhận tin" in precinct.last(precinct.resident_home)


def test_who_heard_the_all_clear_hears_that_it_goes_on(
    precinct: Precinct, leader: Person, around: Address
) -> None:
    incident = reopen(precinct, fire(precinct))
    for chat in (precinct.home(leader), around):
        first, clear, again = precinct.texts(chat)
        assert first.splitlines()[0] == again.splitlines()[0] == "<b>Gọi ngay: 114</b>"
        assert "đã xử lý" in clear
        assert "CHƯA ỔN" in again
        assert "CHƯA ỔN" not in first
    before = len(precinct.outbox())
    assert alert_neighbourhood(precinct.db, incident, precinct.now) == 0
    assert len(precinct.outbox()) == before


def test_the_second_all_clear_comes_once_to_each(
    precinct: Precinct, leader: Person, around: Address
) -> None:
    close(precinct, reopen(precinct, fire(precinct)))
    for chat in (precinct.home(leader), around):
        assert sum("đã xử lý" in said for said in precinct.texts(chat)) == 2
        assert len(precinct.texts(chat)) == 4


def test_without_a_yes_the_neighbourhood_hears_nothing_then_either(
    precinct: Precinct, around: Address
) -> None:
    reopen(precinct, precinct.report("FIRE"))
    assert precinct.texts(around) == []


def test_a_raised_report_that_was_opened_again_waits_from_then(precinct: Precinct) -> None:
    incident = fire(precinct)
    incidents.set_columns(precinct.db, incident.id, urgent_since=precinct.now)
    precinct.now += timedelta(hours=2)
    assert reopen(precinct, incident).urgent_since is None
