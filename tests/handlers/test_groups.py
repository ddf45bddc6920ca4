"""Groups: bound by those who may, reports moved to private, the bot comes and goes."""

import pytest

from actions.invites import invite
from actions.rooms import find_room
from bot.handlers.turn import BotFacts
from domain.roles import Purpose, Role
from storage import outbox
from storage.addresses import find_address, get_address
from storage.rows import list_by
from storage.tables import Room
from tests.handlers.street import WARD, Said, Street

LEADER, CHIEF, STRANGER = "1001", "1002", "1003"
GROUP = "-500"
# Above whatever a newcomer is answered.
ABOVE = {"menu.lines", "menu.numbers", "menu.below"}


@pytest.fixture
def ward(street: Street) -> Street:
    """Two neighbourhoods, a leader of the first, a chief."""
    first, _ = street.ward("Khu 1", "Khu 2")
    street.grant(LEADER, Role.LEADER, at=first)
    street.grant(CHIEF, Role.CHIEF)
    return street


def room(street: Street, chat: str = GROUP) -> Room | None:
    """What the group serves."""
    address = find_address(street.db, street.bot.name, chat)
    return None if address is None else find_room(street.db, address.id)


def sets_up(street: Street, who: str, rest: str = "", **more: bool | None) -> Said:
    """Type the command in the group, as its administrator."""
    return street.says(who, f"/thietlap {rest}", GROUP, **{"by_admin": True, **more})


def code_for(street: Street, what: Role | Purpose, at: int | None = None) -> str:
    """A code that the chief made."""
    chief = street.person(CHIEF)
    return invite(street.db, chief.id, what, WARD, at, street.clock(), street.random_below)


def test_a_leader_binds_the_one_neighbourhood(ward: Street) -> None:
    said = sets_up(ward, LEADER)
    bound = room(ward)
    assert bound is not None
    assert (bound.purpose, bound.ward_code) == ("neighbourhood", WARD)
    assert ward.neighbourhood(bound.neighbourhood_id or 0).name == "Khu 1"
    assert "Khu 1" in said.words[0]
    assert said.links == [f"https://t.me/tuquan_bia_bot?start=bt_{bound.neighbourhood_id}"]


@pytest.mark.parametrize(
    ("by_admin", "key"),
    [(False, "access.group_administrators_only"), (None, "access.group_administrator_unknown")],
)
def test_only_administrators_of_the_group(ward: Street, by_admin: bool | None, key: str) -> None:
    code = code_for(ward, Purpose.DUTY)
    assert sets_up(ward, LEADER, by_admin=by_admin).keys == {key}
    assert sets_up(ward, CHIEF, code, by_admin=by_admin).keys == {key}
    assert room(ward) is None
    sets_up(ward, STRANGER, code)
    assert room(ward) is not None


def test_whoever_was_not_invited_hears_who_invites(ward: Street) -> None:
    assert sets_up(ward, STRANGER).keys == {"access.may_not_bind"}
    assert room(ward) is None


def test_several_are_asked_and_chosen_with_a_button(ward: Street) -> None:
    said = sets_up(ward, CHIEF)
    assert len(said.taps) == 2
    assert "Khu 2" in said.words[0]
    ward.taps(CHIEF, said.taps[1], GROUP, by_admin=True)
    bound = room(ward)
    assert bound is not None
    assert f"g:{bound.neighbourhood_id}" == said.taps[1]


def test_a_press_asks_the_gate_again(ward: Street) -> None:
    said = sets_up(ward, CHIEF)
    ward.taps(STRANGER, said.taps[0], GROUP, by_admin=True)
    ward.taps(CHIEF, said.taps[0], GROUP, by_admin=None)
    ward.taps(CHIEF, "g:99999", GROUP, by_admin=True)
    ward.taps(CHIEF, "g:" + "9" * 40, GROUP, by_admin=True)
    ward.taps(CHIEF, "g:x", GROUP, by_admin=True)
    assert room(ward) is None


@pytest.mark.parametrize(
    "typed", ["khu 2", "KHU 2", "ha long khu 2", "Phường Hạ Long, khu 2", "khu 2 hạ long", "2"]
)
def test_several_are_chosen_by_typing(ward: Street, typed: str) -> None:
    sets_up(ward, CHIEF, typed)
    bound = room(ward)
    assert bound is not None
    assert ward.neighbourhood(bound.neighbourhood_id or 0).name == "Khu 2"


def test_the_same_name_in_two_wards_is_asked(ward: Street) -> None:
    ward.ward("Khu 1", code="06673", name="Phường Bãi Cháy")
    ward.grant("1009", Role.ADMINISTRATOR, None)
    said = sets_up(ward, "1009", "khu 1")
    assert len(said.taps) == 2
    assert "Phường Bãi Cháy" in said.words[0]
    sets_up(ward, "1009", "bai chay khu 1")
    bound = room(ward)
    assert bound is not None
    assert bound.ward_code == "06673"


def test_a_bot_binds_only_into_its_own_wards(ward: Street) -> None:
    ward.ward("Khu 9", code="06673", name="Phường Bãi Cháy")
    ward.grant("1009", Role.ADMINISTRATOR, None)
    code = code_for(ward, Purpose.DUTY)
    ward.bot = BotFacts("phuong", "tuquan_bia_bot", ("06673",))
    assert sets_up(ward, CHIEF).keys == {"access.may_not_bind"}
    assert sets_up(ward, CHIEF, code).keys == {"access.ward_of_another_bot"}
    sets_up(ward, "1009")
    bound = room(ward)
    assert bound is not None
    assert bound.ward_code == "06673"


@pytest.mark.parametrize("what", [Purpose.DUTY, Purpose.MEDIATION])
def test_a_code_binds_what_it_was_made_for(ward: Street, what: Purpose) -> None:
    code = code_for(ward, what)
    said = sets_up(ward, STRANGER, f"{code[:4]}-{code[4:]}".lower())
    bound = room(ward)
    assert bound is not None
    assert bound.purpose == what.value
    assert f"group.next.{what.value}" in said.keys
    assert not said.links


def test_a_code_works_once(ward: Street) -> None:
    code = code_for(ward, Purpose.DUTY)
    sets_up(ward, STRANGER, code)
    said = ward.says(STRANGER, f"/thietlap {code}", "-501", by_admin=True)
    assert said.keys - ABOVE == {"access.code_wrong"}
    assert room(ward, "-501") is None


def test_a_persons_code_binds_no_chat_and_stays_good(ward: Street) -> None:
    code = code_for(ward, Role.OFFICER)
    assert sets_up(ward, STRANGER, code).keys == {"access.code_is_for_a_person"}
    assert "admin.code.accepted" in ward.says("1010", code).keys


def test_a_chats_code_gives_no_role_and_stays_good(ward: Street) -> None:
    code = code_for(ward, Purpose.DUTY)
    assert ward.says(STRANGER, code).keys - ABOVE == {"access.code_is_for_a_chat"}
    sets_up(ward, STRANGER, code)
    assert room(ward) is not None


def test_bound_again_says_what_it_was_before(ward: Street) -> None:
    sets_up(ward, LEADER)
    said = sets_up(ward, STRANGER, code_for(ward, Purpose.DUTY))
    assert "group.bound.before" in said.keys
    assert "Khu 1" in said.words[0]
    bound = room(ward)
    assert bound is not None
    assert bound.purpose == "duty"
    assert "group.bound.before" not in sets_up(ward, CHIEF, code_for(ward, Purpose.DUTY)).keys


def test_a_new_duty_chat_shows_what_waited(ward: Street) -> None:
    from tests.handlers.test_conversation import walk_to_review

    walk_to_review(ward)
    ward.says("1001", "1")
    said = sets_up(ward, STRANGER, code_for(ward, Purpose.DUTY))
    assert "card.body" in said.keys or any(tap.startswith("i:") for tap in said.taps)


@pytest.mark.parametrize(
    "typed",
    ["/baotin", "báo tin", "Bao tin!", "/baotin@tuquan_bia_bot", "/baotin ông hàng xóm đánh bạc"],
)
def test_a_report_in_a_group_goes_to_private(ward: Street, typed: str) -> None:
    sets_up(ward, LEADER)
    bound = room(ward)
    assert bound is not None
    said = ward.says(STRANGER, typed, GROUP)
    assert said.keys == {"group.report_privately"}
    assert said.links == [f"https://t.me/tuquan_bia_bot?start=bt_{bound.neighbourhood_id}"]
    assert "hàng xóm" not in said.words[0]
    assert STRANGER not in said.words[0]


def test_the_link_carries_the_neighbourhood(ward: Street) -> None:
    sets_up(ward, CHIEF, "khu 2")
    link = ward.says(STRANGER, "/baotin", GROUP).links[0]
    payload = link.partition("start=")[2]
    said = ward.says(STRANGER, f"/start {payload}", start=payload)
    assert "report.what.ask" in said.keys
    assert ward.person(STRANGER).neighbourhood_id == int(payload.removeprefix("bt_"))


@pytest.mark.parametrize("payload", ["bt_9999999999999", "bt_x", "bt_", "bt", "bt_-1"])
def test_a_forged_link_only_begins_the_report(ward: Street, payload: str) -> None:
    assert "report.what.ask" in ward.says(STRANGER, start=payload).keys
    assert ward.person(STRANGER).neighbourhood_id is None


def test_a_link_to_another_bots_ward_is_not_followed(ward: Street) -> None:
    (theirs,) = ward.ward("Khu 9", code="06673", name="Phường Bãi Cháy")
    ward.bot = BotFacts("phuong", "tuquan_bia_bot", (WARD,))
    ward.says(STRANGER, start=f"bt_{theirs}")
    assert ward.person(STRANGER).neighbourhood_id is None


def test_an_invitation_link_gives_the_role_once(ward: Street) -> None:
    code = code_for(ward, Role.OFFICER)
    assert "admin.welcome.officer" in ward.says("1010", start=f"i_{code}").keys
    assert "admin.code.accepted" in ward.says("1010", start=f"i_{code}").keys
    assert ward.says("1011", start=f"i_{code}").keys - ABOVE == {"access.code_wrong"}


@pytest.mark.parametrize("typed", ["/huy", "/moi", "/nhap", "/ngonngu", "/tieptuc"])
def test_what_belongs_in_private_is_pointed_there(ward: Street, typed: str) -> None:
    said = ward.says(STRANGER, typed, GROUP)
    assert said.keys == {"group.in_private"}
    assert said.links == ["https://t.me/tuquan_bia_bot?start=menu"]


@pytest.mark.parametrize(
    "typed",
    ["hủy", "alo", "1", "help", "trợ giúp", "mất xe rồi bà con ơi", "tiếp tục", "/khongco"],
)
def test_what_neighbours_say_to_each_other_is_not_ours(ward: Street, typed: str) -> None:
    assert not ward.says(STRANGER, typed, GROUP).rows


def test_an_emergency_word_in_a_group_gives_the_numbers(ward: Street) -> None:
    said = ward.says(STRANGER, "khẩn cấp", GROUP)
    assert said.words[0].startswith("<b>113</b>")
    assert not said.taps


def test_added_greets_and_says_what_next(ward: Street) -> None:
    said = ward.event(STRANGER, GROUP, "bot_added")
    assert said.keys == {"group.greeting.new"}
    assert "/thietlap" in said.words[0]


def test_removed_ends_the_room_and_added_again_can_bind(ward: Street) -> None:
    sets_up(ward, LEADER)
    said = ward.event(STRANGER, GROUP, "bot_removed")
    assert said.chats() == [CHIEF]
    assert said.keys >= {"ward_news.removed.neighbourhood.last"}
    assert room(ward) is None
    address = find_address(ward.db, ward.bot.name, GROUP)
    assert address is not None
    assert address.unreachable_at is not None
    (ended,) = list_by(ward.db, Room)
    assert ended.ended_at == ward.clock()
    ward.event(STRANGER, GROUP, "bot_added")
    assert "group.bound.before" not in sets_up(ward, LEADER).keys
    assert room(ward) is not None


def test_blocked_and_unblocked(ward: Street) -> None:
    ward.event(LEADER, LEADER, "blocked")
    assert _reachable(ward, LEADER) is False
    ward.event(LEADER, LEADER, "unblocked")
    assert _reachable(ward, LEADER) is True


def test_who_never_wrote_in_private_has_no_home(ward: Street) -> None:
    ward.says("1020", "/baotin", GROUP)
    turn = ward.last_turn
    assert turn is not None
    assert turn.home is None
    stranger = turn.person.id
    ward.says("1020", "alo")
    ward.says("1020", "/baotin", GROUP)
    turn = ward.last_turn
    assert turn is not None
    assert turn.home is not None
    assert turn.person.id == stranger


def _reachable(street: Street, chat: str) -> bool:
    address = find_address(street.db, street.bot.name, chat)
    assert address is not None
    return address.unreachable_at is None


@pytest.mark.parametrize("new_first", [False, True])
@pytest.mark.parametrize("twice", [False, True])
def test_a_migrated_group_stays_bound(ward: Street, new_first: bool, twice: bool) -> None:
    sets_up(ward, LEADER)
    greeting = ward.last_id()
    if new_first:
        # The new chat's own service message: nothing but its arrival.
        ward.says(STRANGER, "", "-100500")
    for _ in range(1 + twice):
        ward.event(STRANGER, GROUP, "migrated", migrated_to="-100500")
    if not new_first:
        ward.says(STRANGER, "", "-100500")
    assert room(ward, "-100500") is not None
    assert room(ward, GROUP) is None
    target = get_address(ward.db, outbox.get(ward.db, greeting).address_id)
    assert target.chat == "-100500"
    assert (
        ward.says(STRANGER, "/baotin", "-100500")
        .links[0]
        .endswith(f"bt_{getattr(room(ward, '-100500'), 'neighbourhood_id', None)}")
    )


def test_the_ward_is_set_up_and_people_invited(street: Street) -> None:
    from actions.invites import create_first_administrator_code

    code = create_first_administrator_code(street.db, street.clock(), street.random_below)
    assert "admin.welcome.administrator" in street.says("1", f"/nhap {code}").keys
    street.says("1", "/thietlap")
    street.says("1", "ha long")
    said = street.says("1", "Khu 1, Khu 2\nThôn Bắc")
    while "admin.ward.done" not in said.keys:
        assert said.taps, said.words
        said = street.taps("1", said.taps[0])
    assert "Thôn Bắc" in said.words[0]
    assert said.taps == [f"c:moitruong:{WARD}", f"c:moi:{WARD}"]
    handed = street.taps("1", said.taps[0])
    link = handed.words[0].split()[-1]
    assert "admin.welcome.chief" in street.says("2", start=link.partition("start=")[2]).keys
    asked = street.says("2", "/moi")
    assert "invite.role.ask" in asked.keys
    done = street.says("2", "officer")
    assert "admin.invite.done.person" in done.keys
    assert "7 ngày" in done.words[0]
