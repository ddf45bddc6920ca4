"""What officers do: the first press wins, every act is written down, everybody hears it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy.engine import Engine

from actions import handling
from actions.expected import report_in
from actions.receipts import card_was_sent
from actions.standings import revoke
from domain.errors import Refused
from domain.incidents import (
    ACTS,
    MOVES,
    Act,
    Destination,
    Happening,
    Outcome,
    State,
    states_before,
)
from domain.notices import Media
from domain.roles import Role
from storage import incidents
from storage.addresses import set_unreachable
from storage.cards import list_cards
from storage.engine import writer_engine
from storage.tables import Address, Incident, Person
from tests.precinct import CANARY_NAME, WARD, Precinct, labels, say, taps

DEEDS = {
    State.TAKEN: lambda p, i: handling.acknowledge(p.db, i.id, p.an, p.now),
    State.ON_THE_WAY: lambda p, i: handling.set_on_the_way(p.db, i.id, p.an, p.now),
    State.CLOSED: lambda p, i: handling.deal_with(p.db, i.id, Outcome.ADVISED, p.an, p.now),
    State.PASSED_ON: lambda p, i: handling.pass_on(
        p.db, i.id, Destination.TRAFFIC_POLICE, p.an, p.now
    ),
}


def bring(precinct: Precinct, incident: Incident, state: State) -> None:
    """To this state by the shortest way."""
    way = [State.TAKEN, state] if state not in (State.NEW, State.TAKEN) else [state]
    for step in way:
        if step is not State.NEW:
            DEEDS[step](precinct, incident)


def test_of_two_officers_the_first_has_it_and_the_second_hears_who(
    precinct: Precinct, duty: Address, incident: Incident, now: datetime
) -> None:
    handling.acknowledge(precinct.db, incident.id, precinct.an, now)
    later = now + timedelta(seconds=1)
    with pytest.raises(Refused) as refused:
        handling.acknowledge(precinct.db, incident.id, precinct.binh, later)
    assert say(refused.value.text) == "Đ/c An đã nhận tin này lúc 09:00."
    taken = precinct.again(incident)
    assert (taken.officer_id, taken.taken_at) == (precinct.an.id, now)
    events = incidents.list_events(precinct.db, incident.id)
    assert [event.what for event in events] == ["reported", "taken"]
    assert events[-1].actor_id == precinct.an.id


def test_a_second_press_of_the_same_officer_changes_nothing(
    precinct: Precinct, duty: Address, incident: Incident
) -> None:
    handling.acknowledge(precinct.db, incident.id, precinct.an, precinct.now)
    before = len(precinct.outbox())
    with pytest.raises(Refused) as refused:
        handling.acknowledge(precinct.db, incident.id, precinct.an, precinct.now)
    assert "Đồng chí đã nhận" in say(refused.value.text)
    assert len(precinct.outbox()) == before


def test_the_card_and_the_receipt_show_who_took_it_and_when(
    precinct: Precinct, duty: Address, incident: Incident, now: datetime
) -> None:
    handling.acknowledge(precinct.db, incident.id, precinct.an, now + timedelta(minutes=3))
    card = precinct.notices(duty)[0]
    assert "Đ/c An đã nhận lúc 09:03" in say(card.text)
    assert "CHƯA AI NHẬN" not in say(card.text)
    assert labels(card) == [
        "2. Đang tới", "3. Hỏi người báo", "4. Đã xử lý", "5. Chuyển nơi khác",
        "6. Cảnh báo bà con",
    ]  # fmt: skip
    receipt, step = precinct.texts(precinct.resident_home)
    assert "Công an phường Bịa Đặt đã nhận tin lúc 09:03" in receipt
    assert "CHƯA" not in receipt
    assert step.startswith("Công an phường Bịa Đặt đã nhận tin lúc 09:03")
    assert "An" not in step.replace("Công an", "")


def test_all_duty_chats_change_together(precinct: Precinct) -> None:
    first, second = precinct.room("-1"), precinct.room("-2")
    incident = precinct.report()
    precinct.deliver()
    handling.acknowledge(precinct.db, incident.id, precinct.an, precinct.now)
    assert "Đ/c An đã nhận" in precinct.last(first)
    assert "Đ/c An đã nhận" in precinct.last(second)


def test_a_colleague_may_go_on_with_it_and_is_named_for_it(
    precinct: Precinct, duty: Address, incident: Incident
) -> None:
    handling.acknowledge(precinct.db, incident.id, precinct.an, precinct.now)
    handling.set_on_the_way(precinct.db, incident.id, precinct.binh, precinct.now)
    card = precinct.texts(duty)[0]
    assert "Đ/c Bình đang tới" in card
    assert "đ/c An nhận tin" in card
    assert incidents.list_events(precinct.db, incident.id)[-1].actor_id == precinct.binh.id


@pytest.mark.parametrize("state", [State.TAKEN, State.ON_THE_WAY, State.CLOSED, State.PASSED_ON])
def test_nobody_else_may_do_anything(precinct: Precinct, incident: Incident, state: State) -> None:
    before = len(precinct.outbox())
    for outsider in (precinct.stranger, precinct.resident):
        precinct.an = outsider
        with pytest.raises(Refused) as refused:
            DEEDS[state](precinct, incident)
        assert refused.value.code == "access.officers_only"
    assert precinct.again(incident).state == "new"
    assert len(precinct.outbox()) == before


def test_a_role_that_ended_counts_no_more(precinct: Precinct, incident: Incident) -> None:
    revoke(precinct.db, precinct.an.id, Role.OFFICER, WARD, precinct.now)
    with pytest.raises(Refused):
        handling.acknowledge(precinct.db, incident.id, precinct.an, precinct.now)


@pytest.mark.parametrize("after", list(DEEDS))
@pytest.mark.parametrize("before", list(State))
def test_only_legal_moves(
    precinct: Precinct, incident: Incident, before: State, after: State
) -> None:
    bring(precinct, incident, before)
    rows = len(precinct.outbox())
    if after in MOVES[before]:
        DEEDS[after](precinct, incident)
        assert precinct.again(incident).state == after.value
    else:
        with pytest.raises(Refused) as refused:
            DEEDS[after](precinct, incident)
        assert say(refused.value.text)
        assert say(refused.value.text, "en")
        assert precinct.again(incident).state == before.value
        assert len(precinct.outbox()) == rows


def test_the_table_of_moves_knows_every_state_and_the_buttons_agree() -> None:
    assert set(MOVES) == set(ACTS) == set(State)
    needs = {
        Act.TAKE: State.TAKEN,
        Act.SET_OUT: State.ON_THE_WAY,
        Act.DEAL: State.CLOSED,
        Act.HAND_OVER: State.PASSED_ON,
    }
    for state, acts in ACTS.items():
        assert {needs[act] for act in acts if act in needs} == MOVES[state] - {State.NEW}
    assert states_before(State.NEW) == (State.CLOSED,)


@pytest.mark.parametrize("outcome", list(Outcome))
def test_the_reporter_reads_the_outcome_and_may_say_not_solved(
    precinct: Precinct, duty: Address, incident: Incident, outcome: Outcome
) -> None:
    bring(precinct, incident, State.TAKEN)
    handling.deal_with(precinct.db, incident.id, outcome, precinct.an, precinct.now)
    closing = precinct.notices(precinct.resident_home)[-1]
    sentence = say(closing.text)
    assert "Đã xử lý: " in sentence
    for banned in ("đối tượng", "nghi phạm", "sẽ bắt", "cam kết", "không thuộc thẩm quyền"):
        assert banned not in sentence.lower()
    assert labels(closing) == ["1. Chưa ổn"]
    assert taps(closing) == [f"r:{incident.id}:reopen"]
    card = precinct.notices(duty)[0]
    assert "Đã xử lý lúc 09:00" in say(card.text)
    assert card.buttons == ()
    assert "Đã xử lý: " in precinct.texts(precinct.resident_home)[0]


@pytest.mark.parametrize("to", list(Destination))
def test_passing_on_says_to_whom_and_when(
    precinct: Precinct, duty: Address, incident: Incident, to: Destination
) -> None:
    bring(precinct, incident, State.TAKEN)
    handling.pass_on(precinct.db, incident.id, to, precinct.an, precinct.now)
    heard = precinct.last(precinct.resident_home)
    assert "lúc 09:00" in heard
    name = {
        Destination.FIRE_POLICE: "114",
        Destination.TRAFFIC_POLICE: "Cảnh sát giao thông",
        Destination.WARD_COMMITTEE: "Ủy ban nhân dân phường",
        Destination.PROVINCE_POLICE: "Công an tỉnh",
        Destination.OTHER_WARD: "Công an phường khác",
    }[to]
    assert name in heard
    assert name in precinct.texts(duty)[0]
    assert "thẩm quyền" not in heard


def test_a_question_reaches_the_reporter_by_the_code_alone(
    precinct: Precinct, duty: Address, incident: Incident
) -> None:
    bring(precinct, incident, State.TAKEN)
    reached = handling.ask_reporter(
        precinct.db, incident.id, "Xe <màu> gì?", precinct.binh, precinct.now
    )
    assert reached
    question = precinct.notices(precinct.resident_home)[-1]
    words = say(question.text)
    assert f"{incident.code[:4]} {incident.code[4:]}" in words
    assert "Xe &lt;màu&gt; gì?" in words
    assert "Bình" not in words
    assert taps(question) == [f"r:{incident.id}:answer"]
    row = precinct.outbox(precinct.resident_home)[-1]
    assert report_in(precinct.db, row) == ("question", incident.id)
    assert not str(row.concerns).endswith(f":{incident.id}")
    assert "đ/c Bình hỏi người báo" in precinct.texts(duty)[0]


def test_a_question_nobody_can_receive_is_not_called_sent(
    precinct: Precinct, duty: Address, incident: Incident
) -> None:
    bring(precinct, incident, State.TAKEN)
    set_unreachable(precinct.db, precinct.resident_home.id, precinct.now)
    assert not handling.ask_reporter(precinct.db, incident.id, "Ai?", precinct.an, precinct.now)


@pytest.mark.parametrize("state", [State.NEW, State.CLOSED, State.PASSED_ON])
def test_no_question_before_it_is_taken_or_after_it_is_over(
    precinct: Precinct, duty: Address, incident: Incident, state: State
) -> None:
    bring(precinct, incident, state)
    with pytest.raises(Refused):
        handling.ask_reporter(precinct.db, incident.id, "Ai?", precinct.an, precinct.now)
    asked = [report_in(precinct.db, row)[0] for row in precinct.outbox()]
    assert "question" not in asked


def test_not_solved_reopens_it_once_with_a_card_that_rings(
    precinct: Precinct, duty: Address, incident: Incident, now: datetime
) -> None:
    bring(precinct, incident, State.CLOSED)
    precinct.deliver()
    later = now + timedelta(hours=1)
    handling.reopen(precinct.db, precinct.again(incident), later)
    again = precinct.again(incident)
    assert (again.state, again.urgency, again.officer_id) == ("new", incident.urgency, None)
    assert again.card_sent_at is None
    old, fresh = (precinct.notices(duty)[0], precinct.notices(duty)[-1])
    assert "xem thẻ mới" in say(old.text)
    assert old.buttons == ()
    assert "MỞ LẠI" in say(fresh.text)
    assert "CHƯA AI NHẬN" in say(fresh.text)
    assert (fresh.silent, precinct.outbox(duty)[-1].calm) == (False, False)
    assert len(list_cards(precinct.db, f"incident:{incident.id}", duty.id)) == 2
    assert "CHƯA có cán bộ nhận" in precinct.texts(precinct.resident_home)[0]

    precinct.deliver(later)
    assert "Đã gửi tới trực ban" in precinct.texts(precinct.resident_home)[0]
    bring(precinct, incident, State.CLOSED)
    closing = precinct.notices(precinct.resident_home)[-1]
    assert taps(closing) == [f"r:{incident.id}:add"]
    with pytest.raises(Refused) as refused:
        handling.reopen(precinct.db, precinct.again(incident), later)
    assert refused.value.code == "incident.reopened_before"
    assert precinct.again(incident).state == "closed"


@pytest.mark.parametrize("state", [State.NEW, State.TAKEN, State.PASSED_ON])
def test_what_is_not_closed_cannot_be_reopened(
    precinct: Precinct, incident: Incident, state: State
) -> None:
    bring(precinct, incident, state)
    with pytest.raises(Refused):
        handling.reopen(precinct.db, precinct.again(incident), precinct.now)
    assert precinct.again(incident).state == state.value


def test_an_old_card_that_arrives_late_does_not_claim_the_reopened_one_was_sent(
    precinct: Precinct, now: datetime
) -> None:
    duty = precinct.room("-1")
    incident = precinct.report()
    old = precinct.outbox(duty)[0]
    bring(precinct, incident, State.CLOSED)
    handling.reopen(precinct.db, precinct.again(incident), now + timedelta(minutes=5))
    card_was_sent(precinct.db, old, now + timedelta(minutes=6))
    assert precinct.again(incident).card_sent_at is None


def test_every_step_of_a_whole_case_stays_free_of_the_reporter(
    precinct: Precinct, duty: Address
) -> None:
    incident = precinct.report(media=(Media("photo", "invented"),))
    precinct.deliver()
    bring(precinct, incident, State.CLOSED)
    handling.reopen(precinct.db, precinct.again(incident), precinct.now)
    shown = repr(precinct.texts(duty)) + repr([row.notice for row in precinct.outbox(duty)])
    assert CANARY_NAME not in shown
    assert "Kimyến" not in shown


def test_the_history_is_written_in_order(precinct: Precinct, incident: Incident) -> None:
    bring(precinct, incident, State.CLOSED)
    handling.reopen(precinct.db, precinct.again(incident), precinct.now)
    events = [event.what for event in incidents.list_events(precinct.db, incident.id)]
    assert events == [
        Happening.REPORTED,
        Happening.TAKEN,
        Happening.CLOSED,
        Happening.REOPENED,
    ]


def test_two_transactions_at_the_same_moment_give_one_winner(
    engine: Engine, now: datetime
) -> None:
    writing = writer_engine(engine)
    with writing.begin() as db:
        precinct = Precinct(db, now)
        precinct.room("-1")
        incident = precinct.report()
    together = Barrier(2)

    def press(officer: Person) -> str:
        together.wait(timeout=10)
        with writing.begin() as db:
            try:
                return str(handling.acknowledge(db, incident.id, officer, now).officer_id)
            except Refused as refused:
                return refused.code

    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(press, (precinct.an, precinct.binh)))
    assert said.count("incident.taken_by") == 1
    with engine.begin() as db:
        assert str(incidents.get(db, incident.id).officer_id) in said
        taken = [e for e in incidents.list_events(db, incident.id) if e.what == "taken"]
        assert len(taken) == 1
