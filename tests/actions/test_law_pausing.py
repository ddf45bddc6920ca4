"""Law items for many neighbourhoods, after a wrong clock, of few answers, and where a ward rests
from them. The clock is moved by hand.
"""

from datetime import timedelta

import pytest

from actions.law_pausing import is_law_paused, pause_law, resume_law
from actions.law_quiz import quiz_was_counted
from actions.law_rotation import send_law
from domain.roles import Purpose, Role
from storage import outbox, wards
from tests.actions.lawful import Lawful, friday, words
from tests.actions.speakers import refused_by
from tests.precinct import WARD, Precinct


@pytest.fixture
def ward(precinct: Precinct) -> Lawful:
    return Lawful(precinct)


def test_a_clock_that_jumped_ahead_silences_nobody(ward: Lawful) -> None:
    ward.approve()
    ward.tick(friday(hour=9))
    send_law(ward.db, friday() + timedelta(days=400))
    for week in range(3):
        ward.tick(friday(week, 17, 46))
    assert len(ward.items()) == 2


def test_many_neighbourhoods_a_piece_at_a_time(ward: Lawful) -> None:
    ward.approve()
    for number in range(10, 70):
        key = wards.add_neighbourhood(ward.db, WARD, f"Khu {number}", f"khu {number}").id
        ward.precinct.room(f"-7{number}", Purpose.NEIGHBOURHOOD, at=key)
    send_law(ward.db, friday(hour=9))
    put = []
    for _ in range(3):
        ward.db.info["more"] = False
        send_law(ward.db, friday())
        put.append((_count(ward), ward.db.info["more"]))
    assert put == [(40, True), (62, False), (62, False)]


def test_of_few_answers_the_right_one_alone_is_said(ward: Lawful) -> None:
    ward.approve(["fireworks"])
    ward.tick(friday(hour=9))
    ward.tick(friday())
    ward.tick(hours=25)
    row = next(each for each in ward.arrived() if outbox.load_notice(each.notice).poll)
    closing = next(each for each in ward.precinct.outbox() if each.edits == row.id)
    quiz_was_counted(ward.db, closing, (0, 3, 1), ward.now)
    ward.deliver()
    said = words(ward.arrived()[-1])
    assert said.startswith("Đáp án câu hỏi")
    assert "trên" not in said
    post = ward.posts()[0]
    assert (post.right_answers, post.wrong_answers) == (0, 0)


def test_a_ward_rests_and_goes_on(ward: Lawful) -> None:
    ward.approve()
    ward.tick(friday(hour=9))
    pause_law(ward.db, ward.chief, WARD, ward.now)
    assert is_law_paused(ward.db, WARD)
    ward.tick(friday())
    ward.tick(friday(1))
    assert ward.items() == []
    resume_law(ward.db, ward.chief, WARD, ward.now)
    assert not is_law_paused(ward.db, WARD)
    ward.tick(hours=1)
    assert ward.items() == []
    ward.tick(friday(2))
    assert len(ward.items()) == 1


def test_what_is_held_does_not_leave_while_it_rests(ward: Lawful) -> None:
    ward.approve()
    ward.tick(friday(hour=9))
    ward.tick(friday(hour=22))
    (held,) = ward.posts()
    assert held.held_until is not None
    pause_law(ward.db, ward.chief, WARD, ward.now)
    ward.tick(friday(hour=33))
    assert ward.arrived() == []


def test_nobody_else_may_pause_them(ward: Lawful) -> None:
    leader = ward.precinct.holder(Role.LEADER, "Lê Thị Lan", "401", at=ward.khu2)
    for deed in (pause_law, resume_law):
        text = refused_by(lambda deed=deed: deed(ward.db, leader, WARD, ward.now))  # type: ignore[misc]
        assert text is not None
        assert text.key == "law.approvers_only"


def _count(ward: Lawful) -> int:
    put = "select count(*) from post where law_item is not null"
    return int(ward.db.exec_driver_sql(put).scalar_one())
