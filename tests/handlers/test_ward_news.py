"""What happens to the ward's chats and people is visible to the ward: told in private to its
chiefs and administrators, once, whatever the sign by which it was learnt.
"""

import pytest

from actions.waiting import move
from actions.ward_news import address_lost, tell_ward
from bot.channels.base import Incoming, Sender
from bot.handlers.arrival import open_turn
from bot.handlers.turn import BotFacts
from domain.notices import Lane, Text
from domain.roles import Purpose, Role
from storage.addresses import add_address, find_address, get_address, set_unreachable
from storage.people import migrate_group
from storage.rooms import add_room, end_room, find_room
from storage.tables import Address, Room
from tests.handlers.street import WARD, Said, Street

CHIEF, ADMIN, OFFICER, LEADER, RESIDENT = "3001", "3002", "3003", "3004", "3005"
DUTY, SECOND_DUTY, KHU, MEDIATION = "-30", "-31", "-32", "-33"
GROUP_BOT = Sender("1087968824", "Group", is_bot=True)


@pytest.fixture
def ward(street: Street) -> Street:
    """A chief, an administrator of every ward, an officer, a leader; a duty chat and others."""
    first, _ = street.ward("Khu 1", "Khu 2")
    street.grant(CHIEF, Role.CHIEF)
    street.grant(ADMIN, Role.ADMINISTRATOR, None)
    street.grant(OFFICER, Role.OFFICER)
    street.grant(LEADER, Role.LEADER, at=first)
    bind(street, DUTY, Purpose.DUTY)
    bind(street, MEDIATION, Purpose.MEDIATION)
    bind(street, KHU, Purpose.NEIGHBOURHOOD, first)
    return street


def bind(street: Street, chat: str, purpose: Purpose, at: int | None = None) -> Address:
    address = add_address(street.db, street.bot.name, chat, street.clock(), title="Nhóm bịa")
    room = Room(
        address_id=address.id,
        purpose=purpose.value,
        ward_code=WARD,
        neighbourhood_id=at,
        bound_at=street.clock(),
    )
    add_room(street.db, room)
    return address


def address_of(ward: Street, chat: str) -> Address:
    address = find_address(ward.db, ward.bot.name, chat)
    assert address is not None
    return address


def happens(ward: Street, event: str, chat: str, sender: Sender, **more: str) -> Said:
    """Something that opens no turn."""
    before = ward.last_id()
    incoming = Incoming(
        ward.bot.name, 9001, chat, private=False, sender=sender, event=event, **more,  # type: ignore[arg-type]
    )  # fmt: skip
    assert open_turn(ward.db, ward.bot, incoming, ward.clock(), ward.random_below) is None
    return ward.said_since(before)


def test_a_removed_desk_is_told_at_once(ward: Street) -> None:
    said = ward.event(OFFICER, DUTY, "bot_removed")
    assert sorted(said.chats()) == [CHIEF, ADMIN]
    assert {row.lane for row in said.rows} == {Lane.EMERGENCY}
    assert "CHƯA tới được ai" in said.words[0]
    assert find_room(ward.db, address_of(ward, DUTY).id) is None


def test_with_another_desk_the_reports_go_on(ward: Street) -> None:
    bind(ward, SECOND_DUTY, Purpose.DUTY)
    said = ward.event(OFFICER, DUTY, "bot_removed")
    assert "ward_news.removed.duty" in said.keys
    assert "CHƯA" not in said.words[0]


def test_who_is_without_cover_is_named(ward: Street) -> None:
    said = ward.event(LEADER, KHU, "bot_removed")
    assert "Khu 1" in said.words[0]
    assert "không còn nhận được cảnh báo" in said.words[0]


def test_an_unbound_group_is_nobodys_news(ward: Street) -> None:
    assert not ward.event(RESIDENT, "-77", "bot_removed").rows


def test_an_anonymous_administrators_deeds_count(ward: Street) -> None:
    said = happens(ward, "bot_removed", DUTY, GROUP_BOT)
    assert sorted(said.chats()) == [CHIEF, ADMIN]
    assert find_room(ward.db, address_of(ward, DUTY).id) is None
    assert address_of(ward, DUTY).unreachable_at is not None
    added = happens(ward, "bot_added", DUTY, GROUP_BOT)
    assert added.keys == {"group.greeting.new"}
    assert address_of(ward, DUTY).unreachable_at is None


def test_without_anybody_in_charge_the_desk_is_told(ward: Street) -> None:
    for chat in (CHIEF, ADMIN):
        set_unreachable(ward.db, address_of(ward, chat).id, ward.clock())
    said = ward.event(LEADER, KHU, "bot_removed")
    assert said.chats() == [DUTY]


def test_once_is_once_for_each(ward: Street) -> None:
    text = Text("ward_news.removed.duty", {"chat": "x", "ward": "y"})
    assert tell_ward(ward.db, WARD, text, ward.clock(), "invented:1") == 2
    before = ward.last_id()
    tell_ward(ward.db, WARD, text, ward.clock(), "invented:1")
    assert ward.last_id() == before


@pytest.mark.parametrize("who", [OFFICER, LEADER])
def test_an_officer_or_leader_who_blocks_the_bot(ward: Street, who: str) -> None:
    said = ward.event(who, who, "blocked")
    assert sorted(said.chats()) == [CHIEF, ADMIN]
    assert f"Người bịa {who}" in said.words[0]
    assert not ward.event(who, who, "blocked").rows
    assert not lost(ward, who).rows
    ward.clock.move(days=1)
    assert ward.event(who, who, "blocked").rows


def test_a_resident_who_blocks_the_bot_is_nobodys_news(ward: Street) -> None:
    ward.says(RESIDENT, "alo")
    assert not ward.event(RESIDENT, RESIDENT, "blocked").rows


def test_a_blocking_chief_is_not_told_of_himself(ward: Street) -> None:
    assert ward.event(CHIEF, CHIEF, "blocked").chats() == [ADMIN]


def lost(ward: Street, chat: str) -> Said:
    """A send was refused for good, as delivery settles it."""
    set_unreachable(ward.db, address_of(ward, chat).id, ward.clock())
    before = ward.last_id()
    address_lost(ward.db, address_of(ward, chat), ward.clock())
    return ward.said_since(before)


def test_a_desk_that_refuses_is_told_at_once(ward: Street) -> None:
    said = lost(ward, DUTY)
    assert sorted(said.chats()) == [CHIEF, ADMIN]
    assert {row.lane for row in said.rows} == {Lane.EMERGENCY}
    assert "không gửi được" in said.words[0]


def test_an_officers_refusing_address(ward: Street) -> None:
    assert "ward_news.blocked" in lost(ward, OFFICER).keys


def test_a_residents_refusing_address_is_silent(ward: Street) -> None:
    ward.says(RESIDENT, "alo")
    assert not lost(ward, RESIDENT).rows


def test_an_officer_who_leaves_the_desk(ward: Street) -> None:
    said = happens(ward, "member_left", DUTY, Sender(OFFICER, "x"))
    assert sorted(said.chats()) == [CHIEF, ADMIN]
    assert f"Người bịa {OFFICER}" in said.words[0]
    assert "thu lại vai trò" in said.words[0]
    assert not happens(ward, "member_left", DUTY, Sender(OFFICER, "x")).rows
    ward.clock.move(hours=1)
    assert happens(ward, "member_left", DUTY, Sender(OFFICER, "x")).rows


def test_a_neighbour_who_leaves_is_not_even_remembered(ward: Street) -> None:
    assert not happens(ward, "member_left", KHU, Sender("3999", "Người lạ")).rows
    assert find_address(ward.db, ward.bot.name, "3999") is None


@pytest.mark.parametrize("service_first", [True, False])
def test_a_migrated_desk_is_told_once(ward: Street, service_first: bool) -> None:
    before = ward.last_id()
    if service_first:
        ward.event(OFFICER, DUTY, "migrated", migrated_to="-10030")
        move(ward.db, address_of(ward, "-10030"), "-10030", ward.clock())
    else:
        move(ward.db, address_of(ward, DUTY), "-10030", ward.clock())
        ward.event(OFFICER, DUTY, "migrated", migrated_to="-10030")
    said = ward.said_since(before)
    assert sorted(chat for chat in said.chats() if chat in (CHIEF, ADMIN)) == [CHIEF, ADMIN]
    assert "ward_news.moved" in said.keys
    room = find_room(ward.db, address_of(ward, "-10030").id)
    assert room is not None
    assert room.purpose == "duty"


def test_a_binding_moves_to_a_chat_that_served_something_once(ward: Street) -> None:
    new = bind(ward, "-10031", Purpose.MEDIATION)
    room = find_room(ward.db, new.id)
    assert room is not None
    end_room(ward.db, room.id, ward.clock())
    there = migrate_group(ward.db, address_of(ward, DUTY), "-10031", ward.clock())
    assert there.id == new.id
    bound = find_room(ward.db, new.id)
    assert bound is not None
    assert bound.purpose == "duty"
    assert find_room(ward.db, address_of(ward, DUTY).id) is None


def test_a_chat_that_is_bound_keeps_its_own_binding(ward: Street) -> None:
    new = bind(ward, "-10032", Purpose.MEDIATION)
    migrate_group(ward.db, address_of(ward, DUTY), "-10032", ward.clock())
    bound = find_room(ward.db, get_address(ward.db, new.id).id)
    assert bound is not None
    assert bound.purpose == "mediation"


@pytest.mark.parametrize(
    ("hears", "bot_admin", "deaf"),
    [(False, None, True), (False, False, True), (False, True, False), (True, False, False)],
)
def test_binding_a_neighbourhood_says_whether_it_is_heard(
    ward: Street, hears: bool, bot_admin: bool | None, deaf: bool
) -> None:
    ward.bot = BotFacts("phuong", "tuquan_bia_bot", hears_groups=hears)
    said = ward.says(LEADER, "/thietlap", "-34", by_admin=True, bot_admin=bot_admin)
    assert ("group.deaf" in said.keys) is deaf
    assert ("ward_news.deaf" in said.keys) is deaf
    again = ward.says(LEADER, "/thietlap", "-34", by_admin=True, bot_admin=bot_admin)
    assert "ward_news.deaf" not in again.keys


def test_a_desk_need_not_hear_everything(ward: Street) -> None:
    from actions.invites import invite

    chief = ward.person(CHIEF)
    code = invite(ward.db, chief.id, Purpose.DUTY, WARD, None, ward.clock(), ward.random_below)
    said = ward.says(CHIEF, f"/thietlap {code}", "-35", by_admin=True, bot_admin=False)
    assert "group.deaf" not in said.keys
