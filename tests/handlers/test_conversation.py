"""Conversations over time: old buttons, cancelled and taken back, left and resumed, expired."""

import pytest

from actions import conversations
from domain.roles import Role
from storage.drafts import find_open_draft
from storage.incidents import find_filed
from storage.rows import list_by
from storage.tables import Draft, Incident
from tests.handlers.street import Street
from tests.statements import statements

LAN = "1001"


@pytest.fixture
def ward(street: Street) -> Street:
    """A ward with two neighbourhoods."""
    street.ward("Khu 1", "Khu 2")
    return street


def drafts(street: Street) -> list[Draft]:
    """All of them, the oldest first."""
    return list_by(street.db, Draft)


def words_of(draft: Draft) -> str:
    """What was told at the first step."""
    return str(draft.state["answers"]["what"]["words"])


def test_each_answer_is_saved_before_the_next_question(ward: Street) -> None:
    ward.says(LAN, "/baotin")
    said = ward.says(LAN, "mất trộm xe đạp ở tổ 3")
    (draft,) = drafts(ward)
    assert words_of(draft) == "mất trộm xe đạp ở tổ 3"
    assert draft.state["step"] != "what"
    assert len(said.rows) == 1


def test_an_answer_costs_few_statements(ward: Street) -> None:
    # No newcomer any more, whose first answer must open with the numbers.
    ward.says(LAN, "alo")
    ward.clock.move(days=2)
    ward.says(LAN, "/baotin")
    ward.clock.move(seconds=1)
    seen = statements(ward.db)
    taken = ward._incoming(LAN, LAN, text="mất trộm xe đạp")
    before = len(seen)
    turn = ward._turn(taken)
    assert turn is not None
    from bot.handlers.router import handle

    handle(turn)
    assert seen[before:] == ["SELECT", "SELECT", "UPDATE", "INSERT"]


def pops_up(street: Street, data: str) -> bool:
    """Whether an old button is answered by a popup and by nothing else."""
    said = street.taps(LAN, data)
    turn = street.last_turn
    assert turn is not None
    key = turn.tap_answer.key if turn.tap_answer else ""
    return turn.tap_alert and key == "command.old_button" and not said.rows


def test_a_press_on_an_old_button_changes_nothing(ward: Street) -> None:
    old = ward.says(LAN, "/baotin").taps[0]
    ward.says(LAN, "mất trộm xe đạp ở tổ 3")
    before = drafts(ward)[0].state
    assert pops_up(ward, old)
    assert drafts(ward)[0].state == before


def test_a_press_on_another_drafts_button_changes_nothing(ward: Street) -> None:
    ward.says(LAN, "mất xe")
    data = f"f:{drafts(ward)[0].id + 77}:{drafts(ward)[0].state['step']}:x"
    before = drafts(ward)[0].state
    assert pops_up(ward, data)
    assert drafts(ward)[0].state == before


def test_an_old_press_with_nothing_open_is_a_popup_too(ward: Street) -> None:
    ward.says(LAN, "/baotin")
    ward.says(LAN, "/huy")
    assert pops_up(ward, "f:1:what:_cancel")


@pytest.mark.parametrize("data", ["f:", "f::", "f:x:y:z", "f:1", "f:9999999999999999999:what:a"])
def test_a_forged_press_is_an_old_one(ward: Street, data: str) -> None:
    ward.says(LAN, "/baotin")
    assert pops_up(ward, data)


@pytest.mark.parametrize("typed", ["/huy", "hủy", "huy"])
def test_cancelled_and_taken_back(ward: Street, typed: str) -> None:
    ward.says(LAN, "mất trộm xe đạp ở tổ 3")
    step = drafts(ward)[0].state["step"]
    said = ward.says(LAN, typed)
    assert said.keys == {"command.cancelled"}
    assert "c:tieptuc" in said.taps
    assert drafts(ward)[0].status == "cancelled"
    ward.clock.move(days=6)
    ward.says(LAN, "tiep tuc")
    (draft,) = drafts(ward)
    assert (draft.status, draft.state["step"]) == ("open", step)
    assert words_of(draft) == "mất trộm xe đạp ở tổ 3"


def test_after_a_week_a_cancelled_one_is_gone(ward: Street) -> None:
    ward.says(LAN, "mất xe")
    ward.says(LAN, "/huy")
    ward.clock.move(days=7, seconds=1)
    assert "command.nothing_to_continue" in ward.says(LAN, "/tieptuc").keys
    before = ward.last_id()
    assert conversations.expire_drafts(ward.db, ward.clock()) == 1
    assert drafts(ward)[0].state is None
    # Its writer was told when it was cancelled.
    assert not ward.said_since(before).rows


def test_resumed_after_a_week_exactly_there(ward: Street) -> None:
    asked = ward.says(LAN, "mất trộm xe đạp ở tổ 3")
    ward.clock.move(days=7)
    conversations.expire_drafts(ward.db, ward.clock())
    again = ward.says(LAN, "/tieptuc")
    assert again.taps == asked.taps
    ward.taps(LAN, again.taps[0])
    assert drafts(ward)[0].state["step"] != asked.taps[0].split(":")[2]


def test_an_open_one_asks_whether_to_go_on_or_begin_anew(ward: Street) -> None:
    asked = ward.says(LAN, "mất trộm xe đạp ở tổ 3")
    said = ward.says(LAN, "/baotin")
    assert said.taps == ["c:tieptuc", "c:baotinmoi"]
    assert ward.says(LAN, "1").taps == asked.taps
    assert len(drafts(ward)) == 1


@pytest.mark.parametrize("typed", ["2", "bắt đầu lại", "bat dau lai", "start again"])
def test_beginning_anew_keeps_the_old_one_for_a_week(ward: Street, typed: str) -> None:
    ward.says(LAN, "mất trộm xe đạp ở tổ 3")
    ward.says(LAN, "/baotin")
    said = ward.says(LAN, typed)
    assert {"command.set_aside", "report.what.ask"} <= said.keys
    old, new = drafts(ward)
    assert (old.status, new.status) == ("cancelled", "open")
    ward.says(LAN, "/huy")
    ward.says(LAN, "/tieptuc")


def test_buttons_choose_too(ward: Street) -> None:
    ward.says(LAN, "mất trộm xe đạp ở tổ 3")
    ward.says(LAN, "/baotin")
    ward.taps(LAN, "c:tieptuc")
    assert conversation_asks(ward) is False
    ward.says(LAN, "/baotin")
    ward.taps(LAN, "c:baotinmoi")
    assert [draft.status for draft in drafts(ward)] == ["cancelled", "open"]


def conversation_asks(street: Street) -> bool:
    """Whether the open draft still waits for "go on, or anew?"."""
    return "asked" in drafts(street)[-1].state


def test_what_is_told_instead_of_choosing_begins_the_new_one(ward: Street) -> None:
    ward.says(LAN, "mất trộm xe đạp ở tổ 3")
    ward.says(LAN, "/baotin")
    ward.says(LAN, "có đám đánh bạc ở nhà văn hóa")
    old, new = drafts(ward)
    assert words_of(old) == "mất trộm xe đạp ở tổ 3"
    assert words_of(new) == "có đám đánh bạc ở nhà văn hóa"


def test_an_untouched_one_is_simply_begun_again(ward: Street) -> None:
    ward.says(LAN, "/baotin")
    said = ward.says(LAN, "/baotin")
    assert "command.set_aside" not in said.keys
    assert "report.what.ask" in said.keys


def test_another_flow_asks_too_and_loses_nothing(ward: Street) -> None:
    ward.says(LAN, "mất trộm xe đạp ở tổ 3")
    assert ward.says(LAN, "/hoagiai").taps == ["c:tieptuc", "c:hoagiaimoi"]
    ward.says(LAN, "2")
    assert [draft.flow for draft in drafts(ward)] == ["report", "mediation"]


def test_one_reminder_after_half_an_hour(ward: Street) -> None:
    ward.says(LAN, "mất trộm xe đạp ở tổ 3")
    ward.says("1002", "/baotin")
    before = ward.last_id()
    ward.clock.move(minutes=29)
    assert conversations.nudge_drafts(ward.db, ward.clock()) == 0
    ward.clock.move(minutes=1)
    assert conversations.nudge_drafts(ward.db, ward.clock()) == 1
    said = ward.said_since(before)
    assert said.chats() == [LAN]
    assert said.taps == ["c:tieptuc", "c:huy"]
    ward.clock.move(hours=5)
    assert conversations.nudge_drafts(ward.db, ward.clock()) == 0


def test_an_expired_one_is_erased_and_said_so(ward: Street) -> None:
    ward.says(LAN, "mất trộm xe đạp ở tổ 3")
    before = ward.last_id()
    ward.clock.move(days=14)
    assert conversations.expire_drafts(ward.db, ward.clock()) == 1
    (draft,) = drafts(ward)
    assert (draft.status, draft.state) == ("expired", None)
    said = ward.said_since(before)
    assert said.keys == {"command.draft_expired"}
    assert said.chats() == [LAN]
    assert "command.nothing_to_continue" in ward.says(LAN, "/tieptuc").keys
    assert conversations.expire_drafts(ward.db, ward.clock()) == 0


def walk_to_review(street: Street) -> None:
    """Answer every question of the report with its first choice, or with words."""
    said = street.says(LAN, "hàng xóm vứt rác ra ngõ")
    for _ in range(8):
        row = drafts(street)[-1]
        if row.state["step"] == "review":
            return
        plain = [tap for tap in said.taps if not tap.split(":")[3].startswith("_")]
        said = street.taps(LAN, plain[0]) if plain else street.says(LAN, "ngõ 5 tổ 3")
    raise AssertionError(drafts(street)[-1].state)


def test_a_finished_report_is_filed_once_and_its_draft_erased(ward: Street) -> None:
    walk_to_review(ward)
    (draft,) = drafts(ward)
    ward.taps(LAN, f"f:{draft.id}:review:send")
    ward.taps(LAN, f"f:{draft.id}:review:send")
    (draft,) = drafts(ward)
    assert (draft.status, draft.state) == ("done", None)
    (incident,) = list_by(ward.db, Incident)
    assert find_filed(ward.db, draft.id) == incident


def test_a_refused_deed_leaves_the_draft_open(ward: Street) -> None:
    ward.grant(LAN, Role.LEADER, at=ward.ward("Khu 1", "Khu 2")[0])
    ward.says(LAN, "/moi")
    turn = ward.last_turn
    assert turn is not None
    from actions.standings import revoke

    revoke(ward.db, turn.person.id, Role.LEADER, "06688", ward.clock())
    row = find_open_draft(ward.db, turn.address.id)
    assert row is not None
    keys = ward.says(LAN, "1").keys | ward.says(LAN, "1").keys
    assert "access.may_not_invite" in keys
    assert drafts(ward)[0].status == "open"
