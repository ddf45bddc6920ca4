"""A card that a messenger refused, or that was left behind, stands nowhere: it is said, and it
is put again as soon as there is somebody to read it.
"""

from datetime import timedelta

import pytest

from actions import handling
from actions.additions import Addition, add_to_incident, answer_officer, thank_reporter
from actions.people import migrate
from actions.receipts import card_was_refused, put_waiting_cards
from actions.rooms import end_room
from actions.waiting import come_back, move
from domain.incidents import Outcome
from domain.roles import Purpose
from storage import deliveries, outbox
from storage.addresses import add_address, find_address, get_address, set_unreachable
from storage.cards import find_card, list_cards
from storage.tables import Address, Incident, Outbox
from tests.actions.test_mediations import ask
from tests.precinct import BOT, WARD, Precinct, say

NO_RIGHTS = "Bad Request: not enough rights to send text messages to the chat"


def refuse(precinct: Precinct, chat: Address, *, unreachable: bool = False) -> None:
    """The messenger refuses all that is due for this chat, as delivery settles it."""
    if unreachable:
        set_unreachable(precinct.db, chat.id, precinct.now)
        chat.unreachable_at = precinct.now
    for row in precinct.outbox(chat):
        if row.state == "due":
            deliveries.mark_dead(precinct.db, row.id, NO_RIGHTS)
            card_was_refused(precinct.db, outbox.get(precinct.db, row.id), precinct.now)


def standing(precinct: Precinct, incident: Incident, chat: Address) -> Outbox | None:
    return find_card(precinct.db, f"incident:{incident.id}", chat.id)


def receipt(precinct: Precinct) -> str:
    return precinct.texts(precinct.resident_home)[0]


def test_a_dead_card_is_not_shown_and_the_receipt_says_so(
    precinct: Precinct, duty: Address
) -> None:
    incident = precinct.report()
    assert "Đang gửi tới trực ban" in receipt(precinct)
    refuse(precinct, duty)
    assert standing(precinct, incident, duty) is None
    assert "CHƯA tới được trực ban" in receipt(precinct)
    assert "gọi 113 hoặc gọi Công an phường Bịa Đặt" in receipt(precinct)
    assert "Đang gửi" not in receipt(precinct)


def test_one_of_two_desks_is_enough_for_the_receipt(precinct: Precinct, duty: Address) -> None:
    precinct.room("-2")
    precinct.report()
    refuse(precinct, duty)
    assert "Đang gửi tới trực ban" in receipt(precinct)


def test_a_dead_card_is_put_again_with_a_number_of_its_own(
    precinct: Precinct, duty: Address
) -> None:
    incident = precinct.report()
    refuse(precinct, duty)
    assert put_waiting_cards(precinct.db, WARD, precinct.now) == 1
    cards = list_cards(precinct.db, f"incident:{incident.id}", duty.id)
    assert [card.state for card in cards] == ["dead", "due"]
    assert "Đang gửi tới trực ban" in receipt(precinct)
    precinct.deliver()
    assert "Đã gửi tới trực ban" in receipt(precinct)
    assert put_waiting_cards(precinct.db, WARD, precinct.now) == 0


def test_a_desk_that_lost_its_card_gets_it_again_though_another_has_one(
    precinct: Precinct, duty: Address
) -> None:
    second = precinct.room("-2")
    incident = precinct.report()
    refuse(precinct, duty)
    precinct.deliver()
    assert put_waiting_cards(precinct.db, WARD, precinct.now) == 1
    assert standing(precinct, incident, duty) is not None
    assert len(list_cards(precinct.db, f"incident:{incident.id}", second.id)) == 1


def test_a_gathered_card_has_no_message_of_its_own_and_counts_as_shown(
    precinct: Precinct, duty: Address
) -> None:
    precinct.report("IDEA", "Nên có ghế đá")
    deliveries.mark_sent(precinct.db, precinct.outbox(duty)[0].id, None, precinct.now)
    assert put_waiting_cards(precinct.db, WARD, precinct.now) == 0


def test_a_chat_that_is_heard_from_again_gets_what_waited_and_nothing_twice(
    precinct: Precinct, duty: Address
) -> None:
    incident = precinct.report()
    refuse(precinct, duty, unreachable=True)
    precinct.report("THEFT", "Mất xe")
    assert standing(precinct, incident, duty) is None
    come_back(precinct.db, get_address(precinct.db, duty.id), precinct.now)
    assert get_address(precinct.db, duty.id).unreachable_at is None
    assert len([text for text in precinct.texts(duty) if "CHƯA AI NHẬN" in text]) == 3
    before = len(precinct.outbox())
    come_back(precinct.db, get_address(precinct.db, duty.id), precinct.now)
    assert len(precinct.outbox()) == before


def test_an_officers_deed_shows_a_card_where_none_stands(
    precinct: Precinct, duty: Address
) -> None:
    incident = precinct.report()
    refuse(precinct, duty)
    handling.acknowledge(precinct.db, incident.id, precinct.an, precinct.now)
    assert standing(precinct, incident, duty) is not None
    assert "Đ/c An đã nhận" in precinct.last(duty)


def test_a_card_that_was_reopened_and_refused_is_said_too(
    precinct: Precinct, duty: Address
) -> None:
    incident = precinct.report()
    precinct.deliver()
    handling.acknowledge(precinct.db, incident.id, precinct.an, precinct.now)
    handling.deal_with(precinct.db, incident.id, Outcome.SETTLED, precinct.an, precinct.now)
    precinct.deliver()
    later = precinct.now + timedelta(hours=1)
    handling.reopen(precinct.db, precinct.again(incident), later)
    refuse(precinct, duty)
    assert "CHƯA tới được trực ban" in receipt(precinct)
    assert put_waiting_cards(precinct.db, WARD, later) == 1


@pytest.mark.parametrize("closed", [False, True])
@pytest.mark.parametrize("answers", [False, True])
def test_an_addition_after_the_duty_chat_was_replaced_brings_a_fresh_card(
    precinct: Precinct, duty: Address, closed: bool, answers: bool
) -> None:
    incident = precinct.report()
    precinct.deliver()
    handling.acknowledge(precinct.db, incident.id, precinct.an, precinct.now)
    if closed:
        handling.deal_with(precinct.db, incident.id, Outcome.SETTLED, precinct.an, precinct.now)
    end_room(precinct.db, duty.id, precinct.now)
    replacement = precinct.room("-2")
    deed = answer_officer if answers else add_to_incident
    said = Addition(BOT, "Họ quay lại đập cửa")
    deed(precinct.db, precinct.again(incident), said, precinct.now)
    thank_reporter(precinct.db, incident, precinct.resident_home, "incident.added", precinct.now)
    assert standing(precinct, incident, replacement) is not None
    assert "Họ quay lại đập cửa" in "\n".join(precinct.texts(replacement))
    assert "đang chuyển tới trực ban" in precinct.last(precinct.resident_home)


def test_the_thanks_promise_nothing_where_no_desk_can_be_reached(
    precinct: Precinct, duty: Address
) -> None:
    incident = precinct.report()
    refuse(precinct, duty, unreachable=True)
    add_to_incident(precinct.db, incident, Addition(BOT, "Họ quay lại"), precinct.now)
    thank_reporter(precinct.db, incident, precinct.resident_home, "incident.added", precinct.now)
    assert "CHƯA có ai đọc" in precinct.last(precinct.resident_home)
    assert "đang chuyển" not in precinct.last(precinct.resident_home)


@pytest.mark.parametrize("known", [False, True])
def test_a_desk_that_moved_gets_its_open_cards_again(
    precinct: Precinct, duty: Address, known: bool
) -> None:
    taken = precinct.report()
    precinct.deliver()
    waiting = precinct.report("THEFT", "Mất xe")
    if known:
        add_address(precinct.db, BOT, "-1001", precinct.now)
    move(precinct.db, duty, "-1001", precinct.now)
    heir = find_address(precinct.db, BOT, "-1001")
    assert heir is not None
    for incident in (taken, waiting):
        card = standing(precinct, incident, heir)
        assert card is not None
        assert (card.address_id, card.state) == (heir.id, "due")
        due = [row for row in precinct.outbox(heir) if row.state == "due" and row.once]
        assert [row.id for row in due if row.concerns == f"incident:{incident.id}"] == [card.id]
    handling.acknowledge(precinct.db, taken.id, precinct.an, precinct.now)
    assert "Đ/c An đã nhận" in "\n".join(precinct.texts(heir))
    before = len(precinct.outbox())
    move(precinct.db, get_address(precinct.db, duty.id), "-1001", precinct.now)
    assert len(precinct.outbox()) == before


def test_a_move_that_only_delivery_heard_of_is_mended_by_the_next_deed(
    precinct: Precinct, duty: Address
) -> None:
    incident = precinct.report()
    precinct.deliver()
    new = add_address(precinct.db, BOT, "-1001", precinct.now)
    migrate(precinct.db, duty, "-1001", precinct.now)
    handling.acknowledge(precinct.db, incident.id, precinct.an, precinct.now)
    assert "Đ/c An đã nhận" in precinct.last(new)


def test_a_reply_in_a_chat_that_moved_is_never_taken_for_an_old_message(
    precinct: Precinct, duty: Address
) -> None:
    precinct.report()
    precinct.deliver()
    old = precinct.outbox(duty)[0].message_id or ""
    migrate(precinct.db, duty, "-1001", precinct.now)
    assert outbox.find_by_message(precinct.db, duty.id, old) is None


def test_a_request_for_mediation_that_was_refused_is_put_again(precinct: Precinct) -> None:
    chat = precinct.room("-9", Purpose.MEDIATION)
    ask(precinct)
    refuse(precinct, chat, unreachable=True)
    come_back(precinct.db, get_address(precinct.db, chat.id), precinct.now)
    rows = [row.state for row in precinct.outbox(chat)]
    assert rows == ["dead", "due"]
    assert "Một hộ dân" in say(precinct.notices(chat)[-1].text)
