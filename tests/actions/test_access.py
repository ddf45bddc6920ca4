"""The gate, row by row."""

from collections.abc import Callable

import pytest

from domain import access
from domain.access import EVERY_WARD
from domain.errors import Refused
from domain.roles import Purpose, Role, Standing

HERE, THERE = "06688", "06673"
OWN, OTHER = 1, 2

EVERYONE = {
    "administrator of all": Standing(Role.ADMINISTRATOR, EVERY_WARD),
    "administrator": Standing(Role.ADMINISTRATOR, HERE),
    "chief": Standing(Role.CHIEF, HERE),
    "officer": Standing(Role.OFFICER, HERE),
    "leader": Standing(Role.LEADER, HERE, OWN),
    "team": Standing(Role.TEAM, HERE, OWN),
    "mediator": Standing(Role.MEDIATOR, HERE),
    "local mediator": Standing(Role.MEDIATOR, HERE, OWN),
}
WHO_INVITES = {
    Role.ADMINISTRATOR: {"administrator of all", "administrator"},
    Role.CHIEF: {"administrator of all", "administrator"},
    Role.OFFICER: {"administrator of all", "administrator", "chief"},
    Role.LEADER: {"administrator of all", "administrator", "chief", "officer"},
    Role.TEAM: {"administrator of all", "administrator", "chief", "officer", "leader"},
    Role.MEDIATOR: {"administrator of all", "administrator", "chief", "officer"},
    Purpose.DUTY: {"administrator of all", "administrator", "chief"},
    Purpose.MEDIATION: {"administrator of all", "administrator", "chief"},
    Purpose.NEIGHBOURHOOD: {"administrator of all", "administrator", "chief", "officer"},
}


@pytest.mark.parametrize("who", [*EVERYONE, "resident"])
@pytest.mark.parametrize("invited", WHO_INVITES)
def test_who_may_invite_whom(who: str, invited: Role | Purpose) -> None:
    standings = (EVERYONE[who],) if who in EVERYONE else ()
    assert access.may_invite(standings, invited, HERE, OWN) is (who in WHO_INVITES[invited])
    elsewhere = access.may_invite(standings, invited, THERE, OWN)
    assert elsewhere is (who == "administrator of all")


def test_a_leader_invites_into_the_own_neighbourhood_only() -> None:
    leader = (EVERYONE["leader"],)
    assert not access.may_invite(leader, Role.TEAM, HERE, OTHER)
    assert not access.may_invite(leader, Role.TEAM, HERE, None)
    nowhere = (Standing(Role.LEADER, HERE),)
    assert not access.may_invite(nowhere, Role.TEAM, HERE, None)


def test_only_an_administrator_of_all_makes_another() -> None:
    assert access.may_invite((EVERYONE["administrator of all"],), Role.ADMINISTRATOR, None)
    assert not access.may_invite((EVERYONE["administrator"],), Role.ADMINISTRATOR, None)
    assert not access.may_invite((EVERYONE["chief"],), Role.OFFICER, None)


@pytest.mark.parametrize("local", [Role.LEADER, Role.TEAM, Purpose.NEIGHBOURHOOD])
def test_what_is_local_needs_its_neighbourhood(local: Role | Purpose) -> None:
    with pytest.raises(Refused) as refused:
        access.require_invite((EVERYONE["chief"],), local, HERE)
    assert refused.value.text.key == "access.neighbourhood_missing"
    access.require_invite((EVERYONE["chief"],), local, HERE, OWN)


@pytest.mark.parametrize("who", [*EVERYONE, "resident"])
def test_who_handles_incidents(who: str) -> None:
    standings = (EVERYONE[who],) if who in EVERYONE else ()
    assert access.may_handle_incident(standings, HERE) is (who in {"chief", "officer"})
    assert not access.may_handle_incident(standings, THERE)


@pytest.mark.parametrize("who", [*EVERYONE, "resident"])
def test_who_takes_mediations(who: str) -> None:
    standings = (EVERYONE[who],) if who in EVERYONE else ()
    takes = {"mediator", "local mediator"}
    assert access.may_take_mediation(standings, HERE, OWN) is (who in takes)
    assert access.may_take_mediation(standings, HERE, OTHER) is (who == "mediator")
    assert access.may_take_mediation(standings, HERE, None) is (who == "mediator")
    assert not access.may_take_mediation(standings, THERE, OWN)


@pytest.mark.parametrize("who", [*EVERYONE, "resident"])
def test_who_binds_a_neighbourhoods_chat(who: str) -> None:
    standings = (EVERYONE[who],) if who in EVERYONE else ()
    whole = {"administrator of all", "administrator", "chief", "officer"}
    assert access.may_bind_chat(standings, HERE, OWN) is (who in whole | {"leader"})
    assert access.may_bind_chat(standings, HERE, OTHER) is (who in whole)
    assert access.may_bind_chat(standings, THERE, OWN) is (who == "administrator of all")


@pytest.mark.parametrize("who", [*EVERYONE, "resident"])
def test_who_sets_up_a_ward(who: str) -> None:
    standings = (EVERYONE[who],) if who in EVERYONE else ()
    administrators = {"administrator of all", "administrator"}
    assert access.may_set_up_ward(standings) is (who in administrators)
    assert access.may_set_up_ward(standings, HERE) is (who in administrators)
    assert access.may_set_up_ward(standings, THERE) is (who == "administrator of all")


def test_the_group_must_be_administered() -> None:
    access.require_group_administrator(by_admin=True)
    for by_admin, key in (
        (False, "access.group_administrators_only"),
        (None, "access.group_administrator_unknown"),
    ):
        with pytest.raises(Refused) as refused:
            access.require_group_administrator(by_admin)
        assert refused.value.text.key == key


REFUSALS: dict[str, Callable[[], None]] = {
    "access.officers_only": lambda: access.require_handle_incident((), HERE),
    "access.mediators_only": lambda: access.require_take_mediation((), HERE, OWN),
    "access.may_not_invite": lambda: access.require_invite((), Role.OFFICER, HERE),
    "access.may_not_bind": lambda: access.require_bind_chat((), HERE, OWN),
    "access.administrators_only": lambda: access.require_set_up_ward(()),
}


@pytest.mark.parametrize("key", REFUSALS)
def test_each_refusal_has_its_code(key: str) -> None:
    with pytest.raises(Refused) as refused:
        REFUSALS[key]()
    assert refused.value.text.key == key


def test_what_a_person_may_invite_at_all() -> None:
    assert access.list_invitable((EVERYONE["leader"],), HERE) == (Role.TEAM,)
    assert access.list_invitable((EVERYONE["team"],), HERE) == ()
    assert Role.CHIEF not in access.list_invitable((EVERYONE["chief"],), HERE)
    assert access.list_invitable((EVERYONE["chief"],), THERE) == ()
