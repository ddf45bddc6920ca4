""" "Báo hộ": whom it is about stands on the desk's card alone, and the helper hears of it."""

from datetime import timedelta

import pytest

from domain.roles import Purpose, Role
from storage.rows import list_by
from storage.tables import Address, Incident
from tests.handlers.chats import Chats
from tests.precinct import CANARY_NAME, Precinct

WHO = "bà Tư mù lòa, nhà số 5"


def filed(precinct: Precinct) -> list[Incident]:
    return list_by(precinct.db, Incident)


def finish(precinct: Precinct, chats: Chats, *typed: str) -> Incident:
    for each in typed:
        chats.says(precinct.resident, each)
    return filed(precinct)[-1]


def test_for_a_neighbour_who_cannot_write(precinct: Precinct, chats: Chats, duty: Address) -> None:
    group = precinct.room("-5", Purpose.NEIGHBOURHOOD, at=precinct.khu_id)
    leader = precinct.holder(Role.LEADER, "Trịnh Văn Khu", "402", at=precinct.khu_id)
    typed = ("mất trộm xe máy", "trộm cắp", "ngõ 5", WHO, "có", "không nêu tên", "gửi")
    incident = finish(precinct, chats, "/baoho", *typed)
    assert incident.source == "helper"
    assert incident.helped == {"who": WHO, "agreed": "yes"}
    assert incident.reporter_name is None
    card = "".join(precinct.texts(duty))
    assert f"Báo hộ cho: {WHO} (người đó đồng ý)" in card
    assert CANARY_NAME not in card
    for place in (group, precinct.home(leader)):
        assert WHO not in "".join(precinct.texts(place))
    assert any("Đã ghi tin" in text for text in precinct.texts(precinct.resident_home))


@pytest.mark.parametrize("typed", ["báo hộ bà Tư", "bao ho ba Tu", "Báo hộ hàng xóm"])
def test_the_words_name_whom(precinct: Precinct, chats: Chats, duty: Address, typed: str) -> None:
    chats.says(precinct.resident, typed)
    more = ("mất trộm xe máy", "trộm cắp", "ngõ 5", "không hỏi được", "không nêu tên", "gửi")
    incident = finish(precinct, chats, *more)
    assert incident.helped == {"who": typed.split(maxsplit=2)[2], "agreed": "unasked"}


def test_a_story_after_the_words_is_the_story(
    precinct: Precinct, chats: Chats, duty: Address
) -> None:
    chats.says(precinct.resident, "báo hộ bà Tư bị mất trộm xe máy sáng nay ở sân")
    more = ("trộm cắp", "ngõ 5", "bỏ qua", "có", "không nêu tên", "gửi")
    incident = finish(precinct, chats, *more)
    assert incident.words == "bà Tư bị mất trộm xe máy sáng nay ở sân"
    assert incident.helped == {"who": "", "agreed": "yes"}
    assert "chưa nói là ai" in "".join(precinct.texts(duty))


def test_danger_is_told_as_danger(precinct: Precinct, chats: Chats, duty: Address) -> None:
    chats.says(precinct.resident, "báo hộ với, nhà bà Tư đang cháy")
    told = "".join(precinct.texts(precinct.resident_home))
    assert "114" in told
    assert "Báo hộ ai" not in told


def test_report_for_me_is_an_own_report(precinct: Precinct, chats: Chats, duty: Address) -> None:
    chats.says(precinct.resident, "báo hộ tôi vụ mất trộm xe máy ở ngõ")
    more = ("trộm cắp", "ngõ 5", "không nêu tên", "gửi")
    incident = finish(precinct, chats, *more)
    assert incident.source == "resident"
    assert incident.helped is None


def test_over_an_open_question_the_words_are_an_answer(
    precinct: Precinct, chats: Chats, duty: Address
) -> None:
    chats.says(precinct.resident, "/baotin")
    chats.says(precinct.resident, "báo hộ bà Tư cái việc mất trộm xe máy")
    assert "việc gì" in precinct.last(precinct.resident_home)


def test_the_sixth_calm_one_keeps_what_was_written(
    precinct: Precinct, chats: Chats, duty: Address
) -> None:
    for _ in range(5):
        precinct.report("IDEA", "Ghế đá hỏng")
    typed = ("/baotin", "hàng xóm hát karaoke to", "ồn ào", "ngõ 5", "không nêu tên", "gửi")
    for each in typed:
        chats.says(precinct.resident, each)
    assert "Chưa gửi được" in precinct.last(precinct.resident_home)
    assert len(filed(precinct)) == 5
    chats.says(precinct.resident, "gửi")
    assert len(filed(precinct)) == 5
    precinct.now += timedelta(hours=1)
    chats.says(precinct.resident, "gửi")
    assert filed(precinct)[-1].words == "hàng xóm hát karaoke to"
