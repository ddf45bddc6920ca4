"""/nhomdan and "đã dán", pressed and typed, in both languages."""

import pytest

from actions import pasting
from actions.pasting import look_after_pastes
from domain.roles import Role
from storage.people import change_person
from tests.handlers.phone import Phone
from tests.handlers.street import Said, Street

LEADER, OFFICER, RESIDENT = "3101", "3102", "3103"


@pytest.fixture
def khu(street: Street) -> Street:
    """The leader of Khu 1, an officer, and somebody else."""
    first, _ = street.ward("Khu 1", "Khu 2")
    street.grant(LEADER, Role.LEADER, at=first)
    street.grant(OFFICER, Role.OFFICER)
    return street


def places(street: Street) -> list[int]:
    return street.ward("Khu 1", "Khu 2")


def groups(street: Street, at: int = 0) -> list[str]:
    return pasting.list_groups(street.db, places(street)[at])


def announce(street: Street) -> Said:
    """The leader posts something now."""
    for typed in ("/thongbao", "Mời bà con họp (bịa)", "ngay bây giờ"):
        street.says(LEADER, typed)
    return street.says(LEADER, "đăng")


def keys(said: Said) -> set[str]:
    return {key for key in said.keys if key.startswith("pasting.")}


def test_groups_are_named_by_typing_alone(khu: Street) -> None:
    assert "pasting.list.none" in khu.says(LEADER, "nhóm dán").keys
    assert "pasting.name.ask" in khu.says(LEADER, "1").keys
    assert "pasting.added" in khu.says(LEADER, "Zalo Khu 1").keys
    assert "pasting.added" in khu.says(LEADER, "/nhomdan Facebook chợ").keys
    assert groups(khu) == ["Zalo Khu 1", "Facebook chợ"]
    assert "pasting.list" in khu.says(LEADER, "nhom dan").keys
    assert "pasting.drop.ask" in khu.says(LEADER, "1").keys
    assert groups(khu) == ["Zalo Khu 1", "Facebook chợ"]
    assert "pasting.dropped" in khu.says(LEADER, "1").keys
    assert groups(khu) == ["Facebook chợ"]


def test_groups_are_named_by_pressing(khu: Street) -> None:
    khu.taps(LEADER, "p:add")
    khu.says(LEADER, "Zalo Khu 1")
    drop = khu.says(LEADER, "/nhomdan").taps[0]
    sure, keep = khu.taps(LEADER, drop).taps
    assert "pasting.list" in khu.taps(LEADER, keep).keys
    khu.taps(LEADER, sure)
    assert groups(khu) == []
    assert "pasting.refused.gone" in khu.taps(LEADER, sure).keys


def test_an_officer_says_of_which_neighbourhood(khu: Street) -> None:
    khu.says(OFFICER, "/nhomdan Zalo Khu hai")
    khu.says(OFFICER, "khu 2")
    assert groups(khu, 1) == ["Zalo Khu hai"]
    for name in ("Zalo a", "Zalo b", "Zalo c"):
        khu.says(OFFICER, f"/nhomdan {name}")
        khu.says(OFFICER, "khu 1")
    assert len(khu.says(OFFICER, "nhóm dán").taps) == 5
    khu.says(OFFICER, "/nhomdan Zalo d")
    khu.says(OFFICER, "khu 2")
    first = khu.says(OFFICER, "nhóm dán").taps
    assert first[-1] == "p:list:2"
    assert len(first) == 5
    assert "p:list:1" in khu.taps(OFFICER, "p:list:2").taps


def test_too_long_a_name_is_asked_for_again(khu: Street) -> None:
    khu.taps(LEADER, "p:add")
    assert "pasting.refused.name" in khu.says(LEADER, "a" * 61).keys
    khu.says(LEADER, "Zalo Khu 1")
    assert groups(khu) == ["Zalo Khu 1"]


def test_others_are_told_that_it_is_not_theirs(khu: Street) -> None:
    assert "announcing.not_allowed" in khu.says(RESIDENT, "nhóm dán").keys
    assert "announcing.not_allowed" in khu.taps(RESIDENT, "p:add").keys


@pytest.mark.parametrize(
    "typed", ["đã dán 1", "da dan 1", "pasted 1", "Đã dán: Zalo Khu 1", "da dan zalo khu 1"]
)
def test_pasted_by_typing(khu: Street, typed: str) -> None:
    for name in ("Zalo Khu 1", "Zalo chợ"):
        khu.says(LEADER, f"/nhomdan {name}")
    assert "pasting.ask" in announce(khu).keys
    # What is said last is that it is being posted.
    said = khu.says(LEADER, typed)
    assert "pasting.marked.done" in said.keys
    assert "pasting.marked.all" in khu.says(LEADER, "đã dán").keys


def test_pasted_by_pressing_and_taken_back_after_a_question(khu: Street) -> None:
    khu.says(LEADER, "/nhomdan Zalo Khu 1")
    done = next(tap for tap in announce(khu).taps if tap.startswith("p:done:"))
    assert "pasting.marked.all" in khu.taps(LEADER, done).keys
    undo, keep = khu.taps(LEADER, done).taps
    assert "pasting.marked.all" in khu.taps(LEADER, keep).keys
    assert "pasting.marked.undo" in khu.taps(LEADER, undo).keys
    assert "pasting.marked.all" in khu.taps(LEADER, done).keys
    assert "pasting.undo.ask" in khu.says(LEADER, "1").keys
    assert "pasting.marked.undo" in khu.says(LEADER, "1").keys


def test_which_group_is_asked_where_several_wait(khu: Street) -> None:
    for name in ("Zalo Khu 1", "Zalo chợ"):
        khu.says(LEADER, f"/nhomdan {name}")
    announce(khu)
    assert "pasting.which" in khu.says(LEADER, "đã dán").keys
    assert "pasting.marked.done" in khu.says(LEADER, "2").keys


def test_what_was_never_asked_for_is_told_like_everything_else(khu: Street) -> None:
    announce(khu)
    said = khu.says(RESIDENT, "đã dán tờ rơi vay tiền lên cột điện")
    assert keys(said) == set()
    assert "report.kind.ask" in khu.says(LEADER, "dán rồi mà bị xé hết").keys


def test_another_leader_cannot_say_so(khu: Street) -> None:
    khu.grant(RESIDENT, Role.LEADER, at=places(khu)[1])
    khu.says(LEADER, "/nhomdan Zalo Khu 1")
    done = next(tap for tap in announce(khu).taps if tap.startswith("p:done:"))
    assert keys(khu.taps(RESIDENT, done)) == set()
    assert "pasting.refused.gone" in khu.taps(LEADER, "p:done:99999").keys
    assert khu.taps(LEADER, done, chat="-9").rows == []


def test_in_english(khu: Street) -> None:
    change_person(khu.db, khu.person(LEADER).id, locale="en")
    phone = Phone(khu, LEADER, "en")
    phone.says("paste groups")
    assert "No group is pasted by hand yet" in phone.words
    phone.says("add a group")
    phone.says("Zalo Khu 1")
    assert "The group <b>Zalo Khu 1</b> is added" in phone.words
    for typed in ("announcement", "Invented words", "now", "post"):
        phone.says(typed)
    assert "please copy the whole post" in phone.words
    phone.says("pasted 1")
    assert "All groups have it" in phone.words
    look_after_pastes(khu.db, khu.clock())


@pytest.mark.parametrize("who", [OFFICER, RESIDENT])
def test_a_forged_press_showed_the_name_of_another_ones_group(khu: Street, who: str) -> None:
    khu.taps(LEADER, "p:add")
    khu.says(LEADER, "Zalo bí mật")
    drop = khu.says(LEADER, "/nhomdan").taps[0]
    allowed = who == OFFICER
    said = khu.taps(who, drop)
    assert ("pasting.drop.ask" in said.keys) is allowed
    assert ("Zalo bí mật" in str(said)) is allowed
    assert "access.may_not_announce" in khu.taps(RESIDENT, "p:drop:999999:00000000").keys
