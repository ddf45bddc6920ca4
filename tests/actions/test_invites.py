"""One-time codes: used once, by whom they are for, and not guessed."""

import threading
from datetime import datetime, timedelta

import pytest
from sqlalchemy.engine import Connection, Engine

from actions.invites import (
    create_first_administrator_code,
    invite,
    list_wards_to_invite_into,
    neighbourhoods_to_invite_into,
    redeem,
    redeem_for_chat,
)
from actions.standings import revoke, standings_of
from domain.errors import Refused
from domain.roles import Purpose, Role, Standing
from storage import invites
from storage.engine import writer_engine
from storage.rows import list_by
from storage.tables import Invite
from tests.actions.neighbours import WARD, counting, holder, person, ward


def refusal(act: object) -> str:
    """The key of the refusal."""
    with pytest.raises(Refused) as refused:
        act()  # type: ignore[operator]
    return refused.value.text.key


@pytest.fixture
def code(db: Connection, now: datetime) -> str:
    """An officer's invitation by the chief."""
    ward(db)
    chief = holder(db, "1", Role.CHIEF, now)
    return invite(db, chief.id, Role.OFFICER, WARD, None, now, counting())


def test_a_code_gives_its_role_once(db: Connection, now: datetime, code: str) -> None:
    officer, other = person(db, "2", now), person(db, "3", now)
    redeem(db, officer.id, code, now)
    assert standings_of(db, officer.id) == (Standing(Role.OFFICER, WARD),)
    assert refusal(lambda: redeem(db, other.id, code, now)) == "access.code_wrong"
    assert standings_of(db, other.id) == ()


@pytest.mark.parametrize("shape", ["{0}-{1}", "{0} {1}", "{0}{1}", " {0}.{1} "])
def test_a_code_is_typed_in_many_ways(
    db: Connection, now: datetime, code: str, shape: str
) -> None:
    typed = shape.format(code[:4], code[4:]).lower()
    assert redeem(db, person(db, "2", now).id, typed, now).role == "officer"


def test_the_same_person_may_repeat_it(db: Connection, now: datetime, code: str) -> None:
    officer = person(db, "2", now)
    redeem(db, officer.id, code, now)
    redeem(db, officer.id, code, now)
    assert len(standings_of(db, officer.id)) == 1


def test_unknown_used_expired_and_unbacked_are_answered_alike(
    db: Connection, now: datetime, code: str
) -> None:
    chief = person(db, "1", now)
    expired = invite(db, chief.id, Role.TEAM, WARD, ward(db)[0], now, counting(50))
    later = now + timedelta(days=7)
    assert refusal(lambda: redeem(db, person(db, "2", now).id, expired, later)) == (
        "access.code_wrong"
    )
    assert refusal(lambda: redeem(db, person(db, "3", now).id, "ABCD2345", now)) == (
        "access.code_wrong"
    )
    assert refusal(lambda: redeem(db, person(db, "4", now).id, "xin chào", now)) == (
        "access.code_wrong"
    )
    revoke(db, chief.id, Role.CHIEF, WARD, now)
    assert refusal(lambda: redeem(db, person(db, "5", now).id, code, now)) == ("access.code_wrong")


def test_valid_until_the_last_moment(db: Connection, now: datetime, code: str) -> None:
    last = now + timedelta(days=7) - timedelta(seconds=1)
    assert redeem(db, person(db, "2", now).id, code, last).role == "officer"


def test_five_wrong_tries_then_a_wait_that_is_said(
    db: Connection, now: datetime, code: str
) -> None:
    guesser = person(db, "2", now)
    for minute in range(5):
        at = now + timedelta(minutes=minute)
        assert refusal(lambda at=at: redeem(db, guesser.id, "ABCD2345", at)) == (
            "access.code_wrong"
        )
    with pytest.raises(Refused) as refused:
        redeem(db, guesser.id, code, now + timedelta(minutes=5))
    assert refused.value.text.key == "access.too_many_tries"
    again = refused.value.text.params["again"]
    assert getattr(again, "at", None) == now + timedelta(minutes=10)
    # Another person is not held up, and the guesser only until the time that was said.
    after = now + timedelta(minutes=10)
    assert redeem(db, guesser.id, code, after).role == "officer"


def test_the_limit_is_each_persons_own(db: Connection, now: datetime, code: str) -> None:
    guesser = person(db, "2", now)
    for _ in range(5):
        refusal(lambda: redeem(db, guesser.id, "ABCD2345", now))
    assert refusal(lambda: redeem_for_chat(db, guesser.id, code, now)) == "access.too_many_tries"
    assert redeem(db, person(db, "3", now).id, code, now).role == "officer"


def test_the_code_itself_is_not_stored(db: Connection, now: datetime, code: str) -> None:
    (stored,) = list_by(db, Invite)
    assert code not in str(stored.model_dump())
    assert stored.code_mark == invites.find_invite(db, code).code_mark  # type: ignore[union-attr]


def test_a_code_for_a_chat_and_one_for_a_person_are_not_mixed_up(
    db: Connection, now: datetime, code: str
) -> None:
    chief, other = person(db, "1", now), person(db, "2", now)
    duty = invite(db, chief.id, Purpose.DUTY, WARD, None, now, counting(90))
    assert refusal(lambda: redeem(db, other.id, duty, now)) == "access.code_is_for_a_chat"
    assert refusal(lambda: redeem_for_chat(db, other.id, code, now)) == (
        "access.code_is_for_a_person"
    )
    assert refusal(lambda: redeem_for_chat(db, other.id, duty, now, ("06673",))) == (
        "access.ward_of_another_bot"
    )
    assert redeem_for_chat(db, other.id, duty, now, (WARD,)).purpose == "duty"
    assert refusal(lambda: redeem_for_chat(db, other.id, duty, now)) == "access.code_wrong"


def test_the_gate_is_asked_before_a_code_is_made(db: Connection, now: datetime) -> None:
    first, second = ward(db)
    leader = holder(db, "1", Role.LEADER, now, at=first)
    assert refusal(lambda: invite(db, leader.id, Role.TEAM, WARD, second, now, counting())) == (
        "access.may_not_invite"
    )
    assert list_by(db, Invite) == []
    assert invite(db, leader.id, Role.TEAM, WARD, first, now, counting())


def test_the_first_administrator(db: Connection, now: datetime) -> None:
    code = create_first_administrator_code(db, now, counting())
    somebody = person(db, "1", now)
    redeem(db, somebody.id, code, now)
    assert standings_of(db, somebody.id) == (Standing(Role.ADMINISTRATOR, ""),)


def test_a_code_that_is_taken_is_drawn_again(db: Connection, now: datetime) -> None:
    first = create_first_administrator_code(db, now, counting(1))
    second = create_first_administrator_code(db, now, counting(1))
    assert first != second
    assert len(list_by(db, Invite)) == 2


def test_where_somebody_may_invite(db: Connection, now: datetime) -> None:
    first, second = ward(db)
    leader = holder(db, "1", Role.LEADER, now, at=second)
    chief = holder(db, "2", Role.CHIEF, now)
    boss = holder(db, "3", Role.ADMINISTRATOR, now, None)
    team = holder(db, "4", Role.TEAM, now, at=first)
    for who in (leader, chief, boss):
        assert [each.code for each in list_wards_to_invite_into(db, who.id, ())] == [WARD]
        assert list_wards_to_invite_into(db, who.id, ("06673",)) == []
    assert list_wards_to_invite_into(db, team.id, ()) == []
    assert [each.id for each in neighbourhoods_to_invite_into(db, leader.id, WARD)] == [second]
    assert len(neighbourhoods_to_invite_into(db, chief.id, WARD)) == 2


def test_of_two_who_read_it_unused_one_wins(db: Connection, now: datetime, code: str) -> None:
    found = invites.find_invite(db, code)
    assert found is not None
    first, second = person(db, "2", now), person(db, "3", now)
    assert invites.use_invite(db, found.id, first.id, now)
    assert not invites.use_invite(db, found.id, second.id, now)
    stored = invites.find_invite(db, code)
    assert stored is not None
    assert stored.used_by == first.id


def test_two_at_once_and_one_wins(own_engine: Engine, now: datetime) -> None:
    engine = writer_engine(own_engine)
    with engine.begin() as db:
        code = create_first_administrator_code(db, now, counting())
        both = [person(db, chat, now).id for chat in ("1", "2")]
    together = threading.Barrier(2)
    won: list[int] = []
    lost: list[str] = []

    def try_it(who: int) -> None:
        together.wait()
        with engine.begin() as db:
            try:
                redeem(db, who, code, now)
                won.append(who)
            except Refused as refused:
                lost.append(refused.text.key)

    threads = [threading.Thread(target=try_it, args=(who,)) for who in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 1
    assert lost == ["access.code_wrong"]
    with engine.begin() as db:
        assert [bool(standings_of(db, who)) for who in both].count(True) == 1
