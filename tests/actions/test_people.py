"""Who wrote and from where: found, made, and left alone where nothing changed."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.engine import Connection

from actions import people
from actions.standings import grant, revoke, standings_of
from actions.wards import find_served, set_up_ward, surroundings_of
from domain.errors import Refused
from domain.notices import Lane, Notice, Text
from domain.roles import Role, Standing
from storage import outbox
from storage.addresses import find_address
from storage.rows import list_by
from storage.tables import Address, Person
from tests.actions.neighbours import BOT, WARD, comes, holder, person, ward
from tests.statements import statements


def test_a_newcomer_is_made_once(db: Connection, now: datetime) -> None:
    first = comes(db, "1", now)
    second = comes(db, "1", now)
    assert first.person.id == second.person.id
    assert first.address.id == second.address.id == second.home.id  # type: ignore[union-attr]
    assert len(list_by(db, Person)) == 1


def test_who_is_known_costs_one_select_and_no_write(db: Connection, now: datetime) -> None:
    comes(db, "1", now)
    group = {"chat": "-5", "private": False, "title": "Nhóm bịa"}
    comes(db, "1", now, **group)
    seen = statements(db)
    comes(db, "1", now)
    assert seen == ["SELECT"]
    comes(db, "1", now, **group)
    assert seen == ["SELECT"] * 2


@pytest.mark.parametrize(
    ("language", "locale"),
    [("en", "en"), ("en-GB", "en"), ("EN", "en"), ("vi", "vi"), ("zh", "vi"), (None, "vi")],
)
def test_the_language_of_a_newcomer(
    db: Connection, now: datetime, language: str | None, locale: str
) -> None:
    assert comes(db, "1", now, language=language).person.locale == locale


def test_a_chosen_language_stays(db: Connection, now: datetime) -> None:
    people.set_locale(db, person(db, "1", now), "en")
    assert comes(db, "1", now, language="vi").person.locale == "en"
    with pytest.raises(ValueError):
        people.set_locale(db, person(db, "1", now), "xx")


def test_a_new_name_and_a_new_title_are_kept(db: Connection, now: datetime) -> None:
    comes(db, "1", now)
    assert comes(db, "1", now, sender_name="Tên mới bịa").person.name == "Tên mới bịa"
    assert person(db, "1", now).name == "Người bịa 1"
    comes(db, "1", now, chat="-5", private=False, title="Cũ")
    comes(db, "1", now, chat="-5", private=False, title="Mới")
    found = find_address(db, BOT, "-5")
    assert found is not None
    assert found.title == "Mới"
    assert found.private is False


def test_who_only_wrote_in_a_group_is_one_person_later(db: Connection, now: datetime) -> None:
    in_group = comes(db, "1", now, chat="-5", private=False)
    assert in_group.home is None
    assert in_group.address.person_id is None
    in_private = comes(db, "1", now)
    assert in_private.person.id == in_group.person.id
    assert comes(db, "1", now, chat="-5", private=False).home is not None


def test_two_bots_know_a_person_apart(db: Connection, now: datetime) -> None:
    assert comes(db, "1", now).person.id != comes(db, "1", now, bot="khac").person.id


def test_whoever_writes_can_be_reached_again(db: Connection, now: datetime) -> None:
    home = comes(db, "1", now).address
    people.set_reachable(db, home, False, now)
    assert comes(db, "1", now, chat="-5", private=False).home is None
    assert comes(db, "1", now).address.unreachable_at is None


def test_where_somebody_reports_from(db: Connection, now: datetime) -> None:
    first, second = ward(db)
    somebody = person(db, "1", now)
    assert surroundings_of(db, somebody, ()).neighbourhood is None
    people.set_neighbourhood(db, somebody, second)
    around = surroundings_of(db, person(db, "1", now), ())
    assert around.neighbourhood is not None
    assert around.neighbourhood.id == second
    assert around.ward is not None
    assert around.ward.code == WARD
    assert [each.id for each in around.neighbourhoods] == [first, second]
    assert surroundings_of(db, somebody, ("06673",)).wards == {}


def test_neighbourhoods_of_other_wards_are_not_served(db: Connection, now: datetime) -> None:
    first, _ = ward(db)
    assert find_served(db, first, ()) is not None
    assert find_served(db, first, (WARD,)) is not None
    assert find_served(db, first, ("06673",)) is None
    assert find_served(db, 2**40, ()) is None


@pytest.mark.parametrize("known", [False, True])
def test_a_group_moves_once_with_all_that_is_owed(
    db: Connection, now: datetime, known: bool
) -> None:
    comes(db, "1", now)
    old = comes(db, "1", now, chat="-5", private=False).address
    owed = outbox.put(db, old, Notice(Text("menu.menu")), Lane.NOTICE, now)
    if known:
        comes(db, "1", now, chat="-100", private=False)
    people.migrate(db, old, "-100", now)
    people.migrate(db, comes(db, "1", now, chat="-5", private=False).address, "-100", now)
    people.migrate(db, comes(db, "1", now, chat="-100", private=False).address, "-100", now)
    target = find_address(db, BOT, "-100")
    assert target is not None
    assert target.unreachable_at is None
    assert outbox.get(db, owed).address_id == target.id
    dead = [a.chat for a in list_by(db, Address) if a.unreachable_at is not None]
    assert dead == ["-5"]


def test_roles_are_granted_once_and_end(db: Connection, now: datetime) -> None:
    first, second = ward(db)
    leader = holder(db, "1", Role.LEADER, now, at=first)
    grant(db, leader.id, Role.LEADER, WARD, first, None, now)
    grant(db, leader.id, Role.LEADER, WARD, second, None, now)
    grant(db, leader.id, Role.ADMINISTRATOR, None, None, None, now)
    assert standings_of(db, leader.id) == (
        Standing(Role.LEADER, WARD, first),
        Standing(Role.LEADER, WARD, second),
        Standing(Role.ADMINISTRATOR, ""),
    )
    revoke(db, leader.id, Role.LEADER, WARD, now + timedelta(days=1))
    assert standings_of(db, leader.id) == (Standing(Role.ADMINISTRATOR, ""),)


def test_a_ward_is_set_up_again_without_doubles(db: Connection, now: datetime) -> None:
    boss = holder(db, "1", Role.ADMINISTRATOR, now, None)
    first = set_up_ward(db, boss.id, WARD, "Phường Hạ Long", ["Khu Hoà Bình", "Khu 2"])
    assert first.added == 2
    again = set_up_ward(
        db, boss.id, WARD, "Phường Hạ Long", ["khu hòa bình", "KHU 2", "Khu 3", "khu 3", " . "]
    )
    assert again.added == 1
    assert [each.name for each in again.neighbourhoods] == ["Khu Hoà Bình", "Khu 2", "Khu 3"]


def test_only_an_administrator_sets_up_a_ward(db: Connection, now: datetime) -> None:
    chief = person(db, "1", now)
    with pytest.raises(Refused):
        set_up_ward(db, chief.id, WARD, "Phường Hạ Long", ["Khu 1"])
    boss = holder(db, "2", Role.ADMINISTRATOR, now, None)
    set_up_ward(db, boss.id, WARD, "Phường Hạ Long", ["Khu 1"])
