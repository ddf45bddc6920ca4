"""A group that was given up, moved, or is written to by somebody whom nobody knows."""

import pytest

from actions.invites import invite
from bot.channels.base import Incoming, Sender
from bot.handlers.arrival import open_turn
from domain.roles import Purpose, Role
from storage.addresses import find_address, set_unreachable
from storage.outbox import load_notice
from storage.tables import Address, Outbox
from tests.handlers.street import WARD, Said, Street
from tests.handlers.test_conversation import walk_to_review
from tests.statements import statements

CHIEF, OFFICER, GROUP = "1002", "1005", "-500"


@pytest.fixture
def ward(street: Street) -> Street:
    """A ward with a duty chat and an officer in it; one report was filed."""
    street.ward("Khu 1", "Khu 2")
    street.grant(CHIEF, Role.CHIEF)
    street.grant(OFFICER, Role.OFFICER)
    bind(street, Purpose.DUTY)
    return street


def bind(street: Street, purpose: Purpose, chat: str = GROUP) -> Said:
    """Make the group serve this."""
    chief = street.person(CHIEF)
    code = invite(street.db, chief.id, purpose, WARD, None, street.clock(), street.random_below)
    return street.says(CHIEF, f"/thietlap {code}", chat, by_admin=True)


def group(street: Street, chat: str = GROUP) -> Address:
    address = find_address(street.db, street.bot.name, chat)
    assert address is not None
    return address


def report(street: Street) -> None:
    walk_to_review(street)
    street.says("1001", "1")


def sent_card(street: Street) -> Outbox:
    """The card of the report, delivered."""
    rows = street.said_since(0).rows
    card = next(row for row in rows if (row.once or "").startswith("incident:"))
    street.sent(card.id, "77")
    return card


def anonymous(street: Street, text: str = "", **more: object) -> Said:
    """An administrator writes in the group's own name."""
    before = street.last_id()
    incoming = Incoming(
        bot=street.bot.name,
        update_id=99,
        chat=GROUP,
        private=False,
        sender=Sender("1087968824", "Group", is_bot=True),
        chat_title="Nhóm bịa",
        text=text,
        anonymous=True,
        **more,  # type: ignore[arg-type]
    )
    clock, random_below = street.clock(), street.random_below
    assert open_turn(street.db, street.bot, incoming, clock, random_below) is None
    return street.said_since(before)


def test_any_words_in_a_duty_chat_make_it_reachable_and_bring_its_cards(ward: Street) -> None:
    set_unreachable(ward.db, group(ward).id, ward.clock())
    report(ward)
    said = ward.says(OFFICER, "Máy tôi vừa hết pin", GROUP)
    assert group(ward).unreachable_at is None
    assert "card.body" in said.keys


def test_words_in_a_group_that_was_never_given_up_write_nothing(ward: Street) -> None:
    ward.says(OFFICER, "alo", GROUP)
    seen = statements(ward.db)
    ward._turn(ward._incoming(OFFICER, GROUP, text="trưa nay ăn gì"))
    assert seen == ["SELECT"]


@pytest.mark.parametrize("happened", ["bot_added", "rebound"])
def test_a_chat_that_is_back_gets_its_cards(ward: Street, happened: str) -> None:
    set_unreachable(ward.db, group(ward).id, ward.clock())
    report(ward)
    if happened == "bot_added":
        said = ward.event(CHIEF, GROUP, "bot_added")
    else:
        said = bind(ward, Purpose.DUTY)
    assert "card.body" in said.keys


def test_being_removed_does_not_make_a_chat_reachable(ward: Street) -> None:
    set_unreachable(ward.db, group(ward).id, ward.clock())
    report(ward)
    assert GROUP not in ward.event(CHIEF, GROUP, "bot_removed").chats()
    assert group(ward).unreachable_at is not None


@pytest.mark.parametrize("new_first", [False, True])
def test_a_duty_chat_that_moved_shows_its_open_cards_in_the_new_one(
    ward: Street, new_first: bool
) -> None:
    report(ward)
    sent_card(ward)
    if new_first:
        ward.says(OFFICER, "", "-100500")
    said = ward.event(CHIEF, GROUP, "migrated", migrated_to="-100500")
    cards = [
        chat
        for chat, notice in zip(said.chats(), said.notices, strict=True)
        if notice.buttons and notice.text and notice.text.key == "card.body"
    ]
    assert cards == ["-100500"]


@pytest.mark.parametrize("text", ["/thietlap", "/thietlap khu 2", "/vuviec@tuquan_bia_bot"])
def test_an_anonymous_administrator_is_told_how_to_be_known(ward: Street, text: str) -> None:
    said = anonymous(ward, text)
    assert said.keys == {"group.anonymous"}
    assert "Ẩn danh" in said.words[0]
    assert said.chats() == [GROUP]


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("/thietlap@other_bot", {}),
        ("/khongco", {}),
        ("trưa nay ăn gì", {}),
        ("", {}),
        ("/thietlap", {"edited": True}),
        ("1", {"reply_to": "77"}),
    ],
)
def test_what_anonymous_administrators_say_to_the_group_is_not_ours(
    ward: Street, text: str, more: dict[str, object]
) -> None:
    assert not anonymous(ward, text, **more).rows


def test_an_anonymous_reply_to_a_card_is_answered_and_takes_nothing(ward: Street) -> None:
    report(ward)
    card = sent_card(ward)
    assert anonymous(ward, "1", reply_to="77").keys == {"group.anonymous"}
    assert load_notice(card.notice).buttons


def test_nobody_becomes_a_person_by_being_anonymous(ward: Street) -> None:
    anonymous(ward, "/thietlap")
    assert find_address(ward.db, ward.bot.name, "1087968824") is None


def test_a_group_that_an_anonymous_administrator_moved_has_moved(ward: Street) -> None:
    anonymous(ward, event="migrated", migrated_to="-100500")
    assert group(ward, "-100500").unreachable_at is None


def test_a_new_group_is_spoken_to_as_nobody_in_particular(ward: Street) -> None:
    said = ward.event(CHIEF, "-900", "bot_added")
    assert said.keys == {"group.greeting.new"}
    assert "bà con" not in said.words[0]
    assert "/thietlap" in said.words[0]
    assert not said.links


@pytest.mark.parametrize("purpose", [Purpose.DUTY, Purpose.MEDIATION])
def test_a_duty_or_mediation_chat_is_never_greeted_as_neighbours(
    ward: Street, purpose: Purpose
) -> None:
    bind(ward, purpose, "-700")
    for said in (ward.event(CHIEF, "-700", "bot_added"), ward.says(CHIEF, "/menu", "-700")):
        assert said.keys == {f"group.greeting.{purpose.value}"}
        assert "bà con" not in said.words[0]
        assert not said.links
